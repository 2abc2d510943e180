"""Where every key, value and bracket of a sound YAML text begins and ends: what lies between is comment."""

from __future__ import annotations

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
    parser: Any = CParser(text)
    found: list[Span] = []
    path: Path = ()
    outer: list[tuple[Path, int]] = []  # the path of a list or mapping, and its count of items or -1
    key: str | None = None
    count = 0
    while (kind := type(one := parser.get_event())) is not StreamEndEvent:
        begin, end = one.start_mark, one.end_mark
        where = begin.index, end.index, begin.line, begin.column
        if kind is DocumentStartEvent:
            if one.explicit:
                found.append(Span("start", (), end.index - 3, end.index, end.line, end.column - 3))
        elif kind in (MappingEndEvent, SequenceEndEvent):
            found.append(Span("close", path, *where))
            path, count = outer.pop()
        elif kind not in (ScalarEvent, MappingStartEvent, SequenceStartEvent):
            continue
        elif outer and count < 0 and key is None:
            key = one.value
            found.append(Span("key", (*path, key), *where))
        else:
            here: Path = (*path, count if key is None else key) if outer else path
            count += bool(outer) and key is None
            key = None
            if kind is ScalarEvent:
                found.append(Span("text", here, *where))
                continue
            length = end.index - begin.index if one.flow_style else 0
            found.append(Span("open", here, begin.index, begin.index + length, begin.line, begin.column))
            outer.append((path, count))
            path, count = here, (-1 if kind is MappingStartEvent else 0)
    return found
