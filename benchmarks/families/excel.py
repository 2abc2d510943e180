"""A flat list of indicators in a workbook of openpyxl's, with percentages, dates and amounts in number formats."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta

import openpyxl
from lxml import etree
from openpyxl.cell import WriteOnlyCell

import perfdoc
from benchmarks.families import Plan
from benchmarks.report import Table, Target, ratios
from benchmarks.timing import Measured, Way, in_turns
from perfdoc import Layout

FLOOR = "floor: inflate, lxml.etree.fromstring of the sheet"
PERFDOC = "perfdoc: cells as displayed"
DOCUMENT = "perfdoc: Document, places, account"
OPENPYXL = "openpyxl, read-only, values without formats"
_HEAD = ("项目名称", "一级指标", "二级指标", "三级指标", "指标值", "分值", "完成比例", "完成日期")
_LEVELS = (
    ("产出指标", "数量指标"),
    ("产出指标", "质量指标"),
    ("效益指标", "社会效益指标"),
    ("满意度指标", "服务对象满意度指标"),
)
_WHY = (
    "One way through a sheet serves every row. Patterns for rows as openpyxl writes them were twice as fast and had "
    "to be held equal to that way; twice the speed of openpyxl is what one way is asked for."
)
_DOCUMENT_ROWS = 20_000
"""Rows up to which the whole way to a Document is measured too; memory is what limits it."""


def run(plan: Plan) -> Iterator[Table]:
    """Lists of each number of rows."""
    measured: dict[str, dict[str, Measured]] = {}
    for rows in plan.rows:
        data = workbook(rows)
        shown = next(perfdoc.read(data, "a.xlsx").grids()).rows
        if len(shown) != rows + 1 or not shown[1].cells[6].text.endswith("%"):
            raise AssertionError(f"{rows} rows are not displayed as Excel does: {shown[1]}")
        measured[f"{rows:,} rows"] = in_turns(_ways(data, rows), max(3, plan.turns // 3), budget=30)
    slowest = min(column[OPENPYXL].seconds / column[PERFDOC].seconds for column in measured.values())
    target = Target(f"flat list, {list(measured)[-1]}: × faster than openpyxl read-only", slowest, 2, at_least=True)
    yield ratios("Reading a worksheet", measured, [target], [_WHY])


def _ways(data: bytes, rows: int) -> dict[str, Way]:
    ways: dict[str, Way] = {
        FLOOR: lambda: _floor(data),
        PERFDOC: lambda: _read(data),
        OPENPYXL: lambda: _openpyxl(data),
    }
    if rows <= _DOCUMENT_ROWS:
        ways[DOCUMENT] = lambda: perfdoc.extract(_read(data))
    return ways


def workbook(rows: int) -> bytes:
    """A list of so many indicators under one head."""
    chance = random.Random(rows)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("指标")
    sheet.append(_HEAD)
    for n in range(rows):
        level1, level2 = _LEVELS[n * 4 // rows % 4 if rows < 4 else n % 4]
        share = WriteOnlyCell(sheet, chance.randrange(1001) / 1000)
        share.number_format = "0.0%"
        day = WriteOnlyCell(sheet, datetime(2023, 1, 1) + timedelta(chance.randrange(365)))
        day.number_format = "yyyy-mm-dd"
        points = WriteOnlyCell(sheet, chance.randrange(1, 2000) / 100)
        points.number_format = "#,##0.00"
        name = f"项目{n // 8 + 1}"
        sheet.append((name, level1, level2, f"指标{n}完成率", f"≥{chance.randrange(50, 100)}%", points, share, day))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _floor(data: bytes) -> object:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read("xl/worksheets/sheet1.xml"), etree.XMLParser(huge_tree=True))


def _read(data: bytes) -> Layout:
    return perfdoc.read(data, "a.xlsx")


def _openpyxl(data: bytes) -> int:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    found = sum(len(row) for row in book.worksheets[0].iter_rows(values_only=True))
    book.close()
    return found
