"""A spec file's text: where in it a stretch of a value stands, and how it reads with that stretch changed."""

import json
import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from perfdoc.checks.finding import Edit, Span
from perfdoc.report import Path
from perfdoc.specs import scalar
from perfdoc.yamltree import Mark, Value, parse, spans
from perfdoc.yamltree import Span as Marked

Edits = Mapping[Path, Sequence[Edit]]
"""Edits that do not overlap, by the values that they are of."""


class Stretch(NamedTuple):
    """A stretch of a text: line and column of its first character, and of the one after its last; from 1."""

    line: int
    column: int
    end_line: int
    end_column: int


class Source:
    """The text of a YAML file. Paths are those inside of the file (`("indicators", 3, "target")`)."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._last = (0, "")

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer("\n", self.text))]

    @cached_property
    def spans(self) -> Sequence[Marked]:
        """What the text is made of, in order."""
        return spans(self.text)

    @cached_property
    def _values(self) -> Mapping[Path, Marked]:
        return {span.path: span for span in self.spans if span.kind == "text"}

    @cached_property
    def _keys(self) -> Mapping[Path, Marked]:
        return {span.path: span for span in self.spans if span.kind == "key"}

    def line(self, number: int) -> str:
        """A line's text, its number from 1; empty beyond the end. Findings on one line have one text."""
        if self._last[0] != number and 0 < number <= len(self._starts):
            end = self.text.find("\n", self._starts[number - 1])
            text = self.text[self._starts[number - 1] : end if end >= 0 else len(self.text)].rstrip("\r")
            self._last = (number, text)
        return self._last[1] if self._last[0] == number else ""

    def stretch(self, path: Path, value: str, span: Span | None, mark: Mark | None = None) -> Stretch:
        """Where a stretch of a value stands, the whole of it for None, its key where it is empty or missing.

        `mark` is line and column of the value where they are known.
        """
        begin = self._begin(path, mark) if value else None
        if begin is None:
            return self._key(path)
        start, end = span or (0, len(value))
        if span is None and "\n" in value:
            end = value.index("\n")
        first, last = self._offset(begin, value, start), self._offset(begin, value, max(end - 1, start))
        if first is None or last is None:
            return self._between(begin, self._on_line(begin, len(self.text)))
        return self._between(first, last + 1 if end > start else first)

    def _begin(self, path: Path, mark: Mark | None = None) -> int | None:
        """Where a value's text begins; None for one that is missing or empty."""
        if mark is not None and mark[0] and mark[1]:
            return self._starts[mark[0] - 1] + mark[1] - 1
        marked = self._values.get(path)
        return marked.start if marked is not None and marked.end > marked.start else None

    def _offset(self, begin: int, value: str, at: int) -> int | None:
        """Where the character at an offset of a value stands in the text; None where that can't be told."""
        first = self.text[begin : begin + 1]
        if first in ("|", ">"):
            return self._in_block(begin, value, at) if first == "|" else None
        if self.text.startswith(value, begin):
            return begin + at
        quoted = first in ("'", '"') and self.text.startswith(f"{value}{first}", begin + 1)
        return begin + 1 + at if quoted else None

    def _in_block(self, begin: int, value: str, at: int) -> int | None:
        """An offset in a literal block: each of its lines is indented alike."""
        before = value[:at]
        number = before.count("\n")
        header = bisect_right(self._starts, begin)  # the line of the |, from 1
        shown = self.line(header + 1 + number)
        wanted = value.split("\n")[number]
        if not shown.endswith(wanted) or header + number >= len(self._starts):
            return None
        margin = len(shown) - len(wanted)
        return self._starts[header + number] + margin + at - (before.rfind("\n") + 1)

    def _on_line(self, start: int, end: int) -> int:
        stop = self.text.find("\n", start)
        return min(end, stop if stop >= 0 else len(self.text))

    def _key(self, path: Path) -> Stretch:
        at = path
        while at:
            key = self._keys.get(at)
            if key is not None:
                return self._between(key.start, key.end)
            if isinstance(at[-1], int):
                item = next((span for span in self.spans if span.path == at and span.kind in ("open", "text")), None)
                if item is not None:
                    return self._between(item.start, self._on_line(item.start, len(self.text)))
            at = at[:-1]
        first = next((span for span in self.spans if span.kind == "key"), None)
        return self._between(first.start, first.end) if first else Stretch(1, 1, 1, 1)

    def _between(self, start: int, end: int) -> Stretch:
        return Stretch(*self.place(start), *self.place(max(start, end)))

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def edited(self, edits: Edits, values: Mapping[Path, str]) -> tuple[str, Edits]:
        """The text with values changed and nothing else, and the edits that it has: those that YAML reads so.

        `values` are the values as they are.
        """
        text = self._edited(edits, values)
        if text is not None or len(edits) < 2:
            return (self.text, {}) if text is None else (text, edits)
        paths = list(edits)
        halves = (paths[: len(paths) // 2], paths[len(paths) // 2 :])
        able = [self.edited({path: edits[path] for path in half}, values)[1] for half in halves]
        left = {path: those for each in able for path, those in each.items()}
        return self.edited(left, values) if len(left) < len(edits) else (self.text, {})

    def _edited(self, edits: Edits, values: Mapping[Path, str]) -> str | None:
        wanted = {path: changed(values[path], those) for path, those in edits.items()}
        for direct in (True, False):
            pieces: list[tuple[int, int, str]] = []
            for path, those in edits.items():
                pieces += (direct and self._direct(path, values[path], those)) or self._whole(path, wanted[path])
            text = self.text
            for start, end, piece in sorted(pieces, reverse=True):
                text = text[:start] + piece + text[end:]
            tree = parse(text, "")
            if not tree.diagnostics and tree.value == _replaced(parse(self.text, "").value, wanted):
                return text
        return None

    def _direct(self, path: Path, value: str, edits: Sequence[Edit]) -> list[tuple[int, int, str]]:
        """Each edit at its own stretch of the text; nothing where one can't be placed."""
        begin = self._begin(path)
        if begin is None:
            return []
        found: list[tuple[int, int, str]] = []
        for _, start, end, text in edits:
            first = self._offset(begin, value, start) if start < len(value) else None
            if first is None and start:
                before = self._offset(begin, value, start - 1)
                first = None if before is None else before + 1
            if first is None:
                return []
            found.append((first, first + end - start, text))
        return found

    def _whole(self, path: Path, value: str) -> list[tuple[int, int, str]]:
        """The whole value written anew on one line; nothing for a block (`|`, `>`) or a missing one."""
        marked = self._values.get(path)
        if marked is None or self.text[marked.start : marked.start + 1] in ("|", ">"):
            return []
        written = json.dumps(value, ensure_ascii=False) if "\n" in value else scalar.scalar(value)
        return [(marked.start, marked.end, written)]


def changed(value: str, edits: Sequence[Edit]) -> str:
    """The value with edits applied that do not overlap."""
    for edit in sorted(edits, key=lambda each: each.start, reverse=True):
        value = value[: edit.start] + edit.text + value[edit.end :]
    return value


def _replaced(value: Value, wanted: Mapping[Path, str]) -> Value:
    for path, text in wanted.items():
        at: Value = value
        for part in path[:-1]:
            at = at[part]  # type: ignore[index]
        at[path[-1]] = text  # type: ignore[index]
    return value
