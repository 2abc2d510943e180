"""Where every key, value and bracket of a sound YAML text begins and ends: what lies between is comment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, NamedTuple

from yaml._yaml import CParser
from yaml.events import (
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from perfdoc.report import Path


class Span(NamedTuple):
    """A stretch of the text, `start` and `end` counted in characters from 0, `line` and `column` too.

    `kind` tells a mapping's key, a text, the opening and closing of a list or mapping, and the `---` that
    starts the document. Outside of brackets an opening is empty and stands before the first entry, a
    closing is empty and stands before what comes next, so that comments after the last entry lie inside.
    """

    kind: Literal["key", "text", "open", "close", "start"]
    path: Path
    start: int
    end: int
    line: int
    column: int


def spans(text: str) -> list[Span]:
    """The spans of a text in which `parse` found no fault, in the order of the text."""
    get: Callable[[], Any] = CParser(text).get_event
    found: list[Span] = []
    path: Path = ()
    outer: list[tuple[Path, int]] = []  # the path of a list or mapping, and its count of items or -1
    key: str | None = None
    count = 0
    while type(event := get()) is not StreamEndEvent:
        kind = type(event)
        begin, end = event.start_mark, event.end_mark
        if kind is DocumentStartEvent:
            if event.explicit:
                found.append(Span("start", (), end.index - 3, end.index, end.line, end.column - 3))
            continue
        if kind is MappingEndEvent or kind is SequenceEndEvent:
            found.append(Span("close", path, begin.index, end.index, begin.line, begin.column))
            path, count = outer.pop()
            continue
        if kind is not ScalarEvent and kind is not MappingStartEvent and kind is not SequenceStartEvent:
            continue
        if outer and count < 0 and key is None:
            key = event.value
            found.append(Span("key", (*path, key), begin.index, end.index, begin.line, begin.column))
            continue
        here: Path = path
        if outer:
            here = (*path, count if key is None else key)
            count += key is None
            key = None
        if kind is ScalarEvent:
            found.append(Span("text", here, begin.index, end.index, begin.line, begin.column))
            continue
        length = end.index - begin.index if event.flow_style else 0
        found.append(Span("open", here, begin.index, begin.index + length, begin.line, begin.column))
        outer.append((path, count))
        path, count = here, (-1 if kind is MappingStartEvent else 0)
    return found
