extension Templates {
    /// What saving would do, before it is done.
    static let consequence = """
        <p>Nothing is saved yet. {{judged}}</p>
        <section aria-labelledby="changes"><h2 id="changes">What changes</h2>
        {{#changed}}<ul>{{#sentences}}<li>{{.}}</li>
        {{/sentences}}</ul>{{/changed}}{{^changed}}<p>Nothing: this is what is in force.</p>{{/changed}}</section>
        <section aria-labelledby="out"><h2 id="out">Who would be locked out</h2>
        {{#lockedOut}}<p class="problem">{{sentence}}</p>
        <div class="scroll" role="region" tabindex="0" aria-label="Who would be locked out, by reason"><table><caption>By the refusal that would come</caption>
        <thead><tr><th scope="col">Reason</th><th scope="col">People</th><th scope="col">Who, with the login that would be refused</th></tr></thead>
        <tbody>{{#groups}}{{> consequenceRow}}{{/groups}}</tbody></table></div>{{/lockedOut}}
        {{^lockedOut}}<p><span class="ok">Nobody</span> of these logins.</p>{{/lockedOut}}</section>
        <section aria-labelledby="in"><h2 id="in">Who would be let in</h2>
        {{#letIn}}<p>{{sentence}}</p>
        <div class="scroll" role="region" tabindex="0" aria-label="Who would be let in, by reason"><table><caption>By the refusal that would go</caption>
        <thead><tr><th scope="col">Reason</th><th scope="col">People</th><th scope="col">Who, with the login that would be accepted</th></tr></thead>
        <tbody>{{#groups}}{{> consequenceRow}}{{/groups}}</tbody></table></div>{{/letIn}}
        {{^letIn}}<p>Nobody who was refused.</p>{{/letIn}}</section>
        <form method="post" action="{{action}}" enctype="{{encoding}}">
        {{#fields}}<input type="hidden" name="{{name}}" value="{{value}}">
        {{/fields}}<button type="submit">{{button}}</button></form>
        <p><a href="{{back}}">Back to the settings, saving nothing</a></p>
        """

    static let consequenceRow = """
        <tr><th scope="row">{{words}}<br><span class="code">{{code}}</span></th><td>{{count}}</td><td>{{#people}}<a href="{{href}}">{{name}}</a>{{comma}} {{/people}}{{more}}</td></tr>

        """
}
