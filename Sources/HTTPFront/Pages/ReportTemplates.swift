extension Templates {
    /// An access report, wherever it stands: on its page, or in a document of its own.
    static let report = """
        <p>Access to <strong>{{name}}</strong> {{period}}, made at {{madeAt}}.</p>
        <section aria-labelledby="summary"><h2 id="summary">In short</h2><dl>
        <dt>Who can sign in at the end</dt><dd>{{canSignIn}} of {{userCount}} users; {{gainedCount}} gained it, {{lostCount}} lost it</dd>
        <dt>Logins</dt><dd>{{accepted}} accepted, {{refused}} refused</dd>
        <dt>Changes of access, configuration and credentials</dt><dd>{{changeCount}}</dd>
        <dt>Events of the ledger that it covers</dt><dd>{{events}}</dd></dl></section>
        <section aria-labelledby="anomalies"><h2 id="anomalies">Worth a look</h2>
        {{#noted}}<ul>{{#anomalies}}<li><span class="{{tone}}">{{severity}}</span> <span class="time">{{recordedAt}}</span>: <span lang="en">{{detail}}</span>{{#email}} ({{email}}){{/email}}
        <span class="code">events {{sequences}}</span></li>
        {{/anomalies}}</ul>{{/noted}}{{^noted}}<p>Nothing.</p>{{/noted}}</section>
        <section aria-labelledby="people"><h2 id="people">Who</h2>
        {{#usersLeftOut}}<p class="notice">{{usersLeftOut}}</p>{{/usersLeftOut}}
        <div class="scroll" role="region" tabindex="0" aria-label="People"><table><caption>People, as of the end of the period</caption>
        <thead><tr><th scope="col">E-mail address</th><th scope="col">Name</th><th scope="col">Can sign in</th><th scope="col">Signs in by</th><th scope="col">Roles</th><th scope="col">Came by</th><th scope="col">Last login</th><th scope="col">Accepted</th><th scope="col">Refused</th><th scope="col">Changes</th></tr></thead>
        <tbody>{{#users}}<tr><th scope="row">{{email}}</th><td>{{name}}</td><td>{{access}}</td><td>{{signInMethod}}</td><td>{{roles}}</td><td>{{cameBy}}</td>
        <td class="time">{{lastLoginAt}}</td><td>{{accepted}}</td><td>{{refused}}</td><td>{{#changes}}<a href="#event-{{.}}">{{.}}</a> {{/changes}}</td></tr>
        {{/users}}{{^users}}<tr><td colspan="10">No users.</td></tr>{{/users}}</tbody></table></div></section>
        <section aria-labelledby="changes"><h2 id="changes">What changed, and by whom</h2>
        {{#changesLeftOut}}<p class="notice">{{changesLeftOut}}</p>{{/changesLeftOut}}
        <div class="scroll" role="region" tabindex="0" aria-label="Changes"><table><caption>Changes, in the order of the ledger</caption>
        <thead><tr><th scope="col">Event</th><th scope="col">Time</th><th scope="col">Of</th><th scope="col">Who</th><th scope="col">What</th><th scope="col">By whom</th></tr></thead>
        <tbody>{{#changed}}<tr id="event-{{sequence}}"><th scope="row">{{sequence}}</th><td class="time">{{recordedAt}}</td><td>{{area}}</td><td>{{email}}</td><td lang="en">{{what}}</td><td lang="en">{{by}}</td></tr>
        {{/changed}}{{^changed}}<tr><td colspan="6">No changes.</td></tr>{{/changed}}</tbody></table></div></section>
        <section aria-labelledby="basis"><h2 id="basis">What it rests on</h2>
        {{#signed}}<p>This checkpoint is the ledger's signature under its {{size}} events, those of this report among them. Keep it:
        <code>identity-ledger verify --checkpoint FILE</code> proves that none of them was altered since.</p>
        <pre>{{note}}</pre>{{/signed}}
        {{^signed}}<p>The ledger's {{size}} events have the root hash <code>{{root}}</code>. No public URL is recorded, so nothing signs it.</p>{{/signed}}</section>
        """

    static let reportForm = """
        <form class="screen" method="get" action="{{base}}/organizations/{{organization}}/report"><div class="fields">
        <div><label for="from">From the start of</label>{{#fromWrong}}<p class="bad" id="from-wrong">{{.}}</p>{{/fromWrong}}<input type="{{#fromIsInstant}}text{{/fromIsInstant}}{{^fromIsInstant}}date{{/fromIsInstant}}" id="from" name="from" value="{{from}}"{{#fromWrong}} aria-invalid="true" aria-describedby="from-wrong"{{/fromWrong}}></div>
        <div><label for="to">To the start of, or until now</label>{{#toWrong}}<p class="bad" id="to-wrong">{{.}}</p>{{/toWrong}}<input type="{{#toIsInstant}}text{{/toIsInstant}}{{^toIsInstant}}date{{/toIsInstant}}" id="to" name="to" value="{{to}}"{{#toWrong}} aria-invalid="true" aria-describedby="to-wrong"{{/toWrong}}></div>
        <div><button type="submit">Show</button></div></div></form>
        {{#reported}}<p class="screen">For a spreadsheet: <a href="{{csv}}">people</a>, <a href="{{changesCSV}}">changes</a>.
        {{#longer}}To print: <a href="{{href}}">up to {{most}} of each on one page</a>.{{/longer}}</p>{{/reported}}
        """

    static let reportPage = "{{> reportForm}}{{#reported}}{{> report}}{{/reported}}"

    /// A page of its own, with everything in it: to be printed or kept.
    static let document = """
        <!doctype html>
        <html lang="{{lang}}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{{title}}</title><style>{{{css}}}</style></head>
        <body><main><h1>{{title}}</h1>
        {{{body}}}
        </main></body></html>
        """
}
