"""A small identity provider on pysaml2, for loopback: a password is the user's name. Runs in the environment of requirements.txt.

pysaml2_provider.py SETTINGS.json, whose members pysaml2.py writes.
"""
import html
import http.server
import json
import secrets
import sys
import urllib.parse
import xml.etree.ElementTree

from saml2 import BINDING_HTTP_POST, BINDING_HTTP_REDIRECT
from saml2.authn_context import PASSWORDPROTECTEDTRANSPORT
from saml2.config import IdPConfig
from saml2.entity import Entity
from saml2.metadata import entity_descriptor
from saml2.saml import NAME_FORMAT_URI, NAMEID_FORMAT_EMAILADDRESS, NameID
from saml2.server import Server

SIGNATURE = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
DIGEST = "http://www.w3.org/2001/04/xmlenc#sha256"
USERS = {
    "alice": {"mail": "alice@example.com", "givenName": "Alice", "sn": "Liddell", "displayName": "Alice Liddell", "groups": ["staff", "engineering"]},
    "bob": {"mail": "bob@example.com", "givenName": "Bob", "sn": "Ünïcode & Söhne <gmbh>", "displayName": "Bob Ünïcode & Söhne <gmbh>", "groups": ["staff"]},
}


class Provider:
    """One pysaml2 server per service provider, since what must be signed is a setting of the whole server."""

    def __init__(self, settings):
        self.base, self.sessions = settings["base"], {}
        self.key, self.certificate = settings["key"], settings["certificate"]
        self.services = {}
        for options in settings["services"]:
            server = Server(config=self.config([options["metadata"]], options["signed_requests"]))
            for entity_id in server.metadata.keys():
                self.services[entity_id] = (server, options)
        self.metadata = str(entity_descriptor(self.config([], False))).encode()

    def config(self, metadata, signed_requests):
        both = (BINDING_HTTP_REDIRECT, BINDING_HTTP_POST)
        return IdPConfig().load({
            "entityid": self.base + "/metadata", "xmlsec_binary": "/usr/bin/xmlsec1", "key_file": self.key, "cert_file": self.certificate,
            "signing_algorithm": SIGNATURE, "digest_algorithm": DIGEST, "accepted_time_diff": 60, "metadata": {"local": metadata},
            "service": {"idp": {
                "name": "pysaml2", "want_authn_requests_signed": signed_requests, "name_id_format": [NAMEID_FORMAT_EMAILADDRESS],
                "endpoints": {"single_sign_on_service": [(self.base + "/sso", b) for b in both],
                              "single_logout_service": [(self.base + "/slo", b) for b in both]},
                "policy": {"default": {"lifetime": {"minutes": 10}, "attribute_restrictions": None, "name_form": NAME_FORMAT_URI}},
            }},
        })

    def read(self, values, binding):
        """The arguments of the answer to an AuthnRequest, whose signature is checked where one is due."""
        xml_text = Entity.unravel(values["SAMLRequest"], binding, "SAMLRequest")
        issuer = xml.etree.ElementTree.fromstring(xml_text).findtext("{urn:oasis:names:tc:SAML:2.0:assertion}Issuer")
        server, _ = self.services[issuer]
        request = server.parse_authn_request(values["SAMLRequest"], binding, relay_state=values.get("RelayState"),
                                             sigalg=values.get("SigAlg"), signature=values.get("Signature"))
        return issuer, server.response_args(request.message, [BINDING_HTTP_POST])

    def unasked(self, entity_id):
        """The arguments of a response that nobody asked for."""
        server, _ = self.services[entity_id]
        _, destination = server.pick_binding("assertion_consumer_service", [BINDING_HTTP_POST], descr_type="spsso", entity_id=entity_id)
        return {"in_response_to": None, "destination": destination, "sp_entity_id": entity_id}

    def answer(self, entity_id, arguments, relay_state, user):
        """The page that posts the response."""
        server, options = self.services[entity_id]
        arguments = {name: value for name, value in arguments.items() if name in ("in_response_to", "destination", "sp_entity_id")}
        response = server.create_authn_response(
            USERS[user], **arguments, userid=user, name_id=NameID(format=NAMEID_FORMAT_EMAILADDRESS, text=USERS[user]["mail"]),
            authn={"class_ref": PASSWORDPROTECTEDTRANSPORT, "authn_auth": self.base}, sign_alg=SIGNATURE, digest_alg=DIGEST,
            sign_response=options["sign"] != "assertion", sign_assertion=options["sign"] != "response",
            encrypt_assertion=options["encrypt"], encrypt_assertion_self_contained=True)
        return server.apply_binding(BINDING_HTTP_POST, str(response), arguments["destination"], relay_state, response=True)["data"]


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    provider = None
    waiting = {}

    def do_GET(self):
        self.serve(urllib.parse.urlsplit(self.path).query, BINDING_HTTP_REDIRECT)

    def do_POST(self):
        self.serve(self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode(), BINDING_HTTP_POST)

    def serve(self, text, binding):
        values = dict(urllib.parse.parse_qsl(text, keep_blank_values=True))
        path = urllib.parse.urlsplit(self.path).path
        try:
            if path == "/metadata":
                return self.reply(200, self.provider.metadata, "application/samlmetadata+xml")
            if path == "/sso":
                entity_id, arguments = self.provider.read(values, binding)
                return self.ask_who((entity_id, arguments, values.get("RelayState", "")))
            if path == "/start":
                return self.ask_who((values["sp"], self.provider.unasked(values["sp"]), values.get("RelayState", "")))
            if path == "/password" and values.get("username") in USERS and values.get("password") == values["username"]:
                return self.reply(200, self.provider.answer(*self.waiting.pop(values["key"]), values["username"]))
            self.reply(404, "<h1>Nothing here</h1>")
        except Exception as error:
            self.log_message("%s", repr(error))
            self.reply(403, f"<h1>Refused by the identity provider</h1><p>{html.escape(repr(error))}</p>")

    def ask_who(self, login):
        key = secrets.token_urlsafe(12)
        self.waiting[key] = login
        self.reply(200, f'<!doctype html><title>Sign in</title><form method="post" action="{self.provider.base}/password"><input type="hidden" name="key" '
                        f'value="{key}"><input name="username"><input name="password" type="password"><button>Sign in</button></form>')

    def reply(self, status, body, kind="text/html; charset=utf-8"):
        body = body if isinstance(body, bytes) else body.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    with open(sys.argv[1]) as file:
        settings = json.load(file)
    Handler.provider = Provider(settings)
    http.server.ThreadingHTTPServer(("127.0.0.1", settings["port"]), Handler).serve_forever()
