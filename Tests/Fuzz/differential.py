#!/usr/bin/env python3
"""Compares this project's parse and canonicalization (libxml2) with Python's (expat), document by document.

    differential.py PROGRAM [--seconds N] [--seed N] [--java] [--keep DIR]

PROGRAM is the `canonicalize` executable. Documents are grown from nothing, with all that canonicalization must tell apart, or made from those
of `fixtures/` by changing bytes. For each one, the two must agree that it is well-formed, and on the canonical bytes of an element, with or
without a descendant and with or without a PrefixList. With --java (JDK 17 or later) Apache Santuario is asked as well.
A difference is printed with its seed, kept as a file below --keep, and the exit status is 1. What `fixtures/differences` holds is tried first.
"""

import argparse
import base64
import pathlib
import random
import re
import subprocess
import sys
import time
import xml.parsers.expat as expat

TOP = pathlib.Path(__file__).resolve().parents[2]
XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"
XMLNS_NAMESPACE = "http://www.w3.org/2000/xmlns/"


# --- The other reading: expat's events, names split here, canonicalized as Exclusive XML Canonicalization 1.0 §3 says.

class Element:
    __slots__ = ("name", "declared", "attributes", "children", "parent", "index")

    def __init__(self, name, declared, attributes, parent, index):
        self.name, self.declared, self.attributes = name, declared, attributes
        self.children, self.parent, self.index = [], parent, index


INVALID_TOKEN = expat.errors.codes[expat.errors.XML_ERROR_INVALID_TOKEN]


class Refused(Exception):
    """Why; and whether it may be read all the same."""

    def __init__(self, reason, is_doubtful=False):
        super().__init__(reason)
        self.is_doubtful = is_doubtful


def split(name):
    prefix, colon, local = name.partition(":")
    return (prefix, local) if colon else ("", name)


def well_formed(document):
    """Raises Refused where expat's namespace-aware parser does, or where a DOCTYPE stands."""
    parser = expat.ParserCreate("UTF-8", namespace_separator="\x01")

    def doctype(*_):
        raise Refused("doctype")

    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(document, True)
    except expat.ExpatError as error:
        # Expat's names are those of XML 1.0's fourth edition, libxml2's those of its fifth, which has nearly all of Unicode.
        place = document[parser.ErrorByteIndex:parser.ErrorByteIndex + 1]
        raise Refused(str(error), error.code == INVALID_TOKEN and place >= b"\x80") from None


def parse(document):
    well_formed(document)
    parser = expat.ParserCreate("UTF-8")
    parser.buffer_text = True
    parser.ordered_attributes = True
    state = {"place": None, "root": None, "count": 0, "refuse": False, "may_refuse": False}

    def start(name, pairs):
        declared, attributes = {}, []
        for key, value in zip(pairs[::2], pairs[1::2]):
            prefix, local = split(key)
            if key == "xmlns" or prefix == "xmlns":
                declared["" if key == "xmlns" else local] = value
                state["refuse"] |= bool(value) and (not absolute(value) or "&" in value)
                state["may_refuse"] |= not URI.fullmatch(value)
            else:
                attributes.append((prefix, local, value))
        element = Element(split(name), declared, attributes, state["place"], state["count"])
        state["count"] += 1
        if state["place"] is None:
            state["root"] = element
        else:
            state["place"].children.append(element)
        state["place"] = element

    def end(_):
        state["place"] = state["place"].parent

    def characters(text):
        if state["place"] is not None:
            state["place"].children.append(text)

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, characters
    parser.Parse(document, True)
    return state["root"], state["count"], state["refuse"], state["may_refuse"]


# libxml2 reads no document with a namespace's name that is no URI (RFC 3986).
URI = re.compile(r"|[A-Za-z][A-Za-z0-9+.-]*:(?://[A-Za-z0-9.-]+(?::[0-9]+)?(?=[/?#]|$)|(?!//))(?:[A-Za-z0-9:/?@!$&'()*+,;=._~-]|%[0-9A-Fa-f]{2})*"
                 r"(?:#[A-Za-z0-9:/?@!$&'()*+,;=._~-]*)?")


def absolute(name):
    scheme, colon, _ = name.partition(":")
    return bool(colon) and scheme[:1].isascii() and scheme[:1].isalpha() and all(c.isascii() and (c.isalnum() or c in "+-.") for c in scheme)


