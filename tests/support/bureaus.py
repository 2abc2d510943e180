"""Filled files of invented bureaus: each bureau has one layout, its files differ in all that a form leaves open."""

from __future__ import annotations

from io import BytesIO
from random import Random
from typing import NamedTuple

from docx import Document
from docx.table import Table

UNKNOWN = "本年主要任务"
"""A label that perfdoc knows nothing of; in the layouts that have it, the goals stand beside it."""
_AGENCIES = ("水务局", "教育局", "人民法院", "农业农村局", "档案馆")
_WORDS = ("河道清淤", "培训", "档案扫描", "设备购置", "道路养护", "图书采购", "巡查", "绿化")
_LEVELS = (
    ("产出指标", ("数量指标", "质量指标", "时效指标", "成本指标")),
    ("效益指标", ("社会效益指标", "生态效益指标")),
)
_OTHER = ("满意度指标", ("服务对象满意度指标",))


class Bureau(NamedTuple):
    """A layout: its title, rows of labels (a value cell behind each), side labels with rows, and columns."""

    title: str
    rows: tuple[tuple[str, ...], ...]
    side: str
    money: tuple[tuple[str, ...], ...]
    goals: str
    columns: tuple[str, ...]
    signed: tuple[str, ...]
    merged: bool


def bureau(number: int, *, unknown: bool = False) -> Bureau:
    """The layout of a number; every number has another one. With `unknown`, UNKNOWN stands beside its goals."""
    draw = Random(number)
    rows = [("项目名称",), (draw.choice(("主管部门", "主管单位")), draw.choice(("实施单位", "项目单位")))]
    if draw.random() < 0.6:
        rows.append((draw.choice(("项目属性", "项目类型")), "联系电话"))
    if draw.random() < 0.4:
        rows.append(("项目负责人", f"第{'一二三四五六七八九十'[number % 10]}联系人"))
    money = draw.choice(
        (
            (("年度资金总额", "其中：财政拨款"), ("上年结转", "其他资金")),
            (("资金总额",), ("其中：财政拨款",), ("其他资金",)),
            (("年度资金总额", "财政拨款", "其他资金"),),
        )
    )
    last = [one for one in ("权重", "备注", "评分标准") if draw.random() < 0.5]
    return Bureau(
        title=f"{'清河丰台江宁南湖'[number % 4 * 2 :][:2]}区{number}号项目支出绩效目标表",
        rows=tuple(rows),
        side=draw.choice(("资金情况", "项目资金（万元）")),
        money=money,
        goals=UNKNOWN if unknown else draw.choice(("总体目标", "年度绩效目标", "项目绩效目标")),
        columns=("一级指标", "二级指标", "三级指标", draw.choice(("指标值", "目标值")), *last),
        signed=("填表人",) if draw.random() < 0.5 else (),
        merged=draw.random() < 0.7,
    )


def filled(one: Bureau, seed: int) -> bytes:
    """A file of a bureau: values, blanks, year, numbers of groups and indicators, and the labels' spaces are drawn."""
    draw, page = Random(f"{one.title} {seed}"), Document()
    year, agency = draw.randint(2021, 2027), f"{draw.choice('东西南北')}{draw.choice(_AGENCIES)}"
    page.add_paragraph(one.title)
    page.add_paragraph(f"（{year}年度）")
    page.add_paragraph(f"填报单位：{agency}　　金额单位：万元")
    groups = [_LEVELS[0], *draw.sample([_LEVELS[1], _OTHER], draw.randint(0, 2))]
    rows = [
        (a, b) for a, bs in groups for b in draw.sample(bs, draw.randint(1, len(bs))) for _ in range(draw.randint(1, 3))
    ]
    wide = max(7, len(one.columns))
    table = page.add_table(0, wide, style="Table Grid")
    for labels in one.rows:
        _row(table, [text for label in labels for text in (_spaced(label, draw), _value(label, draw))])
    top = len(table.rows)
    for labels in one.money:
        _row(table, [one.side, *(text for label in labels for text in (label, _money(draw)))])
    _down(table, 0, top, len(table.rows) - 1, one.side)
    _row(
        table,
        [
            one.goals,
            "\n".join(f"{n}.完成{draw.choice(_WORDS)}{draw.randint(2, 99)}项。" for n in range(1, draw.randint(2, 5))),
        ],
    )
    _row(table, list(one.columns), whole=True)
    top = len(table.rows)
    for number, (level1, level2) in enumerate(rows):
        named = f"{draw.choice(_WORDS)}数量{number}"
        others = [str(draw.randint(1, 20)) if draw.random() < 0.8 else "" for _ in one.columns[4:]]
        _row(table, [level1, level2, named, f"≥{draw.randint(1, 99)}个", *others], whole=True)
    if one.merged:
        for column in (1, 0):
            for start, end in _runs([row[: column + 1] for row in rows]):
                _down(table, column, top + start, top + end, rows[start][column])
    for label in one.signed:
        page.add_paragraph(f"{label}：{draw.choice(('张三', '李四', ''))}")
    data = BytesIO()
    page.save(data)
    return data.getvalue()


def _row(table: Table, texts: list[str], *, whole: bool = False) -> None:
    """A row of these texts; the last cell goes on to the end, or with `whole` each has one column."""
    table.add_row()  # type: ignore[no-untyped-call]
    cells = table.rows[-1].cells
    for n, text in enumerate(texts):
        cells[n].text = text
    if len(texts) < len(cells):
        cells[len(texts) - 1].merge(cells[-1])


def _down(table: Table, column: int, first: int, last: int, text: str) -> None:
    if last > first:
        for row in range(first, last + 1):
            table.cell(row, column).text = ""
        table.cell(first, column).merge(table.cell(last, column)).text = text


def _runs(rows: list[tuple[str, ...]]) -> list[tuple[int, int]]:
    starts = [n for n, row in enumerate(rows) if not n or row != rows[n - 1]]
    return [(start, end - 1) for start, end in zip(starts, [*starts[1:], len(rows)], strict=True)]


def _spaced(label: str, draw: Random) -> str:
    return draw.choice((label, label, " ".join(label), f"{label}："))


def _value(label: str, draw: Random) -> str:
    if label == "项目名称":
        return f"{draw.choice(_WORDS)}项目{draw.randint(1, 999)}"
    if draw.random() < 0.2:
        return ""
    return (
        f"{draw.randint(10000000, 99999999)}"
        if "电话" in label
        else f"{draw.choice('甲乙丙丁')}{draw.choice(_AGENCIES)}"
    )


def _money(draw: Random) -> str:
    return f"{draw.randint(1, 500)}.{draw.randint(0, 99):02}" if draw.random() < 0.8 else ""
