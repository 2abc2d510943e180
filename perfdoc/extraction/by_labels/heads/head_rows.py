"""Heads of several rows: how far up and down a head reaches, and what its rows say of each column together."""

from collections.abc import Iterable, Sequence

from perfdoc.extraction.by_labels.heads.columns import CORE, LEVELS, OVER, OWNERS, HeadCell
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.layout import Cell, Grid, Row


def top_of(grid: Grid, index: int, found: Sequence[HeadCell], words: Vocabulary) -> int:
    """The first row of the head: a row above belongs to it where its cells reach down, or only name columns."""
    start = min(cell.first for cell in found if cell.role in CORE or cell.role == "group" or cell.field)
    if any(cell.role in LEVELS for cell in found):
        start = min(cell.first for cell in found if cell.role in LEVELS)
    lists = any(cell.field in OWNERS for cell in found)
    top = index
    while top > 0:
        every = [c for c in grid.rows[top - 1].cells if not c.continues and c.text.strip()]
        own = [c for c in every if c.column + c.colspan > start]
        reaching = [c for c in every if c.row + c.rowspan - 1 > index]
        named = _all_named(reaching if lists else every, words)
        reaches = any(c.column >= start for c in reaching) or bool(reaching and named)
        blank = any(not c.continues and not c.text.strip() for c in grid.rows[index].cells if c.column >= start)
        named = len(own) > 1 and _all_named(own, words) and any(words.meaning(c.text).column for c in own)
        if not reaches and not (named and blank):
            break
        top -= 1
        if not reaches:
            break
    return top


def _all_named(cells: Sequence[Cell], words: Vocabulary) -> bool:
    return all(
        words.meaning(c.text).column
        or words.meaning(c.text).is_head
        or words.meaning(c.text).label is not None
        or words.meaning(c.text).is_level
        for c in cells
    )


def depth_of(grid: Grid, index: int, found: Sequence[HeadCell], words: Vocabulary) -> int:
    """Rows of the head: as many as all of its levels span. (One alone may be merged with what a page cut off.)

    Where nothing is merged, the row below belongs to it that only divides columns (符号, 单位).
    """
    levels = {c.first for c in found if c.role in LEVELS} or {c.first for c in found if c.role in CORE}
    levels = levels or {c.first for c in found if c.field}
    spans = min((cell.rowspan for cell in grid.rows[index].cells if cell.column in levels), default=1)
    depth, level = spans, max(levels, default=grid.columns)
    while spans == 1 and index + depth < len(grid.rows) and _divides(grid.rows[index + depth], level, words):
        depth += 1
    return depth


def _divides(row: Row, level: int, words: Vocabulary) -> bool:
    """Whether a row right of the levels only holds heads, and none in the levels' own columns."""
    own = [cell for cell in row.cells if not cell.continues and cell.text.strip()]
    if not own or any(cell.column <= level for cell in own):
        return False
    return all(
        words.meaning(cell.text).column in ("operator", "unit", "target") or words.meaning(cell.text).is_head
        for cell in own
    )


def under_heads(found: list[HeadCell], above: Iterable[HeadCell], words: Vocabulary) -> list[HeadCell]:
    """A row of heads with the row above it: what reaches down is a head too, what spans several names them."""
    kept = list(found)
    for a in above:
        below = [n for n, cell in enumerate(kept) if a.first <= cell.first and cell.last <= a.last]
        if not below:
            if not any(cell.first <= a.last and a.first <= cell.last for cell in kept):
                kept.append(a)
            continue
        for n in below:
            total = words.meaning(kept[n].label).is_total
            if not kept[n].role and (total or not kept[n].field):
                field = (a.field or _total_of([kept[m] for m in below])) if total else ""
                kept[n] = kept[n]._replace(label=f"{a.label}{OVER}{kept[n].label}", field=field)
    return sorted(kept, key=lambda cell: cell.first)


def _total_of(cells: Iterable[HeadCell]) -> str:
    """The field of a total beside these columns: the budget's where sources of money stand there."""
    return "budget.total" if any(cell.field.startswith("budget.") for cell in cells) else ""


def refined(above: Sequence[HeadCell], below: Sequence[HeadCell], words: Vocabulary) -> list[HeadCell]:
    """Heads of two rows: a cell below speaks for its columns, under the name of the cell above it.

    What a 指标值 is divided into has the 指标值 itself in the column that says nothing else.
    """
    kept: list[HeadCell] = []
    for a in above:
        parts = [b for b in below if a.first <= b.first <= a.last]
        if not parts:
            kept.append(a)
            continue
        named = [
            b
            if b.role or b.field
            else b._replace(
                label=f"{a.label}{OVER}{b.label}", field=_total_of(parts) if words.meaning(b.label).is_total else ""
            )
            for b in parts
        ]
        gaps = [c for c in range(a.first, a.last + 1) if not any(b.first <= c <= b.last for b in parts)]
        if a.role == "target" and not any(b.role == "target" for b in named):
            if gaps:
                named.append(a._replace(first=gaps[0], last=gaps[0]))
            else:
                divided = bool({b.role for b in named} & {"operator", "unit"})
                own = (n for n, b in enumerate(parts) if not b.role and (divided or words.meaning(b.label).is_annual))
                n = next(own, None)
                named = [b._replace(role="target") if i == n else b for i, b in enumerate(named)]
        kept += named
    kept += [b for b in below if not any(a.first <= b.first <= a.last for a in above)]
    return sorted(kept, key=lambda cell: cell.first)
