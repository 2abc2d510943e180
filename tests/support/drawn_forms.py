"""Hypothesis strategies: forms as strangers draw them, a Word file and a few lines of YAML, each different.

What varies: the order of labels and values, stacked or side by side; heading, bookmarks, list of contents, captions
as paragraphs, fixed lines; columns of the indicators, merged levels, a label at the side, rows below; loops' names.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from drawn_indicators import COLUMNS, Indicators
from drawn_word import Cell, package, paragraph, table
from hypothesis import strategies as st

LONG = "注：" + "本表由项目单位填写，一式三份，财政部门、主管部门、项目单位各存一份；金额保留两位小数。" * 2
FIELDS = {
    "name": "项目名称", "department": "主管部门及代码", "agency.name": "实施单位", "agency.code": "单位代码",
    "year": "年度", "money_unit": "金额单位", "budget.total": "年度资金总额", "budget.fiscal": "其中：财政拨款",
    "budget.carry_over": "上年结转资金", "budget.other": "其他资金", "execution.initial.total": "年初预算数",
    "execution.executed.total": "全年执行数", "execution.executed.fiscal": "执行数：财政",
    "execution.rate.total": "执行率",
    "execution.weight.total": "分值（10）", "execution.score.total": "执行得分", "purpose": "资金用途",
    "goals": "年度总体目标", "results": "完成情况", "score": "总分", "extra.联系人": "联系人",
    "extra.联系电话（手机）": "联系电话（手机）", "extra.a.b": "a.b",
}  # fmt: skip
CAPTIONS = {
    "year": ["（{}年度）", "{}年度"],
    "money_unit": ["金额单位：{}", "单位：{} "],
    "extra.填报人": ["填报人：{}", "  填报人(签字): {}。"],
    "agency.name": ["填报单位（盖章）：{}"],
    "name": ["{}"],
    "purpose": ["{}"],
}
TITLES = ["项目支出绩效目标表", "附件1", "目录", "填表说明", LONG]
BOOLEANS = st.booleans()


class DrawnForm(NamedTuple):
    """A form's two files."""

    word: bytes
    yaml: str

    def save(self, folder: Path) -> Path:
        """Write both into a folder."""
        folder.mkdir(parents=True)
        (folder / "form.docx").write_bytes(self.word)
        (folder / "form.yaml").write_text(self.yaml, encoding="utf-8")
        return folder


