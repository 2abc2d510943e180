"""Models as the canonical text of their files, one content one text: keys in the model's order, nothing wrapped.

An absent key is a value that is None (or a group with nothing in it); an empty value is `key:`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from pydantic import BaseModel

from perfdoc.errors import ContentLostError
from perfdoc.model import Document, Project
from perfdoc.report import Path
from perfdoc.specs import scalar
from perfdoc.specs.keys import Key, keys
from perfdoc.specs.listing import Listing, listing

_LONGEST_KEY = 1000  # an implicit key ends after 1024 characters at most (YAML 1.2, 7.4.2)


class Line(NamedTuple):
    """One entry as written: where it belongs, its first line and the others.

    `head` ends where a comment may follow; `rest` is empty or ends with a line end.
    """

    path: Path
    head: str
    rest: str = ""

    @property
    def indent(self) -> str:
        """How far the keys of its group are indented; an item of a list has its dash two columns before."""
        return "  " * sum(isinstance(step, str) for step in self.path[:-1])


def dump_project(project: Project) -> str:
    """The canonical text of a project file. `heading` and `bookmarks` are not in it: see `dump_document`.

    ContentLostError, naming the path, for a character that YAML can't hold (half of a surrogate pair).
    """
    return text_of(lines_of(project))


def dump_document(document: Document, names: Sequence[str]) -> str:
    """The canonical text of `document.yaml` for a document whose projects are in files of these names."""
    return text_of(lines_of(listing(document, tuple(names))))


def text_of(lines: Sequence[Line]) -> str:
    """Lines as the text of a file; no line at all is the empty mapping."""
    return "".join(f"{line.head}\n{line.rest}" for line in lines) or "{}\n"


def lines_of(record: Project | Listing) -> list[Line]:
    """The lines of a file's record, in the model's order. ContentLostError as of `dump_project`."""
    lines: list[Line] = []
    _record(lines, record, (), "", "")
    if isinstance(record, Listing) and not record.projects:
        lines.append(Line(("projects",), "projects: []"))  # what a document can't be without
    return lines


def _record(lines: list[Line], record: BaseModel, path: Path, indent: str, first: str) -> None:
    """Append the record's lines. `first` replaces the indentation of its first line (`- ` of an item)."""
    lead = first or indent
    values = record.__dict__
    for key in keys(type(record)):
        value = values[key.name]
        if value is None:
            continue
        here = (*path, key.name)
        head = f"{lead}{key.name}:"
        if write := _WRITE.get(key.kind):
            lines.append(_leaf(here, indent, head, value, write))
            lead = indent
        elif value and _group(lines, value, key, here, indent, head):
            lead = indent
    if first and lead == first:
        lines.append(Line(path, f"{first}{{}}"))


_WRITE: Mapping[str, Callable[[str], str]] = {"text": scalar.scalar, "amount": scalar.amount}
"""How the texts behind a key of a kind are written; keys of other kinds have a group behind them."""


def _group(lines: list[Line], value: Any, key: Key, path: Path, indent: str, head: str) -> bool:
    """Append a key with the group behind it, if there is anything in it."""
    at = len(lines)
    match key.kind:
        case "names":
            lines.append(Line(path, f"{head} [{', '.join(map(_in_brackets, value))}]"))
            return True
        case "records":
            for index, item in enumerate(value):
                _record(lines, item, (*path, index), f"{indent}  ", f"{indent}- ")
        case "record":
            _record(lines, value, path, f"{indent}  ", "")
        case "labels":
            _labels(lines, value, path, f"{indent}  ")
    if len(lines) == at:
        return False
    lines.insert(at, Line(path, head))
    return True


def _labels(lines: list[Line], texts: Mapping[str, str], path: Path, indent: str) -> None:
    for label, text in texts.items():
        here = (*path, label)
        try:
            written = scalar.key(label)
        except ContentLostError as error:
            raise _at(here, error) from None
        lead = f"{indent}{written}:" if len(written) < _LONGEST_KEY else f"{indent}? {written}\n{indent}:"
        lines.append(_leaf(here, indent, lead, text, scalar.scalar))


def _leaf(path: Path, indent: str, lead: str, text: str, write: Callable[[str], str]) -> Line:
    if not text:
        return Line(path, lead)
    if "\n" in text and (literal := scalar.block(text, indent)):
        return Line(path, f"{lead} {literal[0]}", literal[1])
    try:
        return Line(path, f"{lead} {write(text)}")
    except ContentLostError as error:
        raise _at(path, error) from None


def _at(path: Path, error: ContentLostError) -> ContentLostError:
    return ContentLostError(diagnostics=[replace(each, path=path) for each in error.diagnostics])


def _in_brackets(text: str) -> str:
    """A text inside of `[a, b]`: a name as it is, anything else quoted."""
    return text if text.isidentifier() and scalar.is_plain(text) else scalar.quoted(text)
