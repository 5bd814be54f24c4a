"""The vendor's operator: the console, and the API's description."""
from looking import Window


class Operator:
    def __init__(self, browser, looking, site, scripts):
        self.browser, self.looking, self.site, self.scripts = browser, looking, site, scripts
        self.window = Window(browser, looking, site, scripts)
        self.page = self.window.page
        self.address = "erin@example.com" if scripts else "erin.without.scripts@example.com"

    def check(self, holds, sentence):
        self.looking.results.check(holds, sentence if self.scripts else sentence + " (without scripts)")

    def run(self):
        self.sign_in()
        self.organization()
        self.tests()
        self.people()
        self.erasure()
        self.description()
        self.window.close()

    def sign_in(self):
        window = self.window
        window.open(self.site.base + "/operator")
        window.look("operator-sign-in")
        self.token("not a token")
        window.look("operator-refused")
        self.token(self.site.product.token)
        self.check(self.page.url.rstrip("/").endswith("/operator"), "the operator's token opens the console")
        window.look("operator")
        window.open(self.site.base + "/operator?q=nobody")
        window.look("operator-none")

    def token(self, text):
        self.window.form("/operator/sign-in", token=text)
        self.window.press('form[action$="/operator/sign-in"] button')

    def organization(self):
        """Made in one browser, set up in another."""
        name = "Made in the console" + ("" if self.scripts else ", without scripts")
        self.window.open(self.site.base + "/operator")
        self.window.form("/operator/organizations", name=name)
        self.window.press('form[action$="/operator/organizations"] button')
        self.window.look("operator-organization")
        self.path = "/organizations/" + self.page.url.split("/operator/organizations/")[1].split("?")[0]
        self.site.product.api("POST", self.path + "/users", [{"email": self.address, "name": "Erin Example", "signInMethod": "password"}])
        link = self.page.locator("input[value*='/setup/']").first.input_value()
        other = Window(self.browser, self.looking, self.site, self.scripts)
        other.open(link)
        other.press("main form button")
        self.check(other.page.url.endswith("/settings"), "a setup link of the console works in another browser")
        other.close()
        self.window.press('form[action$="/setup-links"] button')
        self.window.press('form[action$="/revoke"] button')
        self.window.look("operator-revoked")
        self.window.press("main a[href$='/settings']")
        self.check(self.page.locator('[name="metadataURL"]').count() == 1, "the operator sees the organization's settings")
        self.window.look("operator-settings")

    def tests(self):
        """The operator tries the connection: the identity provider leads back from another site, where the console's cookie stays away at first."""
        self.site.product.api("PUT", self.path + "/identity-provider", {"metadataURL": self.site.metadata_url})
        self.window.open(self.site.base + self.path + "/test")
        self.window.press('main form[action$="/test"] button')
        self.window.sign_in("alice@example.com", "")
        self.page.wait_for_selector("h2#checks")
        self.check("Every check passed" in self.page.locator("main").inner_text(), "an operator who tests the connection sees the report")
        self.window.look("operator-test")

    def people(self):
        """Somebody is searched for by address."""
        self.window.open(self.site.base + "/operator/people")
        self.window.look("operator-people")
        for name, address in (("found", self.address), ("unknown", "nobody@unknown.example")):
            self.window.form("/operator/people", email=address)
            self.window.press('form[action$="/operator/people"] button')
            self.window.look(f"operator-people-{name}")

    def erasure(self):
        """A person is erased for good, once their address is typed: it is nowhere any more, but that they were erased stays in the history."""
        window, page = self.window, self.page
        user = self.site.product.api("GET", f"{self.path}/users?email={self.address}")["items"][0]["id"]
        own = f"{self.site.base}{self.path}/users/{user}"
        window.open(own)
        window.look("user-to-erase")
        page.locator('[name="confirm"]').fill("erin@another.example")
        window.press('form[action$="/erase"] button')
        self.check(self.known(own), "nobody is erased by another address")
        window.look("user-not-erased")
        page.locator('[name="confirm"]').fill(self.address)
        window.press('form[action$="/erase"] button')
        self.check(page.url.split("?")[0].endswith("/users"), "the list of users follows, and says what was done")
        window.look("users-one-erased")
        for name, address in (("the person's page", own), ("the list of users", f"{self.site.base}{self.path}/users"), ("the history", f"{self.site.base}{self.path}/history")):
            self.check(not self.known(address), f"{name} knows neither name nor address of who was erased")
        self.check("erase" in page.locator("main").inner_text().lower(), "the history says that somebody was erased")
        window.open(own)
        window.look("user-erased")

    def known(self, address):
        """Whether the page names that person."""
        text = self.window.open(address).content()
        return self.address in text or "Erin Example" in text

    def description(self):
        """The API's pages, each."""
        self.window.open(self.site.base + "/v1/docs")
        self.window.look("docs")
        addresses = self.page.locator("main a[href*='/v1/docs/']").evaluate_all("links => [...new Set(links.map(l => l.href.split('#')[0]))]")
        for address in addresses:
            self.window.open(address)
            self.window.look("docs-" + address.rstrip("/").split("/")[-1])
