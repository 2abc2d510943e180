"""Texts under a merged cell: one that repeats what the cell shows is that text again, another one is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from wordxml import cells, codes, docx, layout, tbl, tc, tr
from workbooks import parts, sheet_of, text_cell

from perfdoc.accounts import account
from perfdoc.extraction import extract
from perfdoc.layout import Layout
from perfdoc.reading import read
from perfdoc.report import Reading, Role

HEAD = ["一级指标", "二级指标", "三级指标", "指标值"]
ROWS = [["产出指标", "数量指标", "户数", "≥5户"], ["", "质量指标", "合格率", "≥90%"]]


def word(under: str) -> Layout:
    """A form whose level 1 is merged over two rows, with this text in the lower of its cells."""
    name = tr("项目名称", tc("甲", properties='<w:gridSpan w:val="3"/>'))
    first = tr(tc(ROWS[0][0], properties='<w:vMerge w:val="restart"/>'), *ROWS[0][1:])
    second = tr(tc(under, properties="<w:vMerge/>"), *ROWS[1][1:])
    return read(docx(tbl(name, tr(*HEAD), first, second)), "f")


def excel(under: str) -> Layout:
    """The same as a workbook; the name's merge hides the name again."""
    values = [["项目名称", "甲", "甲", ""], HEAD, ROWS[0], [under, *ROWS[1][1:]]]
    made = ""
    for number, row in enumerate(values, 1):
        texts = (text_cell(f"{letter}{number}", text) for letter, text in zip("ABCD", row, strict=True) if text)
        made += f'<row r="{number}">{"".join(texts)}</row>'
    return sheet_of(parts(made, after='<mergeCells><mergeCell ref="B1:D1"/><mergeCell ref="A3:A4"/></mergeCells>'))


def unclaimed(reading: Reading) -> list[str]:
    return [claim.text for claim in reading.claims if claim.role is Role.unclaimed]


@pytest.mark.parametrize("form", [word, excel])
def test_a_text_that_a_merge_repeats_is_accounted_for(form: Callable[[str], Layout]) -> None:
    found = form("产出指标")
    reading = extract(found)
    assert [i.level1 for i in reading.document.projects[0].indicators] == ["产出指标", "产出指标"]
    assert unclaimed(reading) == []
    assert not reading.diagnostics
    repeated = [claim.place for claim in reading.claims if claim.text == "产出指标" and claim.role is Role.boilerplate]
    assert [(place.row, place.column) for place in repeated] == [(4, 1)]
    assert not account(found, reading).differences


@pytest.mark.parametrize("form", [word, excel])
def test_another_text_under_a_merge_is_told(form: Callable[[str], Layout]) -> None:
    found = form("效益指标")
    reading = extract(found)
    assert unclaimed(reading) == ["效益指标"]
    assert [d.quote for d in reading.diagnostics] == ["效益指标"]
    assert not account(found, reading).differences


def test_the_old_horizontal_merge_hides_a_repeated_text_and_tells_another() -> None:
    def row(hidden: str) -> str:
        old = '<w:hMerge w:val="{}"/>'.format
        return tr(tc("甲", properties=old("restart")), tc(hidden, properties=old("continue")), "乙")

    again, other = layout(tbl(row("甲"))), layout(tbl(row("丙")))
    assert cells(next(again.grids())) == cells(next(other.grids())) == [[(1, "甲"), (3, "乙")]]
    assert (codes(again), codes(other)) == ([], ["PD028"])
