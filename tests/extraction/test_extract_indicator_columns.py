"""Tables whose indicators are columns: a line a unit."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from reading_forms import wide, word, workbook

from perfdoc.errors import NotRecognisedError
from perfdoc.extraction import extract
from perfdoc.reading import read
from perfdoc.report import Reading

Rows = Sequence[Sequence[str]]
TITLE = "2024年衔接资金绩效目标表"


def readings(rows: Rows) -> list[Reading]:
    given = [(word([TITLE], rows), "form.docx"), (workbook([wide(len(rows[0]), TITLE), *rows]), "form.xlsx")]
    return [extract(read(data, file), {}) for data, file in given]


def said(reading: Reading) -> list[tuple[str | None, list[tuple[str | None, ...]]]]:
    return [
        (p.agency.name, [(i.level1, i.level2, i.level3, i.target) for i in p.indicators])
        for p in reading.document.projects
    ]


@pytest.mark.parametrize("unit", ["项目单位", "乡（镇）", "实施单位", "县区"])
def test_three_rows_of_heads(unit: str) -> None:
    rows = [
        [unit, "产 出 指 标", "<", "效益指标", "<"],
        ["^", "质量指标", "数量指标", "社会效益指标", "<"],
        ["^", "验收合格率", "扶持村数", "人居环境", "违纪问题"],
        ["龙门滩镇", "100%", "2个", "得到改善", "无"],
        ["葛坑镇", "100%", "1个", "得到改善", ""],
        ["合计", "", "3个", "", ""],
    ]
    for reading in readings(rows):
        first = [
            ("产 出 指 标", "质量指标", "验收合格率", "100%"),
            ("产 出 指 标", "数量指标", "扶持村数", "2个"),
            ("效益指标", "社会效益指标", "人居环境", "得到改善"),
            ("效益指标", "社会效益指标", "违纪问题", "无"),
        ]
        second = [*first[:1], (*first[1][:3], "1个"), first[2]]
        assert said(reading) == [("龙门滩镇", first), ("葛坑镇", second)]
        assert {project.year for project in reading.document.projects} == {"2024"}
        assert not reading.diagnostics


def test_other_columns_stand_beside() -> None:
    rows = [
        ["序号", "单位名称", "资金总额", "产出指标", "<", "满意度指标"],
        ["^", "^", "^", "数量指标", "时效指标", "服务对象满意度指标"],
        ["^", "^", "^", "修建里程", "完工时间", "群众满意度"],
        ["1", "尧山村", "30", "≥2公里", "12月底前", "≥90%"],
        ["2", "吾培村", "25", "≥1公里", "11月底前", "≥95%"],
    ]
    for reading in readings(rows):
        first, second = reading.document.projects
        assert (first.agency.name, first.budget.total, second.budget.total) == ("尧山村", "30", "25")
        assert [i.target for i in second.indicators] == ["≥1公里", "11月底前", "≥95%"]
        assert not reading.diagnostics


def test_two_rows_of_heads() -> None:
    rows = [
        ["乡镇", "数量指标", "<", "质量指标"],
        ["^", "种植面积", "培训人次", "成活率"],
        ["甲镇", "≥100亩", "≥20人次", "≥90%"],
        ["乙镇", "≥80亩", "≥10人次", "≥85%"],
    ]
    for reading in readings(rows):
        assert said(reading)[1] == (
            "乙镇",
            [
                (None, "数量指标", "种植面积", "≥80亩"),
                (None, "数量指标", "培训人次", "≥10人次"),
                (None, "质量指标", "成活率", "≥85%"),
            ],
        )


@pytest.mark.parametrize(
    "rows",
    [
        [["姓名", "数量指标", "质量指标"], ["^", "面积", "合格率"], ["张三", "1", "2"]],
        [["单位", "一季度", "二季度"], ["^", "收入", "支出"], ["甲镇", "1", "2"]],
        [["单位", "产出指标", "效益指标"], ["甲镇", "1", "2"], ["乙镇", "1", "2"]],
    ],
)
def test_tables_that_are_none(rows: Rows) -> None:
    with pytest.raises(NotRecognisedError):
        readings(rows)
