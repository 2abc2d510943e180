"""What a tag of a list stands for: one text of a project or of one of its indicators."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from perfdoc.errors import FormError
from perfdoc.form_definition import EXTRA, TARGET_PARTS, Form
from perfdoc.model import INDICATOR_PATHS, PROJECT_PATHS, Document, Indicator, Project
from perfdoc.target import parse, split

NUMBER = "number"
"""`project.number`, `indicator.number`: which one it is, from 1; they tell rows apart that say the same."""


class Line(NamedTuple):
    """A row of a list: a project and an indicator of it (or none), each with its number; the 指标值 in three parts."""

    document: Document
    project: Project
    heading: str
    number: int
    indicator: Indicator | None
    row: int
    target: tuple[str, str, str]


Getter = Callable[[Line], str]


def rows(document: Document, form: Form, whole: bool) -> Iterator[Line]:
    """A line for every indicator, one for a project without any. `whole`: the 指标值 is not taken apart."""
    for number, project in enumerate(document.projects, 1):
        heading = form.heading_of(project, number)
        for row, indicator in enumerate(project.indicators, 1):
            text = indicator.target or ""
            parts = ("", text, "") if whole else parted(text)
            yield Line(document, project, heading, number, indicator, row, parts)
        if not project.indicators:
            yield Line(document, project, heading, number, None, 0, ("", "", ""))


@lru_cache(maxsize=4096)
def parted(text: str) -> tuple[str, str, str]:
    """A 指标值 as operator, number and unit where the three joined are the text again, else whole in the middle."""
    parts = split(parse(text))
    return (*parts,) if "".join(parts) == text else ("", text, "")


def getter(name: str, where: str) -> Getter:
    """What gives the text that a dotted name stands for. FormError, which begins with `where`, for one that is none."""
    root, _, path = name.partition(".")
    if name == "document.title":
        return lambda line: line.document.title or ""
    if root == "project":
        return _of_project(path) or _none(name, where)
    if root == "indicator":
        return _of_indicator(path) or _none(name, where)
    return _none(name, where)


def _none(name: str, where: str) -> Getter:
    raise FormError(f"{where}: a tag asks for {name}, and there is no such value")


def _of_project(path: str) -> Getter | None:
    head, _, label = path.partition(".")
    if path == NUMBER:
        return lambda line: str(line.number)
    if path == "heading":
        return lambda line: line.heading
    if head == EXTRA and label:
        return lambda line: line.project.extra.get(label, "")
    if path not in PROJECT_PATHS:
        return None
    steps = path.split(".")

    def get(line: Line) -> str:
        value: object = line.project
        for step in steps:
            value = getattr(value, step)
        return value if isinstance(value, str) else ""

    return get


def _of_indicator(path: str) -> Getter | None:
    head, _, label = path.partition(".")
    if path == NUMBER:
        return lambda line: str(line.row) if line.indicator else ""
    if path == "description":
        return lambda line: line.indicator.described if line.indicator else ""
    if path in TARGET_PARTS:
        part = TARGET_PARTS.index(path)
        return lambda line: line.target[part]
    if head == EXTRA and label:
        return lambda line: line.indicator.extra.get(label, "") if line.indicator else ""
    if path not in INDICATOR_PATHS:
        return None
    return lambda line: getattr(line.indicator, path) or "" if line.indicator else ""
