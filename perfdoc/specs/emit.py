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
    """One entry as written: where it belongs, how far its keys are indented, its first line and the others.

    `head` ends where a comment may follow; `rest` is empty or ends with a line end.
    """

    path: Path
    indent: str
    head: str
    rest: str


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
        lines.append(Line(("projects",), "", "projects: []", ""))  # what a document can't be without
    return lines


def _record(lines: list[Line], record: BaseModel, path: Path, indent: str, first: str) -> None:
    """Append the record's lines. `first` replaces the indentation of its first line (`- ` of an item)."""
    lead = first or indent
    for key in keys(type(record)):
        value = getattr(record, key.name)
        if value is None:
            continue
        before = len(lines)
        _value(lines, value, key, (*path, key.name), indent, f"{lead}{key.name}:")
        if len(lines) > before:
            lead = indent
    if first and lead == first:
        lines.append(Line(path, indent, f"{first}{{}}", ""))


def _value(lines: list[Line], value: Any, key: Key, path: Path, indent: str, head: str) -> None:
    """Append what stands behind a key; nothing at all for a group that has nothing in it."""
    at = len(lines)
    match key.kind:
        case "text" | "amount":
            lines.append(_leaf(path, indent, head, value, scalar.amount if key.kind == "amount" else scalar.scalar))
            return
        case "names":
            if value:
                lines.append(Line(path, indent, f"{head} [{', '.join(map(_in_brackets, value))}]", ""))
            return
        case "records":
            for index, item in enumerate(value):
                _record(lines, item, (*path, index), f"{indent}  ", f"{indent}- ")
        case "record":
            _record(lines, value, path, f"{indent}  ", "")
        case "labels":
            _labels(lines, value, path, f"{indent}  ")
    if len(lines) > at:
        lines.insert(at, Line(path, indent, head, ""))


def _labels(lines: list[Line], texts: Mapping[str, str], path: Path, indent: str) -> None:
    for label, text in texts.items():
        here = (*path, label)
        written = _written(here, scalar.key, label)
        lead = f"{indent}{written}:" if len(written) < _LONGEST_KEY else f"{indent}? {written}\n{indent}:"
        lines.append(_leaf(here, indent, lead, text, scalar.scalar))


def _leaf(path: Path, indent: str, lead: str, text: str, write: Callable[[str], str]) -> Line:
    literal = scalar.block(text, indent) if "\n" in text else None
    if literal is not None:
        return Line(path, indent, f"{lead} {literal[0]}", literal[1])
    return Line(path, indent, f"{lead} {_written(path, write, text)}" if text else lead, "")


def _written(path: Path, write: Callable[[str], str], text: str) -> str:
    try:
        return write(text)
    except ContentLostError as error:
        raise ContentLostError(diagnostics=[replace(each, path=path) for each in error.diagnostics]) from None


def _in_brackets(text: str) -> str:
    """A text inside of `[a, b]`: a name as it is, anything else quoted."""
    return text if text.isidentifier() and scalar.is_plain(text) else scalar.quoted(text)
