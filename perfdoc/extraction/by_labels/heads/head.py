"""The head of an indicator table: which column of the grid holds what."""

from collections.abc import Callable, Sequence

from perfdoc.extraction.by_labels.heads.columns import BESIDE, CORE, EXTRA, LEVELS, OWNERS, Head, HeadCell
from perfdoc.extraction.by_labels.heads.head_rows import depth_of, refined, top_of, under_heads
from perfdoc.extraction.by_labels.heads.levels_below import levels_below, with_levels
from perfdoc.extraction.by_labels.heads.side_blocks import in_blocks, this_years
from perfdoc.extraction.by_labels.heads.unnamed_levels import (
    level_over_names,
    levels_as_columns,
    levels_spanned,
    lowest_level_named,
    misspelt_level_named,
    signs_named,
    target_named,
    values_by_texts,
)
from perfdoc.extraction.vocabulary.keys import key
from perfdoc.extraction.vocabulary.meaning import Meaning
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.layout import Cell, Grid, Row

_SHOWN = 12
"""Rows below a head that show what its columns hold."""
_OF_PROJECT = {"score": "score", "unit": "agency.name"}
"""What a column named as an indicator's is where it stands among a project's own: 得分, 单位."""


def head_at(grid: Grid, index: int, words: Vocabulary, goes_on: Callable[[], bool]) -> Head | None:
    """The head of an indicator table that has its levels, or its level3 and target, in `grid.rows[index]`, or None.

    `goes_on` says whether the row goes on with the table above, and is no head for what stands below it.
    """
    row = grid.rows[index]
    own = [cell for cell in row.cells if cell.text and not cell.continues and not cell.text.isspace()]
    if len(own) < 2:
        return None
    meanings = [words.meaning(cell.text) for cell in own]
    core = {one.column for one in meanings if one.column in CORE}
    named = _over_names(own, meanings) if core == {"target"} else None
    core |= {"level3"} if named is not None else set()
    levels = levels_below(grid, index, own, words) if len(core) < 2 else []
    levels = [] if levels and goes_on() else levels
    if len(core) < 2 and not levels and not any(one.label and one.label.path == "goals" for one in meanings):
        return None
    found = _spread([_cell_of(cell, words) for cell in own], row, grid.columns)
    found = [one._replace(role="level3") if one.first == named else one for one in found]
    if levels:
        found = with_levels(found, levels)
        core = {cell.role for cell in found if cell.role in CORE}
    elif len(core) < 2:
        first = index + max(cell.rowspan for cell in own)
        found = _with_names(found, own, grid.rows[first : first + 1], words)
        if not _lists_projects(found, words):
            return None
        found = [_of_list(cell, words) for cell in found]
    top = top_of(grid, index, found, words)
    depth = depth_of(grid, index, found, words)
    found = _with_rows_around(found, grid, (top, index, index + depth), words)
    found = levels_as_columns(misspelt_level_named(target_named(this_years(found), words)), words)
    shown = grid.rows[index + depth : index + depth + _SHOWN]
    found = signs_named(level_over_names(found, shown, words), shown, words)
    found = values_by_texts(levels_spanned(found, shown[:2], words), shown, words)
    if not any(cell.role in CORE or cell.field == "name" for cell in found):
        return None  # the row below has other names for all of its columns
    found, start, side = _without_side(
        found, _filled_below(grid, index + depth), _named_below(grid, index + depth, words)
    )
    if core and not any(cell.role == "level3" for cell in found):
        found = lowest_level_named(found, grid.rows[index + depth : index + depth + 2])
    cells, blocks = in_blocks(_with_project_columns(found, words), grid, index, words)
    rows = grid.rows[top : index + depth]
    keys = frozenset(key(c.text) for r in rows for c in r.cells if c.text.strip())
    return Head(top, index + depth - top, cells, keys, blocks, start, side)


def _over_names(own: Sequence[Cell], meanings: Sequence[Meaning]) -> int | None:
    """The column of a block's label (绩效指标) that heads the indicators' names: no level has a head, and beside it
    are columns that only indicators have.
    """
    blocks = [cell for cell, one in zip(own, meanings, strict=True) if one.label is not None and one.label.group]
    beside = sum(one.column in ("operator", "unit", *BESIDE) for one in meanings)
    low = blocks and blocks[0].rowspan == min(cell.rowspan for cell in own)
    return blocks[0].column if len(blocks) == 1 and low and beside > 1 else None


def _with_rows_around(
    found: list[HeadCell], grid: Grid, rows: tuple[int, int, int], words: Vocabulary
) -> list[HeadCell]:
    """The heads with what the rows above them and below them say: the first row, that of the heads, and the end."""
    top, index, end = rows
    for above in reversed(grid.rows[top:index]):
        over = [_cell_of(c, words) for c in above.cells if not c.continues and c.text.strip()]
        found = under_heads(found, _spread(over, above, grid.columns), words)
    for below in grid.rows[index + 1 : end]:
        own_below = [_cell_of(c, words) for c in below.cells if not c.continues and c.text.strip()]
        found = refined(found, own_below, words)
    return found


def _cell_of(cell: Cell, words: Vocabulary) -> HeadCell:
    role = words.meaning(cell.text).column or ""
    entry = words.meaning(cell.text).label if not role else None
    if entry is not None and entry.group and not entry.path:
        role = "group"
    field = entry.path if entry else ""
    money = words.meaning(cell.text).money_column if not role and not field else None
    if money is not None:
        field = f"{money[0]}.total"
    return HeadCell(role, field, "".join(cell.text.split()), cell.column, cell.column + cell.colspan - 1)


