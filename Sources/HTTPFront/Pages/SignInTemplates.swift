extension Templates {
    static let home = """
        <p>This is the single sign-on service.</p>
        {{#signedIn}}<p>You are signed in as <strong>{{email}}</strong>.</p>
        <form method="post" action="{{base}}/logout"><button type="submit">Sign out</button></form>{{/signedIn}}
        {{^signedIn}}<p><a href="{{base}}/login">Sign in</a></p>{{/signedIn}}
        """

    static let signIn = """
        <form method="post" action="{{base}}/login">
        <label for="who">Work e-mail address or Organization ID</label>
        <input type="text" id="who" name="who" value="{{who}}" autocomplete="username" autocapitalize="none" spellcheck="false" required>
        <button type="submit">Continue</button>
        </form>
        <p>Your organization's administrator can tell you the Organization ID, or its login URL.</p>
        """

    /// A form that goes on by itself where scripts run, and by its button elsewhere.
    static let post = """
        <form method="post" action="{{action}}" data-submit>
        {{#fields}}<input type="hidden" name="{{name}}" value="{{value}}">
        {{/fields}}<p>{{text}}</p>
        <button type="submit">Continue</button>
        </form>
        """

    static let refused = """
        <p>{{detail}}</p>
        {{#remedy}}<h2>What to do</h2><p>{{remedy}}</p>{{/remedy}}
        <p class="code">{{code}}{{#reference}} · Reference {{reference}}{{/reference}}</p>
        {{#checked}}<details><summary>What was checked, for whoever mends it</summary>{{> checks}}</details>{{/checked}}
        <p><a href="{{base}}/login">Go to the sign-in page</a></p>
        """

    static let question = """
        <p>You are signed in as <strong>{{current}}</strong>. Your identity provider just sent a login for <strong>{{next}}</strong>,
        without being asked to.</p>
        <p>If you did not start this login yourself, stay who you are: someone may be trying to sign you in as someone else.</p>
        <form method="post" action="{{action}}">
        {{#fields}}<input type="hidden" name="{{name}}" value="{{value}}">
        {{/fields}}<button type="submit">Sign in as {{next}}</button>
        </form>
        <p><a href="{{stay}}">Stay signed in as {{current}}</a></p>
        """

    static let consumer = """
        <p>This is the Assertion Consumer Service URL. It belongs into your identity provider's settings; identity providers post
        their answers here. Opening it in a browser does nothing.</p>
        <p><a href="{{base}}/login{{#organization}}?org={{organization}}{{/organization}}">Go to the sign-in page</a></p>
        """

    static let message = """
        <p>{{text}}</p>
        {{#link}}<p><a href="{{href}}">{{label}}</a></p>{{/link}}
        """
}
