"""Heads inside a form: a row of labels whose values stand below them (年初预算数 | 全年执行数, 预期目标 | 完成情况)."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from perfdoc.extraction.vocabulary.keys import is_number, looks_like_label, named
from perfdoc.extraction.vocabulary.tables import Entry
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.layout import Cell
from perfdoc.years import years

_LONGEST_YEAR = 12
"""Characters of a head that only names a year: 2024年（计划数）."""
_DAY = re.compile(r"\d[-./月]")
"""What tells a day or a month, which heads no column, from a year."""


class RowHead(NamedTuple):
    """A head inside a form: what stands in its columns below belongs to it. `above` is the head that it divides."""

    first: int
    last: int
    label: str
    entry: Entry | None
    above: str = ""


class UnderHeads(NamedTuple):
    """A row below heads: the labels of the row, and the cells with the heads that they stand under."""

    labels: list[Cell]
    values: list[tuple[Cell, RowHead]]


def are_heads(cells: Sequence[Cell], below: Sequence[Cell], words: Vocabulary) -> bool:
    """Whether a row only heads columns: labels side by side with no value between them, and values below them.

    `below` is the row under it, without what a merge hides; blank cells at the ends of both are left out.
    """
    own = [cell for cell in cells if cell.text.strip()]
    if not own or not all(looks_like_label(cell.text) for cell in own):
        return False
    if len(own) < len(cells) - 1 and not _fills(own, below, words):
        return (
            len(own) > 2 and _stands_under(own, below, words) and all(words.meaning(cell.text).is_head for cell in own)
        )
    heads = [words.meaning(cell.text).is_head for cell in own]
    if len(own) == 1:
        entry = words.meaning(own[0].text).label
        money = entry is not None and entry.path.startswith("budget.")
        named = heads[0] or (entry is not None and not entry.group and len(cells) == 1)
        return named and not money and _is_over(own[0], below, words)
    labels = {cell.text for cell in own if (entry := words.meaning(cell.text).label) is not None and not entry.group}
    columns = [head or _heads_money(cell, words) for head, cell in zip(heads, own, strict=True)]
    known = any(a and b for a, b in pairwise(columns)) or (2 < len(own) == len(labels))
    known = known or (len(own) > 2 and _over_amounts(own, below, words)) or _over_items(own, below, words)
    odd = len(own) % 2 == 1 or any(is_number(cell.text) for cell in below[: len(own) : 2])  # it can't be pairs
    known = known or (odd and _over_record(own, below, words, known=bool(labels) or any(heads)))
    return known and _stands_under(own, below, words)


def heads_pairs(cells: Sequence[Cell], below: Sequence[Cell], words: Vocabulary) -> bool:
    """Whether a row heads labels and their amounts side by side: 收入 | 预算数 | 支出 | 预算数.

    Or 收入 | 支出 over cells that have a label and its amount each, or over a label and an amount side by side.
    """
    own = [cell for cell in cells if cell.text.strip()]
    if len(own) < 2 or not all(looks_like_label(cell.text) for cell in own):
        return False
    if not any(words.meaning(cell.text).is_named for cell in own):
        pairs = [[one for one in below if cell.column <= one.column < cell.column + cell.colspan] for cell in own]
        if all(len(p) == 2 and looks_like_label(p[0].text) and is_number(p[1].text) for p in pairs):
            return True
        under = [cell.text for cell in below if cell.text.strip()]
        amounts = [one[1] for text in under if (one := words.own_label(text)) is not None and is_number(one[1])]
        if len(amounts) == len(under) == len(own) and any(words.meaning(text).inline for text in under):
            return True
    if len(own) < 4 or len(own) % 2 or len({named(cell.text) for cell in own[1::2]}) > 1:
        return False
    said = words.meaning(own[1].text)
    return said.money_column is not None or said.budgets_in_list or said.is_budget_head


def _heads_money(cell: Cell, words: Vocabulary) -> bool:
    """Whether a text heads a column of a table of money as such heads are written, or a column of years before."""
    said = words.meaning(cell.text)
    dated = len(cell.text) <= _LONGEST_YEAR and len(years(cell.text)) == 1 and not _DAY.search(cell.text)
    return said.label is None and (said.money_column is not None or said.is_past or said.is_this_year or dated)


def _fills(own: Sequence[Cell], below: Sequence[Cell], words: Vocabulary) -> bool:
    """Whether blank cells between labels are theirs (merges that were lost): all below begins where a label does."""
    columns = {cell.column for cell in own}
    under = [cell for cell in below if cell.text.strip()]
    return bool(under) and all(cell.column in columns and words.meaning(cell.text).label is None for cell in under)


def _is_over(head: Cell, below: Sequence[Cell], words: Vocabulary) -> bool:
    """Whether a head that is alone in its row has one cell below it, as wide, that is no label."""
    if len([cell for cell in below if cell.text.strip()]) != 1:
        return False
    (cell,) = (cell for cell in below if cell.text.strip())
    return cell.column == head.column and cell.colspan == head.colspan and words.meaning(cell.text).label is None


def _over_amounts(own: Sequence[Cell], below: Sequence[Cell], words: Vocabulary) -> bool:
    """Whether the row below has nothing but numbers, each below one of the labels: more than two, or of money."""
    columns = {cell.column for cell in own}
    under = [cell for cell in below if cell.text.strip()]
    said = [words.meaning(cell.text) for cell in own]
    money = any(one.is_total for one in said) and sum(bool(one.money_unit(known=True)) for one in said) > 1
    enough = len(under) > 0 if money else len(under) > 2
    return enough and all(cell.column in columns and is_number(cell.text) for cell in under)


def _over_items(own: Sequence[Cell], below: Sequence[Cell], words: Vocabulary) -> bool:
    """Whether two heads, of which the second says its unit of money, stand over a text and an amount."""
    under = [cell for cell in below if cell.text.strip()]
    if [c.column for c in own] != [c.column for c in under] or len(own) != 2:
        return False
    unit = words.meaning(own[1].text).money_unit(known=True)
    return bool(unit) and is_number(under[1].text) and not is_number(under[0].text)


def _over_record(own: Sequence[Cell], below: Sequence[Cell], words: Vocabulary, *, known: bool) -> bool:
    """Whether the row below is divided as the labels are, has a text under each of them and no label.

    One of those is an amount; where no label is `known`, each is longer than what it stands under.
    """
    under = [cell for cell in below if cell.text.strip()]
    if [(c.column, c.colspan) for c in own] != [(c.column, c.colspan) for c in under]:
        return False
    if any(words.meaning(c.text).label or words.meaning(c.text).is_head for c in under):
        return False
    if known:
        return any(is_number(c.text) for c in under)
    return len(own) > 1 and all(len(a.text) < len(b.text) for a, b in zip(own, under, strict=True))


def _stands_under(own: Sequence[Cell], below: Sequence[Cell], words: Vocabulary) -> bool:
    """Whether the row below is divided as the heads are, and does not only hold labels.

    Heads that are merged down beside others are divided by the row below, which is one of heads then.
    """
    if not below:
        return all(words.meaning(cell.text).is_head for cell in own)
    if len(own) > 1 and all(words.meaning(c.text).is_past or words.meaning(c.text).is_this_year for c in own):
        return {cell.column for cell in own} <= {cell.column for cell in below}
    edges = {cell.column for cell in below}
    under = [cell for cell in below if cell.column >= own[0].column and cell.text.strip()]
    if len(under) > 1 and len(own) > 2 and all(words.meaning(cell.text).is_head for cell in (*own, *under)):
        return True
    if sum(cell.column in edges or cell.rowspan > 1 for cell in own) < max(2, len(own) - 1):
        return False
    if any(cell.rowspan > 1 for cell in own):
        return True
    return not under or not all(words.meaning(cell.text).label or words.meaning(cell.text).column for cell in under)


def under(cells: Sequence[Cell], over: Sequence[RowHead], words: Vocabulary) -> UnderHeads | None:
    """The cells of a row below heads; None where the row is divided in another way.

    A label stands left of the heads, and may reach under the first of them where it leaves it a column; one that
    names a sum (金额合计) spans it.
    """
    labels: list[Cell] = []
    values: list[tuple[Cell, RowHead]] = []
    for cell in cells:
        filled = bool(cell.text.strip())
        head = next((o for o in over if o.first <= cell.column <= o.last), None)
        wide = head is not None and cell.column + cell.colspan - 1 > head.last
        if wide and cell is cells[0] and words.meaning(cell.text).is_total:
            labels.append(cell)
        elif head is None:
            if filled and (values or cell.column + cell.colspan > over[0].last):
                return None
            labels += [cell] if filled else []
        elif filled and (wide or any(o is head and c.text.strip() for c, o in values)):
            return None
        else:
            values.append((cell, head))
    filled_in = any(cell.text.strip() for cell, _ in values) or any(words.meaning(cell.text).label for cell in labels)
    money = sum(words.meaning(o.label).money_column is not None for o in over) > 1
    blank = money and len(labels) == 1 and looks_like_label(labels[0].text)
    return UnderHeads(labels, values) if values and (filled_in or blank) else None


def heads_of(cells: Sequence[Cell], words: Vocabulary) -> tuple[RowHead, ...]:
    """The heads of a row, each with the field that it names."""
    own = (cell for cell in cells if cell.text.strip())
    return tuple(RowHead(c.column, c.column + c.colspan - 1, named(c.text), words.meaning(c.text).label) for c in own)


def refined(above: Sequence[RowHead], below: Sequence[RowHead]) -> tuple[RowHead, ...]:
    """Heads in two rows: a head below divides the one above it."""
    kept = [a for a in above if not any(a.first <= b.first <= a.last for b in below)]
    over = {b.first: a.label for a in above for b in below if a.first <= b.first <= a.last}
    divided = (b._replace(above=over.get(b.first, "")) for b in below)
    return tuple(sorted((*kept, *divided), key=lambda one: one.first))
