"""What is asked of every page, and its pictures."""
import re
import urllib.parse

from axe_playwright_python.base import AXE_SCRIPT

# Only what is wrong is told: what is right takes three times as long to put together. Pages load nothing that would have to be fetched for it.
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
         "resultTypes": ["violations"], "preload": False}
LARGEST_PAGE = 50 * 1024
LARGEST_ASSET = 12 * 1024

OPEN_ALL = "for (const d of document.querySelectorAll('details')) { d.dataset.was = d.open; d.open = true }"
AS_BEFORE = "for (const d of document.querySelectorAll('details')) { d.open = d.dataset.was === 'true' }"
# What stands out of the page to the right, named; what scrolls by itself may be as wide as it likes.
TOO_WIDE = """() => { const wide = document.documentElement.clientWidth;
  return document.documentElement.scrollWidth <= wide ? [] : [...document.querySelectorAll('body *')]
    .filter(e => e.getBoundingClientRect().right > wide + 1 && !e.closest('.scroll, svg'))
    .slice(0, 3).map(e => e.tagName.toLowerCase() + (e.id ? '#' + e.id : '') + ' “' + e.textContent.trim().slice(0, 40) + '”') }"""
# What each button of a form would post, but for files.
FORMS = """() => [...document.forms].filter(f => f.method === 'post').flatMap(f => [...f.querySelectorAll('button')].map(button => ({
  action: f.action, files: f.enctype.startsWith('multipart'), fields: [...new FormData(f, button)].filter(([, v]) => typeof v === 'string') })))"""
# Forms without a token (SECURITY.md, C43), and why they are not sent without and with another one.
TOKENLESS = {
    "/logout": "it would end this browser's session, and can do nothing else; from another site it is refused",
    "/login": "it changes nothing here; from another site it leaves nothing in the browser",
    "/saml/acs": "an identity provider's answer comes from another site; the question whether to become someone else has a token, and is asked again",
}
UNLABELLED = """() => [...document.querySelectorAll('input:not([type=hidden]), select, textarea')]
  .filter(e => !e.labels.length && !e.ariaLabel && !e.getAttribute('aria-labelledby')).map(e => e.outerHTML.slice(0, 80))"""


class Results:
    """What held, and what did not."""

    def __init__(self):
        self.held, self.failed = 0, []

    def check(self, holds, sentence):
        if holds:
            self.held += 1
        elif sentence not in self.failed:
            self.failed.append(sentence)
            print(f"FAILED  {sentence}", flush=True)


class Looking:
    """Looks at pages as two schemes and two widths show them; each page once per way of going there."""

    def __init__(self, results, folder, base):
        self.results, self.folder, self.base = results, folder, base
        self.forged, self.sizes, self.seen = set(), {}, set()

    def look(self, window, name):
        page, check = window.page, self.results.check
        name = name if window.scripts else name + "-without-scripts"
        if name in self.seen:
            return
        self.seen.add(name)
        headings, language, title = page.evaluate("[document.querySelectorAll('h1').length, document.documentElement.lang, document.title]")
        check(headings == 1, f"{name}: one h1")
        check(language == "en", f"{name}: its language")
        check(len(title) > 2, f"{name}: a title")
        unlabelled = page.evaluate(UNLABELLED)
        check(not unlabelled, f"{name}: a label for each field: {unlabelled}")
        size = window.size()
        self.sizes[name] = size
        check(size < LARGEST_PAGE, f"{name}: under 50 KB, not {size / 1024:.0f}")
        if window.scripts:  # axe is one
            page.evaluate(AXE_SCRIPT + "; 0")
        for scheme in ("light", "dark"):
            for width in (1280, 320):
                page.emulate_media(color_scheme=scheme)
                page.set_viewport_size({"width": width, "height": 800})
                if window.scripts or (scheme, width) == ("light", 1280):
                    page.screenshot(path=self.folder / f"{name}-{scheme}-{width}.png", full_page=True)
                page.evaluate(OPEN_ALL)
                wide = page.evaluate(TOO_WIDE)
                check(not wide, f"{name} at {width}: nothing stands out to the right: {wide}")
                if window.scripts:
                    self.accessible(page, f"{name} ({scheme}, {width})")
                page.evaluate(AS_BEFORE)
        if window.scripts:
            page.emulate_media(color_scheme="dark", media="print")
            page.set_viewport_size({"width": 794, "height": 1123})
            page.screenshot(path=self.folder / f"{name}-print.png", full_page=True)
        page.emulate_media(color_scheme="light", media="screen")
        page.set_viewport_size({"width": 1280, "height": 800})
        self.forge(window, name)

    def accessible(self, page, name):
        found = page.evaluate("rules => axe.run(rules).then(results => results.violations)", RULES)
        for violation in found:
            where = "; ".join(" ".join(node["target"]) if isinstance(node["target"][0], str) else str(node["target"]) for node in violation["nodes"][:3])
            self.results.check(False, f"{name}: axe {violation['id']}: {violation['help']}: {where}")
        self.results.check(not found, f"{name}: axe finds nothing")

    def forge(self, window, name):
        """Each form of the page is posted without its token, with another one, and from another site: refused each time."""
        for form in window.page.evaluate(FORMS):
            action, fields = form["action"], dict(form["fields"])
            path = urllib.parse.urlsplit(action).path
            kind = re.sub(r"[0-9a-f-]{32,36}|/\d+", "{}", path if "/setup/" not in path else "/setup/{}")
            if not action.startswith(self.base) or (name, kind, *sorted(fields), fields.get("do")) in self.forged:
                continue  # the next stop of a login is the identity provider's, and of a hundred users' forms one will do
            self.forged.add((name, kind, *sorted(fields), fields.get("do")))

            def post(sent, origin):
                how = {"multipart" if form["files"] else "form": sent}
                return window.context.request.post(action, headers={"Origin": origin}, max_redirects=0, **how)

            elsewhere = "http://another.example"
            if kind == "/login":
                kept = post(fields, elsewhere).headers.get("set-cookie", "")
                self.results.check(not kept, f"{name}: the form to {kind} from another site leaves nothing in the browser, not {kept}")
                continue
            if kind.startswith("/saml/acs"):
                token = fields.pop("confirmation", None)
                # What has no token here goes on with a login by itself, and would sign this browser in.
                for sent, origin in [(fields, self.base), ({**fields, "confirmation": token[::-1]}, self.base), ({**fields, "confirmation": token}, elsewhere)] if token else ():
                    answer = post(sent, origin)
                    self.results.check(answer.status == 200 and "set-cookie" not in answer.headers, f"{name}: the form to {kind} forged changes nothing, not {answer.status}")
                continue
            tries = [("from another site", fields, elsewhere)]
            if kind not in TOKENLESS:
                self.results.check("form" in fields, f"{name}: a token in the form to {kind}")
                token = fields.pop("form", "")
                tries += [("without its token", fields, self.base), ("with another token", {**fields, "form": token[::-1] + "x"}, self.base)]
            for what, sent, origin in tries:
                answer = post(sent, origin)
                self.results.check(answer.status == 403, f"{name}: the form to {kind} {what} is refused, not {answer.status}")


