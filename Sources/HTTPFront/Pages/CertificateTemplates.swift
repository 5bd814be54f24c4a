extension Templates {
    static let certificates = """
        {{{picture}}}
        {{#figures}}{{> figures}}{{/figures}}
        <section aria-labelledby="theirs"><h2 id="theirs">The identity provider's</h2>
        {{#unconfigured}}<p>No identity provider is configured yet: <a href="{{settings}}">bring its metadata in</a>.</p>{{/unconfigured}}
        {{#theirs}}<h3>{{name}}: <bdi>{{subject}}</bdi></h3><p class="{{tone}}"><strong>{{ends}}.</strong></p><p>{{advice}}</p>
        <dl><dt>Valid</dt><dd>from {{notBefore}} to {{notAfter}}</dd><dt>SHA-256</dt><dd class="code">{{sha256}}</dd>
        <dt>Signed</dt><dd>{{use}}{{#lastHref}}, last <a href="{{lastHref}}">login {{lastLogin}}</a>, {{lastAt}}{{/lastHref}}</dd></dl>
        {{/theirs}}
        {{#strangers}}<h3>Not configured</h3><p>A certificate that isn't configured any more signed {{use}}, last <a href="{{lastHref}}">login {{lastLogin}}</a>, {{lastAt}}.</p><p class="code">{{sha256}}</p>{{/strangers}}
        </section>
        <section aria-labelledby="ours"><h2 id="ours">Ours</h2>
        <p>Our metadata publishes them: the identity provider encrypts for one, and verifies our signed requests with the other.</p>
        {{#ours}}<h3>{{name}}: <bdi>{{subject}}</bdi></h3><p class="{{tone}}"><strong>{{ends}}.</strong></p><p>{{advice}}</p>
        <dl><dt>Valid</dt><dd>from {{notBefore}} to {{notAfter}}</dd><dt>SHA-256</dt><dd class="code">{{sha256}}</dd></dl>
        {{/ours}}{{^ours}}<p>None yet: they are made when they are first needed.</p>{{/ours}}</section>
        """
}
