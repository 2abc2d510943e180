"""Comments written back into the lines of a spec, each at the entry that it belongs to."""

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from perfdoc.model import Project
from perfdoc.report import Path
from perfdoc.specs.comments import Comments, split_top
from perfdoc.specs.emit import text_of
from perfdoc.specs.listing import Listing
from perfdoc.yamltree import Span, spans


class Line(NamedTuple):
    """One entry as written: where it belongs, its first line and the others.

    `head` ends where a comment may follow; `rest` is empty or ends with a line end.
    """

    path: Path
    head: str
    rest: str

    @property
    def indent(self) -> str:
        """How far the keys of its group are indented; an item of a list has its dash two columns before."""
        return "  " * sum(isinstance(step, str) for step in self.path[:-1])


def lines_of(record: Project | Listing) -> list[Line]:
    """The canonical text of a file's record, entry by entry. ContentLostError as of `dump_project`."""
    text = text_of(record)
    entries: list[tuple[Path, int]] = []
    values: dict[Path, int] = {}
    for span in spans(text):
        if span.kind == "key" or _is_bare_item(span):
            entries.append((span.path, span.line))
        elif span.kind == "text":
            values[span.path] = span.line
    lines = text.splitlines(keepends=True)
    made: list[Line] = []
    for (path, at), (_, end) in pairwise([*entries, ((), len(lines))]):
        behind = values.get(path, at) + 1
        made.append(Line(path, "".join(lines[at:behind])[:-1], "".join(lines[behind:end])))
    return made


def _is_bare_item(span: Span) -> bool:
    """Whether it is an item with nothing in it: `- {}`."""
    return span.kind == "open" and span.end > span.start and bool(span.path) and isinstance(span.path[-1], int)


def with_comments(lines: Sequence[Line], found: Comments) -> str:
    """The lines of a spec as text, with the comments at the entries that they belong to.

    A comment whose entry is not written (a group with nothing in it, a description that repeats level3)
    goes to the entry that says the same, else to the next one of its group, else to the group's foot.
    """
    return _Writer(lines, found).text()


class _Writer:
    """Lays comments down at the lines that are written: `above` and `behind` by a line's number, `foot` by a path."""

    def __init__(self, lines: Sequence[Line], found: Comments) -> None:
        self.lines = lines
        self.order = found.order
        self.first: dict[Path, int] = {(): 0}
        self.last: dict[Path, int] = {(): len(lines) - 1}
        for index, line in enumerate(lines):
            for length in range(1, len(line.path) + 1):
                self.first.setdefault(line.path[:length], index)
                self.last[line.path[:length]] = index
        self.own = {line.path for line in lines}
        self.header = found.header
        self.above: dict[int, list[str]] = {}
        self.behind: dict[int, str] = {}
        self.foot: dict[Path, list[str]] = {}
        self.below: dict[int, list[str]] = {}
        for path in [(), *self.order]:
            self._above(path, found.above.get(path, []))
            behind = found.behind.get(path, [])
            if path in self.own and behind:
                *behind, self.behind[self.first[path]] = behind
            self._above(path, behind)
        for path in sorted(self.order, key=len, reverse=True):
            self._below(path, found.below.get(path, []))
        for path in [(), *self.order]:
            self._foot(path, found.foot.get(path, []))

    def _above(self, path: Path, texts: list[str]) -> None:
        if not texts:
            return
        if path in self.first and path:
            self.above.setdefault(self.first[path], []).extend(texts)
        elif path[-1:] == ("description",) and (*path[:-1], "level3") in self.own:
            self._above((*path[:-1], "level3"), texts)
        elif later := self._next_written.get(path):
            self._above(later, texts)
        else:
            self._foot(path[:-1], texts)

    def _below(self, path: Path, texts: list[str]) -> None:
        """Comments right below an entry; one that is not written leaves them to its group."""
        if texts and path in self.first:
            margin = self.lines[self.first[path]].indent
            self.below.setdefault(self.last[path], []).extend(margin + one if one else "" for one in texts)
        else:
            self._foot(path[:-1], texts)

    def _foot(self, path: Path, texts: list[str]) -> None:
        if not texts:
            return
        several = self.first.get(path, 0) < self.last.get(path, 0)
        if not path or several or (path in self.first and path not in self.own):
            self.foot.setdefault(path, []).extend(texts)
        else:
            self._above(path, texts)

    @cached_property
    def _next_written(self) -> dict[Path, Path]:
        """For an entry the next one of its group, as the user wrote it, that is in the canonical text."""
        following: dict[Path, Path] = {}
        nearest: dict[Path, Path] = {}
        for path in reversed(self.order):
            group = path[:-1]
            if group in nearest:
                following[path] = nearest[group]
            if path in self.first:
                nearest[group] = path
        return following

    def text(self) -> str:
        """The file."""
        header, own = split_top([*self.header, *([""] if self.header else []), *self.above.get(0, [])])
        out = [*header, ""] if header else []
        self.above[0] = own
        feet = self._feet()
        for index, line in enumerate(self.lines):
            margin = _margin(line)
            out += [margin + text if text else "" for text in self.above.get(index, ())]
            behind = self.behind.get(index)
            out.append(f"{line.head}  {behind}" if behind else line.head)
            if line.rest:
                out.append(line.rest[:-1])
            out += feet.get(index, ())
        if not self.lines:
            out += ["{}", *self.foot.get((), ())]
        return "\n".join(out) + "\n"

    def _feet(self) -> dict[int, list[str]]:
        """The comments below each line, those of inner groups first."""
        feet = {at: [*texts] for at, texts in self.below.items()}
        for path in sorted(self.foot, key=len, reverse=True) if self.lines else ():
            start = self.first[path]
            line = self.lines[start + (path in self.own)]
            margin = _margin(line) if isinstance(line.path[len(path)], int) else line.indent
            below = feet.setdefault(self.last[path], [])
            below += [margin + text if text else "" for text in self.foot[path]]
        return feet


def _margin(line: Line) -> str:
    return line.head[: len(line.head) - len(line.head.lstrip(" "))]
