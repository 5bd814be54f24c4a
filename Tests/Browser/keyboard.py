"""The setup path without a pointer: Tab, Enter and Space, and one always sees where one is."""
from looking import Window

SHOWN = """() => { const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect();
  const seen = document.elementFromPoint(Math.min(r.x + r.width / 2, innerWidth - 1), Math.min(r.y + r.height / 2, innerHeight - 1));
  return { outlined: e === document.body || e.tagName === 'A' && false || (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2),
           covered: r.height > 0 && !(seen && (e.contains(seen) || seen.contains(e))), what: e.outerHTML.slice(0, 90) } }"""


class Keyboard:
    def __init__(self, browser, looking, site):
        self.window, self.site = Window(browser, looking, site), site
        self.page, self.check = self.window.page, looking.results.check
        self.organization = site.organization("By keyboard")

    def tab_to(self, selector):
        """Presses Tab until what the selector names has the focus; each stop on the way must be seen."""
        for _ in range(150):
            self.page.keyboard.press("Tab")
            shown = self.page.evaluate(SHOWN)
            self.check(shown["outlined"] and not shown["covered"], f"the focus is seen on {shown['what']}")
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"Tab never reaches {selector} on {self.page.url}")

    def enter(self, selector):
        self.tab_to(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def run(self):
        page, keys = self.page, self.page.keyboard
        self.window.open(self.organization["setupURL"])
        keys.press("Tab")
        self.check(page.evaluate("document.activeElement.getAttribute('href')") == "#main", "the first stop skips to the content")
        self.enter("main form button")
        self.window.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.tab_to('[data-copy="acs-url"]')
        keys.press("Space")
        page.locator('[data-copy="acs-url"]').filter(has_text="Copied").wait_for()
        self.check(page.evaluate("navigator.clipboard.readText()") == self.organization["acsURL"], "Space copies")
        self.tab_to('[name="metadataURL"]')
        keys.type(self.site.metadata_url)
        self.enter('button[value="save"]')
        self.check(page.get_by_label("Login URL", exact=True).first.input_value() == self.organization["loginURL"], "the keyboard saves")
        self.enter('main a[href$="/test"]')
        self.tab_to('form[action$="/test"] button')
        keys.press("Space")
        page.wait_for_url(self.site.provider_base + "/**")
        page.locator("form button").focus()
        keys.press("Enter")
        self.window.go_on()
        self.check("passed" in page.content(), "the keyboard tests the connection")
        self.window.close()
