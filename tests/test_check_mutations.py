"""One fault put into a good project: it is found, at the value, and by the rule that says it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from good_specs import NEW, OLD

from perfdoc.check import RULES, Finding, catalogue, findings
from perfdoc.form import form
from perfdoc.model import Document

At = tuple[str | int, ...]


def put(document: Document, changes: dict[At, Any]) -> Document:
    """The document with values changed; `...` takes an indicator out."""
    data = document.model_dump()
    data["projects"] = list(data["projects"])
    for path, value in changes.items():
        _set(data["projects"], list(path), value)
    return Document.model_validate(_tuples(data))


def _set(at: Any, keys: list[Any], value: Any) -> None:
    key = keys[0]
    if len(keys) == 1:
        at[key] = value
        return
    if isinstance(at[key], tuple):
        at[key] = list(at[key])
    _set(at[key], keys[1:], value)


def _tuples(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _tuples(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return tuple(_tuples(each) for each in value if each is not ...)
    return value


def found(document: Document) -> Sequence[Finding]:
    return findings(document, form(document.form))


@pytest.mark.parametrize("document", [OLD, NEW], ids=["2015", "2021"])
def test_nothing_is_found_in_good_projects(document: Document) -> None:
    assert [str(one.diagnostic()) for one in found(document)] == []
    for project in document.projects:
        alone = Document(form=document.form, projects=(project,))
        assert [str(one.diagnostic()) for one in found(alone)] == []


I = "indicators"
# what is changed in OLD (paths below projects), the rule, and where it is to be found (the change's own place if left out)
CASES: list[tuple[str, dict[At, Any], str, At | None]] = [
    ("name", {(0, "name"): ""}, "PD101", None),
    ("agency", {(0, "agency", "name"): ""}, "PD102", None),
    ("agency_gone", {(0, "agency"): {}}, "PD102", (0, "agency", "name")),
    ("budget", {(0, "budget", "total"): ""}, "PD103", None),
    ("goals", {(0, "goals"): ""}, "PD104", None),
    ("goals_gone", {(0, "goals"): None}, "PD104", None),
    ("indicators", {(0, I): ()}, "PD105", None),
    ("outputs", {(0, I, n): ... for n in range(6)}, "PD106", (0, I)),
    ("benefits", {(0, I, 6): ..., (0, I, 7): ...}, "PD107", (0, I)),
    ("satisfaction", {(0, I, 8): ...}, "PD108", (0, I)),
    ("value", {(0, I, 2, "target"): ""}, "PD109", None),
    ("slash", {(0, I, 2, "target"): "/"}, "PD110", None),
    ("xx", {(0, I, 0, "target"): "≥XX所"}, "PD110", None),
    ("pending", {(0, "purpose"): "待定"}, "PD110", None),
    ("xx_goal", {(0, "goals"): "1.对XX所中小学校舍进行维修改造，改善办学条件。"}, "PD110", None),
    ("helper", {(0, "goals"): "1.对12所中小学校舍进行维修改造（100字以内）。"}, "PD111", None),
    ("helper_value", {(0, I, 6, "target"): "请填写具体内容"}, "PD111", None),
    ("level1", {(0, I, 1, "level1"): ""}, "PD112", None),
    ("level3", {(0, I, 1, "level3"): ""}, "PD112", None),
    ("purpose", {(0, "purpose"): ""}, "PD113", None),
    ("money_unit", {(0, "money_unit"): ""}, "PD114", None),
    ("money_unit_odd", {(0, "money_unit"): "万"}, "PD114", None),
    ("code", {(0, "agency", "code"): "11800l"}, "PD115", None),
    ("quantities", {(0, I, 0): ..., (0, I, 1): ...}, "PD116", (0, I, 0, "level2")),
    ("short", {(0, "goals"): "维修校舍。"}, "PD117", None),
    ("wrong_group", {(0, I, 2, "level1"): "效益指标"}, "PD201", None),
    ("wrong_kind", {(0, I, 6, "level2"): "数量指标"}, "PD201", None),
    ("scheme", {(0, I, 4, "level1"): "成本指标", (0, I, 4, "level2"): "经济成本指标"}, "PD202", (0, I, 4, "level1")),
    ("group_typo", {(0, I, 2, "level1"): "产出指示"}, "PD203", None),
    ("kind_typo", {(0, I, 2, "level2"): "质里指标"}, "PD204", None),
    ("kind_other", {(0, I, 2, "level2"): "其他"}, "PD205", None),
    ("rate_as_quantity", {(0, I, 2, "level2"): "数量指标"}, "PD206", None),
    ("quantity_as_quality", {(0, I, 1, "level2"): "质量指标"}, "PD206", None),
    ("time_as_quality", {(0, I, 3, "level2"): "质量指标"}, "PD206", None),
    ("cost_as_time", {(0, I, 4, "level2"): "时效指标"}, "PD206", None),
    (
        "satisfaction_as_benefit",
        {(0, I, 8, "level1"): "效益指标", (0, I, 8, "level2"): "社会效益指标"},
        "PD206",
        (0, I, 8, "level2"),
    ),
    ("kind_short", {(0, I, 2, "level2"): "质量"}, "PD208", None),
    ("no_operator", {(0, I, 0, "target"): "12所"}, "PD301", None),
    ("no_operator_rate", {(4, I, 2, "target"): "95%"}, "PD301", None),
    ("no_unit", {(0, I, 0, "target"): "≥12"}, "PD302", None),
    ("no_percent", {(0, I, 8, "target"): "≥95"}, "PD302", None),
    ("no_unit_cost", {(0, I, 4, "target"): "≤420"}, "PD302", None),
    ("unit_people", {(4, I, 0, "target"): "≥300件"}, "PD303", None),
    ("unit_rate", {(4, I, 2, "target"): "≥95人"}, "PD303", None),
    ("unit_area", {(0, I, 1, "target"): "≥21000人"}, "PD303", None),
    ("unit_cost", {(0, I, 4, "target"): "≤420平方米"}, "PD303", None),
    ("at_most", {(0, I, 0, "target"): "≤12所"}, "PD304", None),
    ("at_most_rate", {(4, I, 2, "target"): "≤95%"}, "PD304", None),
    ("at_most_satisfaction", {(0, I, 8, "target"): "≤95%"}, "PD304", None),
    ("cost_at_least", {(0, I, 4, "target"): "≥420万元"}, "PD305", None),
    ("unit_cost_at_least", {(4, I, 5, "target"): "≥1500元/人"}, "PD305", None),
    ("failures", {(3, I, 4, "target"): "≥1%"}, "PD306", None),
    ("response", {(3, I, 5, "target"): "≥30分钟"}, "PD306", None),
    ("rate", {(4, I, 2, "target"): "≥950%"}, "PD307", None),
    ("satisfaction_120", {(0, I, 8, "target"): "≥120%"}, "PD307", None),
    ("more_than_all", {(0, I, 2, "target"): ">100%"}, "PD307", None),
    ("year_before", {(0, I, 3, "target"): "2023年8月31日前"}, "PD308", None),
    ("year_after", {(3, I, 7, "target"): "2025年1-12月"}, "PD308", None),
    ("year_beyond", {(3, I, 7, "target"): "2024年6月-2025年6月"}, "PD308", None),
    ("no_such_day", {(0, I, 3, "target"): "2024年8月32日前"}, "PD309", None),
    ("no_such_month", {(0, I, 3, "target"): "2024年13月底前"}, "PD309", None),
    ("backwards", {(3, I, 7, "target"): "2024年12月-2024年1月"}, "PD309", None),
    ("percent_wide", {(0, I, 8, "target"): "≥95％"}, "PD313", None),
    ("percent_words", {(0, I, 8, "target"): "不低于百分之九十五"}, "PD311", None),
    ("ascii_operator", {(0, I, 8, "target"): ">=95%"}, "PD312", None),
    ("wide_digits", {(0, I, 0, "target"): "≥１２所"}, "PD313", None),
    ("range", {(0, I, 8, "target"): "95-80%"}, "PD314", None),
    ("fraction", {(0, I, 8, "target"): "≥0.95"}, "PD315", None),
    ("in_words", {(0, I, 0, "target"): "若干所学校"}, "PD316", None),
    ("low", {(0, I, 8, "target"): "≥9%"}, "PD317", None),
    ("letter", {(0, I, 8, "target"): "≥9O%"}, "PD318", None),
    ("two_percents", {(0, I, 8, "target"): "≥95%%"}, "PD318", None),
    ("two_signs", {(0, I, 8, "target"): "≥≥95%"}, "PD318", None),
    ("thousands", {(0, I, 1, "target"): "≥21,00平方米"}, "PD318", None),
    ("nothing", {(0, I, 0, "target"): "≥0所"}, "PD319", None),
    ("against", {(0, I, 8, "target"): "≥95%以下"}, "PD320", None),
    ("said_twice", {(0, I, 8, "target"): "≥95%以上"}, "PD320", None),
    ("total", {(5, "budget", "total"): "160.00"}, "PD401", None),
    ("fiscal", {(5, "budget", "fiscal"): "130.00"}, "PD401", None),
    ("other", {(5, "budget", "other"): "3.00"}, "PD401", None),
    ("not_amount", {(0, "budget", "fiscal"): "420万元"}, "PD402", None),
    ("negative", {(0, "budget", "total"): "-420.00"}, "PD403", None),
    ("over", {(0, I, 4, "target"): "≤430万元"}, "PD404", None),
    ("together", {(3, I, 8, "target"): "≤170万元"}, "PD405", None),
    ("product", {(4, I, 5, "target"): "≤15000元/人", (4, I, 0, "level3"): "培训人数"}, "PD406", (4, I, 5, "target")),
    ("yuan", {(0, I, 4, "target"): "≤420元"}, "PD410", None),
    ("goal_number", {(0, "goals"): "1.对21所中小学校舍进行维修改造，改善办学条件。"}, "PD411", None),
    ("short_by_little", {(3, I, 8, "target"): "≤150万元"}, "PD412", None),
    ("heading", {(1, "heading"): "2.中小学校舍维修改造-2024市级绩效目标表"}, "PD501", None),
    ("heading_other", {(1, "heading"): "2.乡村医生补助绩效目标表"}, "PD501", None),
    ("heading_number", {(1, "heading"): "3.城乡居民公共卫生服务补助资金绩效目标表"}, "PD502", None),
    ("same_indicator", {(0, I, 1): OLD.projects[0].indicators[0].model_dump()}, "PD504", (0, I, 1, "level3")),
    ("same_name", {(0, I, 1, "level3"): "维修改造学校数量"}, "PD504", None),
    (
        "slip",
        {(0, "goals"): "1.对12所中小学校舍进行维修改造，改善办学条件。\n2.消除校舍安全隐患，保政师生安全。"},
        "PD601",
        None,
    ),
    (
        "comma",
        {(0, "goals"): "1.对12所中小学校舍进行维修改造,改善办学条件。\n2.消除校舍安全隐患，保障师生安全。"},
        "PD602",
        None,
    ),
    ("bracket", {(0, I, 0, "level3"): "维修改造学校(中小学)数量"}, "PD602", None),
    (
        "stop",
        {(0, "goals"): "1.对12所中小学校舍进行维修改造，改善办学条件.\n2.消除校舍安全隐患，保障师生安全。"},
        "PD602",
        None,
    ),
    ("spaces", {(0, "purpose"): "用于中小学  校舍维修改造"}, "PD603", None),
    ("trailing", {(0, I, 0, "level3"): "维修改造学校数量 "}, "PD603", None),
    (
        "year_in_goals",
        {(0, "goals"): "1.2023年对12所中小学校舍进行维修改造，改善办学条件。\n2.消除校舍安全隐患，保障师生安全。"},
        "PD604",
        None,
    ),
    ("year_in_name", {(0, "name"): "中小学校舍维修改造-2023市级"}, "PD604", None),
    (
        "numbered_twice",
        {(0, "goals"): "1.对12所中小学校舍进行维修改造，改善办学条件。\n1.消除校舍安全隐患，保障师生安全。"},
        "PD605",
        None,
    ),
    (
        "numbered_gap",
        {(0, "goals"): "1.对12所中小学校舍进行维修改造，改善办学条件。\n3.消除校舍安全隐患，保障师生安全。"},
        "PD605",
        None,
    ),
    (
        "number_mark",
        {(0, "goals"): "1.对12所中小学校舍进行维修改造，改善办学条件。\n2、消除校舍安全隐患，保障师生安全。"},
        "PD605",
        None,
    ),
    ("bracket_open", {(0, "purpose"): "用于中小学校舍维修改造（含厕所"}, "PD606", None),
    (
        "stops",
        {(0, "goals"): "1.对12所中小学校舍进行维修改造，，改善办学条件。\n2.消除校舍安全隐患，保障师生安全。"},
        "PD607",
        None,
    ),
    ("word_twice", {(0, "purpose"): "用于中小学校舍校舍维修改造"}, "PD607", None),
    ("unseen", {(0, "purpose"): "用于中小学\u200b校舍维修改造"}, "PD608", None),
    (
        "no_stop",
        {(0, "goals"): "1.对12所中小学校舍进行维修改造，改善办学条件。\n2.消除校舍安全隐患，保障师生安全"},
        "PD609",
        None,
    ),
    ("cut", {(0, "goals"): "1.对12所中小学校舍进行维修改造，改善办学条件。\n2.消除校舍安全隐患，"}, "PD609", None),
    (
        "unmeasured",
        {(0, "goals"): "1.对12所中小学校舍进行维修改造，改善办学条件。\n2.开展校园足球教练员培训。"},
        "PD610",
        None,
    ),
    (
        "goal_twice",
        {
            (
                0,
                "goals",
            ): "1.对12所中小学校舍进行维修改造，改善办学条件。\n2.对12所中小学校舍进行维修改造，改善办学条件。"
        },
        "PD611",
        None,
    ),
    ("space", {(0, "purpose"): "用于中小学 校舍维修改造"}, "PD612", None),
    ("goals_of_other", {(1, "goals"): OLD.projects[0].goals}, "PD506", None),
    ("twice", {(1, "name"): OLD.projects[0].name, (1, "agency", "name"): "某市教育局"}, "PD503", (1, "name")),
    ("code_of_other", {(1, "agency", "code"): "118001"}, "PD507", (1, "agency", "name")),
    ("unit_of_other", {(1, "money_unit"): "元"}, "PD508", None),
    ("names_other", {(1, "purpose"): "用于城市管理和农村公路养护工程-2024"}, "PD510", None),
    (
        "interrupted",
        {(0, I, 3): OLD.projects[0].indicators[6].model_dump(), (0, I, 6): OLD.projects[0].indicators[3].model_dump()},
        "PD207",
        (0, I, 4, "level1"),
    ),
    ("half_a_car", {(0, I, 0, "target"): "≥12.5所"}, "PD321", None),
    ("below_zero", {(0, I, 0, "target"): "≥-12所"}, "PD321", None),
    ("name_again", {(0, I, 6, "target"): "消除校舍安全隐患"}, "PD322", None),
    ("unit_of_money", {(0, "money_unit"): "元"}, "PD410", None),
    (
        "no_number",
        {
            (
                7,
                "goals",
            ): "1.依法打击黑恶势力犯罪，保持高压态势。\n购置办案装备，提高侦查办案能力。\n2.开展宣传活动，提高群众知晓率。"
        },
        "PD613",
        None,
    ),
    ("decimals", {(0, "budget", "total"): "420.0"}, "PD414", None),
    (
        "period",
        {
            (3, I, 7, "target"): "2024年1月-12月",
            (0, I, 3, "target"): "2024年1-12月",
            (1, I, 5, "target"): "2024年1-12月",
        },
        "PD310",
        (3, I, 7, "target"),
    ),
]


IN_NEW: list[tuple[str, dict[At, Any], str, At | None]] = [
    ("weight", {(0, I, 0, "extra", "分值"): "15"}, "PD408", None),
    ("weight_gone", {(0, I, 1, "extra", "分值"): ""}, "PD409", None),
    ("output_cost", {(0, I, 0, "level1"): "产出指标", (0, I, 0, "level2"): "成本指标"}, "PD202", (0, I, 0, "level2")),
    (
        "far_below",
        {
            (0, I, 0, "target"): "≤150元/亩", (0, I, 0, "level3"): "农田亩均建设成本",
            (0, I, 1, "level1"): "成本指标",
            (0, I, 1, "level2"): "经济成本指标",
            (0, I, 1, "level3"): "高标准农田建设成本",
            (0, I, 1, "target"): "≤2400万元",
        },
        "PD407",
        (0, I, 0, "target"),
    ),
    (
        "promised",
        {(1, I, 1, "level3"): "新建高标准农田面积", (1, I, 1, "target"): "≥1.6万亩"},
        "PD505",
        (1, I, 1, "level3"),
    ),
    ("bookmark", {(0, "bookmarks"): ("_a", "_b"), (1, "bookmarks"): ("_c", "_a")}, "PD509", (1, "bookmarks", 1)),
]


@pytest.mark.parametrize(
    ("document", "changes", "code", "at"),
    [(OLD, *case[1:]) for case in CASES] + [(NEW, *case[1:]) for case in IN_NEW],
    ids=[case[0] for case in (*CASES, *IN_NEW)],
)
def test_a_fault_is_found_at_its_value(document: Document, changes: dict[At, Any], code: str, at: At | None) -> None:
    what = found(put(document, changes))
    hits = [one for one in what if one.code == code]
    assert hits, [str(one.diagnostic()) for one in what]
    path = ("projects", *(at if at is not None else next(iter(changes))))
    places = {place for one in hits for place in (one.path, *(related for related, _, _ in one.related))}
    assert path in places or any(("projects", *each) in places for each in changes), places
    assert len(what) <= 5, [str(one.diagnostic()) for one in what]


def test_every_rule_has_a_fault_here() -> None:
    assert {rule.code for rule in RULES} == {case[2] for case in (*CASES, *IN_NEW)}
    assert [rule.code for rule in RULES] == sorted({rule.code for rule in RULES})
    assert {rule.code for rule in RULES} == {code for code in catalogue() if not code.startswith("PD9")}
    assert len(RULES) >= 35


# what comes near to a fault and is none
FINE: list[tuple[str, dict[At, Any]]] = [
    ("PD103", {(0, "budget", "total"): "４20.00"}),
    ("PD108", {(0, I, 8, "level2"): "满意度指标"}),
    ("PD110", {(0, I, 6, "target"): "无危房"}),
    ("PD110", {(0, I, 6, "target"): "建成XXL级体育馆"}),
    ("PD111", {(0, "purpose"): "用于中小学校舍维修改造，培训写字（3000字）"}),
    ("PD114", {(0, "money_unit"): "人民币万元"}),
    ("PD115", {(0, "agency", "code"): "118001-02"}),
    ("PD201", {(0, I, 6, "level2"): "可持续影响指标"}),
    ("PD203", {(0, I, 0, "level1"): "产出指标（50分）", (0, I, 1, "level1"): "产出指标(50分)"}),
    ("PD206", {(0, I, 7, "level3"): "校舍安全使用期间", (0, I, 7, "target"): "≥10年"}),
    ("PD206", {(0, I, 7, "level3"): "受益学生人数", (0, I, 7, "target"): "≥800人"}),
    ("PD301", {(0, I, 0, "target"): "12所以上"}),
    ("PD301", {(0, I, 8, "target"): "90-95%"}),
    ("PD302", {(0, I, 0, "target"): "≥12所/年"}),
    ("PD303", {(0, I, 0, "target"): "≥12个"}),
    ("PD304", {(3, I, 4, "target"): "≤2%"}),
    ("PD304", {(0, I, 1, "level3"): "压减公务用车数量", (0, I, 1, "target"): "≤3辆"}),
    ("PD305", {(0, I, 4, "level3"): "节约维修成本", (0, I, 4, "target"): "≥5万元"}),
    ("PD306", {(3, I, 5, "level3"): "故障隐患排查次数", (3, I, 5, "target"): "≥12次"}),
    ("PD306", {(3, I, 5, "level3"): "每天开放时间", (3, I, 5, "target"): "≥8小时"}),
    ("PD307", {(0, I, 7, "level3"): "办学规模增长率", (0, I, 7, "target"): "≥120%"}),
    ("PD308", {(0, I, 7, "target"): "2024年1月-2026年12月"}),
    ("PD310", {(3, I, 7, "target"): "2024年1-12月", (0, I, 3, "target"): "2024年1-11月"}),
    ("PD312", {(0, I, 8, "target"): "不低于95%"}),
    ("PD315", {(0, I, 7, "level3"): "流动比率", (0, I, 7, "target"): "≥0.9"}),
    ("PD316", {(0, I, 0, "target"): "中小学校全覆盖"}),
    ("PD318", {(0, I, 6, "target"): "12个月内消除D级危房"}),
    ("PD320", {(0, I, 8, "target"): "95%以上"}),
    ("PD321", {(0, I, 0, "target"): "≥1.2万所"}),
    ("PD401", {(5, "budget", "total"): "160.00", (5, "extra"): {"上年结转": "10.00"}}),
    ("PD402", {(5, "budget", "fiscal"): "￥120".replace("￥", "+")}),
    ("PD404", {(0, I, 4, "target"): "≤420.00万元"}),
    ("PD405", {(3, I, 8, "target"): "≤159万元"}),
    ("PD410", {(0, I, 4, "target"): "≤4200000元"}),
    ("PD411", {(0, "goals"): "1.对12所中小学校舍进行维修改造，惠及3所幼儿园。"}),
    ("PD501", {(1, "heading"): "2.城乡居民公共卫生服务补助资金绩效目标表"}),
    ("PD502", {(1, "heading"): "二、城乡居民公共卫生服务补助资金绩效目标表"}),
    ("PD504", {(0, I, 1, "level3"): "维修改造学校数量", (0, I, 1, "description"): "其中：小学"}),
    ("PD602", {(0, "purpose"): "用于 A&B 类项目（3,000人），时间9:00"}),
    ("PD603", {(0, "purpose"): "用于 LED 显示屏更换"}),
    (
        "PD604",
        {
            (
                0,
                "goals",
            ): "1.较2023年提高，对12所中小学校舍进行维修改造，改善办学条件。\n2.按照财预〔2023〕1号保障师生安全。"
        },
    ),
    (
        "PD605",
        {
            (
                0,
                "goals",
            ): "一、对12所中小学校舍进行维修改造：\n1.屋面；\n2.外墙。\n二、消除校舍安全隐患：\n1.加固；\n2.重建。"
        },
    ),
    ("PD606", {(0, "goals"): "1)对12所中小学校舍进行维修改造（含“三防”）。\n2)消除校舍安全隐患。"}),
    ("PD607", {(0, "purpose"): "用于一步一步改善条件……等"}),
    ("PD610", {(0, "goals"): "1.完成年度各项工作任务。\n2.对12所中小学校舍进行维修改造。"}),
]


@pytest.mark.parametrize(("code", "changes"), FINE)
def test_what_comes_near_is_no_fault(code: str, changes: dict[At, Any]) -> None:
    assert [str(one.diagnostic()) for one in found(put(OLD, changes)) if one.code == code] == []
