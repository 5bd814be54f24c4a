"""What is looked at: identity-ledger with a fresh ledger, and the development identity provider, which the demo brings along."""
import re
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "Interop"))

from processes import Process, free_port  # noqa: E402
from product import Product  # noqa: E402
from simplesamlphp import SimpleSAMLphp  # noqa: E402, F401


class Site:
    def __init__(self, program, folder):
        self.folder, self.product, self.others = folder, Product(program, folder), []
        # The demo's own service is not looked at; its identity provider answers any service on loopback.
        self.provider = Process([program, "demo", "--data", folder / "demo", "--port", str(free_port())], folder / "demo.log")

    def start(self):
        self.product.start()
        end = time.monotonic() + 60
        while not (found := re.search(r"(http://localhost:\d+)/initiate", self.provider.log.read_text())):
            if time.monotonic() > end or self.provider.process.poll() is not None:
                raise RuntimeError("the demo did not start:\n" + self.provider.last_words())
            time.sleep(0.1)
        self.provider_base = found[1]
        self.metadata_url = self.provider_base + "/metadata"
        self.provider.wait_for(self.metadata_url)
        self.others.append(self.provider_base + "/")

    def provider_metadata(self):
        """The identity provider's document, as a file."""
        with urllib.request.urlopen(self.metadata_url, timeout=10) as answer:
            return answer.read()

    @property
    def base(self):
        return self.product.base

    def organization(self, name):
        """A new organization, as its operator makes it."""
        return self.product.api("POST", "/organizations", {"name": name})

    def initiate(self, organization, user, misbehaviour=""):
        """Where a login begins at the identity provider, unasked."""
        return f"{self.provider_base}/initiate?acs={quoted(organization['acsURL'])}&audience={quoted(organization['audienceURI'])}&user={user}&misbehaviour={misbehaviour}"

    def stop(self):
        return self.provider.stop(), self.product.stop()


def quoted(text):
    return urllib.parse.quote(text, safe="")
