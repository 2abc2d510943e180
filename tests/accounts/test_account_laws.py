"""Law 1 as a property: every text of a file has exactly one role, whatever the file, and the account shows it."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from laws import adds_up
from layout_strategies import layouts

from perfdoc.accounts import account
from perfdoc.errors import NotRecognisedError
from perfdoc.extraction import extract
from perfdoc.layout import Cell, Grid, Layout, Row
from perfdoc.report import Place, Reading, Role


def reading_of(layout: Layout) -> Reading | None:
    try:
        return extract(layout)
    except NotRecognisedError:
        return None


@given(layouts())
def test_any_layout_with_a_form_in_it(layout: Layout) -> None:
    reading = reading_of(layout)
    assume(reading is not None)
    adds_up(account(layout, reading), layout)


@given(layouts())
def test_any_layout_without_one_is_outside(layout: Layout) -> None:
    found = account(layout)
    adds_up(found, layout)
    assert found.counts[Role.outside] == found.held
    assert not found.recognised


def grid_of(number: int, *rows: list[Cell], columns: int = 7) -> Grid:
    made = tuple(Row(tuple(cell._replace(row=n) for cell in cells)) for n, cells in enumerate(rows, 1))
    return Grid(made, columns, Place("x.docx", table=number))


BROKE = {
    "a merged cell with a text of its own in a list's last row": [
        grid_of(
            1,
            [Cell("一级指标", 0, 1), Cell("项目名称", 0, 2), Cell("三级指标", 0, 3), Cell("指标值", 0, 4, 4)],
            [Cell("产出指标", 0, 1), Cell("甲", 0, 2), Cell("乙", 0, 3), Cell("≥1", 0, 4, 4)],
            [Cell("藏着的", 0, 1, 7, continues=True)],
        )
    ],
    "one cell under two columns of a list": [
        grid_of(
            1,
            [Cell("项目名称", 0, 1), Cell("预算单位", 0, 2), Cell("三级指标", 0, 3), Cell("指标值", 0, 4)],
            [Cell("甲", 0, 1, 2), Cell("乙", 0, 3), Cell("≥1", 0, 4)],
        )
    ],
    "a table cut off by a page, with a row without cells": [
        grid_of(1, [Cell("二级指标", 0, 5), Cell("一级指标", 0, 7)]),
        grid_of(2, [Cell("产出指标", 0, 3, 1, 4), Cell("甲", 0, 7, continues=True)], []),
    ],
    "a head whose columns all have other names in the row below": [
        grid_of(
            1,
            [Cell("指标值", 0, 2), Cell("一级指标", 0, 3, 2, 4), Cell("绩效目标", 0, 5)],
            [Cell("甲", 0, 4, 2, 4)],
            [Cell("甲", 0, 2, 5)],
        )
    ],
}


@pytest.mark.parametrize("blocks", BROKE.values(), ids=BROKE.keys())
def test_tables_that_broke_the_law_once(blocks: list[Grid]) -> None:
    layout = Layout("x.docx", "docx", tuple(blocks))
    adds_up(account(layout, reading_of(layout)), layout)
