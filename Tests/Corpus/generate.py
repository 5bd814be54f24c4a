#!/usr/bin/env python3
"""Makes the corpus of good responses: in the manner of each known identity provider, with each way to sign, in many spellings.

    Tests/Corpus/generate.py [DIRECTORY]       by default fixtures/valid

Needs xmlsec1 and openssl (Debian), which sign: none of this project's code does. The keys are made for this run and thrown away;
their certificates stay. Every response is checked with `xmlsec1 --verify` before it is kept.
"""
import base64
import html
import json
import os
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

from manners import MANNERS, WHO

ACS = "https://sp.example/saml/acs?org=00112233445566778899aabbccddeeff"
AUDIENCE = "https://sp.example/saml/login?org=00112233445566778899aabbccddeeff"
ISSUER = "https://idp.example/metadata?idpid=C01&x=1"
NOW, LATER, END, EARLIER = "2026-11-25T05:00:00Z", "2026-11-25T05:05:00Z", "2026-11-25T13:00:00Z", "2026-11-25T04:59:30Z"
PROTOCOL, ASSERTION = "urn:oasis:names:tc:SAML:2.0:protocol", "urn:oasis:names:tc:SAML:2.0:assertion"
DSIG, MORE, MORE2007 = "http://www.w3.org/2000/09/xmldsig#", "http://www.w3.org/2001/04/xmldsig-more#", "http://www.w3.org/2007/05/xmldsig-more#"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
XENC = "http://www.w3.org/2001/04/xmlenc#"

SIGNATURES = {
    "rsa-sha256": (MORE + "rsa-sha256", XENC + "sha256", "rsa"), "rsa-sha384": (MORE + "rsa-sha384", MORE + "sha384", "rsa"),
    "rsa-sha512": (MORE + "rsa-sha512", XENC + "sha512", "rsa"), "ecdsa-p256": (MORE + "ecdsa-sha256", XENC + "sha256", "p256"),
    "ecdsa-p384": (MORE + "ecdsa-sha384", MORE + "sha384", "p384"), "ecdsa-p521": (MORE + "ecdsa-sha512", XENC + "sha512", "p521"),
    "rsa-3072": (MORE + "rsa-sha256", XENC + "sha256", "rsa3072"), "mixed-digest": (MORE + "rsa-sha512", XENC + "sha256", "rsa"),
}
KEYS = {
    "rsa": ["rsa:2048"], "rsa3072": ["rsa:3072"], "p256": ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"],
    "p384": ["ec", "-pkeyopt", "ec_paramgen_curve:P-384"], "p521": ["ec", "-pkeyopt", "ec_paramgen_curve:P-521"],
}
# What a spelling changes of the text; the claims stay what they are.
SPELLINGS = ["plain", "indented", "crlf", "declared", "bom", "local-namespaces", "cdata", "references", "wrapped-base64", "single-quotes", "space-in-tags", "unused-namespaces"]


def quoted(text):
    return html.escape(text, quote=True)


