"""Lines of a difference, painted on a terminal."""

from __future__ import annotations

import sys

from perfdoc.cli.terminal.printing import paint, shown
from perfdoc.comparison.plain import Line

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
