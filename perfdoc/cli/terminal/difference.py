"""Two texts side by side as a unified diff, coloured only on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from difflib import unified_diff

from perfdoc.cli.terminal.printing import coloured, paint, shown
from perfdoc.texts import say

_STYLES = {"+": "32", "-": "31", "@": "36"}


def difference(old: str, new: str, old_name: str, new_name: str) -> str:
    """The unified diff from `old` to `new`; `""` where they are equal."""
    return "".join(_lines(old, new, old_name, new_name))


def _lines(old: str, new: str, old_name: str, new_name: str) -> Iterator[str]:
    tint = coloured(sys.stdout)
    for line in unified_diff(_split(old), _split(new), old_name, new_name, n=2):
        text = line.removesuffix("\n")
        if tint:
            heading = text.startswith(("---", "+++"))
            text = paint(shown(text), "1" if heading else _STYLES.get(text[:1], ""), sys.stdout)
        yield text + "\n"
        if not line.endswith("\n"):
            yield f"\\ {say('cli.no_newline')}\n"


def _split(text: str) -> list[str]:
    """Lines by LF only: what else Python takes for a line's end is content here."""
    lines = text.split("\n")
    last = lines.pop()
    return [line + "\n" for line in lines] + ([last] if last else [])
