extension Templates {
    static let users = """
        {{> made}}
        <form method="get" action="{{list}}">
        <label for="email">E-mail address</label><input type="text" id="email" name="email" value="{{email}}" maxlength="254" aria-describedby="email-hint">
        <p class="hint" id="email-hint">An address or a name, or a part of one.</p>
        <div class="fields">{{#filters}}{{> choices}}{{/filters}}</div>
        <button type="submit">Find</button>{{#filtered}} <a href="{{list}}">Show everyone</a>{{/filtered}}</form>
        {{> pages}}
        <div class="scroll" role="region" tabindex="0" aria-label="Users"><table><caption>Users</caption>
        <thead><tr><th scope="col">E-mail address</th><th scope="col">Name</th><th scope="col">Sign-in method</th><th scope="col">Roles</th><th scope="col">Last login</th><th scope="col">Active</th></tr></thead>
        <tbody>{{#users}}<tr><th scope="row" class="who"><a href="{{href}}">{{shown}}</a></th><td class="who">{{name}}</td><td>{{signInMethod}}</td>
        <td>{{#roles}}<form class="inline" method="post" action="{{href}}/role"><input type="hidden" name="form" value="{{form}}"><input type="hidden" name="account" value="{{account}}">
        <label for="role-{{id}}-{{index}}">{{accountName}}</label>
        <select id="role-{{id}}-{{index}}" name="role" aria-label="{{accountName}}: role of {{shown}}">{{#choices}}<option value="{{value}}"{{#selected}} selected{{/selected}}>{{role}}</option>{{/choices}}</select>
        <button type="submit" aria-label="Set role of {{shown}}">Set role</button></form>{{/roles}}{{#inWords}}{{.}}<br>{{/inWords}}</td>
        <td class="time">{{#lastLoginAt}}{{lastLoginAt}}{{/lastLoginAt}}{{^lastLoginAt}}never{{/lastLoginAt}}</td>
        <td>{{#active}}yes{{/active}}{{^active}}no{{/active}}<form method="post" action="{{href}}/active"><input type="hidden" name="form" value="{{form}}">
        <input type="hidden" name="active" value="{{^active}}true{{/active}}{{#active}}false{{/active}}"><button type="submit"{{#active}} class="danger"{{/active}} aria-label="{{#active}}Deactivate{{/active}}{{^active}}Reactivate{{/active}} {{shown}}">{{#active}}Deactivate{{/active}}{{^active}}Reactivate{{/active}}</button></form></td></tr>
        {{/users}}{{^users}}<tr><td colspan="6">{{empty}}</td></tr>{{/users}}</tbody></table></div>
        {{> pages}}
        <p><a href="{{csv}}">These users as a spreadsheet</a></p>
        <h2>What the roles mean</h2>
        <dl>{{#meanings}}<dt>{{role}}</dt><dd>{{meaning}}</dd>{{/meanings}}</dl>
        """

    /// One person: what they may do, how to change that, and what happened.
    static let person = """
        {{> made}}
        {{#ask}}<section class="problem" aria-labelledby="ask"><h2 id="ask">{{question}}</h2><p>{{consequence}}</p>
        <form method="post" action="{{href}}/{{to}}"><input type="hidden" name="form" value="{{form}}"><input type="hidden" name="sure" value="yes">{{#fields}}<input type="hidden" name="{{name}}" value="{{value}}">{{/fields}}
        <button type="submit" class="danger">{{button}}</button> <a href="{{href}}">No, leave it as it is</a></form></section>{{/ask}}
        <p><strong>{{shown}}</strong>{{#name}}, <bdi>{{name}}</bdi>{{/name}}</p>
        {{#then}}<p class="notice">As it was {{then}}. <a href="{{href}}">As it is now</a></p>{{/then}}
        <section aria-labelledby="may"><h2 id="may">What this person may do</h2>
        <ul>{{#may}}<li>{{.}}</li>
        {{/may}}</ul></section>
        <dl><dt>Sign-in method</dt><dd>{{signInMethod}}</dd><dt>Came by</dt><dd>{{#provisioned}}a first login{{/provisioned}}{{^provisioned}}import{{/provisioned}}</dd><dt>Last login</dt><dd>{{#lastLoginAt}}{{lastLoginAt}}{{/lastLoginAt}}{{^lastLoginAt}}never{{/lastLoginAt}}</dd><dt>User ID</dt><dd class="code">{{id}}</dd></dl>
        {{#attributed}}<details><summary>Attributes, as received with the newest login</summary><dl>{{#attributes}}<dt>{{name}}</dt>{{#values}}<dd>{{.}}</dd>{{/values}}
        {{/attributes}}</dl>{{#more}}<p>{{more}}</p>{{/more}}</details>{{/attributed}}
        {{#changeable}}<section aria-labelledby="change"><h2 id="change">Change it</h2>
        {{#accounts}}<form method="post" action="{{href}}/role"><input type="hidden" name="form" value="{{form}}"><input type="hidden" name="back" value="user"><input type="hidden" name="account" value="{{account}}">
        <fieldset><legend>Role in {{accountName}}</legend>
        {{#choices}}<label class="choice"><input type="radio" name="role" value="{{value}}"{{#selected}} checked{{/selected}}{{#locked}} disabled{{/locked}}> <span><strong>{{role}}</strong>: {{meaning}}{{#locked}} Only owners and operators give or take it.{{/locked}}</span></label>
        {{/choices}}<button type="submit">Set role</button></fieldset></form>
        {{/accounts}}
        <form method="post" action="{{href}}/active"><input type="hidden" name="form" value="{{form}}"><input type="hidden" name="back" value="user"><input type="hidden" name="active" value="{{^active}}true{{/active}}{{#active}}false{{/active}}">
        <p>{{#active}}Deactivating ends this person's sessions at once, and refuses every login until they are reactivated. Roles are kept.{{/active}}{{^active}}Reactivating lets this person sign in again, with the roles they had.{{/active}}</p><button type="submit"{{#active}} class="danger"{{/active}}>{{#active}}Deactivate{{/active}}{{^active}}Reactivate{{/active}}</button></form>
        {{#erasable}}<form method="post" action="{{href}}/erase"><input type="hidden" name="form" value="{{form}}">
        <p>Erasing destroys the key of everything personal about this person, for good: address, name, attributes, responses. That events happened stays, and so do their proofs. The person's sessions end.</p>
        <label for="confirm">To erase, enter {{confirmation}}</label><input type="text" id="confirm" name="confirm" required autocomplete="off">
        <button type="submit" class="danger">Erase for good</button></form>{{/erasable}}
        {{^erasable}}<p>Erasing a person for good is for the operator of this service: ask them.</p>{{/erasable}}</section>{{/changeable}}
        {{#past}}<section aria-labelledby="logins"><h2 id="logins">Last logins</h2>
        {{> loginTable}}<p><a href="{{allLogins}}">All logins of this person</a></p></section>
        <section aria-labelledby="events"><h2 id="events">What happened</h2>
        {{> eventTable}}<p><a href="{{allEvents}}">All events about this person</a></p>
        <form method="get" action="{{href}}"><label for="at">This person as of an event or an instant</label><input type="text" id="at" name="at" value="{{at}}" required aria-describedby="at-hint{{#atWrong}} at-wrong{{/atWrong}}"{{#atWrong}} aria-invalid="true"{{/atWrong}}>
        {{> atHint}}<button type="submit">Show</button></form></section>{{/past}}
        <p><a href="{{list}}">All users</a></p>
        """
}
