"""Deleted text that LibreOffice brings back: said, and taken out where that is sure.

LibreOffice 7 takes into the text of a content control what is tracked as deleted or hidden, as if it were there:
`旧值新值`. Which part it was the file does not say any more. But a text that the file tracks as deleted several times
elsewhere, and shows nowhere else, was deleted here too: as when a word was replaced throughout; and so was one without
which the rest is what other cells say. The code of a field it takes into such a text as well.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from lxml import etree

from perfdoc.layout import Block, Cell, Grid
from perfdoc.reading.codes import DAMAGED
from perfdoc.reading.docx.characters import text_of
from perfdoc.reading.docx.context import Context, Story
from perfdoc.reading.docx.marks import shorten
from perfdoc.reading.docx.namespaces import DEL, DELTEXT, MOVEFROM, RPR, VAL, VANISH, R, T, is_on
from perfdoc.report import Place, Severity
from perfdoc.texts import say

_SHORTEST = 2  # characters of a deleted text that is looked for
_LONGEST = 200
_OFTEN = 2  # deletions of it elsewhere
_CODE = re.compile(r'HYPERLINK "[^"]*"(?: \\[a-z](?: "[^"]*")?)*|^ ?QUOTE "[^"]*" ?')
_MOST = 20  # different texts that are looked for, those deleted most often first
MAX_DELETED = 10_000
"""Different texts that are remembered as deleted."""
Cuts = dict[Place, dict[str, str]]
"""What becomes of the texts at a place: text → what is left of it."""


class Deleted:
    """The texts of a file that are tracked as deleted, or hidden, and how often each is."""

    def __init__(self) -> None:
        self._deleted: Counter[str] = Counter()

    def look(self, block: etree._Element, story: Story) -> None:
        """Take down the deleted and the hidden texts of a block; nothing is changed."""
        if story.context.tracked.policy != "reject":
            for deletion in block.iter(DEL, MOVEFROM):
                if not _is_deletion(deletion.getprevious()):
                    self._remember(_text_from(deletion))
        for mark in block.iter(VANISH):
            properties = mark.getparent()
            run = None if properties is None or properties.tag != RPR else properties.getparent()
            if run is not None and run.tag == R and is_on(mark.get(VAL)):
                self._remember(text_of(run))

    def _remember(self, text: str) -> None:
        if 0 < len(text) <= _LONGEST and (text in self._deleted or len(self._deleted) < MAX_DELETED):
            self._deleted[text] += 1

    def settle(self, blocks: Sequence[Block], context: Context, *, once: bool) -> tuple[Block, ...]:
        """Say of each doubtful text what it is; the blocks without what was deleted for sure.

        With `once`, those that stand there once are doubtful too, if they are all that their cell holds.
        """
        several = {place: mark.text for mark, place in context.doubtful if mark.several}
        doubtful = [(place, mark.text, "docx.doubtful.several") for mark, place in context.doubtful if mark.several]
        single = {place: mark.text for mark, place in context.doubtful if not mark.several and place.table}
        if once and single:
            told = {place: text for place, text in _texts(blocks) if place in single and place not in several}
            doubtful += [
                (place, text, "docx.doubtful.once")
                for place, text in single.items()
                if told.get(place) in (text, f"{text}\n") and (self._deleted or _CODE.search(text))
            ]
        if not doubtful:
            return tuple(blocks)
        evidence = _Evidence(blocks, {place: text for place, text, _ in doubtful}, self._deleted)
        cuts: Cuts = {}
        for place, text, key in doubtful:
            left, why = evidence.left_of(text)
            if left != text:
                cuts.setdefault(place, {})[text] = left
            elif self._deleted:
                why = say("docx.doubtful.compare")
            context.say(DAMAGED, Severity.warning, say(key, text=shorten(text), why=why), place, left)
        return tuple(_cut(block, cuts) for block in blocks) if cuts else tuple(blocks)


def _is_deletion(element: etree._Element | None) -> bool:
    return element is not None and element.tag in (DEL, MOVEFROM)


def _text_from(deletion: etree._Element) -> str:
    """The text of a deletion, which goes on in the deletions that follow it at once."""
    text = ""
    each: etree._Element | None = deletion
    while each is not None and _is_deletion(each) and len(text) <= _LONGEST:
        text += "".join(piece.text or "" for piece in each.iter(DELTEXT, T))
        each = each.getnext()
    return text


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
            text, why = coded, say("docx.doubtful.without_code")
        for gone in self.sure:
            left = text.replace(gone, "")
            if left and left != text:
                text, why = left, why + self.without(gone)
        if not why and text not in self._said:
            for gone in self._often:
                cuts = (text.removeprefix(gone), text.removesuffix(gone), text.replace(gone, ""))
                left = next((cut for cut in cuts if cut != text and cut in self._said), "")
                if left:
                    return left, self.without(gone) + say("docx.doubtful.rest")
        return text, why

    def without(self, gone: str) -> str:
        """What is to be said where a text that was deleted is left out."""
        return say("docx.doubtful.without", gone=gone, n=self._deleted[gone])


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
