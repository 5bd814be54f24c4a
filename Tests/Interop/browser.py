"""A scripted browser: follows redirects, submits forms, and keeps cookies with browsers' rules about sites."""
import html.parser
import http.client
import urllib.parse

LOOPBACK = ("127.0.0.1", "localhost")


class Page:
    """An answer: its URL, status, headers and text, and the forms in it."""

    def __init__(self, url, answer, body):
        self.url, self.status, self.headers, self.body = url, answer.status, answer.headers, body
        self.text = body.decode("utf-8", "replace")
        reader = FormReader()
        if "html" in (self.headers.get("Content-Type") or ""):
            reader.feed(self.text)
        self.forms = reader.forms

    def words(self):
        """What a person would read, shortened: for the line that says why a check failed."""
        reader = TextReader()
        reader.feed(self.text)
        return " ".join(" ".join(reader.words).split())[:300]


class FormReader(html.parser.HTMLParser):
    """The forms of a page: action, method, and fields as name → (value, type)."""

    def __init__(self):
        super().__init__()
        self.forms = []

    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        if tag == "form":
            self.forms.append({"action": a.get("action") or "", "method": (a.get("method") or "get").lower(), "fields": {}})
        elif tag in ("input", "button") and self.forms and a.get("name"):
            self.forms[-1]["fields"][a["name"]] = (a.get("value") or "", (a.get("type") or "text").lower())


class TextReader(html.parser.HTMLParser):
    """The text of a page, without scripts and styles."""

    def __init__(self):
        super().__init__()
        self.words, self.hidden = [], False

    def handle_starttag(self, tag, attributes):
        self.hidden = tag in ("script", "style")

    def handle_endtag(self, tag):
        self.hidden = False

    def handle_data(self, data):
        if not self.hidden:
            self.words.append(data)


class Cookies:
    """Cookies by host. Ports don't count; `Secure` ones go to loopback over http as well; `SameSite` is obeyed."""

    def __init__(self):
        self.jar, self.refused = {}, []

    def keep(self, url, headers):
        host = urllib.parse.urlsplit(url).hostname
        for line in headers.get_all("Set-Cookie") or []:
            pair, *rest = [part.strip() for part in line.split(";")]
            name, _, value = pair.partition("=")
            options = {key.lower(): text for key, _, text in (part.partition("=") for part in rest)}
            same_site, secure = options.get("samesite", "lax").lower(), "secure" in options
            if same_site == "none" and not secure or name.startswith("__Host-") and (not secure or options.get("path") != "/" or "domain" in options):
                self.refused.append(line)
                continue
            if options.get("max-age", "1").lstrip("-").isdigit() and int(options.get("max-age", "1")) <= 0 or "1970" in options.get("expires", ""):
                self.jar.pop((host, name), None)
            else:
                self.jar[host, name] = (value, same_site, options.get("path") or "/")

    def header(self, url, cross_site, method):
        parts = urllib.parse.urlsplit(url)
        kept = []
        for (host, name), (value, same_site, path) in self.jar.items():
            strange = cross_site and (same_site == "strict" or same_site == "lax" and method not in ("GET", "HEAD"))
            if host == parts.hostname and (parts.path or "/").startswith(path.rstrip("/")) and not strange:
                kept.append(f"{name}={value}")
        return "; ".join(kept)


class Browser:
    """One person's browser. `trail` is what it asked for, and how it was answered."""

    def __init__(self):
        self.cookies, self.trail = Cookies(), []

    def ask(self, method, url, fields=None, page=None, headers=None, follow=True):
        """One navigation with its redirects, started from `page` (None: typed by the person)."""
        for _ in range(20):
            parts = urllib.parse.urlsplit(url)
            assert parts.scheme == "http" and parts.hostname in LOOPBACK, f"left the machine: {url}"
            cross_site = page is not None and urllib.parse.urlsplit(page).hostname != parts.hostname
            sent = {"User-Agent": "interop", "Accept": "text/html", **(headers or {})}
            cookies = self.cookies.header(url, cross_site, method)
            if cookies:
                sent["Cookie"] = cookies
            body = None
            if fields is not None and method == "POST":
                body = urllib.parse.urlencode(fields)
                sent["Content-Type"] = "application/x-www-form-urlencoded"
                if page is not None:
                    sent["Origin"] = "{0.scheme}://{0.netloc}".format(urllib.parse.urlsplit(page))
            connection = http.client.HTTPConnection("127.0.0.1", parts.port, timeout=30)
            sent["Host"] = parts.netloc
            connection.request(method, (parts.path or "/") + ("?" + parts.query if parts.query else ""), body, sent)
            answer = connection.getresponse()
            content = answer.read()
            connection.close()
            self.trail.append(f"{method} {url[:120]} → {answer.status}")
            self.cookies.keep(url, answer.headers)
            if answer.status not in (301, 302, 303, 307, 308) or not follow:
                return Page(url, answer, content)
            if answer.status not in (307, 308):
                method, fields = "GET", None
            url = urllib.parse.urljoin(url, answer.headers["Location"])
        raise AssertionError("redirected without end: " + " | ".join(self.trail[-4:]))

    def visit(self, url, user=None, stop_before=None):
        """Opens the URL and goes on as a person would: signs in where asked (the password is the name), lets pages submit themselves.

        `stop_before`: the start of a URL; the form that would be posted there is returned instead, as (URL, fields).
        """
        page = self.ask("GET", url)
        for _ in range(12):
            form = next((f for f in page.forms if goes_on(f, page)), None)
            if form is None:
                return page
            fields = {}
            for name, (value, kind) in form["fields"].items():
                if kind == "password":
                    value = user or ""
                elif kind == "text" and name.lower() in ("user", "username"):
                    value = user or ""
                fields[name] = value
            action = urllib.parse.urljoin(page.url, form["action"] or page.url)
            if stop_before and action.startswith(stop_before) and "SAMLResponse" in fields:
                return action, fields
            if form["method"] == "post":
                page = self.ask("POST", action, fields, page.url)
            else:
                page = self.ask("GET", action + "?" + urllib.parse.urlencode(fields), None, page.url)
        raise AssertionError("forms without end: " + " | ".join(self.trail[-4:]))


def goes_on(form, page):
    """Whether this form is the next step of a login: a message, a password, or a page that submits itself."""
    if "SAMLResponse" in form["fields"] or "SAMLRequest" in form["fields"]:
        return True
    if any(kind == "password" for _, kind in form["fields"].values()):
        return True
    return len(page.forms) == 1 and ".submit()" in page.text
