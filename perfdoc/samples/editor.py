"""The settings of VS Code (JSON with comments) with the schemas of specs added, all else as it was to the byte."""

import json
import re
from typing import Any

_KEY = "yaml.schemas"
_SCHEMAS = {
    "./.vscode/project.schema.json": "**/[0-9]*-*.yaml",
    "./.vscode/document.schema.json": "**/document.yaml",
}
"""Each schema, from the folder that is opened, and the files that it is for: as `perfdoc import` names them."""
_TOKEN = re.compile(r'"(?:[^"\\\n]|\\.)*"|//[^\n]*|/\*.*?\*/|[{}\[\],:]|\s+|[^\s{}\[\],:"/]+', re.S)
_SPACE = re.compile(r"\s*")


def with_schemas(text: str) -> str:
    """The settings with those schemas that are not in them. ValueError for what is no JSON, or not of that shape."""
    bom, text = text[: text.startswith("\ufeff")], text.removeprefix("\ufeff")
    old = _loaded(text)
    there = old.get(_KEY, {})
    missing = {name: files for name, files in _SCHEMAS.items() if name not in there}
    if not missing:
        return bom + text
    whole, inner = _opened(text)
    if _KEY in old:
        new = _inserted(text, inner, missing, empty=not there)
    else:
        new = _inserted(text, whole, {_KEY: missing}, empty=not old)
    if _loaded(new) != {**old, _KEY: {**there, **missing}}:
        raise ValueError
    return bom + new


def _tokens(text: str) -> list[re.Match[str]]:
    found = list(_TOKEN.finditer(text))
    if sum(len(one[0]) for one in found) != len(text):
        raise ValueError
    return found


def _loaded(text: str) -> dict[str, Any]:
    """The settings without comments, and without the comma behind a last value."""
    kept = [one[0] for one in _tokens(text) if not one[0].isspace() and not one[0].startswith(("//", "/*"))]
    plain = [one for one, then in zip(kept, [*kept[1:], ""], strict=True) if one != "," or then not in ("}", "]")]
    value = json.loads("".join(plain))
    if not isinstance(value, dict) or not isinstance(value.get(_KEY, {}), dict):
        raise ValueError
    return value


def _opened(text: str) -> tuple[int, int]:
    """Where the settings begin, behind their brace, and where those of the schemas do (0: nowhere)."""
    whole = inner = depth = 0
    key = ""
    for one in _tokens(text):
        if one[0] in ("{", "["):
            depth += 1
            whole = whole or one.end()
            if depth == 2 and key == _KEY:
                inner = one.end()
        elif one[0] in ("}", "]"):
            depth -= 1
        elif depth == 1 and one[0].startswith('"'):
            key = json.loads(one[0])
    return whole, inner


def _inserted(text: str, at: int, values: dict[str, Any], *, empty: bool) -> str:
    """The text with values as the first ones behind the brace that ends at `at`, in lines as those there."""
    end = "\r\n" if "\r\n" in text else "\n"
    space = _SPACE.match(text, at)
    found = space[0] if space else ""
    outer = re.match(r"[ \t]*", text[text.rfind("\n", 0, at) + 1 :])
    margin = outer[0] if outer else ""
    inside = found.rpartition("\n")[2] if "\n" in found and not empty else margin + "  "
    lines = json.dumps(values, ensure_ascii=False, indent=2).split("\n")[1:-1]
    block = end.join(inside + line[2:] for line in lines)
    rest = text[at:] if "\n" in found else end + (margin if empty else inside) + text[at:]
    return f"{text[:at]}{end}{block}{'' if empty else ','}{rest}"
