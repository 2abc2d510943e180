"""Several values in one cell: amounts of money with their labels, a line each, or labels and amounts side by side."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from perfdoc.extraction.vocabulary.keys import is_number, looks_like_label
from perfdoc.extraction.vocabulary.tables import Entry
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.layout import Cell

_MONEY = "budget."
_CUT = re.compile(r"\n|[；;，,](?=\s*[^\d\s])|[ \u3000\xa0]{2,}(?=[^\d\s])")
_AMOUNT = r"-?\d[\d,]*(?:\.\d+)?\s*[百千万亿]*元?|[/—-]+"
_LINE = re.compile(
    rf"\s*(?:其中\s*[:：]?\s*)?(?P<label>[^\d:：。；！？，,]{{2,24}}?)\s*(?:[:：]\s*(?P<value>{_AMOUNT}|)|(?P<bare>{_AMOUNT}))\s*[。；;，,]?\s*"
)
_NUMBERED = re.compile(r"\s*(?:[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|[(（]?\d{1,2}[)）、.．](?!\d))")


class MoneyLine(NamedTuple):
    """A label of money and its amount, as one piece of a cell's text."""

    label: str
    entry: Entry
    value: str
    text: str


def money_lines(text: str, words: Vocabulary, first: Entry | None = None) -> list[MoneyLine]:
    """The amounts of a cell that holds several of them, each behind its label; none where it says anything else.

    `first` is what the label beside the cell names: its amount may then be the first line, alone.
    """
    ends = [*(cut.end() for cut in _CUT.finditer(text)), len(text)]
    pieces = [piece for a, b in pairwise((0, *ends)) if (piece := text[a:b].strip())]
    if len(pieces) < 2:
        return []
    made: list[MoneyLine] = []
    if first is not None and first.path and is_number(amount := pieces[0].rstrip("；;，,")):
        made.append(MoneyLine("", first, amount.strip(), pieces[0]))
        pieces = pieces[1:]
    for piece in pieces:
        found = _LINE.fullmatch(_NUMBERED.sub("", piece))
        if found is None:
            return []
        value = found["value"] if found["value"] is not None else found["bare"]
        made.append(MoneyLine(found["label"], _entry(found["label"], words), value.strip(), piece))
    return made if any(one.entry.path.startswith(_MONEY) for one in made) else []


def _entry(label: str, words: Vocabulary) -> Entry:
    said = words.meaning(label)
    if said.is_other_money:
        return Entry("budget.other")
    if said.label is not None and said.label.path.startswith(_MONEY):
        return said.label
    return Entry("budget.total") if said.is_total else Entry()


def parted(cells: Sequence[Cell], words: Vocabulary) -> list[list[Cell]]:
    """A row as the rows that its cells' lines make: labels of money below each other, as many amounts beside them.

    A cell of one line before the labels stands in the first of them. The row itself where it has no such cell.
    """
    n = next((n for n, cell in enumerate(cells) if _are_labels(cell.text, words)), None)
    if n is None:
        return [list(cells)]
    lines = [cell.text.rstrip().split("\n") for cell in cells[n:]]
    count = len(lines[0])
    beside = [one for one in lines[1:] if one != [""]]
    if not beside or any(len(one) != count or not _are_amounts(one) for one in beside):
        return [list(cells)]
    rows = [
        [cell._replace(text=one[line] if one != [""] else "") for cell, one in zip(cells[n:], lines, strict=True)]
        for line in range(count)
    ]
    rows[0] = [*cells[:n], *rows[0]]
    return rows


def _are_labels(text: str, words: Vocabulary) -> bool:
    lines = text.rstrip().split("\n")
    if len(lines) < 2 or words.meaning(text).label is not None or not all(map(looks_like_label, lines)):
        return False
    entries = [words.meaning(line).label for line in lines]
    return sum(entry is not None and entry.path.startswith(_MONEY) for entry in entries) > 1


def _are_amounts(lines: Sequence[str]) -> bool:
    return all(not line.strip() or re.fullmatch(_AMOUNT, line.strip()) or is_number(line) for line in lines)