def _spread(found: list[HeadCell], row: Row, columns: int) -> list[HeadCell]:
    """Heads with the blank columns at their right that no merge gives to another: merges that were lost."""
    blank = {c.column for c in row.cells if not c.text.strip() and not c.continues}
    spread = []
    for n, cell in enumerate(found):
        end = found[n + 1].first if n + 1 < len(found) else columns + 1
        last = cell.last
        while last + 1 < end and last + 1 in blank:
            last += 1
        spread.append(cell._replace(last=last))
    return spread


def _with_names(found: list[HeadCell], own: Sequence[Cell], below: Sequence[Row], words: Vocabulary) -> list[HeadCell]:
    """The head of a list of goals whose column of names has no usual name (项目, 工作任务), with that one known."""
    if any(cell.field == "name" for cell in found) or not any(cell.field == "goals" for cell in found):
        return found
    under = [cell for row in below for cell in row.cells if cell.text.strip() and not cell.continues]
    columns = {column for cell in found for column in range(cell.first, cell.last + 1)}
    if len(under) < 2 or any(c.column not in columns or words.meaning(c.text).label is not None for c in under):
        return found
    said = [words.meaning(cell.text) for cell in own]
    indicates = any(one.indicates_in_list for one in said)
    n = next((n for n, one in enumerate(said) if one.names_in_list or (indicates and one.acts_in_list)), None)
    if n is None:
        return found
    return [c._replace(role="", field="name") if c.first == own[n].column else c for c in found]


def _lists_projects(found: Sequence[HeadCell], words: Vocabulary) -> bool:
    """Whether a row is the head of a list of projects and their goals, a line a project."""
    fields = {cell.field for cell in found if cell.field}
    own = [cell for cell in found if not cell.field and not cell.role and cell.first == cell.last]
    others = sum(not words.meaning(cell.label).is_level for cell in own)
    return len(fields) > 2 and {"name", "goals"} <= fields and 2 * others <= len(fields)


def _of_list(cell: HeadCell, words: Vocabulary) -> HeadCell:
    """A head that would open a block in a form: over one column of a list it has what stands below it."""
    if cell.role != "group" or cell.first != cell.last:
        return cell
    return cell._replace(role="level3" if words.meaning(cell.label).indicates_in_list else "")


def _filled_below(grid: Grid, index: int) -> frozenset[int]:
    """The columns where a cell with a text and no merge begins in each of the two rows from `index` on."""
    rows = grid.rows[index : index + 2]
    return (
        frozenset.intersection(
            *(
                frozenset(c.column for c in row.cells if c.text.strip() and not c.continues and c.rowspan == 1)
                for row in rows
            )
        )
        if len(rows) == 2
        else frozenset()
    )


def _named_below(grid: Grid, index: int, words: Vocabulary) -> frozenset[int]:
    """The columns where a text that is no label begins in the row at `index`, merged down from there or not."""
    row = grid.rows[index] if index < len(grid.rows) else Row(())
    return frozenset(
        c.column
        for c in row.cells
        if c.text.strip()
        and not c.continues
        and words.meaning(c.text).label is None
        and not words.meaning(c.text).is_level
    )


def _without_side(
    found: Sequence[HeadCell], own: frozenset[int], named: frozenset[int]
) -> tuple[list[HeadCell], int, str]:
    """The heads without the label at the side of the table, the first column that is not the side's, that label.

    A head over texts of its own (in the columns `own`) that no level stands beside is a column of the table, and one
    that is no known label over texts that are none either (in the columns `named`: 目标名称 over 年度目标1).
    """
    levels = [cell.first for cell in found if cell.role in LEVELS] or [c.first for c in found if c.role in CORE]
    first = min(levels, default=0)
    if any(cell.field == "name" or (cell.field in OWNERS and cell.first < first) for cell in found):
        return list(found), 1, ""
    levels_beside = any(cell.role in LEVELS[:2] for cell in found)

    def role(cell: HeadCell) -> str:
        side = cell.first < first and cell.role != "index" and (levels_beside or cell.first not in own)
        if side and not cell.role and not cell.field and cell.first in named:
            return ""
        return "group" if side else cell.role

    kept = [cell._replace(field="", role=role(cell)) for cell in found]
    start = min((cell.first for cell in kept if cell.role != "group"), default=1)
    return kept, start, next((c.label for c in kept if c.role == "group" and c.first < start), "")


def _may_be_budget(cell: HeadCell, end: int, words: Vocabulary) -> bool:
    """Whether a head left of the indicators' may be over the budgets of a list's projects: 资金（万元）."""
    free = cell.role in ("", "group") and not cell.field
    return free and cell.first == cell.last < end and words.meaning(cell.label).budgets_in_list


def _with_project_columns(found: Sequence[HeadCell], words: Vocabulary) -> list[HeadCell]:
    """The columns of a flat list left of the indicators' are the project's, also those without a field."""
    cells = list(found)
    if not any(cell.field in OWNERS for cell in cells):
        return cells
    end = min((cell.first for cell in cells if cell.role in CORE), default=cells[-1].last + 1)
    budget = next((n for n, c in enumerate(cells) if _may_be_budget(c, end, words)), None)
    if budget is not None and not any(cell.field == "budget.total" for cell in cells):
        cells[budget] = cells[budget]._replace(role="", field="budget.total")
    fields: set[str] = set()
    for n, cell in enumerate(cells):
        if cell.role in (*BESIDE, "unit") and cell.first < end:
            entry = words.meaning(cell.label).label
            field = _OF_PROJECT.get(cell.role) or (entry.path if entry is not None else "")
            cell = cells[n] = cell._replace(role="", field=field)
        if (cell.field and cell.field in fields) or (not cell.role and not cell.field and cell.first < end):
            field = EXTRA + cell.label
            cells[n] = cell._replace(field="" if field in fields else field)
        fields.add(cells[n].field)
    return cells
