extension Templates {
    static let logins = """
        <form method="get" action="{{base}}/organizations/{{organization}}/logins">
        <label for="user">E-mail address</label><input type="text" id="user" name="user" value="{{user}}">
        <label for="since">Since (such as 2026-11-25T00:00:00Z)</label><input type="text" id="since" name="since" value="{{since}}">
        <button type="submit">Filter</button></form>
        <div class="scroll" role="region" tabindex="0" aria-label="Logins"><table><caption>Logins</caption>
        <thead><tr><th scope="col">Reference</th><th scope="col">Time</th><th scope="col">Outcome</th><th scope="col">E-mail address</th><th scope="col">Reason</th></tr></thead>
        <tbody>{{#logins}}<tr><th scope="row"><a href="{{base}}/organizations/{{organization}}/logins/{{sequence}}">{{sequence}}</a></th><td>{{recordedAt}}</td>
        <td>{{outcome}}</td><td>{{email}}</td><td>{{#code}}<span class="code">{{code}}</span> {{/code}}{{detail}}</td></tr>
        {{/logins}}{{^logins}}<tr><td colspan="5">No logins.</td></tr>{{/logins}}</tbody></table></div>
        {{#next}}<p><a href="{{next}}">Next page</a></p>{{/next}}
        """

    static let history = """
        <div class="scroll" role="region" tabindex="0" aria-label="Events"><table><caption>Events</caption>
        <thead><tr><th scope="col">Sequence</th><th scope="col">Time</th><th scope="col">Event</th><th scope="col">Who</th><th scope="col">Facts</th></tr></thead>
        <tbody>{{#events}}<tr><th scope="row"><a href="{{base}}/organizations/{{organization}}/history?at={{sequence}}">{{sequence}}</a></th><td>{{recordedAt}}</td>
        <td>{{type}}{{#origin}}<br>{{origin}}{{/origin}}</td><td>{{actor}}</td><td><details><summary>Show</summary><pre>{{data}}</pre></details></td></tr>
        {{/events}}{{^events}}<tr><td colspan="5">No events.</td></tr>{{/events}}</tbody></table></div>
        {{#next}}<p><a href="{{next}}">Next page</a></p>{{/next}}
        """

    static let state = """
        <p>The organization as it was after event {{at}}.</p>
        <pre>{{state}}</pre>
        <p><a href="{{base}}/organizations/{{organization}}/history">All events</a></p>
        """
}
