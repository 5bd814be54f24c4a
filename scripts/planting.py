"""Changes a copy of the code, one place at a time, builds it, and puts it back: for Tests/Rules/run and Tests/Simulation/run.

A change is a list of edits: (file, text, replacement). The text must stand in the file exactly once.
"""
import os
import shutil
import subprocess

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def check(path, text):
    with open(path, encoding="utf-8") as opened:
        content = opened.read()
    if content.count(text) != 1:
        raise SystemExit(f"error: in {path} this stands {content.count(text)} times, not once: {text}")
    return content


def check_all(changes):
    """Whether every text still stands in the code exactly once."""
    for edits in changes:
        for file, text, _ in edits:
            check(os.path.join(ROOT, file), text)


class Copy:
    """A copy of the code beside the build, never the sources themselves."""

    def __init__(self, name, build_arguments):
        self.tree = os.path.join(ROOT, name, "tree")
        self.scratch = os.path.join(ROOT, name, "build")
        self.build_arguments = build_arguments

    def make(self, changes):
        os.makedirs(self.tree, exist_ok=True)
        for name in ("Sources", "Tests", "fixtures", "Schema", "Package.swift"):
            source, target = os.path.join(ROOT, name), os.path.join(self.tree, name)
            # Only what differs is written, so that what is built stays built.
            command = ["rsync", "-a", "--checksum", "--delete", source + "/", target + "/"] if os.path.isdir(source) else ["cp", source, target]
            if shutil.which("rsync") is None and os.path.isdir(source):
                shutil.rmtree(target, ignore_errors=True)
                command = ["cp", "-a", source, target]
            subprocess.run(command, check=True)
        for edits in changes:
            self.restore(self.change(edits))

    def build(self):
        # Nobody debugs it, and without that a build takes half the time.
        lean = ["-Xswiftc", "-gnone"]
        run = subprocess.run(
            ["swift", "build", *self.build_arguments, *lean, "--scratch-path", self.scratch, "-j", "2"], cwd=self.tree, capture_output=True, text=True)
        return run.returncode == 0, run.stdout + run.stderr

    def change(self, edits):
        """Changes the copy; gives back what was there."""
        former = {}
        for file, text, replacement in edits:
            path = os.path.join(self.tree, file)
            content = check(path, text)
            former.setdefault(path, content)
            with open(path, "w", encoding="utf-8") as opened:
                opened.write(content.replace(text, replacement))
        # A C header is not what the build looks at: the Swift that reads it is built again.
        for path in [path for path in former if path.endswith(".h")]:
            for name in sorted(os.listdir(os.path.join(self.tree, "Sources", "XML"))):
                swift = os.path.join(self.tree, "Sources", "XML", name)
                with open(swift, encoding="utf-8") as opened:
                    former.setdefault(swift, opened.read())
                with open(swift, "a", encoding="utf-8") as opened:
                    opened.write("// built again\n")
        return former

    @staticmethod
    def restore(former):
        for path, content in former.items():
            with open(path, "w", encoding="utf-8") as opened:
                opened.write(content)
