extension Templates {
    /// The story of one login: what arrived, each check, what it rested on, what it changed, and that it is in the log.
    static let explanation = """
        <p class="{{#accepted}}ok{{/accepted}}{{^accepted}}bad{{/accepted}}"><strong>{{verdict}}{{#reason}} <span lang="en">{{reason}}</span>{{/reason}}</strong></p>
        {{#recorded}}<p class="problem">It was recorded as “{{recorded}}”, which the checks made again don't give. Ask the operator to look at it.</p>{{/recorded}}
        {{#refused}}<section class="problem" aria-labelledby="change"><h2 id="change">What to change</h2>
        {{> remedies}}</section>{{/refused}}
        <section aria-labelledby="arrived"><h2 id="arrived">What arrived</h2><dl>
        {{#arrived}}{{#recordedAt}}<dt>Recorded at</dt><dd>{{recordedAt}}</dd>
        {{/recordedAt}}{{#person}}<dt>For</dt><dd>{{#personAddress}}<a href="{{personAddress}}">{{/personAddress}}{{person}}{{#personAddress}}</a>{{/personAddress}}</dd>
        {{/person}}{{#asked}}<dt>Asked for</dt><dd>{{asked}}</dd>
        {{/asked}}{{#postedTo}}<dt>Posted to</dt><dd class="code">{{postedTo}}</dd>
        {{/postedTo}}{{#identityProvider}}<dt>From the identity provider</dt><dd class="code">{{identityProvider}}</dd>
        {{/identityProvider}}{{#assertionID}}<dt>Assertion ID</dt><dd class="code">{{assertionID}}</dd>
        {{/assertionID}}{{#usedBefore}}<dt>Used before, by</dt><dd><a href="{{href}}">Login {{number}}</a></dd>
        {{/usedBefore}}{{#responseSize}}<dt>Response</dt><dd>{{responseSize}}, {{#kept}}kept as it arrived{{/kept}}{{^kept}}not kept, or for a short time only{{/kept}}</dd>
        {{/responseSize}}{{#responseDigest}}<dt>SHA-256 of the response</dt><dd class="code">{{responseDigest}}</dd>
        {{/responseDigest}}{{#programVersion}}<dt>Judged by</dt><dd>identity-ledger {{programVersion}}</dd>
        {{/programVersion}}{{/arrived}}</dl></section>
        <section aria-labelledby="checks"><h2 id="checks">Each check, made again just now</h2>
        {{> checks}}</section>
        {{#attributed}}<section aria-labelledby="asserted"><h2 id="asserted">What was asserted</h2><dl>
        {{#attributes}}<dt>{{name}}</dt>{{#values}}<dd>{{.}}</dd>{{/values}}
        {{/attributes}}</dl>{{#more}}<p>{{more}}</p>{{/more}}</section>{{/attributed}}
        <section aria-labelledby="basis"><h2 id="basis">What it was judged by</h2><dl>
        {{#basis}}{{#certificate}}<dt>Certificate whose key signed it</dt><dd>{{#known}}{{subject}}, valid from {{notBefore}} to {{notAfter}}{{/known}}<br><span class="code">SHA-256 {{sha256}}</span></dd>
        {{/certificate}}<dt>Identity provider's configuration</dt><dd>{{#configuration}}<a href="{{href}}">Event {{sequence}}, of {{recordedAt}}</a>{{/configuration}}{{^configuration}}None: no identity provider was configured.{{/configuration}}</dd>
        <dt>Policy</dt><dd>{{#policy}}<a href="{{href}}">Event {{sequence}}, of {{recordedAt}}</a>{{/policy}}{{^policy}}The defaults: no policy had been set.{{/policy}}</dd>
        {{/basis}}</dl></section>
        <section aria-labelledby="changed"><h2 id="changed">What it changed</h2>
        {{#changed}}<ul>{{#changes}}<li><a href="{{href}}">Event {{sequence}}</a>, {{type}}{{#what}}: <span lang="en">{{what}}</span>{{/what}}</li>
        {{/changes}}</ul>{{/changed}}{{^changed}}<p>Nothing: only that it came was recorded.</p>{{/changed}}</section>
        <section aria-labelledby="proof"><h2 id="proof">That it is in the log</h2>
        <p>The {{count}} hashes below lead from this event's leaf hash to the root hash of the ledger's {{size}} events. The same root stands
        in the <a href="{{checkpoint}}">signed checkpoint</a>, as long as nothing was appended since.</p>
        <dl><dt>Leaf hash</dt><dd class="code">{{leaf}}</dd><dt>Root hash</dt><dd class="code">{{root}}</dd></dl>
        <details><summary>The hashes, from the leaf upwards</summary><ol>{{#hashes}}<li class="code">{{.}}</li>
        {{/hashes}}</ol></details>
        <p>To hand it to somebody who verifies it without this server: <code>identity-ledger explain {{reference}} --bundle {{reference}}.tar</code></p></section>
        <p><a href="{{back}}">All logins</a></p>
        """
}
