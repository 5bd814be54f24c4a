#!/usr/bin/env python3
"""Logs in at identity-ledger through real identity providers. Started by run; the last line is “N passed, N failed”."""
import argparse
import base64
import collections
import concurrent.futures
import json
import re
import shutil
import subprocess
import sys
import tempfile
import traceback
import urllib.parse
from pathlib import Path

from browser import Browser
from nginx import NGINX
from product import Product
from pysaml2 import PySAML2
from simplesamlphp import SimpleSAMLphp
from transparency import check_log

# One organization each, at either identity provider: what it signs and encrypts, and the policy here.
SERVICES = {
    "assertion-signed": ({"sign": "assertion", "encrypt": False, "signed_requests": False}, {}),
    "response-signed": ({"sign": "response", "encrypt": False, "signed_requests": False}, {}),
    "both-signed": ({"sign": "both", "encrypt": False, "signed_requests": False}, {"requireSignedAssertion": True}),
    "encrypted": ({"sign": "assertion", "encrypt": True, "signed_requests": False}, {"requireEncryptedAssertion": True}),
    "requests-signed": ({"sign": "assertion", "encrypt": False, "signed_requests": True}, {"signRequests": True}),
    "requests-posted": ({"sign": "assertion", "encrypt": False, "signed_requests": False}, {"requestBinding": "post"}),
    "solicited-only": ({"sign": "assertion", "encrypt": False, "signed_requests": False}, {"allowUnsolicited": False}),
}


class Results:
    """Counts what held, and prints a line for each."""

    def __init__(self):
        self.passed, self.failed = 0, []

    def check(self, title, body, *arguments):
        try:
            body(*arguments)
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            words = str(error) or f"{where.line} ({Path(where.filename).name}:{where.lineno})"
            self.failed.append(title)
            print(f"FAILED  {title}\n        {words}", flush=True)
        else:
            self.passed += 1
            print(f"ok      {title}", flush=True)


def expect(found, wanted, what, page=None):
    """Says what was expected before what was found; with a page, its words."""
    if found != wanted:
        raise AssertionError(f"{what}: expected {wanted!r}, found {found!r}" + (f"; the page says: {page.words()}" if page else ""))


