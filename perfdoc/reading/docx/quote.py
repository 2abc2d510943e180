"""Texts as messages quote them."""

from __future__ import annotations


def shorten(text: str, length: int = 60) -> str:
    """A text in one line for a message."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"
