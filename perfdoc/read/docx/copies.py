"""Deleted text that LibreOffice brings back: said, and taken out where that is sure.

LibreOffice 7 makes the text of a content control around a cell the text of a field, writes it several times
(`echoes`), and takes into it what is tracked as deleted, as if it were there: `旧值新值`. In a .doc it also
forgets that the first words after a table were deleted. Which part it was the file does not say any more. But a
text that the file tracks as deleted several times elsewhere, and shows nowhere else, was deleted here too: as
when a word was replaced throughout.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from perfdoc.layout import Block, Cell, Grid
from perfdoc.read.codes import DAMAGED, UNCERTAIN
from perfdoc.read.docx.quote import shorten
from perfdoc.report import Place, Severity

if TYPE_CHECKING:
    from perfdoc.read.docx.job import Job

_SHORTEST = 2  # characters of a deleted text that is looked for
_OFTEN = 2  # deletions of it elsewhere
_MOST = 20  # different texts that are looked for, those deleted most often first
_SEVERAL = "stands here several times, as LibreOffice writes some controls; read once"
_FORGOTTEN = "stands right after a table and before an insertion, where LibreOffice forgets that text was deleted"
Cuts = dict[Place, dict[str, str]]
"""What becomes of the texts at a place: text → what is left of it."""


class Copies:
    """The texts of one file in which deleted text may have come back, and where."""

    def __init__(self) -> None:
        self._several: list[tuple[Place, str]] = []
        self._before: list[tuple[Place, str]] = []

    def several(self, place: Place, text: str) -> None:
        """A text that was read once of the several times that it stands there."""
        self._several.append((place, text))

    def before_insertion(self, place: Place, text: str) -> None:
        """The first words of a paragraph after a table, when an insertion follows them."""
        self._before.append((place, text))

    def settle(self, blocks: Sequence[Block], job: Job) -> tuple[Block, ...]:
        """Say it of each of these texts; the blocks without what was deleted for sure."""
        if not self._several and not (self._before and job.changes.deleted):
            return tuple(blocks)
        sure = _deleted_for_sure(job.changes.deleted, blocks, dict([*self._several, *self._before]))
        cuts: Cuts = {}
        for place, text in self._several:
            left, why = _left_of(text, sure, job)
            if left != text:
                cuts.setdefault(place, {})[text] = left
            elif job.changes.deleted:
                why = "; text that was deleted may be among it, compare it with the original"
            job.say(DAMAGED, Severity.warning, f"{shorten(text)!r} {_SEVERAL}{why}", place, left)
        for place, text in self._before if job.changes.deleted else ():
            gone = text in sure
            if gone:
                cuts.setdefault(place, {})[text] = ""
            why = _left_of(text + " ", sure, job)[1] if gone else "; compare it with the original"
            job.say(UNCERTAIN, Severity.warning, f"{shorten(text)!r} {_FORGOTTEN}{why}", place, "" if gone else text)
        return tuple(_cut(block, cuts) for block in blocks) if cuts else tuple(blocks)


def _left_of(text: str, sure: Sequence[str], job: Job) -> tuple[str, str]:
    """A text without what was deleted for sure, unless it were nothing; and what is to be said of it."""
    why = ""
    for gone in sure:
        left = text.replace(gone, "")
        if left and left != text:
            text = left
            why += f", without {gone!r}, which is tracked as deleted in {job.changes.deleted[gone]} other places"
    return text, why


def _deleted_for_sure(
    deleted: Mapping[str, int], blocks: Sequence[Block], doubtful: Mapping[Place, str]
) -> tuple[str, ...]:
    """What is tracked as deleted time and again, and stands nowhere but in doubtful texts; longest first."""
    wanted = [
        text
        for text, times in sorted(deleted.items(), key=lambda each: -each[1])
        if times >= _OFTEN and len(text) >= _SHORTEST and any(text in each for each in doubtful.values())
    ][:_MOST]
    for place, text in _texts(blocks):
        if not wanted:
            break
        if place not in doubtful:
            wanted = [each for each in wanted if each not in text]
    return tuple(sorted(wanted, key=lambda text: (-len(text), text)))


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