class Window:
    """One person's browser: with scripts or without, and nothing in it from anybody else."""

    def __init__(self, browser, looking, site, scripts=True):
        self.looking, self.site, self.scripts = looking, site, scripts
        self.context = browser.new_context(java_script_enabled=scripts, viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
        self.context.set_default_timeout(30000)
        self.page = self.context.new_page()
        self.answers = {}
        self.context.on("request", self.asked)
        self.context.on("response", self.answered)
        self.page.on("console", self.said)
        self.page.on("pageerror", lambda error: self.check(False, f"{self.page.url}: a script's error: {error}"))

    def check(self, holds, sentence):
        self.looking.results.check(holds, sentence)

    def asked(self, request):
        ours = (self.site.base + "/", *self.site.others, "data:", "blob:")
        self.check(request.url.startswith(ours), f"{self.page.url}: nobody else is asked, but {request.url} is")

    def said(self, message):
        # Refusals are pages with a status of their own, which Chromium notes as errors. The identity provider's pages are not looked at.
        if message.type == "error" and "status of" not in message.text and self.page.url.startswith(self.site.base):
            self.check(False, f"{self.page.url}: the console says: {message.text}")

    def answered(self, answer):
        if not answer.url.startswith(self.site.base + "/"):
            return
        headers, path = answer.headers, urllib.parse.urlsplit(answer.url).path
        policy = headers.get("content-security-policy", "")
        self.check("unsafe" not in policy and "default-src 'none'" in policy, f"{path}: a strict Content-Security-Policy: {policy}")
        self.check(headers.get("x-content-type-options") == "nosniff", f"{path}: X-Content-Type-Options")
        self.check(headers.get("referrer-policy") in ("same-origin", "no-referrer", "strict-origin"), f"{path}: Referrer-Policy")
        kept = headers.get("cache-control", "")
        if path.startswith("/assets/"):
            self.check("public" in kept and "max-age" in kept, f"{path}: kept by browsers: {kept}")
            self.check(int(headers.get("content-length", 0)) < LARGEST_ASSET, f"{path}: under 12 KB, not {headers.get('content-length')} bytes")
        elif path != "/favicon.ico":
            self.check("no-store" in kept, f"{path}: not kept by browsers: {kept}")
            self.check("frame-ancestors 'none'" in policy or path == "/saml/logout", f"{path}: in nobody's frame")
        if answer.request.is_navigation_request():
            self.answers[answer.url.split("#")[0]] = answer

    def size(self):
        """The page's HTML in bytes, as the server sent it."""
        answer = self.answers.get(self.page.url.split("#")[0])
        return len(answer.body()) if answer else len(self.page.content())

    def open(self, url):
        self.page.goto(url)
        return self.page

    def look(self, name):
        self.looking.look(self, name)

    def press(self, where):
        """Clicks what the selector names first, and waits for the page that comes."""
        with self.page.expect_navigation():
            self.page.locator(where).first.click()

    def form(self, action, **fields):
        """Fills in the form whose action ends so."""
        form = self.page.locator(f'form[action$="{action}"]').first
        for name, value in fields.items():
            form.locator(f'[name="{name}"]').first.fill(value)
        return form

    def sign_in(self, user, misbehaviour=""):
        """At the development identity provider: chooses who to be, and goes on until our page has come."""
        page = self.page
        page.wait_for_url(self.site.provider_base + "/**")
        page.locator(f'input[value="{user}"]').check()
        if misbehaviour:
            page.locator("select").select_option(misbehaviour)
        self.press("form button")
        self.go_on()

    def go_on(self):
        """Past the pages that post themselves; a click each without scripts."""
        if self.scripts:
            self.page.wait_for_function("base => location.href.startsWith(base) && document.querySelector('h1') && !document.querySelector('form[data-submit]')",
                                        arg=self.site.base + "/")
            self.page.wait_for_load_state()
            return
        waiting = "noscript button, form[data-submit] button"
        while self.page.locator(waiting).count():
            if self.page.url.startswith(self.site.base):
                self.look("going-on")
            self.press(waiting)

    def close(self):
        self.context.close()
