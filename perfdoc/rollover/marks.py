"""The marks of a draft: comments at the values that a person must look at."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from perfdoc.report import Path
from perfdoc.yamltree import packaged

MARK = "# perfdoc: "
KEPT = "# perfdoc: ignore["
LANGUAGES = ("zh", "en")


class Mark(NamedTuple):
    """Something to look at: where in the project, and what is to be said of it (a key of words.yaml, what fills it)."""

    path: Path
    word: str
    text: str = ""


@cache
def _data() -> dict[str, Any]:
    return packaged("perfdoc.rollover", "words.yaml")


def once() -> list[str]:
    """Words in a project's name that speak of something which may be over after a year."""
    words: list[str] = _data()["once"]
    return words


def comment(mark: Mark, since: int, year: int, language: str = "zh") -> str:
    """A mark as a comment of one line."""
    words: str = _data()["words"][mark.word][language]
    text = " ".join(mark.text.split())
    return MARK + words.format(old=since, new=year, text=text, word=text, years=text)
