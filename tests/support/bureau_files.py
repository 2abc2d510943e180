"""Received files of ten layouts, drawn by python-docx; three of them have a label that no vocabulary knows."""

from __future__ import annotations

import io
from typing import NamedTuple

import docx


class Drawn(NamedTuple):
    """A layout: its title and labels, fields of its own, the heads of its columns."""

    title: str
    name: str
    unit: str
    money: str
    goals: str
    own: tuple[tuple[str, str], ...] = ()
    column: str = ""


LAYOUTS = (
    Drawn("项目支出绩效目标申报表", "项目名称", "主管部门", "年度资金总额", "年度绩效目标"),
    Drawn("部门预算项目绩效目标表", "项目名称", "预算单位", "预算数", "绩效目标", (("项目负责人", "张主任"),)),
    Drawn("财政专项资金绩效目标申报表", "项目名称", "主管部门", "资金总额", "总体目标", (), "权重"),
    Drawn("预算项目绩效目标批复表", "项目名称", "单位名称", "预算金额", "绩效目标", (("联系电话", "0571-81001"),)),
    Drawn("专项经费绩效目标表", "项目名称", "主管部门", "年度资金总额", "绩效目标", (("项目类别", "专项"),), "备注"),
    Drawn("重点项目绩效目标表", "项目名称", "实施单位", "资金总额", "年度目标"),
    Drawn(
        "本级项目绩效目标表",
        "项目名称",
        "主管部门",
        "预算数",
        "年度绩效目标",
        (("起止时间", "2024年1月至12月"),),
        "分值",
    ),
    Drawn("某县项目绩效目标表", "项目名称", "主管部门", "预算数", "要干成的事"),
    Drawn("开发区项目绩效表", "办理事项", "主管部门", "年度资金总额", "绩效目标"),
    Drawn("乡镇项目绩效目标表", "项目名称", "牵头站所", "资金总额", "绩效目标"),
)
UNKNOWN = {7: ("要干成的事", "project.goals"), 8: ("办理事项", "project.name"), 9: ("牵头站所", "project.department")}
"""The label that is known in no form, by its layout, and what it means."""
_THINGS = (
    *("道路养护", "河道清淤", "校舍维修", "垃圾分类", "疫苗采购"),
    *("路灯改造", "消防设备", "文化下乡", "农机补贴", "档案整理"),
)
_ROWS = (
    ("产出指标", "数量指标", "{}数量", "≥{}个"),
    ("产出指标", "质量指标", "验收合格率", "≥9{}%"),
    ("效益指标", "社会效益指标", "受益人数", "≥{}00人"),
    ("满意度指标", "服务对象满意度指标", "群众满意度", "≥9{}%"),
)


def drawn(layout: int, number: int) -> bytes:
    """A file of a layout; each number is another project."""
    one, thing = LAYOUTS[layout], _THINGS[number % 10]
    heads = ["一级指标", "二级指标", "三级指标", "指标值", *filter(None, [one.column])]
    made = docx.Document()
    made.add_paragraph(one.title)
    made.add_paragraph("（2024年度）")
    table = made.add_table(rows=0, cols=len(heads))
    table.style = "Table Grid"
    first = table.add_row().cells
    first[0].text, first[1].text = one.name, f"{thing}项目（第{number + 1}批）"
    first[2].text, first[3].merge(first[-1]).text = one.unit, f"某县{thing[:2]}局"
    fields = [(one.money, f"{number + 10}.5"), *one.own, (one.goals, f"完成{thing}任务{number + 3}项，保障群众需要。")]
    for label, text in fields:
        row = table.add_row().cells
        row[0].text, row[1].merge(row[-1]).text = label, text
    said = [
        heads,
        *([text.format(thing if at == 2 else number % 9 + 1) for at, text in enumerate(row)] for row in _ROWS),
    ]
    for texts in said:
        for cell, text in zip(table.add_row().cells, [*texts, *([] if texts is heads else ["25"])], strict=False):
            cell.text = text
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()
