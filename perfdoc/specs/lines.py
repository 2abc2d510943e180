"""The lines of a spec's canonical text, one content one text: keys in the model's order, nothing wrapped.

An absent key is a value that is None (or a group with nothing in it); an empty value is `key:`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from perfdoc.errors import ContentLostError
from perfdoc.report import Path
from perfdoc.specs import scalar
from perfdoc.specs.keys import Key, Kind, keys

_LONGEST_KEY = 1000  # an implicit key ends after 1024 characters at most (YAML 1.2, 7.4.2)


class Line(NamedTuple):
    """One entry as written: where it belongs, how far its keys are indented, its first line and the others.

    `head` ends where a comment could follow; `rest` is empty or ends with a line end.
    """

    path: Path
    indent: str
    head: str
    rest: str


def text_of(lines: Sequence[Line]) -> str:
    """Lines as the text of a file; no line at all is the empty mapping."""
    if not lines:
        return "{}\n"
    return "".join([f"{head}\n{rest}" for _, _, head, rest in lines])


def lines_of(record: object, kind: Kind) -> list[Line]:
    """The lines of a record: a model, or a dict as a file of that kind holds it (None is a key that is absent).

    ContentLostError, naming the path, for a character that YAML can't hold (half of a surrogate pair).
    """
    lines: list[Line] = []
    _record(lines, record, keys(kind), (), "", "")
    return lines


def _record(lines: list[Line], record: Any, known: tuple[Key, ...], path: Path, indent: str, first: str) -> None:
    """Append the record's lines. `first` replaces the indentation of its first line (`- ` of an item)."""
    values = record if type(record) is dict else record.__dict__
    lead = first or indent
    for key in known:
        name = key.name
        value = values.get(name)
        if value is None:
            continue
        here = (*path, name)
        if type(value) is str:
            lines.append(_leaf(here, indent, f"{lead}{name}:", value, key.amount))
            lead = indent
            continue
        before = len(lines)
        _group(lines, value, key, here, indent, f"{lead}{name}:")
        if len(lines) > before:
            lead = indent
    if first and lead is first:
        lines.append(Line(path, indent, f"{first}{{}}", ""))


def _group(lines: list[Line], value: Any, key: Key, path: Path, indent: str, head: str) -> None:
    """Append a value that is not a text; nothing at all for one that has nothing in it."""
    at = len(lines)
    if key.many and key.keys:
        for index, item in enumerate(value):
            _record(lines, item, key.keys, (*path, index), f"{indent}  ", f"{indent}- ")
    elif key.keys:
        _record(lines, value, key.keys, path, f"{indent}  ", "")
    elif key.labels:
        _labels(lines, value, path, f"{indent}  ")
    elif value:
        lines.append(Line(path, indent, f"{head} [{', '.join(_in_brackets(text) for text in value)}]", ""))
        return
    if len(lines) > at:
        lines.insert(at, Line(path, indent, head, ""))


def _labels(lines: list[Line], texts: Mapping[str, str], path: Path, indent: str) -> None:
    for label, text in texts.items():
        here = (*path, label)
        written = _written(here, scalar.key, label)
        lead = f"{indent}{written}:" if len(written) < _LONGEST_KEY else f"{indent}? {written}\n{indent}:"
        lines.append(_leaf(here, indent, lead, text, False))


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
