"""Place, Diagnostic, Claim and Reading: where a value stands, what is wrong with it, what a file was read as.

Values never carry their place: `==` on two Documents asks whether they say the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from perfdoc.texts import say, texts

if TYPE_CHECKING:
    from perfdoc.model import Document

Path = tuple[str | int, ...]
"""The way to a value inside a Document: `("projects", 0, "indicators", 3, "target")`."""


def column_letters(column: int) -> str:
    """Column 1 as `A`, 27 as `AA`: how a worksheet names its columns."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


class Place(NamedTuple):
    """A place in a file: `line:column` of a text, a table's row and column, a paragraph, or `sheet!A1`.

    All numbers count from 1; 0 means "not that kind of place". `column` is the column of the
    text after a line, and the column of the grid after a row.
    """

    file: str
    line: int = 0
    column: int = 0
    table: int = 0
    row: int = 0
    paragraph: int = 0
    sheet: str = ""
    part: str = ""

    def __str__(self) -> str:
        if self.line:
            return f"{self.file}:{self.line}:{self.column}" if self.column else f"{self.file}:{self.line}"
        if self.sheet:
            at = f"{column_letters(self.column)}{self.row}" if self.row and self.column else ""
            return f"{self.file}:{self.sheet}!{at}" if at else f"{self.file}:{self.sheet}"
        part = self._part
        within = f"{part} " if part else ""
        if self.table:
            cell = say("places.row", row=self.row) if self.row else ""
            cell += say("places.column", column=self.column) if self.column else ""
            return f"{self.file}: {within}{say('places.table', table=self.table)}{cell}"
        if self.paragraph:
            return f"{self.file}: {within}{say('places.paragraph', paragraph=self.paragraph)}"
        return f"{self.file}: {part}" if part else self.file

    @property
    def _part(self) -> str:
        """The part in words: `header2 textbox1` is a text box in a header."""
        if not self.part or self.part == "text box":
            return self.part and say("places.part.text_box")
        return " ".join(map(_named, self.part.split(" ")))

    @property
    def order(self) -> tuple[str | int, ...]:
        """What places are sorted by: as a reader meets them, rows before columns."""
        at = self.table, self.row, self.paragraph
        return self.file, self.line, self.part, self.sheet, *at, self.column

    def as_object(self) -> dict[str, Any]:
        """For JSON: every name of a place, null where it is not that kind of place."""
        within = zip(self._fields[1:], self[1:], strict=True)
        return {"file": self.file, **{name: value or None for name, value in within}}


def _named(part: str) -> str:
    """A part's name without its number in the language that is spoken, where it is one that readers give."""
    stem = part.rstrip("0123456789")
    key = f"places.part.{stem}"
    return say(key) + part[len(stem) :] if key in texts("places") else part


class Severity(StrEnum):
    """How much a diagnostic weighs. Only an error changes an exit code by itself."""

    error = "error"
    warning = "warning"
    info = "info"

    @classmethod
    def down_to(cls, least: Severity) -> tuple[Severity, ...]:
        """Those that weigh as much as `least` or more, the heaviest first."""
        every = tuple(cls)
        return every[: every.index(least) + 1]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """Something to be said about the content, with its place. Codes are stable.

    `quote` is the text it is about, as written; `path` the value inside the Document, if there is one.
    """

    code: str
    severity: Severity
    message: str
    place: Place
    quote: str = ""
    path: Path = ()

    def __str__(self) -> str:
        return f"{self.place}: {self.severity} {self.code}: {self.message}"

    def as_object(self) -> dict[str, Any]:
        """For JSON: the place's names, then code, severity, message, quote, and path as a list (positions from 0)."""
        said = {"code": self.code, "severity": str(self.severity), "message": self.message, "quote": self.quote}
        return {**self.place.as_object(), **said, "path": list(self.path)}


class Role(StrEnum):
    """What a piece of text of a file read turned out to be; each piece has exactly one role."""

    value = "value"
    label = "label"
    boilerplate = "boilerplate"
    extra = "extra"
    unclaimed = "unclaimed"
    outside = "outside"


class Claim(NamedTuple):
    """One piece of text (a cell, a paragraph) and what it was taken for.

    `path` is where it went in the Document (a value or an extra), or which field a label names.
    """

    role: Role
    place: Place
    text: str
    path: Path = ()


class TrackedChange(NamedTuple):
    """A tracked change of a Word file (ECMA-376 part 1, 17.13.5): where, by whom and when (`2024-03-02T15:04:00Z`).

    `gone` is the text that it takes out, "" where it puts text in. A change of a whole row stands at its row; one
    that takes a row out at the row that follows.
    """

    place: Place
    author: str
    date: str
    gone: str = ""


class Reply(NamedTuple):
    """What somebody answered to a comment; the texts are those of a Thread."""

    author: str
    date: str
    text: str


class Thread(NamedTuple):
    """A reviewer's comment with its replies, in their order.

    `date` is the time on the reviewer's clock, `2024-03-02 15:04` (with seconds where they are not zero), or empty.
    `place` is where it hangs in its file, `path` the value that it is about: `()` for the document,
    `("projects", 0)` for a project. `resolved` says that the question is settled; None where the file can't say it.
    """

    author: str
    date: str
    text: str
    replies: tuple[Reply, ...] = ()
    resolved: bool | None = False
    place: Place = Place("")
    path: Path = ()

    @property
    def said(self) -> Reply:
        """The comment by itself, as its replies are."""
        return Reply(self.author, self.date, self.text)


@dataclass(frozen=True)
class Reading:
    """What came out of a file: the Document, a place for every value, and what else is to be said.

    `places` maps the path of every value to where it stands. `claims` accounts for every non-empty
    cell and paragraph of a file that was read by a reader, in the file's order; it is empty for YAML. `threads` are
    the comments of a file that was read by a reader, `tracked` its tracked changes. `layout` is the fingerprint of one
    that no form drew, or one that was learnt from a file.
    """

    document: Document
    places: Mapping[Path, Place] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()
    claims: tuple[Claim, ...] = ()
    layout: str = ""
    threads: tuple[Thread, ...] = ()
    tracked: tuple[TrackedChange, ...] = ()
