"""What a page still says in English when it was asked for in a language that no one speaks (pseudo.py): nothing, but what is marked as English, is code,
or is somebody's data."""
import re

from looking import Window

# Data wherever they stand: products; the development identity provider's people and attributes; values of the administration API, as they are sent.
DATA = set("""
    Okta Microsoft Entra Azure Google Workspace Keycloak Duo authentik Shibboleth Rippling
    Alice Bob Carol Example alice email groups staff admins localhost
    redirect post expired replayed overloaded unauthorized forbidden conflict
""".split())
PROVIDER = "CN=Development identity provider"  # its certificate's name
# What can be read, heard, or is said by scripts; each with where it stands.
SAID = """() => {
  // Names in another language, which an attribute may repeat: a field's, in the button that copies it.
  const names = [...document.querySelectorAll('body [lang]')].map(e => e.textContent.trim()).filter(Boolean).sort((a, b) => b.length - a.length)
  const english = e => e.closest('code, .code, pre, script, style, textarea, [lang]:not(html)'), said = []
  const nodes = (root, where) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
    for (let node; node = walker.nextNode();) if (!english(node.parentElement)) {
      if (node.parentElement.tagName !== 'NOSCRIPT') said.push([where, node.data])
      else nodes(new DOMParser().parseFromString(node.data, 'text/html').body, 'noscript')
    }
  }
  nodes(document.documentElement, '')
  for (const e of document.querySelectorAll('*')) if (!english(e)) for (const {name, value} of e.attributes)
    if (/^(title|alt|placeholder|label|aria-(label|description|valuetext|roledescription)|data-(?!copy$).*)$/.test(name)) said.push([name, names.reduce((left, known) => left.replaceAll(known, ''), value)])
  return { language: document.documentElement.lang, said }
}"""
WORD = re.compile(r"[A-Z]?[a-z]{2,}(?:['’-][a-z]+)*")


def english(text):
    """The words of English in it; addresses, codes, names with capitals inside and the like are none."""
    words = (word.strip("“”„‘’\"'.,;:!?()[]…·→") for word in text.replace(PROVIDER, "").split())
    return [word for word in words if WORD.fullmatch(word) and word not in DATA]


class Listener:
    """Windows on a site that speaks another language, and what was heard there in English."""

    def __init__(self, browser, looking, site):
        self.browser, self.looking, self.site = browser, looking, site
        self.windows, self.found, self.pages = [], set(), 0
        self.path = ""  # of the organization whose pages are listened to

    def see(self, window, name):
        """What the page says in English and was not said by a page before it."""
        self.pages += 1
        check, shown, new = self.looking.results.check, window.page.evaluate(SAID), []
        check(shown["language"] == "eo", f"{name}: speaks the other language ({window.page.url})")
        for where, text in shown["said"]:
            text = " ".join(text.split())
            kind = (where, re.sub(r"\d+", "0", text))  # a sentence about each of many events is told once
            if english(text) and kind not in self.found:
                self.found.add(kind)
                new.append((where, text))
        lines = "".join(f"\n    {where + ': ' if where else ''}{text}" for where, text in new)
        check(not new, f"{name} says in English, and no one can translate:{lines}")

    def window(self, scripts=True):
        self.windows.append(Window(self.browser, self.looking, self.site, scripts))
        return self.windows[-1]

    def visit(self, window, path, name=None):
        window.open(self.site.base + path)
        self.see(window, name or path)

    def page(self, window, path, name=None):
        self.visit(window, f"{self.path}/{path}", name or path)

    def api(self, *arguments):
        return self.site.product.api(*arguments)

    def press(self, window, where, name):
        window.press(where)
        self.see(window, name)
