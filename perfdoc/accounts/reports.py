"""A report on the files of a run: accounts added one after the other and written as one JSON, text or HTML file.

What is gathered lies in a temporary file, so that a run over thousands of files holds one of them at a time.
"""

from __future__ import annotations

import json
import tempfile
from codecs import getincrementaldecoder
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import TracebackType
from typing import NamedTuple

from perfdoc.accounts import html, objects, plain
from perfdoc.accounts.tally import Account, Count, Failure
from perfdoc.layout import Layout
from perfdoc.report import Role

_IN_MEMORY = 1 << 22  # bytes gathered before they go to a file
_CHUNK = 1 << 16

Roles = Mapping[Role, Count]


class Style(NamedTuple):
    """How a report is written: each file's part by itself, then what stands around and between the parts.

    The functions of a part take the name of its section too. `around` takes the files' lines, the roles of all
    files together, and the gathered parts.
    """

    read: Callable[[Account, Layout, str], Iterator[str]]
    not_read: Callable[[Failure, str], Iterator[str]]
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
    line = html.line_of(one, name)
    if isinstance(one, Failure):
        return Part(line, style.not_read(one, name))
    assert layout is not None, "an account is shown with its layout"
    return Part(line, style.read(one, layout, name))


class Report:
    """A report that grows file by file; `pieces()` is its text. A context manager that deletes its temporary file."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self._gathered = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed by `close`
        self._lines: list[html.Line] = []
        self._pieces: Counter[Role] = Counter()
        self._characters: Counter[Role] = Counter()

    def add(self, one: Account | Failure, layout: Layout | None = None) -> None:
        """One more file: its account with the Layout that the account is of, or why it could not be read."""
        self.put(part(self.style, one, layout, name=f"f{len(self._lines) + 1}"))

    def put(self, one: Part) -> None:
        """A part that is made already. Its name must be its own in this report."""
        write = self._gathered.write
        if self._lines:
            write(self.style.between.encode())
        self._lines.append(one.line)
        for role, count in (one.line.counts or {}).items():
            self._pieces[role] += count.pieces
            self._characters[role] += count.characters
        for piece in one.pieces:
            write(piece.encode("utf-8", "backslashreplace"))

    def pieces(self) -> Iterator[str]:
        """The whole report in pieces of text. Lone surrogates are escaped; the text is good in UTF-8."""
        roles = {role: Count(self._pieces[role], self._characters[role]) for role in Role}
        return self.style.around(self._lines, roles, self._parts())

    def close(self) -> None:
        """Delete the temporary file."""
        self._gathered.close()

    def __enter__(self) -> Report:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _parts(self) -> Iterator[str]:
        """What was gathered, cut anywhere but inside of a character."""
        decode = getincrementaldecoder("utf-8")().decode
        self._gathered.seek(0)
        while chunk := self._gathered.read(_CHUNK):
            yield decode(chunk)


def _json_around(lines: list[html.Line], roles: Roles, parts: Iterator[str]) -> Iterator[str]:
    yield f'{{"version": {objects.VERSION},\n"files": [\n'
    yield from parts
    yield f'\n],\n"roles": {json.dumps(objects.roles_as_object(roles))}}}\n'


def _text(account: Account, layout: Layout, name: str) -> Iterator[str]:
    return (line + "\n" for line in plain.lines(account))


def _text_not_read(failure: Failure, name: str) -> Iterator[str]:
    return (line + "\n" for line in plain.failure_lines(failure))


def _text_around(lines: list[html.Line], roles: Roles, parts: Iterator[str]) -> Iterator[str]:
    yield from parts
    if len(lines) > 1:
        yield f"\nAll {len(lines)} files\n"
        yield from (line + "\n" for line in plain.count_lines(roles))


STYLES: Mapping[str, Style] = {
    "html": Style(html.section, html.failure_section, "", lambda lines, _, parts: html.page(lines, parts)),
    "json": Style(
        lambda account, layout, name: objects.file_json(account),
        lambda failure, name: objects.failure_json(failure),
        ",\n",
        _json_around,
    ),
    "txt": Style(_text, _text_not_read, "\n", _text_around),
}
"""The styles by the suffix of the file that a report goes to."""
