"""The vendor's operator: the console, and the API's description."""
from looking import Window


class Operator:
    def __init__(self, browser, looking, site, scripts):
        self.browser, self.looking, self.site, self.scripts = browser, looking, site, scripts
        self.window = Window(browser, looking, site, scripts)
        self.page = self.window.page

    def check(self, holds, sentence):
        self.looking.results.check(holds, sentence if self.scripts else sentence + " (without scripts)")

    def run(self):
        self.sign_in()
        self.organization()
        self.people()
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
        self.window.form("/operator/sign-in", token=text).locator("button").click()
        self.page.wait_for_load_state()

    def organization(self):
        """Made in one browser, set up in another."""
        name = "Made in the console" + ("" if self.scripts else ", without scripts")
        self.window.open(self.site.base + "/operator")
        self.window.form("/operator/organizations", name=name).locator("button").click()
        self.page.wait_for_load_state()
        self.window.look("operator-organization")
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

    def people(self):
        self.window.open(self.site.base + "/operator/people")
        self.window.look("operator-people")
        for name, address in (("found", "alice@example.com"), ("unknown", "nobody@unknown.example")):
            self.window.form("/operator/people", email=address).locator("button").click()
            self.page.wait_for_load_state()
            self.window.look(f"operator-people-{name}")

    def description(self):
        """The API's pages, each."""
        self.window.open(self.site.base + "/v1/docs")
        self.window.look("docs")
        addresses = self.page.locator("main a[href*='/v1/docs/']").evaluate_all("links => [...new Set(links.map(l => l.href.split('#')[0]))]")
        for address in addresses:
            self.window.open(address)
            self.window.look("docs-" + address.rstrip("/").split("/")[-1])
