"""A language that no one speaks, made of the built-in templates and texts: English with every letter accented. What a page then says in
plain letters is in neither of them, so that nobody could translate it."""
import json
import re
import subprocess

PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
ACCENTED = "àƀçðéƒğħîĵķłɱñöþʠřšŧüʋŵχýžÅƁÇÐÉƑĞĦÎĴĶŁƜÑÖÞɊŘŠŦÜƲŴΧÝŽ"
LETTERS = str.maketrans(PLAIN, ACCENTED)

MUSTACHE = r"\{\{\{.*?\}\}\}|\{\{.*?\}\}"
ENTITY = r"&#?\w+;"
TAG = rf"<!--.*?-->|<![a-zA-Z][^>]*>|</?[a-zA-Z](?:{MUSTACHE}|\"(?:{MUSTACHE}|[^\"])*\"|[^>\"])*>"
TOKEN = re.compile(rf"({MUSTACHE}|{ENTITY}|{TAG})", re.S)
# What screen readers say, or scripts: of `data-copy` it is a field's id.
SPOKEN = re.compile(rf"(\s(?:alt|title|aria-label|aria-description|placeholder|data-(?!copy\b)[a-z-]+)=\")((?:{MUSTACHE}|[^\"])*)(\")", re.S)
APART = ("code", "pre", "script", "style", "textarea")
VOID = ("input", "img", "br", "hr", "link", "meta")
# Members of a refusal's texts that are one of a few words.
CHOICES = ("again", "ask")


def accented(text):
    return text.translate(LETTERS)


def language(program, folder):
    """Writes the language into the folder, for `--templates`."""
    subprocess.run([program, "templates", folder], check=True, capture_output=True, timeout=60)
    for file in folder.glob("*.mustache"):
        file.write_text(template(file.read_text()))
    texts = json.loads((folder / "texts.json").read_text())
    texts["lang"] = "eo"  # any that is not English
    for part in ("titles", "sentences", "refusals"):
        texts[part] = {key: spoken(value) for key, value in texts[part].items()}
    (folder / "texts.json").write_text(json.dumps(texts))


def spoken(value):
    """Of texts.json: `{places}` stay as they are."""
    if isinstance(value, dict):
        return {key: inner if key in CHOICES else spoken(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [spoken(inner) for inner in value]
    return outside(re.compile(r"(\{[^{}]*\})"), value)


def template(text):
    """Of a template: text and what is spoken of attributes, outside of code and of what is marked as English."""
    parts, apart, depth = [], None, 0
    for index, part in enumerate(TOKEN.split(text)):
        if index % 2 == 0:
            parts.append(part if apart else accented(part))
            continue
        name = re.match(r"</?([a-zA-Z]+)", part)
        if name and apart == name[1]:
            depth += -1 if part.startswith("</") else 1
            apart = apart if depth else None
            parts.append(part)
            continue
        is_english = ' lang="en"' in part
        if name and not apart and not is_english:
            part = SPOKEN.sub(lambda found: found[1] + outside(TOKEN, found[2]) + found[3], part)
        if name and not apart and not part.startswith("</") and name[1] not in VOID and (name[1] in APART or is_english):
            apart, depth = name[1], 1
        parts.append(part)
    return "".join(parts)


def outside(tokens, text):
    return "".join(part if index % 2 else accented(part) for index, part in enumerate(tokens.split(text)))
