"""The program under test, by its public interface alone: command line, administration API, pages."""
import http.client
import json
import subprocess
import urllib.parse

from processes import Process, free_port


class Product:
    def __init__(self, program, folder, *options):
        self.program, self.data, self.log, self.options = program, folder / "data", folder / "identity-ledger.log", options
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.server = None

    def start(self):
        self.server = Process([self.program, "serve", "--data", self.data, "--listen", f"127.0.0.1:{self.port}", "--public-url", self.base,
                               "--allow-private-metadata", "--refusal-limit", "0", *self.options], self.log)
        self.server.wait_for(self.base + "/healthz", 60)
        self.token = self.command("token", "create", "--role", "operator", "--json")["token"]

    def command(self, *arguments, status=0):
        """Runs a command on the ledger; its JSON."""
        done = subprocess.run([self.program, *arguments, "--data", self.data], capture_output=True, text=True, timeout=120)
        assert done.returncode == status, f"{' '.join(arguments)}: exit status {done.returncode}, expected {status}: {(done.stderr or done.stdout).strip()[-400:]}"
        return json.loads(done.stdout)

    def api(self, method, path, body=None, kind="application/json", status=(200, 201, 202, 204)):
        """One request of the administration API; its JSON."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Authorization": f"Bearer {self.token}", "Accept": "application/json"}
        if body is not None:
            headers["Content-Type"] = kind
            body = body if isinstance(body, bytes) else json.dumps(body).encode()
        connection.request(method, "/v1" + path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        assert answer.status in status, f"{method} /v1{path}: {answer.status}, expected one of {status}: {text[:400]}"
        return json.loads(text) if text else None

    def get(self, url):
        """Something public, as bytes."""
        parts = urllib.parse.urlsplit(url)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", parts.path + ("?" + parts.query if parts.query else ""))
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        assert answer.status == 200, f"GET {url}: {answer.status}: {body[:300]}"
        return body

    def stop(self):
        return self.server.stop() if self.server else 0
