"""Rows of indicators added, left out, moved and regrouped; the bytes of every other row stay."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import docx as python_docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from received import BEGINS, GOES_ON, ROW, body, received, said, with_rows
from wordxml import docx, p, tbl, tc, tr

import perfdoc
from perfdoc.errors import RefusedError
from perfdoc.layout import Grid
from perfdoc.model import Indicator
from perfdoc.original.package import with_parts

OLD = received("清河清淤", "泵站维修")
DOCUMENT = said(OLD)
ROWS = DOCUMENT.projects[0].indicators
Rows = list[Indicator]


def _new(level1: str, level2: str, level3: str, target: str = "≥1次") -> Indicator:
    return Indicator(level1=level1, level2=level2, level3=level3, target=target)


def _filled(change: Callable[[Rows], object]) -> bytes:
    document = with_rows(DOCUMENT, change)
    data = perfdoc.into(OLD, document).data
    assert [one.indicators for one in said(data).projects] == [one.indicators for one in document.projects]
    return data


def _merges(data: bytes, column: int) -> list[tuple[str, int]]:
    """The text and height of the cells of a column of the first indicator table."""
    grid = [block for block in perfdoc.read(data, "x.docx").blocks if isinstance(block, Grid)][1]
    cells = (cell for row in grid.rows[1:] for cell in row.cells)
    return [(cell.text, cell.rowspan) for cell in cells if cell.column == column and not cell.continues]


def _changed(data: bytes) -> tuple[int, int]:
    """How many rows of the old file are not in this one, and the other way round."""
    old, new = Counter(ROW.findall(body(OLD))), Counter(ROW.findall(body(data)))
    return (old - new).total(), (new - old).total()


def test_a_row_added_inside_a_merge_goes_on_with_it() -> None:
    data = _filled(lambda rows: rows.insert(1, _new("产出指标", "数量指标", "新增")))
    assert _merges(data, 1) == [("绩效指标", 5)]
    assert _merges(data, 2) == [("产出指标", 4), ("效益指标", 1)]
    assert _merges(data, 3)[0] == ("数量指标", 3)
    assert _changed(data) == (0, 1)


def test_a_new_first_row_begins_the_merges() -> None:
    data = _filled(lambda rows: rows.insert(0, _new("产出指标", "数量指标", "新增")))
    assert _merges(data, 2)[0] == ("产出指标", 4)
    assert _merges(data, 1) == [("绩效指标", 5)]
    assert _changed(data) == (1, 2)


def test_the_next_row_begins_the_merges_of_one_that_goes() -> None:
    data = _filled(lambda rows: rows.pop(0))
    assert _merges(data, 1) == [("绩效指标", 3)]
    assert _merges(data, 2) == [("产出指标", 2), ("效益指标", 1)]
    assert _merges(data, 3)[0] == ("数量指标", 1)
    assert _changed(data) == (2, 1)


def test_a_new_group_begins_merges_of_its_own() -> None:
    new = [_new("成本指标", "经济成本指标", "单价"), _new("成本指标", "经济成本指标", "总价")]
    data = _filled(lambda rows: rows.extend(new))
    assert _merges(data, 2) == [("产出指标", 3), ("效益指标", 1), ("成本指标", 2)]
    assert _merges(data, 3)[-1] == ("经济成本指标", 2)
    assert _merges(data, 1) == [("绩效指标", 6)]
    assert _changed(data) == (0, 2)


def test_a_group_of_one_row_that_grows_is_merged() -> None:
    data = _filled(lambda rows: rows.append(_new("效益指标", "社会效益指标", "新增")))
    assert _merges(data, 2)[-1] == ("效益指标", 2)
    assert _changed(data) == (1, 2)


def test_a_renamed_group_changes_one_row() -> None:
    def renamed(rows: Rows) -> None:
        rows[:2] = [one.model_copy(update={"level2": "时效指标"}) for one in rows[:2]]

    data = _filled(renamed)
    assert _merges(data, 3)[0] == ("时效指标", 2)
    assert _changed(data) == (1, 1)


def test_a_row_that_leaves_its_group_is_not_merged_any_more() -> None:
    def apart(rows: Rows) -> None:
        rows[1] = rows[1].model_copy(update={"level2": "时效指标"})

    assert _merges(_filled(apart), 3)[:2] == [("数量指标", 1), ("时效指标", 1)]


def test_a_row_that_joins_the_group_below_begins_its_merge() -> None:
    last = max(n for n, row in enumerate(ROWS) if row.level1 == "产出指标")
    data = _filled(
        lambda rows: rows.__setitem__(
            last, rows[last].model_copy(update={"level1": "效益指标", "level2": "社会效益指标"})
        )
    )
    count = sum(row.level1 == "效益指标" for row in ROWS)
    assert _merges(data, 2) == [("产出指标", last), ("效益指标", count + 1)]


def test_moved_rows_keep_their_bytes_but_for_their_merges() -> None:
    data = _filled(lambda rows: rows.insert(0, rows.pop()))
    assert [text for text, _ in _merges(data, 2)] == ["效益指标", "产出指标"]
    assert _merges(data, 1) == [("绩效指标", 4)]


def test_a_copy_has_no_ids_of_the_row_it_copies() -> None:
    data = _filled(
        lambda rows: rows.extend([_new("产出指标", "质量指标", "新增一"), _new("产出指标", "质量指标", "新增二")])
    )
    xml = body(data)
    ids = re.findall(rb'w14:paraId="([0-9A-F]{8})"', xml)
    assert len(ids) == len(ROW.findall(xml)) - 5 - 3  # rows of values and heads have none; two projects share theirs
    made = set(ids) - set(re.findall(rb'w14:paraId="([0-9A-F]{8})"', body(OLD)))
    assert len(made) == 2
    assert all(0 < int(one, 16) < 0x80000000 for one in made)
    assert xml.count(b"w:bookmarkStart") == body(OLD).count(b"w:bookmarkStart")
    controls = re.findall(rb'<w:id w:val="(\d+)"/></w:sdtPr>', xml)
    assert len(set(controls)) == len(controls) - 1  # both projects came with the same
    assert data == _filled(
        lambda rows: rows.extend([_new("产出指标", "质量指标", "新增一"), _new("产出指标", "质量指标", "新增二")])
    )


def test_a_copy_has_no_tracked_changes() -> None:
    data = _filled(lambda rows: rows.insert(2, _new("产出指标", "数量指标", "新增")))
    assert body(data).count(b"<w:ins ") == body(OLD).count(b"<w:ins ")


def test_a_range_over_a_row_that_goes_keeps_both_ends() -> None:
    start, end = '<w:bookmarkStart w:id="9" w:name="many"/>', '<w:bookmarkEnd w:id="9"/>'
    rows = [tr("产出指标", "数量指标", tc(p(start, "甲")), "1次"), tr("产出指标", "数量指标", tc(p("乙", end)), "2次")]
    old = _table(*rows)
    data = perfdoc.into(old, with_rows(said(old), lambda rows: rows.pop(0))).data
    assert body(data).count(start.encode()) == body(data).count(end.encode()) == 1
    assert body(data).index(start.encode()) < body(data).index(end.encode())


def test_a_control_that_ends_a_cell_is_not_copied() -> None:
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('甲')}</w:sdtContent></w:sdt>"
    old = _table(
        f"<w:tr><w:tc>{control}</w:tc>"
        + "".join(f"<w:tc>{p(one)}</w:tc>" for one in ("数量指标", "乙", "1次"))
        + "</w:tr>"
    )
    data = perfdoc.into(old, with_rows(said(old), lambda rows: rows.append(_new("甲", "数量指标", "丙")))).data
    assert len(said(data).projects[0].indicators) == 2
    assert body(data).count(b"<w:sdt>") == 1


def test_a_divided_value_goes_to_its_cells() -> None:
    head = tr("一级指标", "二级指标", "三级指标", tc("指标值", properties='<w:gridSpan w:val="3"/>'))
    row = tr("产出指标", "数量指标", "长度", "≥", "12.5", "公里")
    old = docx(tbl(tr("项目名称", "清淤"), tr("绩效目标", "目标")) + p() + tbl(head, row, columns=6))
    document = with_rows(said(old), lambda rows: rows.__setitem__(0, rows[0].model_copy(update={"target": "≤13米"})))
    data = perfdoc.into(old, document).data
    grid = [block for block in perfdoc.read(data, "x.docx").blocks if isinstance(block, Grid)][1]
    assert [cell.text for cell in grid.rows[1].cells][3:] == ["≤", "13", "米"]


@pytest.mark.parametrize(("sign", "wanted"), [("≥", ["≥", "7000万元"]), ("≤", None)])
def test_a_value_beside_a_column_of_operators_goes_with_it(sign: str, wanted: list[str] | None) -> None:
    """The operator stands in a column of its own; where the two disagree nothing is written."""
    head = tr("一级指标", "二级指标", "三级指标", "指标性质", "指标值")
    row = tr("成本指标", "经济成本指标", "控制数", "≤", "6520.4816万元")
    old = docx(tbl(tr("项目名称", "清淤"), tr("绩效目标", "目标")) + p() + tbl(head, row, columns=5))
    assert said(old).projects[0].indicators[0].target == "≤6520.4816万元"
    new = {"target": "≥7000万元", "extra": {"指标性质": sign}}
    document = with_rows(said(old), lambda rows: rows.__setitem__(0, rows[0].model_copy(update=new)))
    if wanted is None:
        with pytest.raises(RefusedError, match="column of its own"):
            perfdoc.into(old, document)
        return
    grid = [one for one in perfdoc.read(perfdoc.into(old, document).data, "x.docx").blocks if isinstance(one, Grid)][1]
    assert [cell.text for cell in grid.rows[1].cells][3:] == wanted


def test_all_indicators_gone_leave_a_blank_row_that_takes_the_next_one() -> None:
    data = _filled(lambda rows: rows.clear())
    again = with_rows(said(data), lambda rows: rows.append(_new("产出指标", "数量指标", "新增")))
    filled = perfdoc.into(data, again).data
    assert said(filled).projects[0].indicators == again.projects[0].indicators
    assert len(ROW.findall(body(filled))) == len(ROW.findall(body(data)))


@pytest.mark.parametrize("more", [0, 1])
@pytest.mark.parametrize("way", ["merged", "repeated", "once"])
def test_a_blank_form_that_prints_its_levels_takes_indicators(way: str, more: int) -> None:
    old = _table(
        *(_printed(way, *levels) for levels in (("", ""), ("^", "^"), ("^", "质量指标"), ("效益指标", "社会效益指标")))
    )
    new = [
        _new("产出指标", "数量指标", "甲"),
        _new("产出指标", "数量指标", "乙"),
        *[_new("产出指标", "数量指标", "丙")] * more,
        _new("产出指标", "质量指标", "丁"),
        _new("效益指标", "社会效益指标", "戊"),
    ]
    document = with_rows(said(old), lambda rows: rows.extend(new))
    data = perfdoc.into(old, document).data
    assert said(data).projects[0].indicators == document.projects[0].indicators
    assert len(ROW.findall(body(data))) == len(ROW.findall(body(old))) + more


def _printed(way: str, level1: str, level2: str) -> str:
    """A row that prints its levels and nothing else; `^` goes on with the one above, the first has none above."""
    cells = []
    for text, first in ((level1, "产出指标"), (level2, "数量指标")):
        if way == "merged":
            cells.append(tc(properties=GOES_ON) if text == "^" else tc(text or first, properties=BEGINS))
        else:
            cells.append(tc(text if text not in ("", "^") else first if way == "repeated" or not text else ""))
    return tr(*cells, "", "")


def _table(*rows: str) -> bytes:
    head = tr("一级指标", "二级指标", "三级指标", "指标值")
    return docx(
        p("绩效目标表") + tbl(tr("项目名称", "清淤"), tr("绩效目标", "目标")) + p() + tbl(head, *rows, columns=4)
    )


ROWS_THAT_GO = (
    tr(tc("产出指标", properties=BEGINS), tc("数量指标", properties=BEGINS), "甲", "1次"),
    tr(tc(properties=GOES_ON), tc(properties=GOES_ON), "……", ""),
    tr(tc(properties=GOES_ON), "质量指标", "", ""),
    tr(tc("效益指标", properties=BEGINS), "社会效益指标", "乙", "好"),
    tr(tc(properties=GOES_ON), "经济效益指标", "丙", "3万元"),
)


def _rows_of(data: bytes) -> list[list[str]]:
    grid = [block for block in perfdoc.read(data, "x.docx").blocks if isinstance(block, Grid)][1]
    return [["^" if cell.continues else cell.text for cell in row.cells][:3] for row in grid.rows[1:]]


@pytest.mark.parametrize(
    ("change", "rows"),
    [
        (
            lambda rows: rows.insert(1, _new("产出指标", "数量指标", "丁")),
            "产出指标 数量指标 甲|^ ^ 丁|^ ^ ……|^ 质量指标 |效益指标 社会效益指标 乙|^ 经济效益指标 丙",
        ),
        (lambda rows: rows.pop(0), "产出指标 数量指标 ……|^ 质量指标 |效益指标 社会效益指标 乙|^ 经济效益指标 丙"),
        (
            lambda rows: rows.insert(0, rows.pop()),
            "效益指标 经济效益指标 丙|产出指标 数量指标 甲|^ ^ ……|^ 质量指标 |效益指标 社会效益指标 乙",
        ),
        (
            lambda rows: rows.__setitem__(0, rows[0].model_copy(update={"level2": "时效指标"})),
            "产出指标 时效指标 甲|^ ^ ……|^ 质量指标 |效益指标 社会效益指标 乙|^ 经济效益指标 丙",
        ),
        (
            lambda rows: rows.__setitem__(
                slice(None),
                [
                    _new(*one.split("/"))
                    for one in ("产出指标/数量指标/戊", "效益指标/社会效益指标/己", "产出指标/数量指标/庚")
                ],
            ),
            "产出指标 数量指标 戊|^ ^ ……|^ 质量指标 |效益指标 社会效益指标 己|产出指标 数量指标 庚",
        ),
    ],
)
def test_rows_without_an_indicator_keep_their_group(change: Callable[[Rows], object], rows: str) -> None:
    old = _table(*ROWS_THAT_GO)
    document = with_rows(said(old), change)
    data = perfdoc.into(old, document).data
    assert said(data).projects[0].indicators == document.projects[0].indicators
    assert _rows_of(data) == [row.split(" ") for row in rows.split("|")]


def test_levels_on_rows_of_their_own_stand_above_what_is_added() -> None:
    rows = ("产出指标", ""), ("数量指标", ""), ("甲", "1次"), ("质量指标", ""), ("乙", "2次")
    table = tbl(tr("项目", "指标值"), tr("清淤项目", ""), *(tr(*row) for row in rows), columns=2)
    old = docx(p("项目支出绩效目标表") + table)
    document = with_rows(said(old), lambda rows: rows.insert(1, _new("产出指标", "质量指标", "丙")))
    document = with_rows(document, lambda rows: rows.append(_new("产出指标", "质量指标", "丁")))
    data = perfdoc.into(old, document).data
    assert said(data).projects[0].indicators == document.projects[0].indicators


def test_a_level_that_two_blocks_share_is_written_once() -> None:
    head = tr("一级指标", "二级指标", "三级指标", "指标值", "三级指标", "指标值")
    top = tr(
        "",
        "",
        tc("中期目标", properties='<w:gridSpan w:val="2"/>'),
        tc("年度目标", properties='<w:gridSpan w:val="2"/>'),
    )
    values = tbl(tr("项目名称", "清淤"), tr("绩效目标", "目标"))
    old = docx(
        p("绩效目标表") + values + p() + tbl(top, head, tr("产出指标", "数量指标", "甲", "1次", "乙", "2次"), columns=6)
    )
    assert len(said(old).projects[0].indicators) == 2
    renamed = [one.model_copy(update={"level2": "质量指标"}) for one in said(old).projects[0].indicators]
    data = perfdoc.into(old, with_rows(said(old), lambda rows: rows.__setitem__(slice(None), renamed))).data
    assert list(said(data).projects[0].indicators) == renamed
    different = with_rows(said(old), lambda rows: rows.__setitem__(0, renamed[0]))
    apart = perfdoc.into(old, different).data
    assert said(apart).projects[0].indicators == different.projects[0].indicators
    assert [row[2:] for row in _beside_rows(apart)[1:]] == [["甲", "1次", "", ""], ["", "", "乙", "2次"]]


def test_a_cell_that_holds_two_levels_is_no_cell_of_one() -> None:
    wide = tc("满意度指标", properties='<w:gridSpan w:val="2"/>')
    old = _table(tr("产出指标", "数量指标", "甲", "1次"), tr(wide, "乙", "90%"))
    document = with_rows(
        said(old),
        lambda rows: rows.extend([_new("满意度指标", "满意度指标", "丙"), _new("效益指标", "社会效益指标", "丁")]),
    )
    data = perfdoc.into(old, document).data
    assert said(data).projects[0].indicators == document.projects[0].indicators
    assert [len(row) for row in _rows_of(data)] == [3, 3, 3, 3]
    assert [row[:2] for row in _rows_of(data)][1:] == [["满意度指标", "乙"], ["^", "丙"], ["效益指标", "社会效益指标"]]


def test_a_merge_that_reads_as_blank_goes_on() -> None:
    head = tr("一级指标", "二级指标", "三级指标", "指标值", "评价标准")
    rows = [
        tr("产出指标", "数量指标", "甲", "1次", tc("按实际", properties=BEGINS)),
        tr("产出指标", "数量指标", "乙", "2次", tc(properties=GOES_ON)),
    ]
    old = docx(
        p("绩效目标表") + tbl(tr("项目名称", "清淤"), tr("绩效目标", "目标")) + p() + tbl(head, *rows, columns=5)
    )
    document = with_rows(said(old), lambda rows: rows.insert(0, rows[0].model_copy(update={"level3": "丙"})))
    data = perfdoc.into(old, document).data
    assert said(data).projects[0].indicators == document.projects[0].indicators
    assert ROW.findall(body(data))[-1] == ROW.findall(body(old))[-1]


STYLES: dict[str, Sequence[str]] = {
    "said again": (tr("产出指标", "数量指标", "甲", "1次"), tr("产出指标", "数量指标", "乙", "2次")),
    "left blank": (tr("产出指标", "数量指标", "甲", "1次"), tr("", "", "乙", "2次")),
}


@pytest.mark.parametrize("style", STYLES)
def test_levels_are_written_as_the_file_writes_them(style: str) -> None:
    old = _table(*STYLES[style])
    document = with_rows(said(old), lambda rows: rows.insert(1, _new("产出指标", "数量指标", "丙")))
    data = perfdoc.into(old, document).data
    assert said(data).projects[0].indicators == document.projects[0].indicators
    assert b"vMerge" not in body(data)
    assert body(data).count("产出指标".encode()) == (3 if style == "said again" else 1)


def test_other_parts_may_be_large() -> None:
    other = {"customXml/item1.xml": b"<a>" + b" " * (16 * 2**20) + b"</a>"}
    data = perfdoc.into(with_parts(OLD, "x.docx", other), with_rows(DOCUMENT, lambda rows: rows.insert(0, rows[0])))
    assert [one.kind for one in data.changes] == ["added"]


def test_a_column_of_numbers_counts_on() -> None:
    head = tr("序号", "一级指标", "二级指标", "三级指标", "指标值")
    rows = [tr(str(n), "产出指标", "数量指标", f"指标{n}", f"{n}次") for n in (1, 2, 3)]
    old = docx(tbl(tr("项目名称", "清淤"), tr("绩效目标", "目标")) + p() + tbl(head, *rows, columns=5))
    data = perfdoc.into(old, with_rows(said(old), lambda rows: rows.pop(1))).data
    grid = [block for block in perfdoc.read(data, "x.docx").blocks if isinstance(block, Grid)][1]
    assert [row.cells[0].text for row in grid.rows[1:]] == ["1", "2"]


def test_indicators_over_two_tables_stay_in_them() -> None:
    head = tr("一级指标", "二级指标", "三级指标", "指标值")
    first = tbl(head, tr("产出指标", "数量指标", "甲", "1次"), columns=4)
    second = tbl(head, tr("效益指标", "社会效益指标", "乙", "好"), columns=4)
    old = docx(tbl(tr("项目名称", "清淤"), tr("绩效目标", "目标")) + p() + first + p() + second)
    document = with_rows(said(old), lambda rows: rows.append(_new("效益指标", "社会效益指标", "丙")))
    document = with_rows(document, lambda rows: rows.insert(1, _new("产出指标", "数量指标", "丁")))
    data = perfdoc.into(old, document).data
    assert said(data).projects[0].indicators == document.projects[0].indicators
    grids = [block for block in perfdoc.read(data, "x.docx").blocks if isinstance(block, Grid)]
    assert [len(grid.rows) for grid in grids] == [2, 3, 3]


def _beside() -> bytes:
    """Indicators of two periods side by side under the levels that they share."""
    head = tr("一级指标", "二级指标", "三级指标（中期）", "指标值（中期）", "三级指标（年度）", "指标值（年度）")
    rows = [
        tr(tc("产出指标", properties=BEGINS), "数量指标", "里程", "≥500公里", "里程", "≥120公里"),
        tr(tc(properties=GOES_ON), "质量指标", "合格率", "≥99%", "合格率", "≥98%"),
        tr("效益指标", "社会效益指标", "", "", "受益人口", "≥3万人"),
    ]
    return docx(tbl(tr("项目名称", "养护"), tr("绩效目标", "目标")) + p() + tbl(head, *rows, columns=6))


def _beside_rows(data: bytes) -> list[list[str]]:
    grid = [block for block in perfdoc.read(data, "x.docx").blocks if isinstance(block, Grid)][1]
    return [["^" if cell.continues else cell.text for cell in row.cells] for row in grid.rows[1:]]


def _of_year(one: Indicator, level3: str) -> Indicator:
    return one.model_copy(update={"level3": level3, "target": "≥1个"})


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        (lambda rows: rows.pop(0), [["产出指标", "数量指标", "", "", "里程", "≥120公里"]]),
        (lambda rows: rows.__delitem__(slice(2)), [["产出指标", "质量指标", "合格率", "≥99%", "合格率", "≥98%"]]),
        (lambda rows: rows.pop(3), [..., ["^", "质量指标", "合格率", "≥99%", "", ""]]),
        (lambda rows: rows.insert(4, _of_year(rows[3], "新")), [..., ..., ["^", "^", "", "", "新", "≥1个"]]),
        (lambda rows: rows.insert(4, _of_year(rows[2], "新")), [..., ..., ["^", "^", "新", "≥1个", "", ""]]),
    ],
)
def test_rows_of_indicators_side_by_side_come_and_go(change: Callable[[Rows], object], wanted: list[Any]) -> None:
    old = _beside()
    document = with_rows(said(old), change)
    data = perfdoc.into(old, document).data
    assert said(data).projects[0].indicators == document.projects[0].indicators
    found = _beside_rows(data)
    assert [row for row in found if "受益人口" in row] == _beside_rows(old)[-1:]
    assert [row if own is ... else own for row, own in zip(found, wanted, strict=False)] == found[: len(wanted)]


def test_an_indicator_that_is_of_no_block_has_no_row_among_those_side_by_side() -> None:
    old = _beside()
    with pytest.raises(RefusedError) as caught:
        perfdoc.into(old, with_rows(said(old), lambda rows: rows.append(_new("产出指标", "数量指标", "甲"))))
    assert caught.value.reason == "side_by_side"


def test_a_form_without_a_row_for_indicators_is_refused() -> None:
    old = _table()
    with pytest.raises(RefusedError) as caught:
        perfdoc.into(old, with_rows(said(old), lambda rows: rows.append(_new("产出指标", "数量指标", "甲"))))
    assert caught.value.reason == "no_rows"


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_any_rows_read_back_with_their_merges(data: st.DataObject) -> None:
    made = [_new("产出指标", "数量指标", "新一"), _new("效益指标", "生态效益指标", "新二", "好")]
    rows = data.draw(st.permutations([*ROWS, *made]))[: data.draw(st.integers(1, 6))]
    filled = _filled(lambda own: own.__setitem__(slice(None), rows))
    assert _merges(filled, 1) == [("绩效指标", len(rows))]
    python_docx.Document(io.BytesIO(filled))
    other = body(filled).index("2.泵站维修".encode())
    assert body(filled)[other:] == body(OLD)[body(OLD).index("2.泵站维修".encode()) :]
