"""A report on the files of a run: accounts gathered one after the other, written out as one JSON, text or HTML.

What is gathered lies in a temporary file, so that a run over thousands of files holds one of them at a time.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from types import TracebackType
from typing import NamedTuple

from perfdoc.account import html, objects, plain
from perfdoc.account.tally import Account, Count, Failure
from perfdoc.layout import Layout
from perfdoc.report import Role

_IN_MEMORY = 1 << 22  # bytes gathered before they go to a file
_CHUNK = 1 << 16

Roles = Mapping[Role, Count]


class Style(NamedTuple):
    """How a report is written: each file's part as it comes, then what stands around and between the parts.

    `around` takes the files' lines, the roles of all files together, and the gathered parts.
    """

    part: Callable[[Account, Layout, int], Iterator[str]]
    failure: Callable[[Failure, int], Iterator[str]]
    between: str
    around: Callable[[list[html.Line], Roles, Iterator[str]], Iterator[str]]


def _json_around(lines: list[html.Line], roles: Roles, parts: Iterator[str]) -> Iterator[str]:
    yield f'{{"version": {objects.VERSION},\n"files": [\n'
    yield from parts
    yield f'\n],\n"roles": {json.dumps(objects.roles_as_object(roles))}}}\n'


def _text_around(lines: list[html.Line], roles: Roles, parts: Iterator[str]) -> Iterator[str]:
    yield from parts
    if len(lines) > 1:
        yield f"\nAll {len(lines)} files\n"
        yield from (line + "\n" for line in plain.count_lines(roles))


def _text_part(account: Account, layout: Layout, number: int) -> Iterator[str]:
    return (line + "\n" for line in plain.lines(account))


def _text_failure(failure: Failure, number: int) -> Iterator[str]:
    return (line + "\n" for line in plain.failure_lines(failure))


STYLES: Mapping[str, Style] = {
    "html": Style(html.section, html.failure_section, "", lambda lines, _, parts: html.page(lines, parts)),
    "json": Style(
        lambda account, layout, number: objects.file_json(account),
        lambda failure, number: objects.failure_json(failure),
        ",\n",
        _json_around,
    ),
    "txt": Style(_text_part, _text_failure, "\n", _text_around),
}
"""The styles by the suffix of the file that a report goes to."""


class Report:
    """A report that grows file by file; `pieces()` is its text. A context manager, which throws the gathered away."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self._gathered = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed by `close`
        self._lines: list[html.Line] = []
        self._pieces: Counter[Role] = Counter()
        self._characters: Counter[Role] = Counter()

    def add(self, account: Account, layout: Layout) -> None:
        """A file that was read: its account, and the Layout that the account is of."""
        for role, count in account.counts.items():
            self._pieces[role] += count.pieces
            self._characters[role] += count.characters
        self._gather(account, self.style.part(account, layout, len(self._lines) + 1))

    def fail(self, failure: Failure) -> None:
        """A file that could not be read."""
        self._gather(failure, self.style.failure(failure, len(self._lines) + 1))

    def pieces(self) -> Iterator[str]:
        """The whole report in pieces of text. Lone surrogates are escaped; the text is good in UTF-8."""
        roles = {role: Count(self._pieces[role], self._characters[role]) for role in Role}
        return self.style.around(self._lines, roles, self._parts())

    def close(self) -> None:
        """Throw away what was gathered."""
        self._gathered.close()

    def __enter__(self) -> Report:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _gather(self, one: Account | Failure, part: Iterator[str]) -> None:
        write = self._gathered.write
        if self._lines:
            write(self.style.between.encode())
        self._lines.append(html.line_of(one))
        for piece in part:
            write(piece.encode("utf-8", "backslashreplace"))

    def _parts(self) -> Iterator[str]:
        """What was gathered, cut anywhere but inside of a character."""
        from codecs import getincrementaldecoder

        decode = getincrementaldecoder("utf-8")().decode
        self._gathered.seek(0)
        while chunk := self._gathered.read(_CHUNK):
            yield decode(chunk)
