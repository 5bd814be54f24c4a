extension Templates {
    static let setup = """
        <p>This link opens the single sign-on settings{{#name}} of <strong>{{name}}</strong>{{/name}}, in this browser. It works once, until {{until}}.</p>
        {{#open}}<p class="notice">In this browser they are open already: <a href="{{settings}}">go on to them</a>. Save first what is
        open there: once you use this link, those pages can't be saved.</p>{{/open}}
        <p>Setting up takes about five minutes. You need access to your identity provider's administration, such as that of Okta, Entra ID or
        Google Workspace.</p>
        <form method="post" action="{{action}}">
        <input type="hidden" name="form" value="{{form}}">
        <button type="submit" class="primary">Open the settings</button>
        </form>
        """

    /// A link that opens nothing: why, and what to do.
    static let setupOver = """
        <p>{{detail}}</p>
        {{#settings}}<p>In this browser the settings are still open: <a href="{{settings}}">go on to them</a>.</p>{{/settings}}
        {{^settings}}<h2>What to do</h2><p>{{remedy}}</p>
        <p>Whoever is an administrator of the organization and can sign in needs no link: <a href="{{base}}/login">sign in</a>.</p>{{/settings}}
        """
}
