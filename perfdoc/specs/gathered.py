"""The comments of a YAML text, each with the value it stands at.

A comment on a line of its own stands above the next entry, or, where it is indented like the entries of a group that
ends there, below the last of them, or at the foot of a list. One behind something on its line belongs to that.
"""

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from perfdoc.report import Path
from perfdoc.specs.comments import Comments, split_top
from perfdoc.yamltree import Span, spans

_COMMENT = re.compile(r"#[^\n]*")
_DASHES = re.compile(r"[-?\s]*")


class Comment(NamedTuple):
    """A comment from `#` on. Line and column from 0; `before` is what stands before it on its line, margin included."""

    text: str
    line: int
    column: int
    before: str


class _Group(NamedTuple):
    """A list or mapping that is open: the column of its entries, or -1 inside of brackets."""

    path: Path
    column: int


def comments(text: str) -> list[str]:
    """Every comment of a sound YAML text whose lines end with `\\n`, in order."""
    return [item.text for item in _merged(text) if isinstance(item, Comment)]


def gather(text: str) -> Comments:
    """The comments of a text in which `parse` found no fault."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    walk = _Walk()
    for item in _merged(text):
        if isinstance(item, Comment):
            walk.comment(item)
        else:
            walk.span(item)
    walk.end()
    return walk.found


def _merged(text: str) -> Iterator[Span | Comment]:
    """Spans and the comments between them, in order."""
    starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def between(start: int, end: int) -> Iterator[Comment]:
        for match in _COMMENT.finditer(text, start, end):
            at = match.start()
            line = bisect_right(starts, at) - 1
            yield Comment(match[0].rstrip(), line, at - starts[line], text[starts[line] : at].rstrip())

    at = 0
    for span in spans(text):
        if text.find("#", at, span.start) >= 0:
            yield from between(at, span.start)
        yield span
        at = max(at, span.end)
        if span.start < span.end and span.kind in ("key", "text") and text[span.start] in "|>":
            yield from between(span.start, _line_end(text, span.start))
    yield from between(at, len(text))


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return end if end >= 0 else len(text)


class _Walk:
    """Goes over spans and comments and lays each comment down at its path."""

    def __init__(self) -> None:
        self.found = Comments()
        self._groups: tuple[_Group, ...] = ()
        self._waiting: list[tuple[Comment, tuple[_Group, ...]]] = []
        """Comments on lines of their own, each with the groups open around it."""
        self._last: Span | None = None
        self._begun = False

    def comment(self, comment: Comment) -> None:
        """Lay down a comment that stands behind something; let one on a line of its own wait."""
        last, before = self._last, comment.before
        if before and (last is None or (last.kind == "start" and before.startswith("---"))):
            where = self.found.header  # behind a directive, or the start of the document
        elif not _DASHES.fullmatch(before):
            path = () if last is None or before.startswith("...") else last.path
            where = self.found.behind.setdefault(path, [])
        elif before and last and last.kind == "text" and last.line == comment.line:
            where = self.found.behind.setdefault(last.path, [])  # behind an empty item
        else:
            self._waiting.append((comment, self._groups))
            return
        _lay(where, [comment])

    def span(self, span: Span) -> None:
        """Take the next span: comments that waited for it are laid down."""
        path = span.path
        in_brackets = span.kind in ("open", "close") and span.end > span.start
        item = span.kind in ("open", "text") and bool(path) and isinstance(path[-1], int)
        if span.kind == "start":
            _lay(self.found.header, [comment for comment, _ in self._waiting])
            self._waiting = []
        elif span.kind == "close":
            if in_brackets and self._waiting:
                _lay(self.found.foot.setdefault(path, []), [comment for comment, _ in self._waiting])
                self._waiting = []
            self._groups = self._groups[:-1]
        elif span.kind == "key" or item:
            if not self._begun:
                self._begin(span)
            self._settle(path, self._groups[-1].column)
            self.found.order.append(path)
        elif path and self._waiting and (in_brackets or span.kind == "text"):
            # Between a key and its value: all that was said so far goes above, in order.
            self.found.above.setdefault(path, []).extend(self.found.behind.pop(path, []))
            self._settle(path, -1)
        elif in_brackets:
            self._begin(span)
        if span.kind == "open":
            self._groups = (*self._groups, _Group(path, -1 if in_brackets else span.column))
        if span.kind in ("key", "text", "start") or in_brackets:
            self._last = span

    def end(self) -> None:
        """The end of the text: what waits stands at the foot of what was open, as it is indented."""
        self._settle((), -2)

    def _begin(self, first: Span) -> None:
        """The first entry: what waits for it may be the file's."""
        self._begun = True
        top: list[str] = []
        _lay(top, [comment for comment, _ in self._waiting])
        if self._waiting and first.line - self._waiting[-1][0].line > 1:
            top.append("")
        header, own = split_top(top)
        if header and self.found.header:
            self.found.header.append("")
        self.found.header += header
        self._waiting = self._waiting[len(self._waiting) - len(own) :]

    def _settle(self, path: Path, column: int) -> None:
        """Lay down what waits before the entry at `path`: above it, or at the foot of groups that end here.

        `column` is where the entry's group has its entries; -1 inside of brackets, -2 at the end of the file.
        """
        deepest = sys.maxsize
        laid: list[tuple[list[str], Comment]] = []
        above = False
        for comment, groups in self._waiting:
            fitting = [g.path for g in groups if 0 <= g.column <= comment.column and len(g.path) <= deepest]
            group = fitting[-1] if fitting else ()
            above = above or bool(comment.before) or comment.column <= column or group == path[: len(group)]
            if column == -2 or (column >= 0 and not above):
                deepest = len(group)
                laid.append((self._end_of(group), comment))
            else:
                laid.append((self.found.above.setdefault(path, []), comment))
        for _, together in groupby(laid, key=lambda each: id(each[0])):
            pairs = list(together)
            _lay(pairs[0][0], [comment for _, comment in pairs])
        self._waiting = []

    def _end_of(self, group: Path) -> list[str]:
        """What stands at the end of a group: below its last key, or at the foot of a list and of the file."""
        inside = [path for path in self.found.order[-1:] if len(path) > len(group) and path[: len(group)] == group]
        last = inside[0][: len(group) + 1] if inside else ()
        by_key = bool(group and last) and isinstance(last[-1], str)
        return (self.found.below if by_key else self.found.foot).setdefault(last if by_key else group, [])


def _lay(where: list[str], together: list[Comment]) -> None:
    """Append comments that follow one another, an empty line where there is one between them."""
    for before, comment in zip([None, *together], together, strict=False):
        if before and comment.line - before.line > 1:
            where.append("")
        where.append(comment.text)
