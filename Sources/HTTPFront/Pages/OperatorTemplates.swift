extension Templates {
    static let operatorSignIn = """
        <p>For whoever runs this server: all organizations and how they do. Customers' administrators come with a setup link instead.</p>
        <form method="post" action="{{base}}/operator/sign-in">
        <input type="hidden" name="form" value="{{form}}">
        <label for="token">Operator's token</label>
        <input type="password" id="token" name="token" autocomplete="current-password" aria-describedby="token-hint" required>
        <p id="token-hint">Made on the server with <code>identity-ledger token create --role operator --expires-in 8h</code>.
        It is not kept in this browser; the session ends after four hours, or with the token.</p>
        <button type="submit" class="primary">Sign in</button>
        </form>
        {{#single}}<h2>By single sign-on</h2>
        <p>Owners of every account in the operator's organization need no token: <a href="{{login}}">sign in</a> there, then come back here.</p>{{/single}}
        """

    static let operatorList = """
        <form method="get" action="{{base}}/operator">
        <label for="q">Name or Organization ID</label><input type="text" id="q" name="q" value="{{search}}" autocapitalize="none" spellcheck="false">
        <p><input type="checkbox" id="show" name="show" value="attention"{{#attention}} checked{{/attention}}>
        <label class="inline" for="show">Only those that need attention</label></p>
        <button type="submit">Find</button></form>
        <p role="status">{{counted}}</p>
        {{#isAddress}}<p>Organizations are found here by their names. Where a person belongs is found by e-mail address under <a href="{{base}}/operator/people">People</a>.</p>{{/isAddress}}
        <div class="scroll" role="region" tabindex="0" aria-label="Organizations"><table><caption>Organizations</caption>
        <thead><tr><th scope="col">Organization</th><th scope="col">Needs attention</th><th scope="col">Last login</th><th scope="col">Last day</th><th scope="col">Signing certificate</th></tr></thead>
        <tbody>{{#organizations}}<tr><th scope="row"><a href="{{base}}/operator/organizations/{{id}}">{{name}}</a></th>
        <td>{{#concerns}}<strong class="bad">{{.}}</strong><br>{{/concerns}}{{^concerns}}Nothing to look at{{/concerns}}</td>
        <td class="time">{{#last}}{{time}}<br>{{> operatorOutcome}}{{/last}}{{^last}}Never{{/last}}</td>
        <td>{{lastDay}}</td><td>{{certificates}}</td></tr>
        {{/organizations}}{{^organizations}}<tr><td colspan="5">None.</td></tr>{{/organizations}}</tbody></table></div>
        {{> pages}}
        <h2>Create an organization</h2>
        <form method="post" action="{{base}}/operator/organizations">
        <input type="hidden" name="form" value="{{form}}">
        <label for="name">Name of the customer</label><input type="text" id="name" name="name" maxlength="200" autocomplete="off" required>
        <p>Its first account has the same name. The next page shows the setup link for the customer's administrator.</p>
        <button type="submit" class="primary">Create</button></form>
        """

    static let operatorOutcome = """
        {{#refused}}<span class="bad">refused: {{code}}</span>{{/refused}}{{^refused}}<span>accepted</span>{{/refused}}
        """

    static let operatorOrganization = """
        {{> made}}
        {{#link}}<section class="notice" aria-labelledby="new-link"><h2 id="new-link">The new setup link</h2>
        <p>Send it to the customer's administrator. It opens this organization's settings in any browser, once, within seven days.
        It is shown here now and never again.</p>
        <label for="setup-link">Setup link</label><input type="text" id="setup-link" value="{{url}}" readonly>
        <button type="button" hidden data-copy="setup-link" aria-label="Copy Setup link">Copy</button></section>{{/link}}
        <section aria-labelledby="health"><h2 id="health">How it does</h2>
        {{#advice}}<p class="problem">{{.}}</p>{{/advice}}{{^advice}}<p>Nothing to look at.</p>{{/advice}}
        <dl><dt>Identity provider</dt><dd>{{#provider}}{{provider}}{{/provider}}{{^provider}}None{{/provider}}</dd>
        <dt>Last login</dt><dd>{{#last}}<a href="{{base}}/organizations/{{organization}}/logins/{{sequence}}">{{time}}</a>, {{> operatorOutcome}}{{/last}}{{^last}}Never{{/last}}</dd>
        <dt>Last day</dt><dd>{{lastDay}}</dd>
        <dt>Signing certificate</dt><dd>{{certificates}}</dd>
        <dt>Created</dt><dd>{{createdAt}}</dd></dl></section>
        <section aria-labelledby="links"><h2 id="links">Setup links</h2>
        <p>A setup link lets the customer's administrator in before anyone can sign in.</p>
        <div class="scroll" role="region" tabindex="0" aria-label="Open setup links"><table><caption>Open setup links</caption>
        <thead><tr><th scope="col">Link</th><th scope="col">Ends</th><th scope="col">Revoke</th></tr></thead>
        <tbody>{{#links}}<tr><th scope="row">{{state}}</th><td class="time">{{ends}}</td>
        <td><form method="post" action="{{base}}/operator/organizations/{{organization}}/setup-links/{{link}}/revoke">
        <input type="hidden" name="form" value="{{form}}"><button type="submit" class="danger" aria-label="Revoke the link: {{state}}">Revoke</button></form></td></tr>
        {{/links}}{{^links}}<tr><td colspan="3">None.</td></tr>{{/links}}</tbody></table></div>
        <form method="post" action="{{base}}/operator/organizations/{{organization}}/setup-links">
        <input type="hidden" name="form" value="{{form}}"><button type="submit">Make a new setup link</button></form></section>
        <section aria-labelledby="pages"><h2 id="pages">Its pages</h2>
        <p>You see them as the customer's administrator does. What you change there is recorded as yours.</p>
        <ul>{{#pages}}<li><a href="{{base}}/organizations/{{organization}}/{{path}}">{{label}}</a></li>
        {{/pages}}</ul></section>
        <section aria-labelledby="addresses"><h2 id="addresses">Its addresses</h2>
        {{#copied}}{{> copied}}{{/copied}}
        </section>
        """

    static let operatorPeople = """
        <p>Which organizations somebody belongs to, and how they sign in there.</p>
        <form method="post" action="{{base}}/operator/people">
        <input type="hidden" name="form" value="{{form}}">
        <label for="email">E-mail address</label>
        <input type="text" inputmode="email" id="email" name="email" value="{{email}}" autocapitalize="none" spellcheck="false" autocomplete="off" required>
        <button type="submit">Find</button></form>
        {{#found}}<div class="scroll" role="region" tabindex="0" aria-label="Where this person belongs"><table><caption>Where this person belongs</caption>
        <thead><tr><th scope="col">Organization</th><th scope="col">Signs in</th><th scope="col">Last login</th></tr></thead>
        <tbody>{{#memberships}}<tr><th scope="row"><a href="{{base}}/operator/organizations/{{organization}}">{{name}}</a></th>
        <td>{{how}}</td><td class="time">{{#lastLoginAt}}{{lastLoginAt}}{{/lastLoginAt}}{{^lastLoginAt}}Never{{/lastLoginAt}}</td></tr>
        {{/memberships}}{{^memberships}}<tr><td colspan="3">No organization knows this address.</td></tr>{{/memberships}}</tbody></table></div>{{/found}}
        """
}