def scope(element):
    found = {}
    while element is not None:
        for prefix, name in element.declared.items():
            found.setdefault(prefix, name)
        element = element.parent
    found["xml"] = XML_NAMESPACE
    return found


def escape_text(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#xD;")


def escape_value(text):
    return (text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;").replace("\t", "&#x9;")
            .replace("\n", "&#xA;").replace("\r", "&#xD;"))


def canonical(apex, excluded, prefixes):
    out = []

    def visit(element, inherited, rendered):
        if element is excluded:
            return
        here = dict(inherited, **element.declared)
        prefix, local = element.name
        wanted = {prefix} | {p for p, _, _ in element.attributes if p}
        wanted |= {"" if p == "#default" else p for p in prefixes}
        wanted.discard("xml")
        now, declarations = dict(rendered), []
        for name in wanted:
            value = here.get(name, "")
            if now.get(name, "") != value:
                declarations.append((name, value))
                now[name] = value
        tag = f"{prefix}:{local}" if prefix else local
        out.append(f"<{tag}")
        for name, value in sorted(declarations):
            out.append(f' {"xmlns:" + name if name else "xmlns"}="{escape_value(value)}"')
        for _, _, p, l, v in sorted((here.get(p, "") if p else "", l, p, l, v) for p, l, v in element.attributes):
            out.append(f' {p + ":" if p else ""}{l}="{escape_value(v)}"')
        out.append(">")
        for child in element.children:
            if isinstance(child, str):
                out.append(escape_text(child))
            else:
                visit(child, here, now)
        out.append(f"</{tag}>")

    visit(apex, scope(apex.parent), {})
    return "".join(out).encode()


def descendants(element):
    yield element
    for child in element.children:
        if not isinstance(child, str):
            yield from descendants(child)


# --- Documents.

URIS = ["urn:a", "urn:b", "urn:c", "http://www.w3.org/2000/09/xmldsig#", "urn:oasis:names:tc:SAML:2.0:assertion"]
ODD_URIS = ["urn:é", "urn:a&amp;b", "urn:a b", "relative", "urn:a&#38;b", "urn:&#97;", "urn:a%20b", "URN:A", " urn:a "]
PREFIXES = ["", "a", "b", "ds", "saml", "x-1", "é"]
TEXTS = ["x", "é", "\U0001F600", "&amp;", "&lt;", "&gt;", "&quot;", "&apos;", "&#13;", "&#xD;", "&#10;", "&#9;", " ", "\n", "\r\n", "\r", "\t", "]]&gt;",
         "<!-- c -->", "<![CDATA[<&>\r\n]]>", "<![CDATA[]]>", "<?p d?>", "&#x10FFFF;", "\u2028", "\u0085", '"', "'", "&#x3C;", "&#38;amp;"]
VALUES = ["", "x", "é", " a  b ", "&#9;", "&#10;", "&#13;", "\n", "\t", "\r\n", "&amp;", "&lt;", "&quot;", "'", ">", "&#x20;", "\u2028"]


def grow(pick, depth, names):
    """One element as markup; `names` are the prefixes that can be used here."""
    declared = {}
    for _ in range(pick.choice([0, 0, 0, 1, 1, 2, 3])):
        declared[pick.choice(PREFIXES)] = pick.choice(URIS if pick.random() < 0.98 else ODD_URIS)
    if pick.random() < 0.08:
        declared[""] = ""
    usable = dict(names, **declared)
    prefix = pick.choice(sorted(usable))
    local = pick.choice(["r", "s", "Signature", "t-1", "é"])
    attributes, seen = [f'xmlns{":" + p if p else ""}="{u}"' for p, u in declared.items()], set()
    for _ in range(pick.choice([0, 0, 1, 2, 4])):
        p = pick.choice(sorted(usable) + ["xml"])
        l = pick.choice(["ID", "a", "b", "space", "lang", "é"])
        if p and p != "xml" and usable[p] == "":
            continue
        key = (usable.get(p, XML_NAMESPACE) if p else "", l)
        if key in seen:
            continue
        seen.add(key)
        quote = pick.choice("\"'")
        value = "".join(pick.choice(VALUES) for _ in range(pick.choice([0, 1, 1, 2, 3])))
        value = value.replace(quote, "&quot;" if quote == '"' else "&apos;")
        attributes.append(f'{p + ":" if p else ""}{l}{pick.choice(["=", " = ", "="])}{quote}{value}{quote}')
    pick.shuffle(attributes)
    tag = f"{prefix}:{local}" if prefix else local
    gap = pick.choice([" ", " ", "\n", "\t ", "\r\n"])
    head = tag + "".join(gap + a for a in attributes) + pick.choice(["", "", " "])
    content = []
    for _ in range(pick.choice([0, 1, 2, 3, 5])):
        content.append(grow(pick, depth - 1, usable) if depth > 0 and pick.random() < 0.5 else pick.choice(TEXTS))
    if not content and pick.random() < 0.5:
        return f"<{head}/>"
    return f"<{head}>{''.join(content)}</{tag}{pick.choice(['', '', ' '])}>"


def grown(pick):
    before = pick.choice(["", "", "", "\ufeff", '<?xml version="1.0"?>', "<?xml version='1.0' encoding='UTF-8' standalone='no'?>\n", "<!-- c -->\n"])
    return (before + grow(pick, 5, {"": ""}) + pick.choice(["", "", "\n", "<!-- c -->"])).encode()


PIECES = [b"<!-- -->", b"<![CDATA[x]]>", b"]]>", b"&amp;", b"&#0;", b"&#13;", b"&lt;", b"<", b">", b'"', b"'", b"&", b";", b"\r\n", b"\t", b"\0", b' xmlns=""',
          b' xmlns="urn:z"', b' xmlns:saml="urn:z"', b' xmlns:xml="http://www.w3.org/XML/1998/namespace"', b' xmlns:xmlns="urn:z"', b' xml:space="preserve"',
          b"<q/>", b"<saml:q/>", b"</q>", b":", b"xmlns", b"<?xml version='1.0'?>", b"<?q ?>", b"\xef\xbb\xbf", b"\xc2\x85", b"\xed\xa0\x80", b"\xc0\x80"]


def mutated(pick, corpus):
    data = bytearray(pick.choice(corpus))
    for _ in range(pick.choice([0, 1, 1, 2, 4])):
        place = pick.randrange(len(data) + 1)
        match pick.randrange(5):
            case 0 if data:
                data[min(place, len(data) - 1)] ^= 1 << pick.randrange(8)
            case 1:
                data[place:place] = pick.choice(PIECES)
            case 2:
                del data[place:place + pick.randrange(40)]
            case 3:
                end = place + pick.randrange(200)
                at = pick.randrange(len(data) + 1)
                data[at:at] = data[place:end]
            case _:
                places = [i for i, byte in enumerate(data) if byte == 0x3C]
                if places:
                    at = pick.choice(places)
                    data[at:at] = pick.choice(PIECES)
    return bytes(data)


def corpus():
    found = []
    for path in sorted((TOP / "fixtures" / "valid").glob("*.base64")):
        found.append(base64.b64decode(path.read_bytes()))
    for path in sorted((TOP / "fixtures" / "hostile").glob("*.response")):
        message = path.read_bytes().partition(b"\n\n")[2]
        if message.startswith(b"<") and len(message) < 60_000:
            found.append(message)
    return found


# --- The comparison.

SANTUARIO = ["java", "--add-exports=java.xml.crypto/com.sun.org.apache.xml.internal.security=ALL-UNNAMED",
             "--add-exports=java.xml.crypto/com.sun.org.apache.xml.internal.security.c14n=ALL-UNNAMED", str(TOP / "Tests/Fuzz/Santuario.java")]


class Asked:
    """A program that answers as `canonicalize` does."""

    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def form(self, document, element, excluded, prefixes):
        """The canonical bytes, or the reason why there are none."""
        pipe = self.process.stdin
        pipe.write(f"{len(document)} {element} {excluded} {','.join(prefixes) or '-'}\n".encode() + document)
        pipe.flush()
        head = self.process.stdout.readline().decode()
        if not head:
            raise RuntimeError(f"the program ended with status {self.process.wait()}")
        count, _, reason = head.strip().partition(" ")
        return reason if count == "-1" else self.process.stdout.read(int(count))


# What only one of the two refuses, and why that is right.
TOLERATED = (
    # Limits of ours (C2), and encodings (C3).
    "Elements may be", "A document may have", "A name may have", "A value may have", "A start tag may have", "At most", "must be UTF-8",
)


def compare(ours, santuario, document, pick, tally):
    try:
        root, count, must_refuse, may_refuse = parse(document)
    except Refused as refusal:
        answer = ours.form(document, 0, -1, [])
        tally["refused"] += 1
        if isinstance(answer, bytes) and not refusal.is_doubtful:
            return f"expat refuses it ({refusal}); we read it"
        return None
    # Expat takes any version for one; libxml2 only those of XML 1.0 §2.8.
    may_refuse |= document.startswith(b"<?xml") and not re.match(rb"<\?xml\s+version\s*=\s*[\"']1\.[0-9]+[\"']", document)
    element, excluded, prefixes = 0, -1, []
    if pick.random() < 0.6:
        element = pick.randrange(count)
    elements = list(descendants(root))
    apex = elements[element]
    inside = list(descendants(apex))
    if len(inside) > 1 and pick.random() < 0.4:
        excluded = pick.choice(inside[1:]).index
    if pick.random() < 0.4:
        prefixes = pick.sample(["a", "b", "ds", "saml", "#default", "xs", "nowhere", "x-1"], pick.randrange(1, 4))
    answer = ours.form(document, element, excluded, prefixes)
    if not isinstance(answer, bytes):
        if must_refuse or may_refuse or any(reason in answer for reason in TOLERATED):
            tally["refused"] += 1
            return None
        return f"we refuse it ({answer}); expat reads it"
    tally["compared"] += 1
    if must_refuse:
        return "a namespace's name that is relative, or has an ampersand, was read"
    expected = canonical(apex, elements[excluded] if excluded >= 0 else None, prefixes)
    if answer != expected:
        return f"element {element} without {excluded}, prefixes {prefixes}:\n  ours   {answer!r}\n  theirs {expected!r}"
    # Santuario's tree keeps processing instructions, our tree has none (C5).
    if santuario and b"<?" not in document:
        theirs = santuario.form(document, element, excluded, prefixes)
        tally["santuario"] += 1
        if answer != theirs:
            return f"element {element} without {excluded}, prefixes {prefixes}:\n  ours      {answer!r}\n  Santuario {theirs!r}"
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", help="the `canonicalize` executable")
    parser.add_argument("--seconds", type=float, default=10, help="how long (10)")
    parser.add_argument("--seed", type=int, default=1, help="where to begin (1)")
    parser.add_argument("--java", action="store_true", help="ask Apache Santuario as well")
    parser.add_argument("--keep", type=pathlib.Path, default=TOP / ".build" / "differences", help="where differences are kept")
    options = parser.parse_args()
    ours, bases = Asked([options.program]), corpus()
    santuario = Asked(SANTUARIO) if options.java else None
    tally = {"compared": 0, "refused": 0, "santuario": 0}
    differences = []

    def attempt(document, seed, name):
        pick = random.Random(seed ^ 0x5DEECE66D)
        try:
            difference = compare(ours, santuario, document, pick, tally)
        except RuntimeError as error:
            difference = str(error)
        if difference:
            options.keep.mkdir(parents=True, exist_ok=True)
            path = options.keep / f"{name}.xml"
            path.write_bytes(document)
            differences.append(name)
            print(f"{name}: {difference[:2000]}\n  kept as {path}", flush=True)
            if ours.process.poll() is not None:
                raise SystemExit(f"{name}: the program is gone; see {path}")

    for path in sorted((TOP / "fixtures" / "differences").glob("*.xml")):
        for seed in range(50):
            attempt(path.read_bytes(), seed, path.stem)
    end, seed = time.monotonic() + options.seconds, options.seed
    while time.monotonic() < end and len(differences) < 10:
        pick = random.Random(seed)
        attempt(grown(pick) if seed % 2 else mutated(pick, bases), seed, f"seed-{seed}")
        seed += 1
    print(f"{seed - options.seed} documents: {tally['compared']} canonical forms alike ({tally['santuario']} of them also to Santuario's), "
          f"{tally['refused']} refused by both or for a limit, {len(differences)} differences")
    if not tally["compared"]:
        print("nothing was compared")
    return 1 if differences or not tally["compared"] else 0


if __name__ == "__main__":
    sys.exit(main())