class Flows:
    """What is checked at one identity provider."""

    def __init__(self, product, provider, nginx):
        self.product, self.provider, self.nginx = product, provider, nginx
        self.organizations = {}

    def exchange_metadata(self):
        """An organization per service, our metadata there, theirs here."""
        services = {}
        for name, (options, policy) in SERVICES.items():
            made = self.organizations[name] = self.product.api("POST", "/organizations", {"name": f"{self.provider.name} {name}"})
            services[name] = (None, options)
            policy = {**policy, "relayStateOrigins": [self.nginx.base, self.provider.base]}
            self.product.api("PATCH", f"/organizations/{made['id']}/policy", policy, "application/merge-patch+json")
        self.give_our_metadata()
        for made in self.organizations.values():
            configured = self.product.api("PUT", f"/organizations/{made['id']}/identity-provider", {"metadataURL": self.provider.metadata_url})
            expect(configured["entityID"].startswith(self.provider.base), True, "the entity ID is this identity provider's")

    def give_our_metadata(self):
        self.provider.trust({name: (self.product.get(made["metadataURL"]), SERVICES[name][0]) for name, made in self.organizations.items()})

    def our_keys_change(self):
        """The next keys are published, taken, and the former retired: no login fails on the way."""
        names = ("encrypted", "requests-signed")
        paths = {name: f"/organizations/{self.organizations[name]['id']}/keys" for name in names}
        former = {name: [key["id"] for key in self.product.api("GET", path)["items"]] for name, path in paths.items()}
        for path in paths.values():
            for use in ("encryption", "signing"):
                self.product.api("POST", path, {"use": use}, status=(201,))
        for name in names:
            self.asked_for(name)
        self.give_our_metadata()
        for name in names:
            self.asked_for(name)
        for name, path in paths.items():
            for key in former[name]:
                self.product.api("DELETE", f"{path}/{key}")
        for name in names:
            self.asked_for(name)
        self.give_our_metadata()
        for name in names:
            self.asked_for(name)

    def their_key_changes(self):
        """The identity provider publishes its next certificate, then signs with it: it is taken by itself, and no login fails."""
        path = f"/organizations/{self.organizations['both-signed']['id']}/identity-provider"
        self.provider.change_keys(1)
        changes = self.product.api("POST", path + "/refresh")["changes"]
        expect(len([change for change in changes if change.startswith("It adds the signing certificate")]), 1, f"what is new, of {changes}")
        self.asked_for("both-signed")
        self.provider.change_keys(2)
        self.asked_for("both-signed")
        changes = self.product.api("POST", path + "/refresh")["changes"]
        expect(len([change for change in changes if change.startswith("It removes the signing certificate")]), 1, f"what is gone, of {changes}")
        self.asked_for("both-signed")

    def signed_in(self, browser, page, name, user="alice"):
        """That this browser has a session of this user, in this organization."""
        answer = browser.ask("GET", self.product.base + "/session", headers={"Accept": "application/json"})
        if answer.status != 200:
            refused = f"; a browser refuses these cookies: {browser.cookies.refused}" if browser.cookies.refused else ""
            raise AssertionError(f"/session answered {answer.status}; ended at {page.url[:100]} with {page.status}: {page.words()}{refused}")
        session = json.loads(answer.text)
        expect(session["email"], f"{user}@example.com", "e-mail address")
        expect(session["organization"], self.organizations[name]["id"], "organization")
        return session

    def asked_for(self, name):
        browser = Browser()
        self.signed_in(browser, browser.visit(self.organizations[name]["loginURL"], "alice"), name)

    def unasked(self, name):
        browser = Browser()
        page = browser.visit(self.provider.start_url(self.organizations[name]["audienceURI"], ""), "alice")
        self.signed_in(browser, page, name)

    def captured(self, name, user="alice"):
        """A response that the identity provider made, on its way to us: (browser, URL, fields)."""
        browser = Browser()
        stopped = browser.visit(self.provider.start_url(self.organizations[name]["audienceURI"], ""), user, stop_before=self.product.base)
        if not isinstance(stopped, tuple):
            raise AssertionError(f"no response came; ended at {stopped.url[:100]} with {stopped.status}: {stopped.words()}")
        return browser, *stopped

    def refused(self, url, fields, status, codes):
        page = Browser().ask("POST", url, fields, headers={"Accept": "application/json"}, follow=False)
        problem = json.loads(page.text) if page.text.startswith("{") else {}
        if page.status != status or problem.get("code") not in codes:
            raise AssertionError(f"expected {status} {' or '.join(codes)}, found {page.status} {problem.get('code')}: {page.text[:200]}")

    def replayed(self):
        browser, url, fields = self.captured("assertion-signed")
        page = browser.ask("POST", url, fields, self.provider.base, follow=False)
        expect(page.status, 303, "the first time", page)
        self.refused(url, fields, 409, ["replayed"])

    def posted_at_once(self):
        """Of a hundred posts of one response exactly one succeeds (C32)."""
        _, url, fields = self.captured("assertion-signed")

        def post(_):
            page = Browser().ask("POST", url, fields, headers={"Accept": "application/json"}, follow=False)
            return page.status, json.loads(page.text)["code"] if page.status != 303 else None

        with concurrent.futures.ThreadPoolExecutor(50) as pool:
            answers = collections.Counter(pool.map(post, range(100)))
        expect(dict(answers), {(303, None): 1, (409, "replayed"): 99}, "answers")

    def altered(self):
        _, url, fields = self.captured("assertion-signed", "bob")
        xml = base64.b64decode(fields["SAMLResponse"]).replace(b"bob@example.com", b"eve@example.com")
        self.refused(url, {**fields, "SAMLResponse": base64.b64encode(xml).decode()}, 403, ["reference_mismatch", "signature_invalid"])

    def unsigned(self):
        _, url, fields = self.captured("assertion-signed", "bob")
        xml = re.sub(rb"<(\w+):Signature[ >].*?</\1:Signature>", b"", base64.b64decode(fields["SAMLResponse"]), flags=re.S)
        self.refused(url, {**fields, "SAMLResponse": base64.b64encode(xml).decode()}, 403, ["signature_missing"])

    def another_organization(self):
        _, _, fields = self.captured("assertion-signed")
        self.refused(self.organizations["both-signed"]["acsURL"], fields, 403,
                     ["destination_mismatch", "recipient_mismatch", "audience_mismatch", "signature_missing"])

    def unasked_refused(self):
        _, url, fields = self.captured("solicited-only")
        self.refused(url, fields, 403, ["unsolicited_not_allowed"])

    def other_browser(self):
        """A response to a request that another browser made."""
        stopped = Browser().visit(self.organizations["assertion-signed"]["loginURL"], "alice", stop_before=self.product.base)
        if not isinstance(stopped, tuple):
            raise AssertionError(f"no response came; ended at {stopped.url[:100]}: {stopped.words()}")
        self.refused(*stopped, 403, ["request_other_browser"])

    def attributes(self):
        browser = Browser()
        session = self.signed_in(browser, browser.visit(self.organizations["assertion-signed"]["loginURL"], "bob"), "assertion-signed", "bob")
        expect("Ünïcode & Söhne <gmbh>" in json.dumps(session["attributes"], ensure_ascii=False), True, "the surname as it was sent")
        expect([account["role"] for account in session["accounts"]], ["member"], "role in the organization's one account")

    def logged_out(self):
        browser = Browser()
        self.signed_in(browser, browser.visit(self.organizations["assertion-signed"]["loginURL"], "alice"), "assertion-signed")
        browser.ask("POST", self.product.base + "/logout", {}, self.product.base + "/", follow=False)
        expect(browser.ask("GET", self.product.base + "/session").status, 401, "/session afterwards")

    def logged_out_there_too(self):
        """Single logout from our side: afterwards the identity provider asks for the password again."""
        organization, browser = self.organizations["assertion-signed"], Browser()
        self.signed_in(browser, browser.visit(organization["loginURL"], "alice"), "assertion-signed")
        page = browser.visit(f"{self.product.base}/saml/logout?org={organization['id']}")
        expect("signed out here and at your identity provider" in page.text, True, "what the page says", page)
        expect(browser.ask("GET", self.product.base + "/session").status, 401, "/session afterwards")
        again = browser.ask("GET", organization["loginURL"])
        expect("password" in again.text.lower(), True, "the identity provider asks for the password", again)

    def logged_out_from_there(self):
        """Single logout from the identity provider's side ends the session here."""
        browser = Browser()
        self.signed_in(browser, browser.visit(self.organizations["assertion-signed"]["loginURL"], "alice"), "assertion-signed")
        page = browser.visit(self.provider.logout_url())
        expect(browser.ask("GET", self.product.base + "/session").status, 401, "/session afterwards", page)

    def another_host(self):
        """An application on another host gets a code, which it exchanges once. Its host here is the identity provider's, for want of a third."""
        wanted = self.provider.metadata_url
        page = Browser().visit(self.organizations["assertion-signed"]["loginURL"] + "&RelayState=" + urllib.parse.quote(wanted, safe=""), "alice")
        landed, _, code = page.url.partition("?code=")
        expect(landed, wanted, "where the login lands", page)
        exchanged = self.product.api("POST", "/sign-ins", {"code": code})
        expect(exchanged["email"], "alice@example.com", "whom the code stands for")
        self.product.api("POST", "/sign-ins", {"code": code}, status=(404,))

    def forward_authentication(self):
        organization = self.organizations["assertion-signed"]
        self.nginx.start(self.product.base, organization["id"])
        try:
            browser = Browser()
            expect(browser.ask("GET", self.nginx.base + "/api").status, 401, "without a session")
            page = browser.visit(self.nginx.base + "/page.html", "alice")
            expect((page.url, page.status), (self.nginx.base + "/page.html", 200), "where the login lands", page)
            expect("The guarded page" in page.text, True, "the page is there")
            session = self.signed_in(browser, page, "assertion-signed")
            for header, wanted in (("User", session["user"]), ("Email", "alice@example.com"), ("Organization", organization["id"])):
                expect(page.headers.get("X-Seen-" + header), wanted, f"X-Auth-Request-{header}")
            stranger = Browser()
            stranger.visit(self.organizations["both-signed"]["loginURL"], "alice")
            expect(stranger.ask("GET", self.nginx.base + "/page.html").status, 403, "with another organization's session")
        finally:
            self.nginx.stop()

    def run(self, results):
        at = self.provider.name
        results.check(f"{at}: metadata goes both ways", self.exchange_metadata)
        for name in SERVICES:
            results.check(f"{at}: login from our side, {name}", self.asked_for, name)
        for name in SERVICES:
            if name not in ("solicited-only", "requests-signed", "requests-posted"):
                results.check(f"{at}: login from the identity provider's side, {name}", self.unasked, name)
        results.check(f"{at}: attributes and accounts are in the session", self.attributes)
        results.check(f"{at}: a response counts once", self.replayed)
        results.check(f"{at}: of a hundred posts of one response one counts", self.posted_at_once)
        results.check(f"{at}: an altered response is refused", self.altered)
        results.check(f"{at}: an unsigned response is refused", self.unsigned)
        results.check(f"{at}: another organization's response is refused", self.another_organization)
        results.check(f"{at}: an unasked response is refused where the policy says so", self.unasked_refused)
        results.check(f"{at}: a request answered in another browser is refused", self.other_browser)
        results.check(f"{at}: logging out ends the session", self.logged_out)
        if hasattr(self.provider, "logout_url"):
            results.check(f"{at}: logging out here logs out there", self.logged_out_there_too)
            results.check(f"{at}: logging out there logs out here", self.logged_out_from_there)
        results.check(f"{at}: our keys change, and no login fails", self.our_keys_change)
        results.check(f"{at}: an application on another host exchanges its code once", self.another_host)
        results.check(f"{at}: nginx lets in whom auth_request lets in", self.forward_authentication)
        # Last: only one organization takes the new key.
        if hasattr(self.provider, "change_keys"):
            results.check(f"{at}: its key changes, and no login fails", self.their_key_changes)


