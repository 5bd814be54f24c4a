"""An identity provider on pysaml2: starts pysaml2_provider.py in its own Python environment."""
import json
import urllib.parse
from pathlib import Path

from processes import Process, free_port, key_pair


class PySAML2:
    name = "pysaml2"

    def __init__(self, folder, python):
        self.dir, self.python, self.process = folder / "pysaml2", python, None
        self.dir.mkdir()
        self.port = free_port()
        self.base = f"http://localhost:{self.port}"
        self.metadata_url = self.base + "/metadata"
        self.key, self.certificate = key_pair(self.dir, "idp")
        self.trust({})

    def trust(self, services):
        """Makes these service providers known: name → (metadata, options). The provider is started again."""
        self.stop()
        listed = []
        for name, (metadata, options) in services.items():
            file = self.dir / f"sp-{name}.xml"
            file.write_bytes(metadata)
            listed.append({"metadata": str(file), **options})
        settings = {"port": self.port, "base": self.base, "key": str(self.key), "certificate": str(self.certificate), "services": listed}
        (self.dir / "settings.json").write_text(json.dumps(settings, indent=1))
        self.process = Process([self.python, Path(__file__).with_name("pysaml2_provider.py"), self.dir / "settings.json"], self.dir / "log")
        self.process.wait_for(self.metadata_url)

    def start_url(self, entity_id, relay_state):
        """Where a login begins at this identity provider."""
        return f"{self.base}/start?" + urllib.parse.urlencode({"sp": entity_id, "RelayState": relay_state})

    def stop(self):
        if self.process:
            self.process.stop()
