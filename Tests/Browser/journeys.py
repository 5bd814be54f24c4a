"""What people do: an operator, a customer's administrator, a user, and whoever is refused. Each page on the way is looked at."""
from looking import Window

MISBEHAVIOURS = ("expired", "wrongAudience", "wrongRecipient", "alteredAfterSigning", "unsigned", "wrongKey", "notAnAddress")


class Journey:
    def __init__(self, browser, looking, site, scripts):
        self.browser, self.looking, self.site, self.scripts = browser, looking, site, scripts
        self.windows = []
        self.organization = site.organization("Example & Söhne" + ("" if scripts else " without scripts"))
        self.path = f"/organizations/{self.organization['id']}"

    def window(self):
        self.windows.append(Window(self.browser, self.looking, self.site, self.scripts))
        return self.windows[-1]

    def check(self, holds, sentence):
        self.looking.results.check(holds, sentence if self.scripts else sentence + " (without scripts)")

    def page(self, window, name):
        return window.open(f"{self.site.base}{self.path}/{name}")

    def run(self):
        try:
            for step in (self.setup, self.metadata, self.test, self.first_login, self.people, self.conversion, self.refusals, self.histories, self.policy, self.signing_in,
                         self.administrator, self.elsewhere):
                step()
        finally:
            for window in self.windows:
                window.close()

    def setup(self):
        """The setup link works once, in whichever browser presses its button."""
        admin = self.admin = self.window()
        link = self.organization["setupURL"]
        admin.open(link)
        admin.look("setup")
        admin.press("main form button")
        self.check(admin.page.url.endswith(self.path + "/settings"), "the setup link leads to the settings")
        self.check(admin.page.get_by_label("Redirect URL", exact=True).count() == 0, "nothing is said of an identity provider before there is one")
        admin.look("settings-new")
        other = self.window()
        other.open(link)
        if other.page.locator('form[action*="/setup/"]').count():
            other.press('form[action*="/setup/"] button')
        self.check(not other.page.url.endswith("/settings"), "the setup link works once")
        other.look("setup-spent")

    def metadata(self):
        """What is to be copied is copied, and the metadata comes by file, by URL, and not at all."""
        admin, page = self.admin, self.admin.page
        wanted = {"Organization ID": "id", "Assertion Consumer Service URL": "acsURL", "Audience URI (Entity ID)": "audienceURI"}
        for label, member in wanted.items():
            field = page.get_by_label(label, exact=True).first
            self.check(field.input_value() == self.organization[member], f"“{label}” is the organization's")
            button = page.locator(f'[data-copy="{field.get_attribute("id")}"]').first
            self.check(button.is_visible() == self.scripts, f"“{label}” has its copy button where scripts run")
            if self.scripts:
                admin.context.grant_permissions(["clipboard-read", "clipboard-write"])
                button.click()
                button.filter(has_text="Copied").wait_for()
                self.check(page.evaluate("navigator.clipboard.readText()") == self.organization[member], f"“{label}” is copied")
        self.upload(b"<html>no metadata</html>")
        self.check("Identity provider metadata" in page.content(), "a file that is no metadata leaves the form there")
        admin.look("settings-refused")
        self.page(admin, "settings")
        self.upload(self.site.provider_metadata())
        self.check(page.get_by_label("Login URL", exact=True).first.input_value() == self.organization["loginURL"], "the login URL is shown once saved")
        for label in ("Redirect URL", "X.509 certificate"):
            self.check(page.get_by_label(label, exact=True).first.input_value() != "", f"“{label}” is shown once saved")
        admin.look("settings-saved")
        self.page(admin, "settings")
        page.locator('[name="metadataURL"]').fill(self.site.metadata_url)
        admin.press('button[value="preview"]')
        admin.look("settings-preview")
        admin.press("main form button")
        self.check(page.get_by_label("Redirect URL", exact=True).first.input_value().startswith(self.site.provider_base), "the metadata comes by URL")
        self.paste()
        for product in ("okta", "entra-id", "other"):
            self.page(admin, f"settings?provider={product}")
            admin.look(f"settings-{product}")
        self.page(admin, "settings?domain=example.com")
        admin.look("settings-domain")

    def upload(self, content):
        form = self.admin.page
        form.locator('[name="metadata"]').first.set_input_files({"name": "metadata.xml", "mimeType": "application/xml", "buffer": content})
        self.admin.press('button[value="save"]')

    def paste(self):
        page = self.page(self.admin, "settings")
        page.locator("details:has([name='metadataText']) summary").click()
        page.locator('[name="metadataURL"]').fill("")
        page.locator('[name="metadataText"]').fill(self.site.provider_metadata().decode())
        self.admin.press('button[value="save"]')
        self.check(page.get_by_label("Redirect URL", exact=True).first.input_value().startswith(self.site.provider_base), "the metadata is pasted")

    def test(self):
        """A test shows every check, and signs no one in."""
        admin = self.admin
        for name, misbehaviour in (("passed", ""), ("failed", "wrongAudience")):
            self.page(admin, "test")
            admin.look("test")
            admin.press('main form[action$="/test"] button')
            admin.sign_in("alice@example.com", misbehaviour)
            self.check("Test" in admin.page.title(), f"a test that {name} ends on its page")
            admin.look(f"test-{name}")
        users = self.site.product.api("GET", f"{self.path}/users")["items"]
        self.check(users == [], "a test provisions nobody")

    def first_login(self):
        user = self.user = self.window()
        user.open(self.site.base + "/")
        user.look("home")
        user.open(self.organization["loginURL"])
        user.sign_in("alice@example.com")
        self.check("alice@example.com" in user.page.content(), "the first login ends on the home page, which says who is signed in")
        user.look("home-signed-in")
        user.open(self.site.base + self.path + "/settings")
        user.look("settings-forbidden")

    def people(self):
        """A user is found, elevated, taken out and let in again."""
        admin, page = self.admin, self.admin.page
        self.site.product.api("POST", f"{self.path}/users", [
            {"email": f"{name}@example.com", "name": f"{name.title()} Example", "signInMethod": "password"} for name in ("bob", "carol", "dora")])
        self.page(admin, "users")
        admin.look("users")
        page.locator('[name="email"]').first.fill("alice@example.com")
        with page.expect_navigation():
            page.locator('[name="email"]').first.press("Enter")
        admin.look("users-found")
        admin.press("main tbody th a")
        admin.look("user")
        page.locator('form[action$="/role"] [value="administrator"]').first.check()
        admin.press('form[action$="/role"] button')
        admin.look("users-role-set")
        for active in (False, True):
            self.page(admin, "users?email=dora@example.com")
            admin.press('form[action$="/active"] button')
            found = self.site.product.api("GET", f"{self.path}/users?email=dora@example.com")["items"][0]
            self.check(found["active"] is active, f"a user is {'let in again' if active else 'taken out'}")
            if not active:
                admin.look("users-deactivated")

    def conversion(self):
        """Stages: nobody before one has been seen to sign in, then everybody, and back."""
        admin, page = self.admin, self.admin.page
        self.page(admin, "conversion")
        admin.look("conversion")
        self.check(not page.locator('form:has([name="ask"][value="all"])').count(), "nobody is asked to convert everybody before one has been tried")
        self.convert("one", "bob@example.com")
        admin.look("conversion-one")
        bob = self.window()
        bob.open(self.organization["loginURL"])
        bob.sign_in("bob@example.com")
        self.page(admin, "conversion")
        self.convert("all")
        methods = {user["signInMethod"] for user in self.site.product.api("GET", f"{self.path}/users")["items"]}
        self.check(methods == {"sso"}, f"everybody is converted: {methods}")
        self.page(admin, "conversion")
        admin.look("conversion-done")
        self.convert("revert", "carol@example.com")
        method = self.site.product.api("GET", f"{self.path}/users?email=carol@example.com")["items"][0]["signInMethod"]
        self.check(method == "password", "one is brought back to the password")

    def convert(self, what, email=None):
        page = self.admin.page
        if not email:
            self.admin.press(f'form:has([name="ask"][value="{what}"]) button')
            self.admin.look("conversion-asks")
        form = f'form:has([name="do"][value="{what}"])' + (':has([name="email"]:not([type="hidden"]))' if email else "")
        if email:
            page.locator(form).first.locator('[name="email"]').fill(email)
        self.admin.press(form + " button")

    def refusals(self):
        """The person reads what to do, and the administrator the whole story, by the reference."""
        forgetful = self.window()
        forgetful.open(self.organization["loginURL"])
        forgetful.context.clear_cookies()
        forgetful.sign_in("alice@example.com")
        forgetful.look("refused-other-browser")
        for misbehaviour in MISBEHAVIOURS:
            person = self.window()
            person.open(self.organization["loginURL"])
            person.sign_in("carol@example.com", misbehaviour)
            person.look(f"refused-{misbehaviour}")
        reference = self.site.product.api("GET", f"{self.path}/logins?limit=1000")["items"][-1]
        self.check(reference["outcome"] == "refused" and f"{reference['sequence']}" in person.page.content(), "the refusal's page says its reference")
        self.page(self.admin, f"logins/{reference['sequence']}")
        self.check(reference["code"] in self.admin.page.content(), "the reference leads to the story")
        self.admin.look("login-refused")
        stranger = self.window()
        stranger.open(f"{self.site.base}/saml/login?org={'0' * 32}")
        stranger.look("refused-unknown-organization")
        fresh = self.site.organization("Not configured")
        stranger.open(fresh["loginURL"])
        stranger.look("refused-not-configured")
        stranger.open(self.site.initiate(self.organization, "dora@example.com"))
        stranger.open(self.site.initiate(self.organization, "alice@example.com"))
        stranger.go_on()
        stranger.open(self.site.initiate(self.organization, "bob@example.com"))
        stranger.go_on()
        stranger.look("another-person")

    def histories(self):
        admin, page = self.admin, self.admin.page
        self.page(admin, "logins")
        admin.look("logins")
        accepted = next(item for item in self.site.product.api("GET", f"{self.path}/logins")["items"] if item["outcome"] == "accepted")
        self.page(admin, f"logins/{accepted['sequence']}")
        admin.look("login-accepted")
        self.page(admin, "logins?user=nobody@example.com")
        admin.look("logins-none")
        self.page(admin, "history")
        admin.look("history")
        self.page(admin, f"history?at={accepted['sequence']}")
        admin.look("state")
        for name in ("report", "certificates", "policy"):
            self.page(admin, name)
            admin.look(name)
        self.page(admin, "history")
        admin.press("main tbody th a")
        admin.look("event")
        self.page(admin, "history?user=nobody@example.com")
        admin.look("history-none")

    def policy(self):
        """Whom a change would lock out is seen before it is saved."""
        admin = self.admin
        self.page(admin, "policy")
        admin.page.locator('[name="allowedEmailDomains"]').fill("example.org")
        admin.press('button[value="preview"]')
        self.check("alice@example.com" in admin.page.content(), "the policy's preview names whom it locks out")
        admin.look("policy-preview")
        self.page(admin, "policy")
        admin.page.locator('[name="sessionSeconds"]').fill("3600")
        admin.press('button[value="save"]')
        saved = self.site.product.api("GET", f"{self.path}/policy")["sessionSeconds"]
        self.check(saved == 3600, f"a policy without consequences is saved at once: {saved}")
        admin.look("policy-saved")

    def signing_in(self):
        """By Organization ID, by address, and by neither; remembered, and forgotten."""
        base, person = self.site.base, self.window()
        self.allow("example.com")
        person.open(base + "/login")
        person.look("sign-in")
        self.who(person, "nobody@unknown.example")
        person.look("sign-in-unknown")
        self.who(person, self.organization["id"], 'button[value="show"]')
        person.look("sign-in-shown")
        self.who(person, self.organization["id"])
        person.sign_in("alice@example.com")
        self.check("alice@example.com" in person.page.content(), "the Organization ID leads to the login")
        person.press('main form[action$="/logout"] button')
        person.open(base + "/")
        person.look("home-remembered")
        person.open(base + "/login")
        person.look("sign-in-again")
        person.press('form[action$="/login/forget"] button')
        self.check(not person.page.locator('form[action$="/login/forget"]').count(), "the organization of last time is forgotten")
        person.open(base + "/login")
        self.who(person, "alice@example.com")
        self.check(person.page.url.startswith(self.site.provider_base), "the address leads to the login")
        self.allow("example.org")
        person.sign_in("alice@example.com")
        person.look("refused-domain")
        self.allow()

    def allow(self, *domains):
        self.site.product.api("PATCH", f"{self.path}/policy", {"allowedEmailDomains": domains}, "application/merge-patch+json")

    def who(self, window, text, button="button"):
        window.form("/login", who=text)
        window.press(f'form[action$="/login"] {button}')

    def administrator(self):
        """A user who was elevated sees the same pages, and signs out."""
        user = self.user
        self.page(user, "users")
        self.check("Users" in user.page.locator("h1").inner_text(), "an elevated user sees the organization's users")
        user.look("users-as-administrator")
        user.press('form[action$="/logout"] button')
        self.page(user, "users")
        self.check("alice@example.com" not in user.page.content(), "who signed out sees nothing")
        user.look("signed-out")

    def elsewhere(self):
        """Pages that nobody looks for."""
        person = self.window()
        for name, path in (("not-found", "/nothing"), ("consumer", f"/saml/acs?org={self.organization['id']}"), ("logout", f"/saml/logout?org={self.organization['id']}"),
                           ("no-organization", "/saml/login"), ("help", "/help/expired"), ("help-index", "/help")):
            person.open(self.site.base + path)
            if "html" in (person.page.evaluate("document.contentType")):
                person.look(name)
