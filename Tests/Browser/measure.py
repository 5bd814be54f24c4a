"""Full pages of rows: how large they are, what they look like, and how long the server takes for each."""
import html
import http.client
import re
import statistics
import time
import urllib.parse
import urllib.request

from looking import Window

PAGES = ("settings", "policy", "test", "users", "conversion", "logins", "history", "certificates", "report")
ROWS = 120


def filled(site):
    """An organization with more users and logins than a page holds."""
    organization = site.organization("A full page of rows")
    path = f"/organizations/{organization['id']}"
    site.product.api("PUT", path + "/identity-provider", {"metadataURL": site.metadata_url})
    site.product.api("POST", path + "/users", [
        {"email": f"person-with-a-long-name-{number:03}@department.example.com", "name": f"Person With A Long Name the {number:03}th", "signInMethod": "password"}
        for number in range(ROWS)])
    answers = {"alice@example.com": "", "carol@example.com": "wrongAudience", "bob@example.com": "expired"}
    for number in range(ROWS):
        user, misbehaviour = list(answers.items())[number % 3]
        with urllib.request.urlopen(site.initiate(organization, user, misbehaviour)) as page:
            response = re.search(r'name="SAMLResponse" value="([^"]+)"', page.read().decode())[1]
        body = urllib.parse.urlencode({"SAMLResponse": html.unescape(response)})
        post(site, organization["acsURL"], body, {"Accept": "application/json"})
    return organization


def post(site, url, body, headers):
    parts = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection("127.0.0.1", site.product.port, timeout=30)
    connection.request("POST", parts.path + ("?" + parts.query if parts.query else ""), body, {"Content-Type": "application/x-www-form-urlencoded", **headers})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def full_pages(browser, looking, site):
    window, organization = Window(browser, looking, site), filled(site)
    window.open(organization["setupURL"])
    window.press("main form button")
    for name in PAGES:
        window.open(f"{site.base}/organizations/{organization['id']}/{name}")
        window.look(f"full-{name}")
    window.close()


def measure(site, rounds=60):
    """Prints the median over one kept connection, and the same without what an empty answer takes there."""
    organization = filled(site)
    link = organization["setupURL"]
    page = site.product.get(link).decode()
    token = re.search(r'name="form" value="([^"]+)"', page)[1]
    answer = post(site, link, urllib.parse.urlencode({"form": token}), {"Origin": site.base})
    cookie = answer.headers["Set-Cookie"].split(";")[0]
    base = f"/organizations/{organization['id']}"
    logins = site.product.api("GET", f"{base}/logins")["items"]
    paths = {"/": "/", "/login": "/login", **{name: f"{base}/{name}" for name in PAGES}, "a login": f"{base}/logins/{logins[0]['sequence']}",
             "state": f"{base}/history?at={logins[0]['sequence']}"}
    empty, _ = median(site, "/healthz", cookie, rounds)
    print(f"an empty answer: {empty:.2f} ms\n\n{'page':<12}{'ms':>8}{'ours':>8}{'KB':>8}")
    for name, path in paths.items():
        taken, size = median(site, path, cookie, rounds)
        print(f"{name:<12}{taken:>8.2f}{taken - empty:>8.2f}{size / 1024:>8.1f}")


def median(site, path, cookie, rounds):
    connection, times = http.client.HTTPConnection("127.0.0.1", site.product.port, timeout=30), []
    for _ in range(rounds):
        before = time.perf_counter()
        connection.request("GET", path, headers={"Cookie": cookie})
        answer = connection.getresponse()
        body = answer.read()
        times.append((time.perf_counter() - before) * 1000)
        assert answer.status == 200, f"{path}: {answer.status}"
    connection.close()
    return statistics.median(times), len(body)
