"""What stands beside a label in its row: its value, another label, nothing. Pure: from the cells of the row alone."""

from collections.abc import Mapping, Sequence

from perfdoc.extraction.vocabulary.keys import looks_like_label
from perfdoc.extraction.vocabulary.tables import Entry
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.layout import Cell

COLONS = "：:"

TEXTS = ("goals", "results", "purpose")
"""Fields of several lines: a row without a label may go on with one."""


def value_of(cells: Sequence[Cell], n: int, words: Vocabulary) -> int:
    """Where the value of the label at `n` stands: next to it, or after blank cells where nothing else names it."""
    own = [m for m in range(n + 1, len(cells)) if cells[m].text.strip()]
    named = (words.meaning(cells[m].text) for m in own[:2])
    labels = [one.is_named or one.is_head for one in named]
    alone = labels == [False] or labels == [False, True]
    return own[0] if alone else n + 1


def is_bare(cells: Sequence[Cell], n: int, entry: Entry, words: Vocabulary) -> bool:
    """Whether a label of money has no value: what follows it is a label with its own value in one cell."""
    inline = words.meaning(cells[n + 1].text).inline if n + 1 < len(cells) else None
    return inline is not None and (entry.path.startswith("budget.") or inline.entry.path == entry.path != "goals")


def ends_open(cell: Cell, following: Cell | None, words: Vocabulary) -> bool:
    """Whether a label has the place of its value behind its own colon, with nothing in it: the next cell names
    another value.
    """
    text = cell.text.strip()
    if text[-1:] not in COLONS or not looks_like_label(text):
        return False
    beside = following.text if following is not None else ""
    return words.meaning(beside).is_named or words.own_label(beside) is not None or following is None


def in_brackets(cells: Sequence[Cell], n: int, words: Vocabulary) -> str:
    """The value that the label at `n` has in its own brackets, where none stands beside it."""
    beside = n + 1 < len(cells) and bool(cells[n + 1].text.strip())
    return "" if beside else words.meaning(cells[n].text).in_brackets


def says_label(value: Cell, words: Vocabulary) -> bool:
    """Whether a value says what names another value, so that a label may have lost its own."""
    said = words.meaning(value.text)
    entry = said.label
    if entry is None and said.inline is not None and said.inline.entry.path not in TEXTS:
        entry = said.inline.entry
    return said.is_head or said.column == "index" or (entry is not None and bool(entry.path))


def named_twice(cells: Sequence[Cell], labels: Mapping[int, str], words: Vocabulary) -> set[int]:
    """Columns of labels whose field another label of the row names better: the one under the year's total.

    `labels` are those of the first row of the block, by column.
    """
    paths: dict[str, list[int]] = {}
    for cell in cells if labels else ():
        entry = words.meaning(cell.text).label
        if entry is not None and entry.path.startswith("budget."):
            paths.setdefault(entry.path, []).append(cell.column)
    totals = [c for c, text in labels.items() if (e := words.meaning(text).label) and e.path == "budget.total"]
    total = next((c for c in totals if words.meaning(labels[c]).is_annual), totals[0] if totals else None)
    twice = {c for columns in paths.values() if len(columns) > 1 and total in columns for c in columns}
    return twice - {total} if total is not None else set()


def from_text(cells: Sequence[Cell]) -> list[Cell]:
    """The cells from the first one with text to the last one, and one that is blank behind a label's place."""
    own = [n for n, cell in enumerate(cells) if cell.text.strip()]
    return list(cells[own[0] : own[-1] + 1 + (looks_like_label(cells[own[-1]].text))]) if own else []


def filled(cells: Sequence[Cell]) -> int:
    """How many cells have a text."""
    return sum(bool(cell.text.strip()) for cell in cells)
