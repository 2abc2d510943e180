"""The canonical text of a spec, one content one text: keys in the model's order, nothing wrapped.

An absent key is a value that is None (or a group with nothing in it); an empty value is `key:`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from pydantic import BaseModel

from perfdoc.errors import ContentLostError
from perfdoc.model import Document, Project
from perfdoc.report import Path
from perfdoc.spec import scalar
from perfdoc.spec.listing import Listing, listing

KEPT_IN_LISTING = frozenset({"heading", "bookmarks"})
"""Fields of a Project that are keys of `document.yaml`, not of the project's own file."""

_LONGEST_KEY = 1000  # an implicit key ends after 1024 characters at most (YAML 1.2, 7.4.2)


class Line(NamedTuple):
    """One entry as written: where it belongs, how far its keys are indented, its first line and the others.

    `head` ends where a comment could follow; `rest` is empty or ends with a line end.
    """

    path: Path
    indent: str
    head: str
    rest: str


def dump_project(project: Project) -> str:
    """The canonical text of a project file. `heading` and `bookmarks` are not in it: see `dump_document`.

    ContentLostError, naming the path, for a character that YAML can't hold (half of a surrogate pair).
    """
    return text_of(project_lines(project))


def dump_document(document: Document, names: Sequence[str]) -> str:
    """The canonical text of `document.yaml` for a document whose projects are in files of these names."""
    return text_of(record_lines(listing(document, tuple(names))))


def text_of(lines: Sequence[Line]) -> str:
    """Lines as the text of a file; no line at all is the empty mapping."""
    if not lines:
        return "{}\n"
    return "".join([f"{head}\n{rest}" for _, _, head, rest in lines])


def project_lines(project: Project) -> list[Line]:
    """The lines of a project file."""
    return record_lines(project)


def record_lines(record: BaseModel) -> list[Line]:
    """The lines of a model's fields, in the model's order."""
    lines: list[Line] = []
    _record(lines, record, (), "", "")
    if isinstance(record, Listing) and not record.projects:
        lines.append(Line(("projects",), "", "projects: []", ""))  # what a document can't be without
    return lines


@cache
def _fields(kind: type[BaseModel]) -> tuple[tuple[str, bool], ...]:
    """The fields of a model that are keys of its own file, and which are amounts."""
    hidden = KEPT_IN_LISTING if kind is Project else ()
    fields = kind.model_fields.items()
    return tuple((name, "amount" in field.metadata) for name, field in fields if name not in hidden)


def _record(lines: list[Line], record: BaseModel, path: Path, indent: str, first: str) -> None:
    """Append the record's lines. `first` replaces the indentation of its first line (`- ` of an item)."""
    values = record.__dict__
    lead = first or indent
    for name, is_amount in _fields(type(record)):
        value = values[name]
        if value is None:
            continue
        here = (*path, name)
        if type(value) is str:
            lines.append(_leaf(here, indent, f"{lead}{name}:", value, is_amount))
            lead = indent
            continue
        before = len(lines)
        _group(lines, value, here, indent, f"{lead}{name}:")
        if len(lines) > before:
            lead = indent
    if first and lead is first:
        lines.append(Line(path, indent, f"{first}{{}}", ""))


def _group(lines: list[Line], value: object, path: Path, indent: str, head: str) -> None:
    """Append a value that is not a text; nothing at all for one that has nothing in it."""
    at = len(lines)
    if isinstance(value, BaseModel):
        _record(lines, value, path, f"{indent}  ", "")
    elif isinstance(value, Mapping):
        inner = f"{indent}  "
        for label, text in value.items():
            here = (*path, label)
            written = _written(here, scalar.key, label)
            lead = f"{inner}{written}:" if len(written) < _LONGEST_KEY else f"{inner}? {written}\n{inner}:"
            lines.append(_leaf(here, inner, lead, text, False))
    elif isinstance(value, tuple) and value and isinstance(value[0], str):
        lines.append(Line(path, indent, f"{head} [{', '.join(_in_brackets(text) for text in value)}]", ""))
        return
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            _record(lines, item, (*path, index), f"{indent}  ", f"{indent}- ")
    if len(lines) > at:
        lines.insert(at, Line(path, indent, head, ""))


def _leaf(path: Path, indent: str, lead: str, text: str, is_amount: bool) -> Line:
    if not text:
        return Line(path, indent, lead, "")
    if "\n" in text:
        literal = scalar.block(text, indent)
        if literal is not None:
            return Line(path, indent, f"{lead} {literal[0]}", literal[1])
    written = _written(path, scalar.amount if is_amount else scalar.scalar, text)
    return Line(path, indent, f"{lead} {written}", "")


def _written(path: Path, write: Callable[[str], str], text: str) -> str:
    try:
        return write(text)
    except ContentLostError as error:
        raise ContentLostError(diagnostics=[replace(each, path=path) for each in error.diagnostics]) from None


def _in_brackets(text: str) -> str:
    """A text inside of `[a, b]`: a name as it is, anything else quoted."""
    return text if text.isidentifier() and scalar.is_plain(text) else scalar.quoted(text)
