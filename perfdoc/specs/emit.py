"""Models as the canonical text of their files, one content one text: keys in the model's order, nothing wrapped.

An absent key is a value that is None (or a group with nothing in it); an empty value is `key:`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from perfdoc.errors import ContentLostError
from perfdoc.model import Document, Project
from perfdoc.specs import scalar
from perfdoc.specs.keys import Key, keys
from perfdoc.specs.listing import Listing, listing

_LONGEST_KEY = 1000  # an implicit key ends after 1024 characters at most (YAML 1.2, 7.4.2)


def dump_project(project: Project) -> str:
    """The canonical text of a project file. `heading` and `bookmarks` are not in it: see `dump_document`.

    ContentLostError, naming the path, for a character that YAML can't hold (half of a surrogate pair).
    """
    return text_of(project)


def dump_document(document: Document, names: Sequence[str]) -> str:
    """The canonical text of `document.yaml` for a document whose projects are in files of these names."""
    return text_of(listing(document, tuple(names)))


def text_of(record: Project | Listing) -> str:
    """The text of a file's record, in the model's order. ContentLostError as of `dump_project`."""
    lines: list[str] = []
    _record(lines, record, "", "")
    if isinstance(record, Listing) and not record.projects:
        lines.append("projects: []\n")  # what a document can't be without
    return "".join(lines) or "{}\n"


def _record(lines: list[str], record: BaseModel, indent: str, first: str) -> None:
    """Append the record's lines. `first` replaces the indentation of its first line (`- ` of an item)."""
    lead = first or indent
    values = record.__dict__
    for key in keys(type(record)):
        value = values[key.name]
        if value is None:
            continue
        head = f"{lead}{key.name}:"
        try:
            if write := _WRITE.get(key.kind):
                lines.append(_leaf(head, value, indent, write))
                lead = indent
            elif value and _group(lines, value, key, indent, head):
                lead = indent
        except ContentLostError as error:
            raise _within(key.name, error) from None
    if first and lead == first:
        lines.append(f"{first}{{}}\n")


_WRITE: Mapping[str, Callable[[str], str]] = {"text": scalar.scalar, "amount": scalar.amount}
"""How the texts behind a key of a kind are written; keys of other kinds have a group behind them."""


def _group(lines: list[str], value: Any, key: Key, indent: str, head: str) -> bool:
    """Append a key with the group behind it, if there is anything in it."""
    at = len(lines)
    match key.kind:
        case "names":
            head += f" [{', '.join(map(_in_brackets, value))}]"
        case "records":
            for index, item in enumerate(value):
                try:
                    _record(lines, item, f"{indent}  ", f"{indent}- ")
                except ContentLostError as error:
                    raise _within(index, error) from None
        case "record":
            _record(lines, value, f"{indent}  ", "")
        case "labels":
            _labels(lines, value, f"{indent}  ")
    if len(lines) == at and key.kind != "names":
        return False
    lines.insert(at, f"{head}\n")
    return True


def _labels(lines: list[str], texts: Mapping[str, str], indent: str) -> None:
    for label, text in texts.items():
        try:
            written = scalar.key(label)
            head = f"{indent}{written}:" if len(written) < _LONGEST_KEY else f"{indent}? {written}\n{indent}:"
            lines.append(_leaf(head, text, indent, scalar.scalar))
        except ContentLostError as error:
            raise _within(label, error) from None


def _leaf(head: str, text: str, indent: str, write: Callable[[str], str]) -> str:
    if not text:
        return f"{head}\n"
    if "\n" in text and (literal := scalar.block(text, indent)):
        return f"{head} {literal[0]}\n{literal[1]}"
    return f"{head} {write(text)}\n"


def _within(step: str | int, error: ContentLostError) -> ContentLostError:
    return ContentLostError(diagnostics=[replace(each, path=(step, *each.path)) for each in error.diagnostics])


def _in_brackets(text: str) -> str:
    """A text inside of `[a, b]`: a name as it is, anything else quoted."""
    return text if text.isidentifier() and scalar.is_plain(text) else scalar.quoted(text)
