"""Hypothesis strategies: arbitrary Layouts, of the field's own labels mixed with anything, with spans of every kind.

`layouts` draws blocks that a reader could make: no two texts at one place, the cells of a row from left to right.
Half of the tables have the shape of a form, so that the extractor has something to find.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

from hypothesis import strategies as st

from perfdoc.layout import Block, Cell, Grid, Layout, Paragraph, Row
from perfdoc.report import Place
from perfdoc.yamltree import parse

FILE = "received.docx"
STORIES = ["body", "header", "footer", "footnote", "endnote", "comment", "textbox"]
LEVELS = ["产出指标", "效益指标", "满意度指标", "数量指标", "质量指标"]
HEADS = [
    "一级指标",
    "二级指标",
    "三级指标",
    "指标值",
    "绩效指标描述",
    "计量单位",
    "项目名称",
    "计算符号",
    "序号",
    "预算单位",
    "绩效指标",
]
VALUES = [
    "法院办案业务费", "209101天津市河西区人民法院", "55.00", "≥183万页", "100%", "2023年底前", "1.甲。\n2.乙。", "≥",
    "万元", "定性", "<b>&", "{{ x }}", "/", " a ", "一、", "1.法院办案业务费绩效目标表", "（2023年度）", "总分", "100",
    "合计", "备注：无", "附件1", "目录", "\u202e倒", "很长的一段话。" * 8, "单位：万元    填报日期：2023年1月",
    "甲   乙\t丙", "项目名称：\n",
]  # fmt: skip


BOOLEANS = st.booleans()
SELDOM = st.sampled_from([False, False, False, True])
WIDTHS = st.sampled_from([1, 1, 1, 2, 3, 7])
HEIGHTS = st.sampled_from([1, 1, 1, 2, 4])
KINDS = st.sampled_from(["cell", "cell", "cell", "cell", "continues", "hides", "gap"])


@cache
def labels() -> tuple[str, ...]:
    """Every label of the shared vocabulary."""
    text = resources.files("perfdoc.extraction.vocabulary").joinpath("vocabulary.yaml").read_text(encoding="utf-8")
    words: Any = parse(text, "vocabulary.yaml").value
    found = [*words["heads"], *words["levels"], *words["footers"]]
    found += [label for group in words["groups"] for label in group["labels"]]
    for table in (words["fields"], words["columns"], words["operators"]):
        found += [label for each in table.values() for label in each]
    return tuple(dict.fromkeys(found))


@cache  # a strategy is dear to make and cheap to draw from
def texts() -> st.SearchStrategy[str]:
    """What a cell or a paragraph says: mostly a label, a value of the field or nothing, sometimes anything."""
    label = st.sampled_from(labels())
    value = st.sampled_from(VALUES)
    spaced = label.map(lambda text: "（一）" + " ".join(text) + "：")
    inline = st.tuples(label, st.sampled_from([":", "："]), value | st.just("")).map("".join)
    line = st.lists(inline | value | label, min_size=2, max_size=3).map("    ".join)
    other = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
    return st.one_of(st.just(""), label, value, value, label, spaced, inline, line, st.sampled_from([" ", "\n"]), other)


@st.composite
def grids(draw: st.DrawFn, place: Place, max_columns: int = 9, max_rows: int = 9) -> Grid:
    """A table of random rows, or of rows in the shape of a form."""
    columns = draw(st.integers(1, max_columns))
    shaped = draw(BOOLEANS)
    rows = _form_rows(draw, columns) if shaped else []
    rows += [[draw(texts()) for _ in range(columns)] for _ in range(draw(st.integers(0 if rows else 1, max_rows)))]
    spanned = draw(st.integers(0, 3)) > 0
    made = []
    for number, row in enumerate(rows, 1):
        cells = _cells(draw, row, number, columns) if spanned else _plain(row, number)
        made.append(Row(tuple(cells), header=draw(SELDOM), hidden=draw(SELDOM)))
    return Grid(tuple(made), columns, place, merges=not draw(SELDOM))


@cache
def _values() -> st.SearchStrategy[str]:
    return st.sampled_from(VALUES) | texts()


@cache
def _levels() -> st.SearchStrategy[str]:
    return st.sampled_from(LEVELS) | _values()


def _form_rows(draw: st.DrawFn, columns: int) -> list[list[str]]:
    value = _values()
    names = ["项目名称", "预算单位", "主管部门", "年度绩效目标", "预算数", "其中：财政资金", "填报人"]
    rows = [_row(draw, [name, *(draw(value) for _ in range(columns - 1))]) for name in draw(st.permutations(names))[:4]]
    named = st.sampled_from(HEADS)
    for _ in range(draw(st.sampled_from([1, 1, 1, 2]))):
        alone = st.permutations(HEADS[:7]).map(lambda head: [*head, "备注", "分值"])
        rows.append(draw(alone | st.lists(named, min_size=9, max_size=9))[:columns])
    for _ in range(draw(st.integers(1, 4))):
        rows.append(_row(draw, [draw(_levels()), *(draw(value) for _ in range(columns - 1))]))
    return rows


def _row(draw: st.DrawFn, texts_: list[str]) -> list[str]:
    return texts_ if draw(BOOLEANS) else [*texts_[:-1], ""]


def _plain(row: list[str], number: int) -> list[Cell]:
    return [Cell(text, number, column) for column, text in enumerate(row, 1)]


def _cells(draw: st.DrawFn, row: list[str], number: int, columns: int) -> list[Cell]:
    """Cells of random width from left to right; some are left out, some go on from above, with a text or without."""
    cells, column = [], draw(st.integers(1, 2))
    while column <= columns:
        wide = min(draw(WIDTHS), columns - column + 1)
        kind = draw(KINDS)
        text = "" if kind == "continues" else row[column - 1]
        if kind != "gap":
            high = 1 if kind != "cell" else draw(HEIGHTS)
            cells.append(Cell(text, number, column, wide, high, kind in ("continues", "hides")))
        column += wide
    return cells


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    """A file of a few paragraphs and tables."""
    blocks: list[Block] = []
    for number in range(1, draw(st.integers(2, 6))):
        if draw(st.integers(0, 2)):
            sheet = draw(st.sampled_from(["", "", "表一"]))
            place = Place(FILE, sheet=sheet + str(number)) if sheet else Place(FILE, table=number)
            blocks.append(draw(grids(place)))
        else:
            blocks.append(draw(_paragraphs(number)))
    return Layout(FILE, draw(st.sampled_from(["docx", "xlsx", "txt"])), tuple(blocks))


@st.composite
def _paragraphs(draw: st.DrawFn, number: int) -> Paragraph:
    story = draw(st.sampled_from(["body"] * 6 + STORIES))
    bookmarks = draw(st.sampled_from([(), (), (), ("_Toc12",), ("_Toc_4_4_0000000004", "_Toc7")]))
    return Paragraph(
        draw(texts() | st.just("1.法院办案业务费绩效目标表")),
        Place(FILE, paragraph=number, part="" if story == "body" else f"{story}{number}"),
        outline=draw(st.sampled_from([0, 0, 1, 4])),
        bookmarks=bookmarks,
        contents=draw(SELDOM),
        story=story,
    )
