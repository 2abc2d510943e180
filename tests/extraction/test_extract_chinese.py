"""What extraction says of doubtful forms, in Chinese."""

from __future__ import annotations

from dataclasses import replace

import pytest
from checkout import ROOT
from languages import in_chinese
from layouts import grid, layout

from perfdoc.errors import NotRecognisedError
from perfdoc.extraction import extract
from perfdoc.layout import Layout
from perfdoc.reading import read
from perfdoc.texts import speaking

HEAD = ["一级指标", "二级指标", "三级指标", "指标值"]
LIST = ["单位", "项目名称", "预算数", *HEAD]
FORM = grid(["项目名称", "甲"], ["绩效目标", "做好"])
INDICATORS = grid(HEAD, ["产出指标", "数量指标", "甲", "1"])
INNER = replace(grid(["任务", "金额"], ["甲", "3"]), within=FORM.place._replace(row=2, column=2))
DOUBTFUL = {
    "nothing labelled": layout(grid(["项目名称", "甲", "多余的一句话。"], ["绩效目标", "做好", "<"])),
    "lost values": layout(
        grid(["项目名称", "甲"], ["实施单位", "单位"], ["绩效目标", "单击此处输入文字"], ["项目资金", "5\n七"])
    ),
    "a remark": layout(
        grid(
            ["项目名称", "甲", "<", "<"],
            HEAD,
            ["产出指标", "数量指标", "a", "1"],
            ["子项目二：设备更新", "<", "<", "<"],
            ["效益指标", "", "b", "2"],
        )
    ),
    "merges without a beginning": layout(FORM, grid(HEAD, ["^", "数量指标", "a", "1"], ["", "", "b", "2"])),
    "a column for each town": layout(
        FORM, grid([*HEAD[:3], "西坪镇", "桃舟乡"], *(["产出指标", "数量指标", one, "1", "2"] for one in "甲乙"))
    ),
    "an agency above": layout(
        grid(["某院", "<", "", ""], ["项目名称", "甲", "<", "<"], ["绩效目标", "做好", "<", "<"])
    ),
    "a list": layout(
        grid(
            LIST,
            ["甲局", "修路", "10", "产出指标", "数量指标", "里程", "3公里"],
            ["", "", "12", "产出指标", "质量指标", "合格", "100%"],
            ["", "架桥", "20", "产出指标", "数量指标", "座数", "1座"],
            ["", "", "", "以下空白", "", "", ""],
        )
    ),
    "around": layout(
        "急件", FORM, INNER, grid(["任务", "金额"], ["甲", "3"]), "第二部分 名词解释", "财政拨款：略" * 200
    ),
    "a sum in a list": layout(
        grid(
            LIST,
            ["甲局", "修路", "10", "产出指标", "数量指标", "里程", "3公里"],
            ["", "", "30", "", "", "", ""],
            ["", "架桥", "20", "产出指标", "数量指标", "座数", "1座"],
        )
    ),
    "a cell beyond the head": layout(
        "金额单位：万元    随便说的话",
        FORM,
        grid(HEAD, ["产出指标", "数量指标", "甲", "1"], ["产出指标", "数量指标", "乙", "1", "多"]),
    ),
    "goals without names": layout(FORM, INDICATORS, grid(["序号", "绩效目标", "完成时间"], ["1", "做好", "10月"])),
}
RECEIVED = sorted(file for file in (ROOT / "golden/received").rglob("*") if file.suffix in (".docx", ".xlsx"))


@pytest.mark.parametrize("given", DOUBTFUL.values(), ids=DOUBTFUL)
def test_doubts_are_told_in_chinese(given: Layout) -> None:
    """Those that no other test here brings about; `conftest.py` looks at the rest."""
    assert in_chinese(lambda: extract(given, {}).diagnostics)


def test_a_file_without_a_form_is_refused_in_chinese() -> None:
    with speaking("zh"), pytest.raises(NotRecognisedError, match=r"^form\.docx: 没有找到绩效目标表$"):
        extract(layout("报告"), {})


def test_what_is_read_is_the_same_in_both_languages() -> None:
    """The language of what is said is in no value, no key of `extra` and no role."""
    for file in RECEIVED:
        content = file.read_bytes()
        english = extract(read(content, file.name))
        with speaking("zh"):
            chinese = extract(read(content, file.name))
        assert english.document == chinese.document
        assert english.claims == chinese.claims
