"""Texts in which two sides are in conflict, between git's markers: shown in pieces, and chosen from."""

import re
from collections.abc import Mapping

_USUAL = 7  # signs of a marker


def _conflict(size: int) -> re.Pattern[str]:
    markers = rf"^<{{{size}}} [^\n]*\n(.*?)^={{{size}}}\n(.*?)^>{{{size}}} [^\n]*\n"
    return re.compile(markers, re.MULTILINE | re.DOTALL)


def pieces(text: str, size: int = _USUAL) -> list[tuple[str, str | None]]:
    """A merged text in pieces: (ours, theirs) of what is in conflict, (text, None) between."""
    parts = _conflict(size).split(text)
    found: list[tuple[str, str | None]] = []
    for at in range(0, len(parts), 3):
        found += [(parts[at], None)] if parts[at] else []
        found += [(parts[at + 1], parts[at + 2])] if at + 2 < len(parts) else []
    return found


def chosen(text: str, given: Mapping[str, str], name: str = "side", size: int = _USUAL) -> str:
    """A merged text with the sides that were sent (`side0`: theirs), ours where nothing was."""
    count = iter(range(len(text)))
    return _conflict(size).sub(lambda one: one[2 if given.get(f"{name}{next(count)}") == "theirs" else 1], text)