class _Pen:
    """Draws one form; `left` are the fields that stand nowhere yet, `declared` those that stand somewhere."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.project = draw(st.sampled_from(["project", "p", "one"]))
        self.looped = draw(BOOLEANS) or self.project != "project"
        picked = draw(st.lists(st.sampled_from(list(FIELDS)), unique=True, min_size=3, max_size=10))
        self.left = list(dict.fromkeys([*picked, "name"]))
        self.declared: dict[str, str] = {}

    def some(self, chance: int = 2) -> bool:
        """One time in `chance`."""
        return self.draw(st.integers(1, chance)) == chance

    def value(self, path: str, of: str = "") -> str:
        """The variable of a path."""
        head, _, label = path.partition(".")
        name = f'extra["{label}"]' if head == "extra" else path
        return f"{{{{ {of or self.project}.{name} }}}}"

    def take(self, path: str, label: str) -> str:
        """The variable of a field of the project, which stands somewhere from here on."""
        if path in self.left:
            self.left.remove(path)
        self.declared[path] = label
        return self.value(path)

    # Paragraphs

    def line(self) -> str:
        """A paragraph of a project: fixed, blank, or with a value or two of it."""
        kind = self.draw(st.sampled_from(["fixed", "blank", "value", "value", "two", "lines"]))
        if kind == "fixed":
            return paragraph(self.draw(st.sampled_from(TITLES)))
        free = [path for path in CAPTIONS if path not in self.declared]
        if kind == "blank" or not free:
            return paragraph("")
        path = self.draw(st.sampled_from(free))
        pattern = self.draw(st.sampled_from(CAPTIONS[path]))
        text = pattern.format(self.take(path, ""))
        if kind == "two" and len(free) > 1 and pattern != "{}":
            other = self.draw(st.sampled_from([one for one in free if one != path]))
            text += "    " + CAPTIONS[other][0].replace("{}", "〔{}〕").format(self.take(other, ""))
        return paragraph(text, split=self.draw(st.integers(0, len(text) - 1)) if self.some(4) else 0)

    def lines(self, most: int) -> str:
        """Some paragraphs."""
        return "".join(self.line() for _ in range(self.draw(st.integers(0, most))))

    # Tables

    def pair(self) -> list[Cell]:
        """A label and its value, or a label that says its value itself, or one with nothing to read."""
        kind = self.draw(st.sampled_from(["beside"] * 5 + ["within", "within", "bare"]))
        if not self.left or kind == "bare":
            return [Cell(("审核意见",)), Cell(())]
        path = self.left[0]
        label = FIELDS[path]
        if kind == "within":
            variable = self.take(path, label)
            ways = [(f"{label}（{variable}）",), (f"{label}：{variable}",), (f"{label}:", f"{variable}元")]
            return [Cell(self.draw(st.sampled_from(ways)))]
        if path == "agency.name" and "agency.code" in self.left:
            return [Cell((label,)), Cell((self.agency(),))]
        if path == "budget.total" and "money_unit" in self.left and self.some():
            return [Cell((label,)), Cell((self.take(path, label) + self.take("money_unit", "金额单位"),))]
        if path in ("goals", "results", "purpose") and self.some():
            self.take(path, label)
            lines = f"{{%p for line in {self.project}.{path}|lines %}}", "{{ line }}", "{%p endfor %}"
            return [Cell((label,)), Cell(lines)]
        if (
            path.startswith("budget.")
            and len([one for one in self.left if one.startswith("budget.")]) > 1
            and self.some(3)
        ):
            other = next(one for one in self.left if one.startswith("budget.") and one != path)
            text = f"{label}{self.take(path, label)}万元，{FIELDS[other]}{self.take(other, FIELDS[other])}万元"
            return [Cell((text,))]
        return [Cell((label,)), Cell((self.take(path, label),))]

    def agency(self) -> str:
        """The agency's code and name in one cell."""
        code, name = self.take("agency.code", "代码"), self.take("agency.name", "实施单位")
        if self.some():
            return f"{{% if {self.project}.agency.code %}}[{code}]{{% endif %}}{name}"
        return code + name

    def row(self) -> list[Cell]:
        """A row of one pair or two, or a fixed one over the whole width."""
        if self.some(10):
            return [Cell((LONG,))]
        return [cell for _ in range(self.draw(st.integers(1, 2))) for cell in self.pair()]

    def block(self) -> list[list[Cell]]:
        """Rows with a label merged down at their side, or rows without."""
        rows = [self.row() for _ in range(self.draw(st.integers(1, 3)))]
        if len(rows) < 2 or not self.some(3):
            return rows
        side = self.draw(st.sampled_from(["项目资金", "预算规模及资金用途"]))
        return [
            [Cell((side,) if n == 0 else (), "restart" if n == 0 else "continue"), *row] for n, row in enumerate(rows)
        ]

    def fields(self) -> list[list[Cell]]:
        """Rows for all fields that are left."""
        rows: list[list[Cell]] = []
        while self.left:
            rows += self.block()
        if self.some(4):
            path = "extra.不一定有"
            self.declared[path] = "不一定有"
            value = self.value(path)
            condition = value.strip("{ }")
            rows += [[Cell((f"{{%tr if {condition} %}}",))], [Cell(("不一定有",)), Cell((value,))]]
            rows += [[Cell(("{%tr endif %}",))]]
        return rows

    def yaml(self, columns: list[str], heading: bool) -> str:
        """The form's description."""
        fields: list[dict[str, Any]] = [
            {"path": path, "labels": [label]} if label else {"path": path} for path, label in self.declared.items()
        ]
        heads = [{"path": path, "labels": [COLUMNS[path]]} for path in columns]
        described: dict[str, Any] = {"title": "某市绩效目标表", "fields": fields, "columns": heads}
        if heading:
            described["heading"] = {"text": self.draw(st.sampled_from(["{name}绩效目标表", "{position}、{name}"]))}
        return json.dumps(described, ensure_ascii=False)


@st.composite
def drawn_forms(draw: st.DrawFn) -> DrawnForm:
    """A form as somebody draws it."""
    pen = _Pen(draw)
    heading = pen.some()
    above = ""
    if heading:
        marks = ["project_section", "project_anchor"] if pen.some() else []
        above = paragraph(f"{{{{ {pen.project}.heading }}}}", marks)
    above += pen.lines(3)
    fields = pen.fields()
    drawn = Indicators(draw, pen.project, draw(st.sampled_from(["indicator", "row", "i"])))
    indicators = drawn.rows()
    if pen.some():
        total = "score" not in pen.declared and pen.some()
        score = [Cell(("总分",)), Cell(("100",)), Cell((pen.take("score", "总分"),))] if total else []
        indicators.append(score or [Cell((LONG,))])
    tables = [fields, indicators] if pen.some() else [[*fields, *indicators]]
    if pen.some(4):
        tables.reverse()
    if pen.some(4):
        tables.append([[Cell(("审核人",)), Cell((pen.take("extra.审核人", "审核人"),)), Cell(("日期",)), Cell(())]])
    body = above
    for n, rows in enumerate(tables):
        body += (paragraph("") + pen.lines(1) if n else "") + table(rows)
    body += paragraph("") + pen.lines(2)
    if pen.looped:
        front = ""
        if pen.some():
            front += (
                paragraph("{%p if document.title %}") + paragraph("{{ document.title }}") + paragraph("{%p endif %}")
            )
        if pen.some(3):
            front += paragraph("目录") + paragraph("{%p for x in document.projects %}")
            front += paragraph("{{ x.name }}\t{{ x.page }}") + paragraph("{%p endfor %}")
        body = (
            f"{front}{paragraph(f'{{%p for {pen.project} in document.projects %}}')}{body}{paragraph('{%p endfor %}')}"
        )
    return DrawnForm(package(body, complete=pen.some()), pen.yaml(drawn.columns, heading))
