"""What stands right below a form, or between its tables: last lines, notes, headings that name a field, their text."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from perfdoc.extraction.result.claims import Findings
from perfdoc.extraction.result.project import Project
from perfdoc.extraction.vocabulary.keys import named
from perfdoc.extraction.vocabulary.tables import Entry
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.layout import Paragraph
from perfdoc.report import Role

TEXTS = ("goals", "results", "purpose")
_NUMBER = re.compile(r"\s*[（(]?(\d{1,2})[.．、)）](?!\d)")
_MOST = 12
"""Paragraphs under a heading that are its value: more of them are a chapter."""
Lines = Sequence[Paragraph]


class Piece(NamedTuple):
    """A line that names values in it (`entry` is None), or a heading with what it names; and the lines below of it."""

    line: Paragraph
    entry: Entry | None
    more: Lines = ()


class Below(NamedTuple):
    """The lines of a form, and the others that follow. `divides` says that a heading is among the first."""

    pieces: Sequence[Piece]
    others: Lines

    @property
    def divides(self) -> bool:
        """Whether there is a heading."""
        return any(piece.entry is not None for piece in self.pieces)


def below(lines: Lines, project: Project, words: Vocabulary) -> Below:
    """Tell the lines apart; those of a form come first."""
    pieces: list[Piece] = []
    filled: set[str] = set()
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line.text.strip():
            at += 1
            continue
        piece = _piece(line, lines[at + 1 :], words)
        if piece is None:
            break
        path = piece.entry.path if piece.entry is not None else ""
        if piece.more and path and (path in filled or not project.is_empty(path)):
            break
        filled.add(path)
        pieces.append(piece)
        at += 1 + (lines.index(piece.more[-1], at) - at if piece.more else 0)
    return Below(pieces, lines[at:])


def _piece(line: Paragraph, following: Lines, words: Vocabulary) -> Piece | None:
    meaning = words.meaning(line.text)
    if line.story != "body" or line.contents:
        return None
    found = meaning.inlines
    labels = [inline for _, inline in found if inline is not None]
    unfilled = len(labels) > 1 and not any(inline.value.strip() for inline in labels)
    if labels and len(labels) == len(found) and (words.meaning(found[0][0]).is_footer or unfilled):
        last = found[-1][1]
        return Piece(line, None, _note(last.value, following, words) if last is not None else ())
    if len(found) > 1 and all(_is_blank(one, words) for one, _ in found):
        return Piece(line, Entry(group=True))
    entry = meaning.label
    if entry is None or line.text.strip().endswith(("。", "；")):
        return None
    if entry.group:
        return Piece(line, entry)
    if entry.path not in (*TEXTS, ""):
        return None
    more = _under(following, words)
    return Piece(line, entry, more) if more else None


def _is_blank(text: str, words: Vocabulary) -> bool:
    """Whether a text is a place to sign, to seal or to date, or a label that nothing is written behind."""
    own = words.own_label(text)
    return words.is_sealed(text if own is None else own[1]) or (own is not None and not own[1].strip())


def _note(value: str, following: Lines, words: Vocabulary) -> Lines:
    """The further lines of a note: those numbered on from its first, or, where that is blank, all that follow."""
    if not value.strip():
        return _under(following, words)
    number, more = _NUMBER.match(value), []
    for line in following:
        expected = int(number[1]) + 1 if number is not None else 0
        number = _NUMBER.match(line.text)
        if number is None or int(number[1]) != expected or line.story != "body":
            break
        more.append(line)
    return more


def _under(following: Lines, words: Vocabulary) -> Lines:
    """The paragraphs under a heading up to the next heading, label or title; none where they are a chapter."""
    more: list[Paragraph] = []
    for line in following:
        meaning = words.meaning(line.text)
        if line.story != "body" or line.outline or line.bookmarks or words.beginning("items", line.text):
            break
        if meaning.is_named or meaning.is_title or (more and not line.text.strip()):
            break
        if line.text.strip():
            more.append(line)
    return more if len(more) <= _MOST else ()


def claim_below(found: Below, project: Project, findings: Findings, words: Vocabulary) -> None:
    """Claim the lines of a form: values of the fields that headings name, all else of them in `extra`."""
    for line, entry, more in found.pieces:
        if entry is not None:
            findings.claim(Role.label, line.place, line.text)
            if more:
                number = _NUMBER.match(line.text)
                begins = number[0] if number is not None else words.beginning("items", line.text)
                _claim_text(entry.path, named(line.text.removeprefix(begins)), more, project)
            continue
        for piece, inline in words.meaning(line.text).inlines:
            if inline is None:
                continue
            label, value = named(inline.label), inline.value.strip()
            if more and not value and inline == words.meaning(line.text).inlines[-1][1]:
                findings.claim(Role.label, line.place, piece)
                _claim_text("", label, more, project)
            else:
                holder = project.name("", label, value, line.place, text=piece)
                project.go_on_below(holder, more if value and more else ())


def _claim_text(field: str, label: str, lines: Lines, project: Project) -> None:
    """A value of several paragraphs."""
    first, *rest = lines
    project.go_on_below(project.name(field, label, first.text.strip(), first.place, text=first.text), rest)
