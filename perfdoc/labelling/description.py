"""`form.yaml` as a text in which one entry is changed or added; every other line, and every comment, stays."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from perfdoc.extraction.vocabulary.keys import key
from perfdoc.form_definition import EXTRA
from perfdoc.report import Path
from perfdoc.specs.scalar import quoted, scalar
from perfdoc.yamltree import parse
from perfdoc.yamltree.spans import Span, spans

FIELDS, COLUMNS = "fields", "columns"
"""The groups of entries: of a project, of an indicator."""


class Entry(NamedTuple):
    """An entry of a group, by its position there."""

    group: str
    at: int
    path: str
    labels: tuple[str, ...]

    def has(self, label: str) -> bool:
        """Whether a label names it; one of something that perfdoc has no name for may be written in its path alone."""
        own = (self.path.removeprefix(f"{EXTRA}."),) if self.path.startswith(f"{EXTRA}.") else ()
        return any(key(one) == key(label) for one in (*self.labels, *own))


class Description:
    """The text of a sound `form.yaml`."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._spans: dict[tuple[str, Path], Span] = {(one.kind, one.path): one for one in spans(text)}
        self._value: Any = parse(text, "form.yaml").value

    def entries(self) -> Iterator[Entry]:
        """Every entry, in the order of the text."""
        for group in (FIELDS, COLUMNS):
            for at, one in enumerate(self._value.get(group) or ()):
                yield Entry(group, at, one["path"], tuple(one.get("labels") or ()))

    def with_path(self, entry: Entry, path: str) -> str:
        """The text with another path of an entry."""
        span = self._spans["text", (entry.group, entry.at, "path")]
        return self._put(span.start, span.end, scalar(path))

    def with_label(self, entry: Entry, label: str) -> str:
        """The text with one label more of an entry."""
        where: Path = (entry.group, entry.at, "labels")
        if entry.labels:
            last = self._spans["text", (*where, len(entry.labels) - 1)]
            if self._is_flow(where):
                return self._put(last.end, last.end, f", {_in_flow(label)}")
            return self._after_line(last.end, f"{' ' * (last.column - 2)}- {scalar(label)}")
        own, path = self._spans["key", (*where[:2], "path")], self._spans["text", (*where[:2], "path")]
        if self._is_flow(where[:2]):
            return self._put(path.end, path.end, f", labels: [{_in_flow(label)}]")
        return self._after_line(path.end, f"{' ' * own.column}labels: [{_in_flow(label)}]")

    def without_label(self, entry: Entry, label: str) -> str:
        """The text without a label of an entry that has others."""
        at = next(n for n, one in enumerate(entry.labels) if key(one) == key(label))
        where: Path = (entry.group, entry.at, "labels")
        one = self._spans["text", (*where, at)]
        if not self._is_flow(where):
            begins = self.text.rindex("\n", 0, one.start)
            return self._put(begins, self._end_of_line(one.end), "")
        if at:
            return self._put(self._spans["text", (*where, at - 1)].end, one.end, "")
        return self._put(one.start, self._spans["text", (*where, 1)].start, "")

    def with_entry(self, group: str, path: str, label: str) -> str:
        """The text with an entry more at the end of a group."""
        made = [f"- path: {scalar(path)}", f"  labels: [{_in_flow(label)}]"]
        last = max((one.at for one in self.entries() if one.group == group), default=-1)
        if last < 0 or self._is_flow((group,)):
            return f"{self.text.rstrip()}\n{group}:\n" + "".join(f"{line}\n" for line in made)
        ends = [span.end for (_, at), span in self._spans.items() if at[:2] == (group, last) and span.kind == "text"]
        column = self._spans["key", (group, last, "path")].column - 2
        return self._after_line(max(ends), "\n".join(f"{' ' * column}{line}" for line in made))

    def _is_flow(self, where: Path) -> bool:
        opened = self._spans["open", where]
        return opened.end > opened.start

    def _after_line(self, at: int, line: str) -> str:
        end = self._end_of_line(at)
        return self._put(end, end, f"\n{line}")

    def _end_of_line(self, at: int) -> int:
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end

    def _put(self, start: int, end: int, new: str) -> str:
        return self.text[:start] + new + self.text[end:]


def _in_flow(text: str) -> str:
    return quoted(text) if any(sign in text for sign in ",[]{}") else scalar(text)
