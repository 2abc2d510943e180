"""Heads that are known by the names of levels below them, whatever they are called: 评价内容 over 产出."""

from collections.abc import Sequence

from perfdoc.extraction.by_labels.heads.columns import HeadCell
from perfdoc.extraction.vocabulary.keys import looks_like_label
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.layout import Cell, Grid


def levels_below(grid: Grid, index: int, own: Sequence[Cell], words: Vocabulary) -> list[tuple[str, Cell]]:
    """The names of a level1 and a level2, and the indicator's own, in the row right below heads; else nothing.

    `own` are the texts of the row at `index`, of which none is the name of a level, or a value. Left of the head of
    the 指标值 the name of one level and the indicator's own are enough.
    """
    if len(own) < 3 or index + 1 >= len(grid.rows):
        return []
    row = grid.rows[index + 1].cells
    below = [cell for cell in row if not cell.continues and cell.text.strip() and cell.column >= own[0].column]
    columns = {cell.column for cell in own}
    target = next((cell.column for cell in own if words.meaning(cell.text).column == "target"), 0)
    kinds = len(below) > 2 and target == below[2].column and columns.issuperset(cell.column for cell in below)
    if kinds and [words.meaning(cell.text).is_level for cell in below[:2]] == [True, False]:
        return [("level1", below[0]), ("level3", below[1])]
    at = next((n for n, cell in enumerate(below) if words.meaning(cell.text).is_first_level), None)
    if at is None or len(below) < at + 4:
        return []
    first, second, third = below[at : at + 3]
    two = words.meaning(second.text).is_level and not words.meaning(second.text).is_first_level
    if not two or first.column not in columns or words.meaning(third.text).is_level:
        return []
    heads = [cell for cell in own if cell.column >= first.column]
    apart = all(looks_like_label(cell.text) and not words.meaning(cell.text).is_level for cell in heads)
    found = [("level1", first), ("level2", second), ("level3", third)]
    return found if apart and len(heads) > 2 else []


def with_levels(found: Sequence[HeadCell], levels: Sequence[tuple[str, Cell]]) -> list[HeadCell]:
    """The heads with those over a level1, a level2 and a level3 known; one that spans two of them is both."""
    cells: list[HeadCell] = []
    for cell in found:
        inside = [(role, one.column) for role, one in levels if cell.first <= one.column <= cell.last]
        if not inside:
            cells.append(cell)
        ends = [*(column - 1 for _, column in inside[1:]), cell.last]
        for (role, column), end in zip(inside, ends, strict=False):
            cells.append(cell._replace(role=role, field="", first=column, last=end))
    if not any(cell.role == "target" for cell in cells) and not cells[-1].role:
        cells[-1] = cells[-1]._replace(role="target", field="")
    return cells
