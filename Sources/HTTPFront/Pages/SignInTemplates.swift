extension Templates {
    static let home = """
        <p>This is the single sign-on service.</p>
        {{#signedIn}}<section aria-labelledby="you"><h2 id="you">{{name}}</h2><p>You are signed in as <strong>{{email}}</strong>.</p>
        {{> homeLinks}}
        <form method="post" action="{{base}}/logout"><button type="submit">Sign out</button></form></section>{{/signedIn}}
        {{#operator}}<section aria-labelledby="operator"><h2 id="operator">{{console}}</h2><p>This browser is an operator's. <a href="{{base}}/operator">Open the console</a></p>
        {{^signedIn}}<form method="post" action="{{base}}/logout"><button type="submit">Sign out</button></form>{{/signedIn}}</section>{{/operator}}
        {{#setups}}<section aria-labelledby="setup-{{organization}}"><h2 id="setup-{{organization}}">{{name}}</h2><p>A setup link has opened these pages in this browser, for eight hours at most.</p>
        {{> homeLinks}}
        <form method="post" action="{{base}}/logout"><input type="hidden" name="setup" value="{{organization}}"><button type="submit">End the setup access</button></form>
        <p class="hint">A setup link works once: afterwards only a new one, or an administrator's sign-in, opens these pages.</p></section>{{/setups}}
        {{#signedIn}}<p><a href="{{base}}/login">Sign in as someone else</a></p>{{/signedIn}}
        {{^signedIn}}{{#remembered}}<p><a class="button primary" href="{{href}}">{{button}}</a></p>
        <p>{{leads}}</p>
        <p><a href="{{base}}/login">Use another organization</a></p>{{/remembered}}
        {{^remembered}}<p><a class="button primary" href="{{base}}/login">Sign in</a></p>{{/remembered}}{{/signedIn}}
        """

    static let homeLinks = """
        {{#linked}}<ul class="choices">{{#links}}<li><a href="{{href}}">{{label}}</a></li>
        {{/links}}</ul>{{/linked}}
        """

    static let signIn = """
        {{#chosen}}<section aria-labelledby="go"><h2 id="go">Your organization</h2>
        <p>{{leads}}</p>
        <p><a class="button primary" href="{{href}}">{{button}}</a></p></section>
        <h2>Another organization</h2>{{/chosen}}
        {{#remembered}}<section aria-labelledby="go"><h2 id="go">The organization of last time</h2>
        <p>{{leads}}</p>
        <p><a class="button primary" href="{{href}}">{{button}}</a></p>
        <form method="post" action="{{base}}/login/forget"><input type="hidden" name="form" value="{{form}}">
        <button type="submit">Forget it, and use another organization</button></form></section>
        <h2>Another organization</h2>{{/remembered}}
        <form method="post" action="{{base}}/login">
        <label for="who">Work e-mail address or Organization ID</label>
        <input type="text" id="who" name="who" value="{{who}}" autocomplete="username" autocapitalize="none" spellcheck="false" required{{#whoWrong}} aria-invalid="true" aria-describedby="who-wrong"{{/whoWrong}}>
        {{#whoWrong}}<p class="bad" id="who-wrong">{{.}}</p>{{/whoWrong}}
        <p><button type="submit" class="primary">Continue</button>
        <button type="submit" name="do" value="show">First show where this leads</button></p>
        </form>
        <p>You are sent to the sign-in of your organization, and come back here signed in. Your organization's administrator can tell you the
        Organization ID, or its login URL. This browser remembers the organization for a year, or until you let it forget it.</p>
        """

    /// A form that goes on by itself where scripts run, and by its button elsewhere.
    static let post = """
        <form method="post" action="{{action}}" data-submit>
        {{#fields}}<input type="hidden" name="{{name}}" value="{{value}}">
        {{/fields}}<p>{{text}}</p>
        <button type="submit" class="primary">Continue</button>
        </form>
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
