"""Deleted text that LibreOffice brings back: said, and taken out where that is sure.

LibreOffice 7 makes the text of a content control around a cell the text of a field, writes it several times
(`echoes`), and takes into it what is tracked as deleted or hidden, as if it were there: `旧值新值`. In a .doc it also
forgets that the first words after a table were deleted. Which part it was the file does not say any more. But a
text that the file tracks as deleted several times elsewhere, and shows nowhere else, was deleted here too: as
when a word was replaced throughout; and so was one without which the rest is what other cells say. The code of a
field it takes into such a text as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from perfdoc.layout import Block, Cell, Grid
from perfdoc.reading.codes import DAMAGED, UNCERTAIN
from perfdoc.reading.docx.quote import shorten
from perfdoc.report import Place, Severity

if TYPE_CHECKING:
    from perfdoc.reading.docx.job import Job

_SHORTEST = 2  # characters of a deleted text that is looked for
_OFTEN = 2  # deletions of it elsewhere
_CODE = re.compile(r'HYPERLINK "[^"]*"(?: \\[a-z](?: "[^"]*")?)*|^ ?QUOTE "[^"]*" ?')
_MOST = 20  # different texts that are looked for, those deleted most often first
_SEVERAL = "stands here several times, as LibreOffice writes some controls; read once"
_ONCE = "is the text of a control, into which LibreOffice takes what is deleted or hidden"
_COMPARE = "; text that was deleted or hidden may be among it, compare it with the original"
_FORGOTTEN = "stands right after a table and before an insertion, where LibreOffice forgets that text was deleted"
Cuts = dict[Place, dict[str, str]]
"""What becomes of the texts at a place: text → what is left of it."""


class Copies:
    """The texts of one file in which deleted text may have come back, and where."""

    def __init__(self) -> None:
        self._several: list[tuple[Place, str]] = []
        self._once: list[tuple[Place, str]] = []
        self._before: list[tuple[Place, str]] = []

    def several(self, place: Place, text: str) -> None:
        """A text that was read once of the several times that it stands there."""
        self._several.append((place, text))

    def once(self, place: Place, text: str) -> None:
        """A text that stands there once, but in such a control."""
        self._once.append((place, text))

    def before_insertion(self, place: Place, text: str) -> None:
        """The first words of a paragraph after a table, when an insertion follows them."""
        self._before.append((place, text))

    def settle(self, blocks: Sequence[Block], job: Job) -> tuple[Block, ...]:
        """Say it of each of these texts; the blocks without what was deleted for sure."""
        deleted = job.changes.deleted
        doubtful = [(place, text, _SEVERAL) for place, text in self._several]
        doubtful += [(place, text, _ONCE) for place, text in self._once if deleted or _CODE.search(text)]
        if not doubtful and not (self._before and deleted):
            return tuple(blocks)
        evidence = _Evidence(blocks, {place: text for place, text, _ in doubtful} | dict(self._before), deleted)
        cuts: Cuts = {}
        for place, text, what in doubtful:
            left, why = evidence.left_of(text)
            if left != text:
                cuts.setdefault(place, {})[text] = left
            elif deleted:
                why = _COMPARE
            job.say(DAMAGED, Severity.warning, f"{shorten(text)!r} {what}{why}", place, left)
        for place, text in self._before if deleted else ():
            gone = text in evidence.sure
            if gone:
                cuts.setdefault(place, {})[text] = ""
            why = evidence.without(text) if gone else "; compare it with the original"
            job.say(UNCERTAIN, Severity.warning, f"{shorten(text)!r} {_FORGOTTEN}{why}", place, "" if gone else text)
        return tuple(_cut(block, cuts) for block in blocks) if cuts else tuple(blocks)


class _Evidence:
    """What the rest of a file says of its doubtful texts."""

    def __init__(self, blocks: Sequence[Block], doubtful: Mapping[Place, str], deleted: Mapping[str, int]) -> None:
        often = [text for text, times in sorted(deleted.items(), key=lambda each: -each[1]) if times >= _OFTEN]
        self._often = [
            text for text in often if len(text) >= _SHORTEST and any(text in each for each in doubtful.values())
        ][:_MOST]
        self._deleted = deleted
        self._said: set[str] = set()
        """The texts of cells and paragraphs that are not doubtful."""
        wanted = list(self._often)
        for place, text in _texts(blocks) if wanted else ():
            if text and place not in doubtful:
                self._said.add(text)
                wanted = [each for each in wanted if each not in text]
        self.sure = sorted(wanted, key=lambda text: (-len(text), text))
        """What is tracked as deleted time and again, and stands nowhere but in doubtful texts; longest first."""

    def left_of(self, text: str) -> tuple[str, str]:
        """A text without what does not belong to it, unless nothing were left; and what is to be said of it."""
        why = ""
        coded = _CODE.sub("", text)
        if coded and coded != text:
            text, why = coded, ", without the code of a field"
        for gone in self.sure:
            left = text.replace(gone, "")
            if left and left != text:
                text, why = left, why + self.without(gone)
        if not why and text not in self._said:
            for gone in self._often:
                cuts = (text.removeprefix(gone), text.removesuffix(gone), text.replace(gone, ""))
                left = next((cut for cut in cuts if cut != text and cut in self._said), "")
                if left:
                    return left, f"{self.without(gone)}; the rest stands elsewhere by itself"
        return text, why

    def without(self, gone: str) -> str:
        """What is to be said where a text that was deleted is left out."""
        return f", without {gone!r}, which is deleted or hidden in {self._deleted[gone]} other places"


def _texts(blocks: Sequence[Block]) -> Iterator[tuple[Place, str]]:
    for block in blocks:
        if isinstance(block, Grid):
            yield from ((block.place_of(cell), cell.text) for row in block.rows for cell in row.cells if cell.text)
        else:
            yield block.place, block.text


def _cut(block: Block, cuts: Cuts) -> Block:
    """The block, its doubtful texts without what was deleted."""
    if not isinstance(block, Grid):
        cut = cuts.get(block.place)
        return block._replace(text=_without(block.text, cut)) if cut else block
    rows = tuple(
        row._replace(cells=tuple(_cut_cell(cell, cuts.get(block.place_of(cell))) for cell in row.cells))
        for row in block.rows
    )
    return replace(block, rows=rows)


def _cut_cell(cell: Cell, cut: Mapping[str, str] | None) -> Cell:
    return cell._replace(text=_without(cell.text, cut), runs=()) if cut else cell


def _without(text: str, cut: Mapping[str, str]) -> str:
    """A text of several lines, in which a doubtful text may be followed by others."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        doubtful = next((each for each in cut if line.startswith(each)), None)
        if doubtful is not None:
            lines[number] = cut[doubtful] + line.removeprefix(doubtful)
    return "\n".join(lines)
