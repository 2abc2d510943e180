"""Paths and places in words."""

from pydantic import BaseModel

from perfdoc.model import Document, Indicator, Project, title
from perfdoc.report import Path, Place
from perfdoc.texts import language, say

_COUNTED = ("projects", "indicators")


def path_words(path: Path) -> str:
    """A value's path as a person counts, positions from 1: `project 1 indicator 4 target`; in Chinese by the titles of
    the model's fields, `项目 1 · 指标 4 · 指标值`.

    A path may also begin inside a project: `indicator 4 target`.
    """
    return _titles(path) if language() == "zh" else _names(path)


def _titles(path: Path) -> str:
    words: list[str] = []
    record: type[BaseModel] = Project
    steps = list(path)
    while len(steps) > 1 and steps[0] in _COUNTED and isinstance(steps[1], int):
        record = Project if steps[0] == "projects" else Indicator
        words.append(say(f"accounts.counted.{steps[0]}", number=steps[1] + 1))
        del steps[:2]
    if steps[:1] == ["extra"] and len(steps) > 1:
        words.append(say("accounts.extra", title=title(("extra",), record), label=steps[1]))
    elif steps:
        named = tuple(str(step) for step in steps if not isinstance(step, int))
        words.append(title(named, Document if not words and named == ("title",) else record))
        words += [str(step + 1) for step in steps if isinstance(step, int)]
    return " · ".join(words)


def _names(path: Path) -> str:
    words: list[str] = []
    for step in path:
        if isinstance(step, int):
            if words and words[-1] in _COUNTED:
                words[-1] = words[-1][:-1]
            words.append(str(step + 1))
        else:
            words.append(step)
    return " ".join(words)


def place_words(place: Place) -> str:
    """A place without its file, which stands at the top: `table 3 row 2 column 1`, `sheet 表一!B3`."""
    if place.line:
        column = say("places.column", column=place.column) if place.column > 1 else ""
        return say("accounts.line", line=place.line) + column
    text = str(place._replace(file="")).lstrip(": ") or say("accounts.whole")
    return say("accounts.sheet", name=text) if place.sheet else text