class Writer:
    """One response as text, with empty signatures where they are to be."""

    def __init__(self, manner, spelling="plain"):
        self.manner, self.spelling = manner, spelling
        protocol, assertion, signature = manner["prefixes"]
        self.p, self.a, self.d = (f"{prefix}:" if prefix else "" for prefix in (protocol, assertion, signature))
        self.namespaces = {"p": (protocol, PROTOCOL), "a": (assertion, ASSERTION), "d": (signature, DSIG)}

    def declare(self, key):
        prefix, uri = self.namespaces[key]
        return f' xmlns{":" + prefix if prefix else ""}="{uri}"'

    def signature(self, name, reference, algorithm):
        method, digest, _ = SIGNATURES[algorithm]
        d, inclusive = self.d, self.manner.get("inclusive")
        prefixes = f'<ec:InclusiveNamespaces xmlns:ec="{EXCLUSIVE}" PrefixList="{inclusive}"/>' if inclusive and name == "a" else ""
        info = {
            "x509": f"<{d}X509Data><{d}X509Certificate/></{d}X509Data>", "subject": f"<{d}X509Data><{d}X509SubjectName/><{d}X509Certificate/></{d}X509Data>",
            "keyname": f"<{d}KeyName>key</{d}KeyName><{d}X509Data><{d}X509Certificate/></{d}X509Data><{d}KeyValue/>", "none": None,
        }[self.manner.get("key_info", "x509")]
        return (
            f'<{d}Signature{self.declare("d")}><{d}SignedInfo><{d}CanonicalizationMethod Algorithm="{EXCLUSIVE}"/><{d}SignatureMethod Algorithm="{method}"/>'
            f'<{d}Reference URI="#{reference}"><{d}Transforms><{d}Transform Algorithm="{DSIG}enveloped-signature"/>'
            f'<{d}Transform Algorithm="{EXCLUSIVE}">{prefixes}</{d}Transform></{d}Transforms><{d}DigestMethod Algorithm="{digest}"/><{d}DigestValue/></{d}Reference></{d}SignedInfo>'
            f'<{d}SignatureValue/>' + (f"<{d}KeyInfo>{info}</{d}KeyInfo>" if info else "") + f"</{d}Signature>")

    def value(self, text):
        if self.spelling == "cdata":
            return f"<![CDATA[{text}]]>"
        if self.spelling == "references":
            return "".join(f"&#x{ord(c):X};" if index % 3 == 0 else quoted(c) for index, c in enumerate(text))
        return quoted(text)

    def attributes(self):
        a = self.a
        if not self.manner["attributes"]:
            return ""
        parts = []
        for entry in self.manner["attributes"]:
            names = f' Name="{quoted(entry["name"])}"'
            names += f' NameFormat="{entry["format"]}"' if entry["format"] else ""
            names += f' FriendlyName="{entry["friendly"]}"' if entry["friendly"] else ""
            kind = ' xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="xs:string"' if entry["typed"] else ""
            parts.append(f"<{a}Attribute{names}>" + "".join(f"<{a}AttributeValue{kind}>{self.value(v)}</{a}AttributeValue>" for v in entry["values"]) + f"</{a}Attribute>")
        return f"<{a}AttributeStatement>" + "".join(parts) + f"</{a}AttributeStatement>"

    def assertion(self, identifier, signature):
        m, a = self.manner, self.a
        name_id = m.get("name_id", WHO)
        form = f' Format="{m["format"]}"' if m["format"] else ""
        if m.get("qualifiers"):
            form += f' NameQualifier="{quoted(ISSUER)}" SPNameQualifier="{AUDIENCE}"'
        # AD FS without a rule for it sends no NameID.
        subject = "" if m["format"] is None else f"<{a}NameID{form}>{self.value(name_id)}</{a}NameID>"
        address = ' Address="192.0.2.7"' if m.get("address") else ""
        extra = f"<{a}OneTimeUse/>" if m.get("one_time") else ""
        session = f' SessionNotOnOrAfter="{END}"' if m.get("session_end") else ""
        authority = f"<{a}AuthenticatingAuthority>{quoted(ISSUER)}</{a}AuthenticatingAuthority>" if m.get("authority") else ""
        issuer_format = ' Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity"' if m.get("issuer_format") else ""
        declared = self.declare("a")
        return (
            f'<{a}Assertion{declared} ID="{identifier}" IssueInstant="{NOW}" Version="2.0"><{a}Issuer{issuer_format}>{quoted(ISSUER)}</{a}Issuer>{signature}'
            f'<{a}Subject>{subject}<{a}SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">'
            f'<{a}SubjectConfirmationData{address} NotOnOrAfter="{LATER}" Recipient="{ACS}"/></{a}SubjectConfirmation></{a}Subject>'
            f'<{a}Conditions NotBefore="{EARLIER}" NotOnOrAfter="{LATER}"><{a}AudienceRestriction><{a}Audience>{m.get("audience", "")}{AUDIENCE}</{a}Audience></{a}AudienceRestriction>{extra}</{a}Conditions>'
            f'<{a}AuthnStatement AuthnInstant="{NOW}" SessionIndex="_session"{session}><{a}AuthnContext><{a}AuthnContextClassRef>{m["context"]}</{a}AuthnContextClassRef>{authority}</{a}AuthnContext></{a}AuthnStatement>'
            f"{self.attributes()}</{a}Assertion>")

    def response(self, signed, algorithm="rsa-sha256"):
        p, a = self.p, self.a
        inner = self.signature("a", "_assertion", algorithm) if signed in ("assertion", "both") else ""
        outer = self.signature("p", "_response", algorithm) if signed in ("response", "both") else ""
        consent = ' Consent="urn:oasis:names:tc:SAML:2.0:consent:unspecified"' if self.manner.get("consent") else ""
        unused = ' xmlns:unused="urn:example:unused" xmlns:xs="http://www.w3.org/2001/XMLSchema"' if self.spelling == "unused-namespaces" else ""
        text = (
            f'<{p}Response{self.declare("p")}{unused}{consent} Destination="{ACS}" ID="_response" IssueInstant="{NOW}" Version="2.0">'
            f'<{a}Issuer{self.declare("a")}>{quoted(ISSUER)}</{a}Issuer>{outer}'
            f'<{p}Status><{p}StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></{p}Status>{self.assertion("_assertion", inner)}</{p}Response>')
        return self.spell(text)

    # Before it is signed: white space and spelling that canonicalization keeps or levels.
    def spell(self, text):
        if self.spelling == "indented":
            return text.replace("><", ">\n  <")
        if self.spelling == "crlf":
            return text.replace("><", ">\r\n<")
        if self.spelling == "single-quotes":
            return text.replace('"', "'")
        if self.spelling == "space-in-tags":
            return text.replace("/>", "\n  />").replace(' Version="2.0"', '\tVersion = "2.0" ')
        if self.spelling == "local-namespaces":
            protocol = self.namespaces["p"][0]
            return text.replace(f"<{self.p}Status>", f"<{self.p}Status{self.declare('p')}>") if protocol else text
        return text


