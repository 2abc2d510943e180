"""Rows that are plainly an indicator's skip the questions that only odd rows need: the outcome is the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from layouts import grid, layout

from perfdoc.errors import PerfdocError
from perfdoc.extraction import extract
from perfdoc.extraction.by_labels.block import Block
from perfdoc.extraction.by_labels.row_kinds import RowKinds
from perfdoc.layout import Layout

TOP = [["项目名称", "某项目", "<", "<", "<"], ["年度目标", "做好。", "<", "<", "<"]]
HEADS = [
    ["一级指标", "二级指标", "三级指标", "指标值", "得分"],
    ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"],
    ["一级指标", "二级指标", "三级指标", "<", "指标值"],
    ["序号", "一级指标", "二级指标", "三级指标", "指标值"],
    ["项目名称", "一级指标", "二级指标", "三级指标", "指标值"],
]
USUAL = st.tuples(
    st.sampled_from(["产出指标", "效益指标", "^", ""]),
    st.sampled_from(["数量指标", "质量指标", "^", ""]),
    st.sampled_from(["案件数", "合格率", "^"]),
    st.sampled_from(["≥5件", "100", "优"]),
    st.sampled_from(["10", "", "^"]),
).map(list)
ODD = st.lists(
    st.sampled_from(
        [*"^<", "", "1", "2", "产出指标", "合计", "总分", "填报人：甲", "项目名称", "三级指标", "≥5件", "甲："]
    ),
    min_size=5,
    max_size=5,
).map(lambda row: ["x" if row[0] == "<" else row[0], *row[1:]])


WIDE = st.sampled_from(
    [
        ["产出指标", "<", "<", "<", "<"],
        ["数量指标", "<", "案件数", "≥5件", "10"],
        ["项目名称", "<", "案件数", "≥5件", "10"],
        ["合计", "<", "案件数", "≥5件", "10"],
        ["产出指标", "数量指标", "案件数", "≥5件", "<"],
        ["产出指标", "案件数", "<", "≥5件", "10"],
        ["x", "产出指标", "<", "案件数", "≥5件"],
    ]
)


def outcome(given_layout: Layout) -> object:
    try:
        return extract(given_layout, {})
    except PerfdocError as error:
        return str(error)


@given(st.sampled_from(HEADS), st.lists(USUAL | ODD | WIDE, min_size=1, max_size=8), st.booleans())
def test_both_ways_read_the_same(head: list[str], rows: list[list[str]], topped: bool) -> None:
    start = [*TOP, head] if topped else [head]
    below = [[text if text != "^" or n else "" for text in row] for n, row in enumerate(rows)]
    given_layout = layout(grid(*start, *below))
    quick = outcome(given_layout)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(RowKinds, "is_usual", lambda self, row, own: False)
        patch.setattr(Block, "_is_one", lambda self, column: False)
        assert outcome(given_layout) == quick


def test_most_rows_are_usual(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[bool] = []
    real = RowKinds.is_usual

    def heard(self: RowKinds, *row: object) -> bool:
        said.append(real(self, *row))  # type: ignore[arg-type]
        return said[-1]

    monkeypatch.setattr(RowKinds, "is_usual", heard)
    rows = [["产出指标" if n == 0 else "^", "数量指标", f"第{n}项", "≥5件", "10"] for n in range(6)]
    assert extract(layout(grid(*TOP, HEADS[0], *rows)), {}).document.projects[0].indicators[5].level1 == "产出指标"
    assert said == [False, True, True, True, True, True]
