"""Starting and ending what the checks need. Everything listens on loopback, on a port that was free."""
import http.client
import os
import signal
import socket
import subprocess
import time
import urllib.parse


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Process:
    """A server in a process group of its own, with its output in a file."""

    def __init__(self, command, log, environment=None):
        self.log = log
        with open(log, "ab") as output:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True,
                                            env={**os.environ, **(environment or {})})

    def wait_for(self, url, seconds=30):
        """Until the URL answers with success."""
        parts, end = urllib.parse.urlsplit(url), time.monotonic() + seconds
        while True:
            if self.process.poll() is not None:
                raise RuntimeError(f"{self.process.args[0]} ended with status {self.process.returncode}:\n{self.last_words()}")
            try:
                connection = http.client.HTTPConnection("127.0.0.1", parts.port, timeout=5)
                connection.request("GET", parts.path or "/", headers={"Host": parts.netloc})
                if connection.getresponse().status < 400:
                    return
            except OSError:
                pass
            if time.monotonic() > end:
                raise RuntimeError(f"no answer at {url} after {seconds} s:\n{self.last_words()}")
            time.sleep(0.1)

    def last_words(self):
        with open(self.log, errors="replace") as f:
            return "".join(f.readlines()[-15:])

    def stop(self):
        """Asks it to end, and its group to be gone after ten seconds."""
        if self.process.poll() is not None:
            return self.process.returncode
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            return self.process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            return self.process.wait()


def key_pair(folder, name):
    """An RSA key and its self-signed certificate."""
    key, certificate = folder / f"{name}.key", folder / f"{name}.crt"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", f"/CN={name}", "-keyout", key, "-out", certificate],
                   check=True, capture_output=True)
    return key, certificate