class Signer:
    def __init__(self, directory):
        self.directory = Path(directory)
        for name, kind in KEYS.items():
            subprocess.run(
                ["openssl", "req", "-x509", "-newkey", *kind, "-nodes", "-days", "36500", "-subj", f"/CN=idp.example {name}",
                 "-keyout", self.directory / f"{name}.key", "-out", self.directory / f"{name}.pem"], check=True, capture_output=True)

    def run(self, *arguments):
        done = subprocess.run(
            ["xmlsec1", *arguments[:1], "--id-attr:ID", f"{PROTOCOL}:Response", "--id-attr:ID", f"{ASSERTION}:Assertion", *arguments[1:]],
            capture_output=True, cwd=self.directory)
        if done.returncode:
            raise SystemExit(done.stderr.decode())
        return done.stdout

    def sign(self, text, algorithm, signed):
        """The assertion first: the Response's signature covers it."""
        key = SIGNATURES[algorithm][2]
        path = self.directory / "message.xml"
        path.write_text(text, encoding="utf-8", newline="")
        for parent in {"assertion": ["Assertion"], "response": ["Response"], "both": ["Assertion", "Response"]}[signed]:
            place = f"//*[local-name()='{parent}']/*[local-name()='Signature']"
            path.write_bytes(self.run("--sign", "--privkey-pem", f"{key}.key,{key}.pem", "--node-xpath", place, "message.xml"))
            self.run("--verify", "--enabled-reference-uris", "same-doc", "--pubkey-cert-pem", f"{key}.pem", "--node-xpath", place, "message.xml")
        return path.read_bytes()


def finish(signed, spelling):
    """What is not signed may still be spelt otherwise."""
    body = signed.split(b"?>\n", 1)[1] if signed.startswith(b"<?xml") else signed
    body = body.rstrip(b"\n")
    if spelling == "declared":
        return b'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n' + body + b"\n"
    if spelling == "bom":
        return b"\xef\xbb\xbf" + body
    return body


def main():
    target = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parents[2] / "fixtures" / "valid")
    target.mkdir(parents=True, exist_ok=True)
    for old in target.iterdir():
        old.unlink()
    wanted = [(name, "plain", signed, "rsa-sha256") for name in MANNERS for signed in ("assertion", "response", "both")]
    wanted += [("okta", "plain", signed, algorithm) for algorithm in SIGNATURES if algorithm != "rsa-sha256" for signed in ("assertion", "both")]
    wanted += [(name, spelling, "both", "rsa-sha256") for name in ("okta", "entra", "keycloak") for spelling in SPELLINGS if spelling != "plain"]
    with tempfile.TemporaryDirectory() as directory:
        signer = Signer(directory)
        for name, spelling, signed, algorithm in wanted:
            text = Writer(MANNERS[name], spelling).response(signed, algorithm)
            message = finish(signer.sign(text, algorithm, signed), spelling)
            field = base64.b64encode(message).decode()
            if spelling == "wrapped-base64":
                field = "\r\n".join(textwrap.wrap(field, 76))
            (target / f"{name}-{spelling}-{signed}-{algorithm}.base64").write_text(field, newline="")
        certificates = "".join((Path(directory) / f"{name}.pem").read_text() for name in KEYS)
    (target / "identity-provider.pem").write_text(certificates)
    facts = {"acs": ACS, "audience": AUDIENCE, "issuer": ISSUER, "at": "2026-11-25T05:00:10Z", "email": WHO}
    (target / "facts.json").write_text(json.dumps(facts, indent=2) + "\n")
    print(f"{len(wanted)} responses in {os.path.relpath(target)}, each verified with xmlsec1")


if __name__ == "__main__":
    main()
