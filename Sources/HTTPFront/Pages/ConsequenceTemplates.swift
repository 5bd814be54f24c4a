extension Templates {
    /// What saving would do, before it is done.
    static let consequence = """
        <p>Nothing is saved yet. {{judged}}</p>
        <section aria-labelledby="changes"><h2 id="changes">What changes</h2>
        {{#changed}}<ul>{{#sentences}}<li>{{.}}</li>
        {{/sentences}}{{#english}}<li lang="en">{{.}}</li>
        {{/english}}</ul>{{/changed}}{{^changed}}<p>Nothing: this is what is in force.</p>{{/changed}}</section>
        <section aria-labelledby="out"><h2 id="out">Who would be locked out</h2>
        {{#lockedOut}}<p class="problem">{{sentence}} Each address leads to the login, and stands below the refusal that would come.</p>
        <dl>{{#groups}}{{> consequenceGroup}}{{/groups}}</dl>{{/lockedOut}}
        {{^lockedOut}}<p><span class="ok">Nobody</span> of these logins.</p>{{/lockedOut}}</section>
        <section aria-labelledby="in"><h2 id="in">Who would be let in</h2>
        {{#letIn}}<p>{{sentence}} Each address stands below the refusal that would go.</p>
        <dl>{{#groups}}{{> consequenceGroup}}{{/groups}}</dl>{{/letIn}}
        {{^letIn}}<p>Nobody who was refused.</p>{{/letIn}}</section>
        <form method="post" action="{{action}}" enctype="{{encoding}}">
        {{#fields}}<input type="hidden" name="{{name}}" value="{{value}}">
        {{/fields}}<button type="submit" class="primary">{{#lockedOut}}Save all the same{{/lockedOut}}{{^lockedOut}}Save{{/lockedOut}}</button></form>
        <p><a href="{{back}}">{{#isPolicy}}Back to the policy, saving nothing{{/isPolicy}}{{^isPolicy}}Back to the settings, saving nothing{{/isPolicy}}</a></p>
        """

    static let consequenceGroup = """
        <dt>{{words}} <span class="code">{{code}}</span>, {{count}}</dt><dd>{{#people}}<a href="{{href}}">{{name}}</a>{{comma}} {{/people}}{{more}}</dd>
        """
}
