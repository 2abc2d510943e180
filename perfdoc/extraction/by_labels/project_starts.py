"""Where the forms of one grid begin: at each 项目名称, or at the title and the captions right above it."""

from collections.abc import Mapping

from perfdoc.extraction.by_labels.heads.columns import Head
from perfdoc.extraction.by_labels.row_kinds import RowKinds, own_cells
from perfdoc.extraction.vocabulary.keys import looks_like_label
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.layout import Cell, Grid, Row

TOP = frozenset(("name", "department", "agency.name", "agency.code"))
"""What the first rows of a form name."""
_BELOW_TITLE = 3  # lines between a form's title and its first label


def starts(grid: Grid, heads: Mapping[int, Head], words: Vocabulary) -> frozenset[int]:
    """The rows where projects begin: at each 项目名称, or at the title and captions right above it.

    `heads` are those of the indicator tables, by the index of their first row. Below an indicator table a form without
    项目名称 begins at the first label of its top, if a head follows.
    """
    found: set[int] = set()
    after, named, name_at = False, False, 0
    last_head = max(heads, default=-1)
    head: Head | None = None
    end = 0
    for index, row in enumerate(grid.rows):
        if index in heads:
            head = heads[index]
            after, end = True, index + head.depth
        if index < end:
            continue
        begins = names(row, words)
        if begins and head is not None and _is_indicator(grid, row, head, words):
            continue
        if begins and named and not after and _are_one(grid.rows[name_at], row, index - name_at, words):
            continue  # 专项名称 above 项目名称
        name_at = index if begins else name_at
        if (begins and (named or after or not found)) or (after and index < last_head and _tops(row, words)):
            # Above stands a project that is named and has no table: its labels and values are its own.
            own = named and not after
            first = _titled(grid, _led(grid, index, end, own, words), end, words)
            found.add(_led(grid, first, end, own, words))
            after, named = False, begins
        named = named or begins
    return frozenset(found)


def names(row: Row, words: Vocabulary) -> bool:
    """Whether a row names a project: 项目名称 is its first label, or stands among labels with their values."""
    own = own_cells(row)
    value = -1
    for n, cell in enumerate(own):
        if n == value:
            continue  # it stands beside a label, whatever it says
        entry = words.meaning(cell.text).label
        inline = words.meaning(cell.text).inline if entry is None else None
        if (entry is not None and entry.path == "name") or (inline is not None and inline.entry.path == "name"):
            return entry is None or n + 1 >= len(own) or not _heads_names(cell, own[n + 1], words)
        if n == 0 and (entry is None or entry.group) and inline is None:
            return False
        beside = n + 1 < len(own) and own[n + 1].column == cell.column + cell.colspan
        if beside and entry is not None and not entry.group and cell.rowspan == 1:
            value = n + 1
    return False


def _are_one(above: Row, row: Row, apart: int, words: Vocabulary) -> bool:
    """Whether the names of two rows at the top of a form are of one project: that of its fund, and its own."""
    one, other = _label_of_name(above, words), _label_of_name(row, words)
    return (
        apart < _BELOW_TITLE
        and bool(one and other)
        and words.meaning(one).names_fund != words.meaning(other).names_fund
    )


def _label_of_name(row: Row, words: Vocabulary) -> str:
    """The label of a name in a row; empty where there is none."""
    for cell in own_cells(row):
        said = words.meaning(cell.text)
        if said.label is not None and said.label.path == "name":
            return cell.text
        if said.label is None and said.inline is not None and said.inline.entry.path == "name":
            return said.inline.label
    return ""


def _heads_names(cell: Cell, beside: Cell, words: Vocabulary) -> bool:
    """Whether a label of a name heads a column, by the cell beside it: 项目名称 | 主管部门, 资金名称 | 金额."""
    said = words.meaning(beside.text)
    column = said.is_head or said.money_column is not None
    return said.label is not None or (column and words.meaning(cell.text).names_fund)


def _led(grid: Grid, start: int, end: int, taken: bool, words: Vocabulary) -> int:
    """The first of the rows right above `start` that lead to it."""
    while start > end and not names(grid.rows[start - 1], words) and _leads(grid, start - 1, taken, words):
        start -= 1
    return start


def _titled(grid: Grid, start: int, end: int, words: Vocabulary) -> int:
    """The row of the form's own title where lines that nothing is known of stand between it and `start`."""
    above = [*map(own_cells, grid.rows[max(end, start - _BELOW_TITLE - 1) : start])]
    for n in range(len(above) - 1, -1, -1):
        if not above[n] or names(grid.rows[start - len(above) + n], words):
            return start
        if all(words.meaning(cell.text).is_title for cell in above[n]):
            return start - len(above) + n
    return start


def _is_indicator(grid: Grid, row: Row, head: Head, words: Vocabulary) -> bool:
    """Whether a row begins in the column of level3, where no form does, and has a value under the head of those."""
    kinds, own = RowKinds(grid, head, words), own_cells(row)
    return own[0].column == kinds.columns_of["level3"].first > head.start and kinds.is_filled(own)


def _tops(row: Row, words: Vocabulary) -> bool:
    """Whether a row begins as the top of a form does, with an agency."""
    own = own_cells(row)
    entry = words.meaning(own[0].text).label if own else None
    return entry is not None and entry.path in TOP and len(own) > 1


def _leads(grid: Grid, index: int, taken: bool, words: Vocabulary) -> bool:
    """Whether a row is the title or a caption above the first row of a form, or a label and its value there.

    `taken`: labels and their values above belong to the project before.
    """
    own = own_cells(grid.rows[index])
    inlines = [words.meaning(cell.text).inline for cell in own]
    if any(inline is not None and (inline.entry.path or index == 0) for inline in inlines):
        return True
    if all(words.meaning(cell.text).is_title for cell in own):
        return True
    entry = words.meaning(own[0].text).label
    if entry is not None and entry.group and len(own) == 1:
        return True  # 一、项目基本情况
    if index == 0 and len(own) == 1 and entry is None and not words.meaning(own[0].text).is_head:
        return not taken  # an agency above the form, whose unit of money is not said beside it
    pairs = index < _BELOW_TITLE and not len(own) % 2 and all(looks_like_label(cell.text) for cell in own[::2])
    if entry is None and pairs and not taken:
        return not any(words.meaning(cell.text).is_head for cell in own)  # a label that nothing is known of
    if taken or entry is None or entry.group or words.meaning(own[0].text).closes:
        return False
    return len(own) > 1 and inlines[0] is None
