"""Click's own words in Chinese: gettext's catalogue is made from `texts/click.yaml` (`--update-golden`)."""

from __future__ import annotations

import ast
import struct
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from perfdoc.texts import texts

CATALOGUE = Path("perfdoc/texts/locale/zh/LC_MESSAGES/perfdoc.mo")
NEVER_SHOWN = (
    "DeprecationWarning", "(DEPRECATED", "deprecated", "Name '", "Boolean option", "Could not determine",
    "No options defined", "Arguments take exactly", "Do you want", "Confirm", "%(prog)s", "Choice(", "datetime",
    "{value!r} does not match", "{value!r} is not a valid UUID", "Repeat for", "Error: The two", "Error: invalid",
    "Unknown color", "Press any key", "d", "{editor}", "Unknown standard stream", "Error: The value you entered",
)  # fmt: skip
"""What click says to programmers, or of what perfdoc does not use, by its beginning."""


def catalogue() -> bytes:
    """A catalogue as GNU gettext has it: a table of keys, a table of texts, sorted by key.

    Each text stands there also with its key as the singular of one with a plural, which Chinese has not.
    """
    said = {both["en"]: both["zh"] for both in texts("click").values()}
    entries = {"": "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=1; plural=0;\n"}
    entries |= said | {f"{key}\0": text for key, text in said.items()}
    pairs = sorted((key.encode(), text.encode()) for key, text in entries.items())
    keys, values = (b"".join(one[at] + b"\0" for one in pairs) for at in (0, 1))
    begin = 28 + 16 * len(pairs)
    tables = b""
    for at, offset in ((0, begin), (1, begin + len(keys))):
        for one in pairs:
            tables += struct.pack("<II", len(one[at]), offset)
            offset += len(one[at]) + 1
    return struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0) + tables + keys + values


def test_the_catalogue_is_made_from_the_texts(root: Path, update_golden: bool) -> None:
    file = root / CATALOGUE
    same = file.is_file() and file.read_bytes() == catalogue()
    if not same and update_golden:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(catalogue())
    assert same


def asked() -> Iterator[str]:
    """What click asks gettext for."""
    assert click.__file__ is not None
    for file in Path(click.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id in ("_", "ngettext") and isinstance(node.args[0], ast.Constant):
                yield str(node.args[0].value)


@pytest.mark.parametrize("text", sorted(set(asked())))
def test_each_text_of_click_that_a_user_may_read_is_there(text: str) -> None:
    assert text in {both["en"] for both in texts("click").values()} or text.startswith(NEVER_SHOWN)
