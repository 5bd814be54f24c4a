"""Whether everything can be translated: every page, by way of whom it is made for, asked for in a language that no one speaks (pseudo.py)."""
import copy
import re

from listening import Listener
from product import Product
from pseudo import accented, language

ADMINISTRATION = ("settings", "policy", "test", "users", "conversion", "logins", "history", "certificates", "report")
MISBEHAVIOURS = ("expired", "wrongAudience", "wrongRecipient", "alteredAfterSigning", "unsigned", "wrongKey", "notAnAddress")


class Translated(Listener):
    def __init__(self, browser, looking, site):
        super().__init__(browser, looking, copy.copy(site))
        self.folder = site.folder / "translated"

    def run(self):
        self.folder.mkdir()
        program = self.site.product.program
        language(program, self.folder / "language")
        product = self.site.product = Product(program, self.folder, "--templates", self.folder / "language")
        try:
            product.start()
            for step in (self.strangers, self.operator, self.setup, self.tests, self.logins, self.people, self.conversion, self.changes, self.records, self.ends):
                step()
        finally:
            for window in self.windows:
                window.close()
            ended = product.stop()
        self.looking.results.check(ended == 0, f"the server of the other language ends in peace: {ended}")
        print(f"{self.pages} pages asked for in another language")

    def strangers(self):
        """Who is nobody yet."""
        stranger = self.window()
        for path in ("/", "/login", "/nothing", "/saml/login", f"/saml/login?org={'0' * 32}", f"/saml/acs?org={'0' * 32}", "/saml/logout", "/setup/unknown", "/help"):
            self.visit(stranger, path)
        codes = stranger.page.locator("main a[href*='/help/']").evaluate_all("links => links.map(l => l.pathname)")
        self.looking.results.check(len(codes) > 30, f"the help's index leads to every code: {len(codes)}")
        for path in codes:
            self.visit(stranger, path)
        stranger.open(self.site.base + "/login")
        stranger.form("/login", who="nobody@unknown.example")
        self.press(stranger, 'form[action$="/login"] button', "sign-in-unknown")

    def operator(self):
        operator = self.operator = self.window()
        self.visit(operator, "/operator", "operator-sign-in")
        for token in ("no token", self.site.product.token):
            operator.form("/operator/sign-in", token=token)
            self.press(operator, 'form[action$="/operator/sign-in"] button', "operator" if token != "no token" else "operator-refused")
        operator.form("/operator/organizations", name=accented("Somebody else"))
        self.press(operator, 'form[action$="/operator/organizations"] button', "operator-made")
        revoked = operator.page.locator("input[value*='/setup/']").first.input_value()
        self.press(operator, 'form[action$="/revoke"] button', "operator-revoked")
        stranger = self.window()
        stranger.open(revoked)
        self.see(stranger, "setup-revoked")
        self.press(operator, 'form[action$="/setup-links"] button', "operator-link")
        self.organization = self.site.organization(accented("Example"))
        self.path = f"/organizations/{self.organization['id']}"
        stranger.open(self.organization["loginURL"])
        self.see(stranger, "refused-not-configured")

    def setup(self):
        admin = self.admin = self.window()
        admin.open(self.organization["setupURL"])
        self.see(admin, "setup")
        self.press(admin, "main form button", "settings-new")
        for name in ADMINISTRATION:
            self.page(admin, name, f"{name}-new")
        for window, name in ((admin, "setup-used"), (self.window(), "setup-used-elsewhere")):
            window.open(self.organization["setupURL"])
            self.see(window, name)
        self.page(admin, "settings")
        guides = admin.page.locator(".choices a").evaluate_all("links => links.map(l => l.search)")
        for query in guides:
            self.page(admin, "settings" + query)
        self.page(admin, "settings?domain=example.com", "settings-domain")
        self.page(admin, "settings?domain=no domain", "settings-no-domain")
        document = self.site.provider_metadata()
        for name, content in (("nothing", None), ("no-xml", b"<html>no metadata"), ("no-metadata", b"<html/>"), ("several", several(document)), ("saved", document)):
            self.metadata(name, content)
        self.metadata("preview", document.replace(b"Location=\"http", b"Location=\"https"), "preview")
        self.page(admin, "settings")
        admin.page.locator('[name="metadataURL"]').fill("https://127.0.0.1:1/nothing")
        self.press(admin, 'button[value="save"]', "settings-unreachable")
        self.page(admin, "settings")
        admin.page.locator('[name="metadataURL"]').fill(self.site.metadata_url)
        self.press(admin, 'button[value="save"]', "settings-by-url")
        if admin.page.locator('form[action$="/refresh"] button').count():
            self.press(admin, 'form[action$="/refresh"] button', "settings-refreshed")

    def metadata(self, name, content, button="save"):
        page = self.admin.page
        page.goto(f"{self.site.base}{self.path}/settings")
        if content:
            page.locator('[name="metadata"]').first.set_input_files({"name": "metadata.xml", "mimeType": "application/xml", "buffer": content})
            self.see(self.admin, f"settings-{name}-chosen")
        self.press(self.admin, f'button[value="{button}"]', f"settings-{name}")

    def tests(self):
        for misbehaviour in ("", *MISBEHAVIOURS):
            self.page(self.admin, "test")
            self.admin.press('main form[action$="/test"] button')
            self.admin.sign_in("alice@example.com", misbehaviour)
            self.see(self.admin, f"test-{misbehaviour or 'passed'}")

    def logins(self):
        """A first login, refused ones, and who comes as somebody else; without scripts, so that pages which post themselves are seen too."""
        self.api("POST", f"{self.path}/users", [
            {"email": f"{name}@example.com", "name": accented(name.title()), "signInMethod": "password"} for name in ("bob", "carol", "dora")])
        forgetful, alice = self.window(scripts=False), self.window(scripts=False)
        forgetful.open(self.organization["loginURL"])
        forgetful.context.clear_cookies()
        self.sign_in(forgetful, "alice@example.com")
        self.see(forgetful, "refused-other-browser")
        self.policy({"requestBinding": "post"})
        alice.open(self.organization["loginURL"])
        self.sign_in(alice, "alice@example.com")
        self.see(alice, "home-signed-in")
        self.alice = alice
        self.page(alice, "settings", "forbidden")
        other = self.window()
        for misbehaviour in MISBEHAVIOURS:
            other.open(self.organization["loginURL"])
            other.sign_in("carol@example.com", misbehaviour)
            self.see(other, f"refused-{misbehaviour}")
        for name in ("carol", "alice"):
            other.open(self.site.initiate(self.organization, f"{name}@example.com"))
            other.go_on()
        self.see(other, "someone-else")
        for change, name in (({"allowedEmailDomains": ["example.org"]}, "domain"), ({"allowUnsolicited": False}, "unsolicited"),
                             ({"requireEncryptedAssertion": True}, "encryption"), ({"requireSignedAssertion": True}, "")):
            self.policy(change)
            other.open(self.site.initiate(self.organization, "alice@example.com"))
            other.go_on()
            if name:
                self.see(other, f"refused-{name}")
        self.policy({"allowedEmailDomains": [], "allowUnsolicited": True, "requireEncryptedAssertion": False})

    def policy(self, change):
        self.api("PATCH", f"{self.path}/policy", change, "application/merge-patch+json")

    def sign_in(self, window, user):
        """Without scripts; the pages between are seen."""
        self.go_on(window, "going-there")
        window.page.locator(f'input[value="{user}"]').check()
        window.press("form button")
        self.go_on(window, "going-on")

    def go_on(self, window, name):
        waiting = "noscript button, form[data-submit] button"
        while window.page.locator(waiting).count():
            if window.page.url.startswith(self.site.base):
                self.see(window, name)
            window.press(waiting)

    def people(self):
        admin, page = self.admin, self.admin.page
        users = {user["email"]: user["id"] for user in self.api("GET", f"{self.path}/users")["items"]}
        alice, dora = (f"users/{users[name + '@example.com']}" for name in ("alice", "dora"))
        self.page(admin, "users")
        self.page(admin, "users?email=nobody", "users-none")
        self.page(admin, alice, "user")
        for role in ("administrator", "none"):
            page.locator(f'main form[action$="/role"] [value="{role}"]').first.check()
            self.press(admin, 'main form[action$="/role"] button', f"user-{role}")
        self.page(admin, dora, "user-imported")
        for name in ("user-deactivated", "user-reactivated", "user-deactivated"):
            self.press(admin, 'main form[action$="/active"] button', name)
        other = self.window()
        other.open(self.organization["loginURL"])
        self.api("PATCH", f"{self.path}/policy", {"provisionUsers": False}, "application/merge-patch+json")
        other.sign_in("carol@example.com")
        self.see(other, "refused-password-user")
        first = self.api("GET", f"{self.path}/logins")["items"][-1]["sequence"]
        self.page(admin, f"{alice}?at={first}", "user-as-of")
        operator = self.operator
        self.page(operator, alice, "user-for-the-operator")
        operator.page.locator('main form[action$="/role"] [value="owner"]').first.check()
        self.press(operator, 'main form[action$="/role"] button', "user-owner")
        self.page(admin, alice, "user-an-owner")
        self.page(operator, dora)
        for text, name in (("nobody@example.com", "user-not-erased"), ("dora@example.com", "user-erased")):
            operator.page.locator('[name="confirm"]').fill(text)
            self.press(operator, 'form[action$="/erase"] button', name)
        self.page(operator, dora, "user-erased-own")
        self.page(operator, "users", "users-for-the-operator")
        for address in ("alice@example.com", "nobody@unknown.example", "nobody"):
            self.visit(operator, "/operator/people")
            operator.form("/operator/people", email=address)
            self.press(operator, 'form[action$="/operator/people"] button', f"operator-people-{address}")

    def conversion(self):
        admin, page = self.admin, self.admin.page
        self.page(admin, "conversion")
        self.convert("one", "nobody@unknown.example", "conversion-refused")
        self.convert("one", "bob@example.com", "conversion-one")
        bob = self.window()
        bob.open(self.organization["loginURL"])
        bob.sign_in("bob@example.com")
        self.page(admin, "conversion", "conversion-tested")
        for what in ("all", "revert"):
            self.page(admin, f"conversion?ask={what}", f"conversion-asks-{what}")
            if what == "all":
                self.press(admin, 'main section.problem form button', "conversion-all")
        self.convert("revert", "carol@example.com", "conversion-reverted")

    def convert(self, what, email, name):
        form = self.admin.page.locator(f'form:has([name="do"][value="{what}"]):has([name="email"]:not([type="hidden"]))').first
        form.locator('[name="email"]').fill(email)
        with self.admin.page.expect_navigation():
            form.locator("button").click()
        self.see(self.admin, name)

    def changes(self):
        admin, page = self.admin, self.admin.page
        for member, value, button, name in (("allowedEmailDomains", "example.org", "preview", "locks-out"), ("allowedEmailDomains", "no_domain_1", "save", "refused"),
                                            ("allowSHA1Until", "tomorrow", "save", "no-instant"), ("sessionSeconds", "3600", "preview", "harmless"),
                                            ("sessionSeconds", "3600", "save", "saved"), ("sessionSeconds", "3600", "save", "saved-again")):
            self.page(admin, "policy")
            page.locator(f'[name="{member}"]').fill(value)
            self.press(admin, f'button[value="{button}"]', f"policy-{name}")

    def records(self):
        """Every login and every event of the organization, its state then, and the lists about them."""
        admin = self.admin
        for name in ADMINISTRATION:
            self.page(admin, name)
        for query in ("logins?user=nobody@example.com", "logins?outcome=refused", "logins?since=2000-01-01&until=2000-01-02", "logins?reference=none", "history?type=changes",
                      "history?user=nobody@example.com", "history?type=nothing", "report?from=2000-01-01&to=2000-02-01", "users?role=owner", "users?page=9"):
            self.page(admin, query)
        kinds = set()
        for login in self.api("GET", f"{self.path}/logins?limit=1000")["items"]:
            kind = (login["outcome"], login.get("code"))
            if kind not in kinds:
                kinds.add(kind)
                self.page(admin, f"logins/{login['sequence']}", f"login-{kind[1] or kind[0]}")
        self.page(admin, "history")
        newest = 0
        for event in self.api("GET", f"{self.path}/events?limit=1000")["items"]:
            newest = max(newest, event["sequence"])
            if event["type"] not in kinds:
                kinds.add(event["type"])
                self.page(admin, f"history/{event['sequence']}", f"event-{event['type']}")
        for query in (f"history?at={newest // 2}", f"history?at={newest // 2}&compare=now", "history?at=2000-01-01", "history?at=nothing", "history/999999", "logins/999999"):
            self.page(admin, query)
        for path in ("/operator", "/operator?q=acme-9", "/operator?show=attention", f"/operator{self.path}"):
            self.visit(self.operator, path)

    def ends(self):
        """Signing out, and what a browser remembers."""
        alice = self.alice
        self.visit(alice, "/")
        self.press(alice, 'main form[action$="/logout"] button', "home-remembered")
        self.visit(alice, "/login", "sign-in-remembered")
        self.press(alice, 'form[action$="/login/forget"] button', "sign-in-forgotten")
        alice.form("/login", who=self.organization["id"])
        self.press(alice, 'form[action$="/login"] button[value="show"]', "sign-in-shown")
        self.visit(alice, f"/saml/logout?org={self.organization['id']}", "signed-out")
        self.page(alice, "settings", "unauthorized")


def several(document):
    """Two identity providers in one document."""
    entity = re.search(rb"<(\w+:)?EntityDescriptor.*</(\w+:)?EntityDescriptor>", document, re.S)[0]
    other = re.sub(rb'entityID="[^"]*"', b'entityID="https://other.example/metadata"', entity, count=1)
    return b'<EntitiesDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata">' + entity + re.sub(rb' ID="[^"]*"', b"", other) + b"</EntitiesDescriptor>"
