"""Heads that are known by the names of levels below them, whatever they are called: 评价内容 over 产出."""

from __future__ import annotations

from collections.abc import Sequence

from perfdoc.extraction.by_labels.heads.columns import HeadCell
from perfdoc.extraction.vocabulary.keys import looks_like_label
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.layout import Cell, Grid


def levels_below(grid: Grid, index: int, own: Sequence[Cell], words: Vocabulary) -> list[Cell]:
    """The names of a level1 and a level2, and the indicator's own, in the row right below heads; else nothing.

    `own` are the texts of the row at `index`, of which none is the name of a level, or a value.
    """
    if len(own) < 3 or index + 1 >= len(grid.rows):
        return []
    row = grid.rows[index + 1].cells
    below = [cell for cell in row if not cell.continues and cell.text.strip() and cell.column >= own[0].column]
    at = next((n for n, cell in enumerate(below) if words.meaning(cell.text).is_first_level), None)
    if at is None or len(below) < at + 4:
        return []
    first, second, third = below[at : at + 3]
    columns = {cell.column for cell in own}
    two = words.meaning(second.text).is_level and not words.meaning(second.text).is_first_level
    if not two or first.column not in columns or words.meaning(third.text).is_level:
        return []
    heads = [cell for cell in own if cell.column >= first.column]
    apart = all(looks_like_label(cell.text) and not words.meaning(cell.text).is_level for cell in heads)
    return [first, second, third] if apart and len(heads) > 2 else []


def with_levels(found: Sequence[HeadCell], levels: Sequence[Cell]) -> list[HeadCell]:
    """The heads with those over a level1, a level2 and a level3 known; one that spans two of them is both."""
    cells: list[HeadCell] = []
    for cell in found:
        inside = [(n, one.column) for n, one in enumerate(levels, 1) if cell.first <= one.column <= cell.last]
        if not inside:
            cells.append(cell)
        ends = [*(column - 1 for _, column in inside[1:]), cell.last]
        for (n, column), end in zip(inside, ends, strict=False):
            cells.append(cell._replace(role=f"level{n}", field="", first=column, last=end))
    if not any(cell.role == "target" for cell in cells) and not cells[-1].role:
        cells[-1] = cells[-1]._replace(role="target", field="")
    return cells
