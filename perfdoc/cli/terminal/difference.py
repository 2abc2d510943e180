"""Differences, coloured only on a terminal: two texts as a unified diff, and the lines of a comparison."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from difflib import unified_diff
from typing import TYPE_CHECKING

from perfdoc.cli.terminal.printing import coloured, paint, shown
from perfdoc.texts import say

if TYPE_CHECKING:
    from perfdoc.comparison.plain import Line  # with what compares

_SIGNS = {"+": "32", "-": "31", "@": "36"}


def difference(old: str, new: str, old_name: str, new_name: str) -> str:
    """The unified diff from `old` to `new`; `""` where they are equal."""
    return "".join(_lines(old, new, old_name, new_name))


def _lines(old: str, new: str, old_name: str, new_name: str) -> Iterator[str]:
    tint = coloured(sys.stdout)
    for line in unified_diff(_split(old), _split(new), old_name, new_name, n=2):
        text = line.removesuffix("\n")
        if tint:
            heading = text.startswith(("---", "+++"))
            text = paint(shown(text), "1" if heading else _SIGNS.get(text[:1], ""), sys.stdout)
        yield text + "\n"
        if not line.endswith("\n"):
            yield f"\\ {say('cli.no_newline')}\n"


def _split(text: str) -> list[str]:
    """Lines by LF only: what else Python takes for a line's end is content here."""
    lines = text.split("\n")
    last = lines.pop()
    return [line + "\n" for line in lines] + ([last] if last else [])


_STYLES = {
    "added": "32", "removed": "31", "changed": "33", "moved": "36", "same": "",
    "added-heading": "32;1", "removed-heading": "31;1", "changed-heading": "1", "moved-heading": "36;1",
    "added-strong": "32;7", "removed-strong": "31;7",
}  # fmt: skip


def painted(line: Line, *, plain: bool = False) -> str:
    """A line as text, its stretches in colours on a terminal unless it is to be `plain`."""
    if plain:
        return "".join(shown(text) for text, _ in line) + "\n"
    return "".join(paint(shown(text), _STYLES.get(style, ""), sys.stdout) for text, style in line) + "\n"