def ledger_holds(product, when, results):
    def verified():
        answer = product.command("verify", "--json")
        expect((answer["ok"], answer["findings"]), (True, []), "verify")
        expect(answer["events"] > 0, True, "there are events")

    def reproved():
        answer = product.command("replay", "reprove", "--json")
        expect((answer["different"], answer["findings"]), (0, []), "replay reprove")
        expect(answer["checked"] > 0 and answer["same"] > 0, True, "logins were judged again")

    def rebuilt():
        expect(product.command("replay", "rebuild", "--json")["equal"], True, "the rebuilt state is the state")

    results.check(f"the ledger verifies {when}", verified)
    results.check(f"every verdict is given again {when}", reproved)
    if when == "after the server ended":
        results.check("the state rebuilds from the events", rebuilt)
        results.check("an altered byte on the disk is found", altered_byte, product)


def altered_byte(product):
    """Changes one letter of a name wherever it lies on the disk; LMDB does not notice."""
    copy = product.data.with_name("altered")
    shutil.copytree(product.data, copy)
    file = next((copy / "ledger").glob("data.mdb"))
    content = bytearray(file.read_bytes())
    name = b"assertion-signed"
    place, changed = content.find(name), 0
    while place >= 0:
        content[place] ^= 1
        changed += 1
        place = content.find(name, place + 1)
    expect(changed > 0, True, "the name of an organization is on the disk")
    file.write_bytes(content)
    done = subprocess.run([product.program, "verify", "--json", "--data", copy], capture_output=True, text=True, timeout=120)
    expect(done.returncode, 1, "exit status of verify")
    expect(json.loads(done.stdout)["ok"], False, "verify")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True, help="the built identity-ledger")
    parser.add_argument("--python", required=True, help="the Python that has pysaml2")
    parser.add_argument("--only", choices=["simplesamlphp", "pysaml2"], help="one identity provider")
    parser.add_argument("--keep", action="store_true", help="leave the folder with data and logs")
    arguments = parser.parse_args()

    folder = Path(tempfile.mkdtemp(prefix="identity-ledger-interop-"))
    results, running = Results(), []
    product = Product(str(Path(arguments.program).resolve()), folder)
    try:
        product.start()
        for kind in (SimpleSAMLphp, PySAML2):
            if arguments.only in (None, kind.__name__.lower()):
                provider = kind(folder, arguments.python)
                running.append(provider)
                nginx_folder = folder / f"before-{provider.name}"
                nginx_folder.mkdir()
                Flows(product, provider, NGINX(nginx_folder)).run(results)
        ledger_holds(product, "while the server runs", results)
        results.check("the checkpoint and the tiles prove the events", check_log, product, folder)
        results.check("the server ends when asked", lambda: expect(product.stop(), 0, "exit status"))
        ledger_holds(product, "after the server ended", results)
    except Exception as error:
        results.check("everything starts", lambda: (_ for _ in ()).throw(error))
    finally:
        product.stop()
        for provider in running:
            provider.stop()
        if arguments.keep:
            print(f"data and logs: {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
    print(f"{results.passed} passed, {len(results.failed)} failed")
    return 1 if results.failed else 0


if __name__ == "__main__":
    sys.exit(main())
