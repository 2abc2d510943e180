"""Blocks of indicators side by side under one head (中期 | 年度), and columns that two heads claim."""

import re
from collections import Counter
from collections.abc import Sequence

from perfdoc.extraction.by_labels.heads.columns import BESIDE, LEVELS, OVER, HeadCell
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.layout import Grid
from perfdoc.years import years

_BRACKETED = re.compile(r"[（(]([^（）()]+)[）)]$")
_BEGINS = ("level3", "target", "level1", "level2")
_OFTEN = ("", "group", "index", "operator")
"""What several columns may be. Of 指标性质 and 指标方向 the one has the sign whose texts are signs."""


def in_blocks(
    found: Sequence[HeadCell], grid: Grid, index: int, words: Vocabulary
) -> tuple[tuple[HeadCell, ...], tuple[str, ...]]:
    """Number the blocks of indicators that stand side by side: a role met again begins the next one.

    Where indicators stand once and only a column of theirs twice, one of the two heads it and the other is a
    column of its own (实施周期指标值 | 年度指标值; 三级指标 | 指标内容). In a list that holds for all but
    blocks under the names of first levels (成本指标 | 产出指标). `index` is the lowest row of the head.
    """
    if (
        sum(
            cell.role == "level3" and all(words.meaning(one).is_level for one in cell.label.split(OVER))
            for cell in found
        )
        > 1
    ):
        return _a_level_each(found)
    if not _stand_twice(found):
        return tuple(_one_each(found, words)), ()
    seen: set[str] = set()
    block, cells, starts = 0, [], [found[0].first]
    for cell in found:
        if cell.role in seen and cell.role in _BEGINS:
            block += 1
            seen = set()
            starts.append(cell.first)
        second = cell.role in seen and cell.role not in _OFTEN
        if cell.role:
            seen.add(cell.role)
        cells.append(cell._replace(block=block, role="" if second else cell.role))
    own = [_own_column(cells, n, start) for n, start in enumerate(starts)]
    names = _names(own, grid, index, words)
    if any(cell.field for cell in found) and not all(words.meaning(one).is_first_level for one in names):
        return tuple(_one_each(found, words)), ()
    return tuple(cells), names


def _a_level_each(found: Sequence[HeadCell]) -> tuple[tuple[HeadCell, ...], tuple[str, ...]]:
    """The blocks of a head that has one column for each level: its label says which."""
    blocks = {cell.first: n for n, cell in enumerate(c for c in found if c.role == "level3")}
    cells = tuple(cell._replace(block=blocks.get(cell.first, 0)) for cell in found)
    return cells, tuple(cell.label for cell in found if cell.role == "level3")


def _stand_twice(found: Sequence[HeadCell]) -> bool:
    """Whether what makes an indicator has two heads: level3 (or level2, without it) and the target."""
    count = Counter(cell.role for cell in found)
    lowest = "level3" if count["level3"] else "level2"
    return count[lowest] > 1 and count["target"] > 1


def _one_each(found: Sequence[HeadCell], words: Vocabulary) -> list[HeadCell]:
    """Each role once: this year's target before another, a 三级指标 before a 指标内容, else the first."""
    chosen: dict[str, HeadCell] = {}
    firsts = {cell.role: cell.first for cell in reversed(found) if cell.role in LEVELS}
    lowest = max(firsts.values(), default=0)
    for cell in found:
        held = chosen.get(cell.role)
        better = held is not None and (
            (cell.role in BESIDE and held.first < lowest < cell.first)
            or (
                cell.role == "target"
                and words.meaning(cell.label).is_annual
                and not words.meaning(held.label).is_annual
            )
            or (
                cell.role == "level3"
                and words.meaning(held.label).describes
                and not words.meaning(cell.label).describes
            )
        )
        if held is None or better:
            chosen[cell.role] = cell
    cells = []
    for cell in found:
        if cell.role in _OFTEN or chosen[cell.role] is cell:
            cells.append(cell)
        elif cell.role == "level3" and words.meaning(cell.label).describes and "description" not in chosen:
            cells.append(cell._replace(role="description"))
            chosen["description"] = cell
        else:
            cells.append(cell._replace(role="", field=""))
    return cells


def this_years(found: Sequence[HeadCell]) -> list[HeadCell]:
    """The columns of what became of an indicator in years before that of its target are columns of their own."""
    of = {n: numbers for n, cell in enumerate(found) if (numbers := {one.number for one in years(cell.label)})}
    targets = [max(of[n]) for n in of if found[n].role == "target"]
    if not targets:
        return list(found)
    past = {n for n in of if found[n].role in ("actual", "score", "reason") and max(of[n]) < min(targets)}
    return [cell._replace(role="") if n in past else cell for n, cell in enumerate(found)]


def of_year(found: Sequence[HeadCell], year: int, words: Vocabulary) -> tuple[HeadCell, ...]:
    """The columns with the target of a form's year as its target, where other targets have other years."""
    of = {
        n: one.number
        for n, c in enumerate(found)
        if words.meaning(c.label).column == "target"
        for one in years(c.label)
    }
    held = [n for n in of if found[n].role == "target"]
    own = [n for n in of if of[n] == year and not found[n].role]
    if len(held) != 1 or len(own) != 1 or of[held[0]] == year:
        return tuple(found)
    role = {held[0]: "", own[0]: "target"}
    return tuple(cell._replace(role=role.get(n, cell.role)) for n, cell in enumerate(found))


def _own_column(cells: Sequence[HeadCell], block: int, start: int) -> HeadCell:
    """A column of a block that is its own: the first level3 or target in it."""
    own = [cell for cell in cells if cell.block == block]
    return next((c for c in own if c.role in ("level3", "target")), next(c for c in own if c.first >= start))


def _names(own: Sequence[HeadCell], grid: Grid, index: int, words: Vocabulary) -> tuple[str, ...]:
    """What tells blocks apart: the note in brackets of their heads, the heads above them or their own, or numbers."""
    notes = [found[1] if (found := _BRACKETED.search(cell.label)) else "" for cell in own]
    if all(notes) and len(set(notes)) == len(notes):
        return tuple(notes)
    above = [_over(grid, index, cell.first, words) for cell in own]
    if len(set(above)) < len(above):
        above = [cell.label for cell in own]
    if len(set(above)) < len(above):
        above = [""] * len(above)
    return tuple(name or str(n) for n, name in enumerate(above, 1))


def _over(grid: Grid, index: int, column: int, words: Vocabulary) -> str:
    """The nearest head above a column (中期目标, 产出指标): the name of a block. Empty where there is none."""
    for row in reversed(grid.rows[max(0, index - 4) : index]):
        for cell in row.cells:
            over = cell.column <= column < cell.column + cell.colspan
            if over and (words.meaning(cell.text).is_head or words.meaning(cell.text).is_first_level):
                return "".join(cell.text.split())
    return ""
