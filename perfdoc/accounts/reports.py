"""A report on the files of a run: accounts added one after the other and written as one JSON, text or HTML file.

What is gathered lies in a temporary file, so that a run over thousands of files holds one of them at a time.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from perfdoc.accounts import html, plain
from perfdoc.accounts.tally import QUOTED, Account, Count, Failure
from perfdoc.layout import Layout
from perfdoc.report import Role
from perfdoc.texts import say

_IN_MEMORY = 1 << 22  # characters gathered before they go to a file
_CHUNK = 1 << 16

Roles = Mapping[Role, Count]


class Style(NamedTuple):
    """How a report is written: each file's part by itself, then what stands around and between the parts.

    `part` takes an Account and its Layout, or a Failure, and the name of its section. `around` takes the files'
    lines, the roles of all files together, and the gathered parts.
    """

    part: Callable[[Account | Failure, Layout | None, str], Iterable[str]]
    between: str
    around: Callable[[list[html.Line], Roles, Iterator[str]], Iterator[str]]


class Part(NamedTuple):
    """What a report has of one file: its line in the index, and its text in pieces.

    With the pieces in a tuple it can be made in one process and put into the report of another.
    """

    line: html.Line
    pieces: Iterable[str]


def part(style: Style, one: Account | Failure, layout: Layout | None = None, *, name: str = "f1") -> Part:
    """A file's part of a report: an Account with the Layout that it is of, or a Failure.

    `name` tells the files of a report apart: letters and digits.
    """
    return Part(html.line_of(one, name), style.part(one, layout, name))


class Report:
    """A report that grows file by file; `pieces()` is its text. A context manager that deletes its temporary file."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self._gathered = tempfile.SpooledTemporaryFile(  # noqa: SIM115 - closed by `close`
            _IN_MEMORY, "w+", encoding="utf-8", errors="backslashreplace", newline=""
        )
        self._lines: list[html.Line] = []

    def add(self, one: Account | Failure, layout: Layout | None = None) -> None:
        """One more file: its account with the Layout that the account is of, or why it could not be read."""
        self.put(part(self.style, one, layout, name=f"f{len(self._lines) + 1}"))

    def fail(self, file: str, why: str) -> None:
        """One more file, that could not be read."""
        self.add(Failure(file, why))

    def put(self, one: Part) -> None:
        """A part that is made already. Its name must be its own in this report."""
        if self._lines:
            self._gathered.write(self.style.between)
        self._lines.append(one.line)
        self._gathered.writelines(one.pieces)

    def pieces(self) -> Iterator[str]:
        """The whole report in pieces of text. Lone surrogates are escaped; the text is good in UTF-8."""
        pieces: Counter[Role] = Counter()
        characters: Counter[Role] = Counter()
        for line in self._lines:
            for role, count in (line.counts or {}).items():
                pieces[role] += count.pieces
                characters[role] += count.characters
        self._gathered.seek(0)
        parts = iter(lambda: self._gathered.read(_CHUNK), "")
        return self.style.around(self._lines, {role: Count(pieces[role], characters[role]) for role in Role}, parts)

    def close(self) -> None:
        self._gathered.close()

    def __enter__(self) -> Report:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _json_around(lines: list[html.Line], roles: Roles, parts: Iterator[str]) -> Iterator[str]:
    yield f'{{"version": {VERSION},\n"files": [\n'
    yield from parts
    yield f'\n],\n"roles": {json.dumps(roles_as_object(roles))}}}\n'


def _text_around(lines: list[html.Line], roles: Roles, parts: Iterator[str]) -> Iterator[str]:
    yield from parts
    if len(lines) > 1:
        yield f"\n{say('accounts.all_files', n=len(lines))}\n"
        yield from (line + "\n" for line in plain.count_lines(roles))


STYLES: Mapping[str, Style] = {
    "html": Style(html.section, "", lambda lines, _, parts: html.page(lines, parts)),
    "json": Style(lambda one, *_: [json.dumps(as_object(one), ensure_ascii=False, indent=1)], ",\n", _json_around),
    "txt": Style(lambda one, *_: (line + "\n" for line in plain.lines(one)), "\n", _text_around),
}
"""The styles by the suffix of the file that a report goes to."""


VERSION = 1


def as_object(account: Account | Failure) -> dict[str, Any]:
    """An account, or what came in its place, as one of the `files`."""
    if isinstance(account, Failure):
        return {"file": account.file, "failure": account.message}
    return {
        "file": account.file,
        "failure": None,
        "kind": account.kind,
        "recognised": account.recognised,
        "form": account.form,
        "projects": list(account.projects),
        "indicators": account.indicators,
        "held": account.held._asdict(),
        "roles": roles_as_object(account.counts),
        **{
            str(role): [
                {**one.place.as_object(), "text": one.text, "path": list(one.path)} for one in account.quoted(role)
            ]
            for role in QUOTED
        },
        "differences": [
            {"kind": str(one.kind), **one.place.as_object(), "text": one.text, "path": []}
            for one in account.differences
        ],
        "diagnostics": [one.as_object() for one in account.diagnostics],
    }


def roles_as_object(counts: Mapping[Role, Count]) -> dict[str, dict[str, int]]:
    return {str(role): count._asdict() for role, count in counts.items()}
