"""SimpleSAMLphp (Debian's package) as an identity provider, on PHP's own web server, with its files in a private folder."""
import secrets
import urllib.parse

from processes import Process, free_port, key_pair

SHARE = "/usr/share/simplesamlphp"

CONFIG = """<?php
$config = [
    'baseurlpath' => '%(base)s/', 'certdir' => '%(dir)s/cert/', 'loggingdir' => '%(dir)s/log/', 'datadir' => '%(dir)s/data/',
    'tempdir' => '%(dir)s/tmp', 'metadatadir' => '%(dir)s/metadata/', 'attributenamemapdir' => '%(share)s/config/attributemap/',
    'technicalcontact_name' => 'Interop', 'technicalcontact_email' => 'na@example.org', 'timezone' => 'UTC',
    'secretsalt' => '%(salt)s', 'auth.adminpassword' => '%(salt)s', 'admin.checkforupdates' => false,
    'showerrors' => true, 'errorreporting' => false, 'enable.saml20-idp' => true, 'enable.http_post' => true,
    'logging.level' => SimpleSAML\\Logger::INFO, 'logging.handler' => 'file', 'logging.logfile' => 'simplesamlphp.log',
    'module.enable' => ['exampleauth' => true, 'core' => true, 'saml' => true], 'statistics.out' => [],
    'session.cookie.secure' => false, 'session.cookie.samesite' => null, 'session.phpsession.savepath' => '%(dir)s/session',
    'language.cookie.secure' => false, 'language.available' => ['en'], 'language.default' => 'en', 'theme.use' => 'default',
    'metadata.sources' => [['type' => 'flatfile']], 'metadata.sign.enable' => false, 'store.type' => 'phpsession', 'authproc.idp' => [],
];
"""

USERS = """<?php
$user = fn ($mail, $given, $surname, ...$groups) => [
    'mail' => [$mail], 'givenName' => [$given], 'sn' => [$surname], 'displayName' => ["$given $surname"], 'groups' => $groups,
];
$config = ['users' => ['exampleauth:UserPass',
    'alice:alice' => $user('alice@example.com', 'Alice', 'Liddell', 'staff', 'engineering'),
    'bob:bob' => $user('bob@example.com', 'Bob', 'Ünïcode & Söhne <gmbh>', 'staff'),
]];
"""

HOSTED = """<?php
$redirect = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect'; $post = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST';
$email = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress';
$metadata['%(base)s/idp'] = [
    'host' => '__DEFAULT__', 'privatekey' => 'idp.key', 'certificate' => 'idp.crt', 'auth' => 'users',
    'SingleSignOnServiceBinding' => [$redirect, $post], 'SingleLogoutServiceBinding' => [$redirect, $post],
    'signature.algorithm' => 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', 'sign.logout' => true, 'NameIDFormat' => [$email],
    'attributes.NameFormat' => 'urn:oasis:names:tc:SAML:2.0:attrname-format:basic',
    'authproc' => [3 => ['class' => 'saml:AttributeNameID', 'attribute' => 'mail', 'Format' => $email]],
];
"""

# SimpleSAMLphp's own parser reads the service providers' metadata; the checks say only what is signed and encrypted.
REMOTE = """<?php
foreach (%(services)s as $file => $options) {
    foreach (\\SimpleSAML\\Metadata\\SAMLParser::parseDescriptorsFile($file) as $id => $entity) {
        $metadata[$id] = array_merge($entity->getMetadata20SP(), $options);
    }
}
"""


class SimpleSAMLphp:
    name = "SimpleSAMLphp"

    def __init__(self, folder, python):
        self.dir = folder / "simplesamlphp"
        self.base = f"http://localhost:{free_port()}"
        self.metadata_url = self.base + "/saml2/idp/metadata.php"
        for sub in ("cert", "log", "data", "tmp", "session", "metadata", "sp"):
            (self.dir / sub).mkdir(parents=True)
        key_pair(self.dir / "cert", "idp")
        self.values = {"base": self.base, "dir": self.dir, "share": SHARE, "salt": secrets.token_hex(24)}
        (self.dir / "config.php").write_text(CONFIG % self.values)
        (self.dir / "authsources.php").write_text(USERS)
        (self.dir / "metadata/saml20-idp-hosted.php").write_text(HOSTED % self.values)
        self.trust({})
        self.process = Process(
            ["php8.2", "-d", "error_reporting=22527", "-d", "display_errors=0", "-d", "opcache.enable=0",
             "-d", f"session.save_path={self.dir}/session", "-d", "date.timezone=UTC",
             "-S", self.base.replace("http://localhost", "127.0.0.1"), "-t", SHARE + "/www"],
            self.dir / "php.log", {"SIMPLESAMLPHP_CONFIG_DIR": str(self.dir), "PHP_CLI_SERVER_WORKERS": "4"})
        self.process.wait_for(self.metadata_url)

    def trust(self, services):
        """Makes these service providers known: name → (metadata, options)."""
        entries = []
        for name, (metadata, options) in services.items():
            file = self.dir / "sp" / f"{name}.xml"
            file.write_bytes(metadata)
            flags = {
                "saml20.sign.response": options["sign"] != "assertion", "saml20.sign.assertion": options["sign"] != "response",
                "assertion.encryption": options["encrypt"], "validate.authnrequest": options["signed_requests"],
            }
            entries.append(f"'{file}' => [" + ", ".join(f"'{key}' => {str(value).lower()}" for key, value in flags.items()) + "]")
        (self.dir / "metadata/saml20-sp-remote.php").write_text(REMOTE % {"services": "[" + ",\n".join(entries) + "]"})

    def change_keys(self, step):
        """1: the next certificate is published beside the one that signs. 2: the next one signs, and the former is gone."""
        if step == 1:
            key_pair(self.dir / "cert", "next")
        former = "'privatekey' => 'idp.key', 'certificate' => 'idp.crt'"
        now = {1: former + ", 'new_privatekey' => 'next.key', 'new_certificate' => 'next.crt'", 2: "'privatekey' => 'next.key', 'certificate' => 'next.crt'"}[step]
        (self.dir / "metadata/saml20-idp-hosted.php").write_text((HOSTED % self.values).replace(former, now))

    def start_url(self, entity_id, relay_state):
        """Where a login begins at this identity provider."""
        return f"{self.base}/saml2/idp/SSOService.php?" + urllib.parse.urlencode({"spentityid": entity_id, "RelayState": relay_state})

    def logout_url(self):
        """Where a logout begins at this identity provider."""
        return f"{self.base}/saml2/idp/SingleLogoutService.php?" + urllib.parse.urlencode({"ReturnTo": self.base + "/"})

    def stop(self):
        self.process.stop()
