extension Templates {
    static let logins = """
        <section aria-labelledby="days"><h2 id="days">The last 30 days</h2>
        {{{picture}}}
        {{#counted}}<p>{{counted}}</p>{{/counted}}
        {{#figures}}{{> figures}}{{/figures}}</section>
        <section aria-labelledby="find"><h2 id="find">Find logins</h2>
        <form method="get" action="{{list}}"><div class="fields"><div><label for="reference">Reference</label><input type="text" id="reference" name="reference" value="{{reference}}" inputmode="numeric" aria-describedby="reference-hint{{#referenceWrong}} reference-wrong{{/referenceWrong}}"{{#referenceWrong}} aria-invalid="true"{{/referenceWrong}}></div>
        <div><button type="submit">Show this login</button></div></div>{{#referenceWrong}}<p class="bad" id="reference-wrong">{{.}}</p>{{/referenceWrong}}<p class="hint" id="reference-hint">The number that a page told somebody whose login was refused.</p></form>
        <form method="get" action="{{list}}">
        <label for="user">E-mail address</label><input type="text" id="user" name="user" value="{{user}}">
        <div class="fields">{{> period}}{{#filters}}{{> choices}}{{/filters}}</div>
        <button type="submit">Filter</button>{{#filtered}} <a href="{{list}}">Show all</a>{{/filtered}}</form></section>
        {{#listed}}{{> pages}}
        {{> loginTable}}
        {{> pages}}
        <p><a href="{{csv}}">These logins as a spreadsheet</a>, the newest {{mostRows}} at most.</p>{{/listed}}
        """

    static let loginTable = """
        <div class="scroll" role="region" tabindex="0" aria-label="Logins"><table><caption>Logins, the newest first</caption>
        <thead><tr><th scope="col">Reference</th><th scope="col">Time</th><th scope="col">Outcome</th><th scope="col">E-mail address</th><th scope="col">Reason</th></tr></thead>
        <tbody>{{#logins}}<tr><th scope="row"><a href="{{href}}">{{sequence}}</a></th><td class="time">{{recordedAt}}</td>
        <td><span class="badge {{#code}}bad{{/code}}{{^code}}ok{{/code}}">{{outcome}}</span></td><td class="who">{{who}}</td><td class="long">{{#code}}<a class="code" href="{{base}}/help/{{code}}">{{code}}</a> {{/code}}{{#detail}}<span lang="en">{{detail}}</span>{{/detail}}</td></tr>
        {{/logins}}{{^logins}}<tr><td colspan="5">No logins.</td></tr>{{/logins}}</tbody></table></div>
        """

    static let history = """
        <form method="get" action="{{list}}">
        <label for="user">E-mail address</label><input type="text" id="user" name="user" value="{{user}}">
        <div class="fields">{{> period}}{{#filters}}{{> choices}}{{/filters}}</div>
        <button type="submit">Filter</button>{{#filtered}} <a href="{{list}}">Show all</a>{{/filtered}}</form>
        <form method="get" action="{{list}}"><div class="fields"><div><label for="at">The organization as of an event or an instant</label><input type="text" id="at" name="at" value="{{at}}" required aria-describedby="at-hint{{#atWrong}} at-wrong{{/atWrong}}"{{#atWrong}} aria-invalid="true"{{/atWrong}}></div>
        <div><button type="submit">Show</button></div></div>{{> atHint}}</form>
        {{#listed}}{{> pages}}
        {{> eventTable}}
        {{> pages}}
        <p><a href="{{csv}}">These events as a spreadsheet</a>, the newest {{mostRows}} at most.</p>{{/listed}}
        """

    /// Below a field for a moment.
    static let atHint = """
        {{#atWrong}}<p class="bad" id="at-wrong">{{.}}</p>{{/atWrong}}<p class="hint" id="at-hint">An event's number such as 57, a day such as 2026-11-25, which is meant to its end, or an instant such as 2026-11-25T08:30:00Z.</p>
        """

    static let eventTable = """
        <div class="scroll" role="region" tabindex="0" aria-label="Events"><table><caption>Events, the newest first</caption>
        <thead><tr><th scope="col">Event</th><th scope="col">Time</th><th scope="col">What</th><th scope="col">About</th><th scope="col">By whom</th><th scope="col">As of then</th></tr></thead>
        <tbody>{{#events}}<tr><th scope="row"><a href="{{href}}">{{sequence}}</a></th><td class="time">{{recordedAt}}</td>
        <td class="long"><span lang="en">{{what}}</span>{{#origin}}<br>{{origin}}{{/origin}}</td><td class="who">{{#person}}<a href="{{link}}">{{text}}</a>{{/person}}</td><td lang="en">{{by}}</td><td><a href="{{stateHref}}" aria-label="as of then: event {{sequence}}">as of then</a></td></tr>
        {{/events}}{{^events}}<tr><td colspan="6">No events.</td></tr>{{/events}}</tbody></table></div>
        """

    /// One event: in a sentence, and every fact of it.
    static let event = """
        <p lang="en"><strong>{{what}}</strong></p>{{#origin}}<p>{{origin}}</p>{{/origin}}
        <dl><dt>Event</dt><dd>{{sequence}}, <span class="code">{{type}}</span></dd><dt>Recorded at</dt><dd>{{recordedAt}}</dd><dt>By whom</dt><dd lang="en">{{by}}</dd>
        {{#person}}<dt>About</dt><dd><a href="{{link}}">{{text}}</a></dd>{{/person}}
        {{#cause}}<dt>Caused by</dt><dd><a href="{{causeHref}}">Event {{cause}}</a></dd>{{/cause}}
        <dt>Leaf hash</dt><dd class="code">{{leaf}}</dd></dl>
        {{#story}}<p><a href="{{story}}">The whole story of this login</a></p>{{/story}}
        <ul><li><a href="{{state}}">The organization as it was after this event</a></li>
        <li><a href="{{compare}}">What is otherwise now</a></li></ul>
        <h2>Facts</h2><pre>{{data}}</pre>{{#cut}}<p>The rest is left out here: the administration API has all of it.</p>{{/cut}}
        <p><a href="{{list}}">All events</a></p>
        """

    static let state = """
        <p>The organization as it was {{then}}.</p>
        <dl><dt>Name</dt><dd>{{name}}</dd><dt>Accounts</dt><dd>{{accounts}}</dd><dt>Identity provider</dt><dd>{{#provider}}{{provider}}{{/provider}}{{^provider}}not configured{{/provider}}</dd>
        <dt>Its certificates</dt>{{#certificates}}<dd>{{subject}}, until {{until}}, SHA-256 {{sha256}}…</dd>{{/certificates}}{{^certificates}}<dd>none</dd>{{/certificates}}
        <dt>Verified domains</dt><dd>{{#domains}}{{names}}{{/domains}}{{^domains}}none{{/domains}}</dd></dl>
        <section aria-labelledby="difference"><h2 id="difference">What is otherwise now</h2>
        {{#compared}}{{#differences}}<ul lang="en">{{#sentences}}<li>{{.}}</li>
        {{/sentences}}</ul>{{/differences}}{{^differences}}<p>Nothing.</p>{{/differences}}{{#more}}<p>{{more}}</p>{{/more}}{{/compared}}
        {{^compared}}<p><a href="{{compare}}">Compare it with now</a></p>{{/compared}}</section>
        <details><summary>Every fact of it</summary><pre>{{state}}</pre>{{#cut}}<p>The rest is left out here: the administration API has all of it.</p>{{/cut}}</details>
        <p><a href="{{list}}">All events</a></p>
        """
}
