"""Values and rows written into a received workbook."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import perfdoc
from perfdoc.errors import RefusedError
from perfdoc.model import Document, Indicator, Project


@pytest.fixture(scope="module")
def old(root: Path) -> bytes:
    return (root / "golden/central/hexi-court-2023/document.xlsx").read_bytes()


def _said(data: bytes) -> Document:
    return perfdoc.extract(perfdoc.read(data, "old.xlsx")).document


def _with(document: Document, **values: object) -> Document:
    first = document.projects[0].model_copy(update=values)
    return document.model_copy(update={"projects": (first, *document.projects[1:])})


def _entries(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_the_same_values_give_the_same_bytes(old: bytes) -> None:
    assert perfdoc.into(old, _said(old)).data == old


def test_a_value_changes_its_sheet_and_no_other_entry(old: bytes) -> None:
    document = _with(_said(old), goals="新目标\n第二行")
    data = perfdoc.into(old, document).data
    assert _said(data).projects == document.projects
    before, after = _entries(old), _entries(data)
    assert [name for name in before if before[name] != after[name]] == ["xl/worksheets/sheet1.xml"]
    assert "新目标\n第二行" in [
        cell.value for row in openpyxl.load_workbook(io.BytesIO(data)).worksheets[0] for cell in row
    ]


def test_a_number_stays_a_number_where_it_shows_what_it_is_to_show() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    rows: list[list[Any]] = [
        ["项目名称", "清淤"],
        ["预算数", 349],
        ["绩效目标", "目标"],
        ["三级指标", "指标值"],
        ["长度", 0.9],
        ["次数", "5次"],
    ]
    for row in rows:
        sheet.append(row)
    sheet["B2"].number_format, sheet["B5"].number_format = "0.00", "0%"
    stream = io.BytesIO()
    book.save(stream)
    document = _said(stream.getvalue())
    budget = document.projects[0].budget.model_copy(update={"total": "350.50"})
    indicators = (
        document.projects[0].indicators[0].model_copy(update={"target": "95%"}),
        document.projects[0].indicators[1],
    )
    data = perfdoc.into(stream.getvalue(), _with(document, budget=budget, indicators=indicators)).data
    new = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert (new["B2"].value, new["B5"].value, new["B6"].value) == (350.5, 0.95, "5次")


def test_a_divided_target_keeps_its_columns_also_where_a_row_fills_fewer() -> None:
    targets = ("≥191公里", "2份", "长期保障")
    rows = tuple(Indicator(level1="产出指标", level2="数量指标", level3=text, target=text) for text in targets)
    made = Document(form="flat-xlsx", projects=(Project(name="清淤", indicators=rows),))
    old = perfdoc.render(made, perfdoc.forms()["flat-xlsx"], to="xlsx")
    document = _said(old)
    for number in range(3):
        indicators = [*document.projects[0].indicators]
        indicators[number] = indicators[number].model_copy(update={"target": "≥3个"})
        filled = perfdoc.into(old, _with(document, indicators=tuple(indicators)))
        sheet = openpyxl.load_workbook(io.BytesIO(filled.data)).worksheets[0]
        row = {head.value: cell.value for head, cell in zip(sheet[1], sheet[2 + number], strict=True)}
        divided = [row[name] for name in ("计算符号", "指标值", "计量单位")]
        assert divided == ["≥", "3", "个"]
        assert str(filled.changes[0]).startswith(f"{sheet.title}!")


def test_rows_at_the_end_of_a_sheet_come_and_go(old: bytes) -> None:
    document = _said(old)
    rows = document.projects[0].indicators
    new = Indicator(level1="成本指标", level2="经济成本指标", level3="新增", target="≤1万元")
    for wanted in ((*rows, new), rows[:-1], (rows[1], rows[0], *rows[2:]), (*rows[:2], new, *rows[2:])):
        data = perfdoc.into(old, _with(document, indicators=wanted)).data
        shown = [(one.level1, one.level2, one.level3, one.target) for one in _said(data).projects[0].indicators]
        assert shown == [(one.level1, one.level2, one.level3, one.target) for one in wanted]
        openpyxl.load_workbook(io.BytesIO(data))


def test_rows_that_would_move_what_is_below_are_refused() -> None:
    book = openpyxl.Workbook()
    rows = [["项目名称", "清淤"], ["绩效目标", "目标"], ["三级指标", "指标值"], ["长度", "5米"], [], ["填表人：王小红"]]
    for row in rows:
        book.worksheets[0].append(row)
    stream = io.BytesIO()
    book.save(stream)
    document = _said(stream.getvalue())
    new = (*document.projects[0].indicators, Indicator(level3="新增", target="1次"))
    with pytest.raises(RefusedError) as caught:
        perfdoc.into(stream.getvalue(), _with(document, indicators=new))
    assert caught.value.reason == "below"


def test_a_formula_is_not_written_over() -> None:
    book = openpyxl.Workbook()
    for row in [["项目名称", "清淤"], ["预算数", "349"], ["绩效目标", "目标"], ["三级指标", "指标值"], ["长度", "5米"]]:
        book.worksheets[0].append(row)
    stream = io.BytesIO()
    book.save(stream)
    parts = _entries(stream.getvalue())
    name = "xl/worksheets/sheet1.xml"
    cell = parts[name].index(b'<c r="B2"')
    end = parts[name].index(b"</c>", cell)
    parts[name] = parts[name][:cell] + b'<c r="B2"><f>300+49</f><v>349</v>' + parts[name][end:]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for part, content in parts.items():
            package.writestr(part, content)
    document = _said(stream.getvalue())
    budget = document.projects[0].budget.model_copy(update={"total": "350"})
    with pytest.raises(RefusedError) as caught:
        perfdoc.into(stream.getvalue(), _with(document, budget=budget))
    assert caught.value.reason == "formula"
