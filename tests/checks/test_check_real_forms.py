"""What published forms look like: nothing is found in them that no reviewer would say, and their slips are found."""

from __future__ import annotations

import pytest

from perfdoc.checks import Finding, findings
from perfdoc.model import Agency, Budget, Document, Indicator, Project
from perfdoc.report import Claim, Diagnostic, Path, Place, Reading, Role, Severity
from perfdoc.texts import speaking

_LEVELS = {
    "数": ("产出指标", "数量指标"),
    "质": ("产出指标", "质量指标"),
    "时": ("产出指标", "时效指标"),
    "本": ("产出指标", "成本指标"),
    "社": ("效益指标", "社会效益指标"),
    "满": ("满意度指标", "服务对象满意度指标"),
}
_EFFECTS = "社 社会影响|明显提升；满 群众满意度|≥90%"
_REST = f"数 学校数量|≥3所；{_EFFECTS}"


def row(line: str, extra: dict[str, str] | None = None) -> Indicator:
    """`数 培训人次|≥200人次`, or `投入/目标设定 绩效目标合理性|100%`."""
    levels, _, rest = line.partition(" ")
    one, two = _LEVELS[levels] if levels in _LEVELS else levels.split("/")
    name, _, target = rest.partition("|")
    return Indicator(level1=one, level2=two, level3=name or None, target=target or None, extra=extra or {})


def document(rows: str | tuple[Indicator, ...], goals: str = "完成全年各项任务。", total: str = "3000") -> Document:
    made = tuple(row(line) for line in rows.split("；")) if isinstance(rows, str) else rows
    budget = Budget(total=total, fiscal=total)
    project = Project(
        name="某项目",
        year="2023",
        agency=Agency(name="某局"),
        money_unit="万元",
        budget=budget,
        goals=goals,
        indicators=made,
    )
    return Document(projects=(project,))


def codes(found: Document | Reading) -> list[str]:
    return [one.code for one in findings(found)]


def at(found: Document, name: str) -> list[str]:
    """What is found at the indicator of a name."""
    names = [one.level3 for one in found.projects[0].indicators]
    return [one.code for one in findings(found) if one.path[2:4] == ("indicators", names.index(name))]


@pytest.mark.parametrize(
    ("rows", "extra"),
    [
        ("数 出差人数|8人", {"指标方向": "="}),
        ("数 车辆购置数量|≥1辆", {"指标方向": "大于等于"}),
        ("满 读者投诉|≤3件", {}),
        ("质 论文他引次数|≥300次", {}),
        ("质 政府采购率|30%", {"指标性质": "正向"}),
        ("时 资金支付及时率|100百分比", {}),
        ("质 师生配比|1:18", {}),
        ("数 新建大棚（座）|≥35", {}),
        ("数 养护里程|≥120㎞", {}),
        ("数 保洁面积|≥3㎢", {}),
        ("满 受益群众满意度（%）|≥95", {}),
        ("质 按时发放|≥1人/年", {}),
        ("时 环境卫生专项考核|≥1次/月", {}),
        ("本 生均补助标准达标率|≥100%", {}),
        ("时 法定审限内结案率|≥95%", {}),
        ("时 预算资金当年下达率|≥95%", {}),
        ("本 农村低保标准|≥550元/人·月", {}),
        ("本 水电气消耗下降率|≥1%", {}),
        ("本 预算控制数|≤128.56万元", {}),
        ("质 应补未补户数|≤5户", {}),
        ("数 科目调整次数|≤10次", {}),
        ("质 水情信息错情率|≤1%", {}),
        ("质 信息退件率|≤5%", {}),
        ("社 校园安全责任事故|0起", {}),
        ("数 景点开发数量（≥**个）|≥4个", {}),
        ("社 受益人口数≥**人|≥29人", {}),
        ("时 服务学期|2023-2024学年", {}),
        ("数 师生比|≤1:350", {}),
        ("质 赴省进京非访|0起", {}),
        ("时 项目完工率|≥80%", {}),
        ("数 会议人数|≤300人", {}),
        ("质 县道PQI值|≥85", {}),
        ("时 垃圾清运频次|日产日清", {}),
        ("时 养护资金拨付|每半年一次", {}),
        ("本 村干部报酬|不低于2200元/人·月", {}),
        ("社 媒体报道次数|≥20篇", {}),
        ("社 平均办事跑动次数|≤0.3次", {}),
        ("社 警示教育受众人数|≥5000人次", {}),
        ("社 追回国有资产损失|≥200万元", {}),
        ("社 社会培训人次|≥500人次", {}),
        ("质 路面技术状况指数（PQI）|≥80", {}),
        ("本 农村低保年保障标准|不低于6500元", {}),
        ("质 三公经费控制率|≤100%", {}),
        ("本 单户改造成本|≤120元", {}),
        ("本 每平方米造价|≤180元", {}),
        ("本 补助成本（≤**元/株）|≤28.40", {}),
        ("本 补助成本（≤**元/株）|28.40", {}),
        ("成本指标/社会成本指标 安全事故|=0起", {}),
        ("成本指标/生态环境成本指标 用水量|≤2万吨", {}),
        ("过程/资金管理 预算执行率|100%", {}),
        ("一、产出指标（50分）/数量指标 演出场次|≥12场", {}),
        ("（1）产出指标/数量指标 演出场次|≥12场", {}),
        ("满意度指标/企业满意度 企业满意度|≥90%", {}),
        ("社 服务人口|/", {"实施期指标值": "≥120万人"}),
    ],
)
def test_nothing_is_found_at_what_forms_say(rows: str, extra: dict[str, str]) -> None:
    one = row(rows, extra)
    whole = document((one, *(row(line) for line in _REST.split("；"))))
    assert at(whole, one.level3 or "") == []


def test_a_value_of_another_year_does_not_stand_for_this_year_s() -> None:
    one = row("社 服务人口|/", {"上年完成值": "120万人"})
    assert "PD110" in at(document((one, *(row(line) for line in _REST.split("；")))), "服务人口")


@pytest.mark.parametrize(
    ("name", "target", "code"),
    [("车辆采购数量", "1辆", "PD304"), ("办公设备采购数量", "10", "PD302"), ("培训人数", "5万", "PD302")],
)
def test_what_another_column_says_is_checked_with_the_value(name: str, target: str, code: str) -> None:
    one = row(f"数 {name}|{target}", {"指标方向": "小于等于"})
    assert code in at(document((one, *(row(line) for line in _REST.split("；")))), name)


def test_a_head_of_parts_has_their_weight_and_no_value() -> None:
    lines = ("数 ★补助粮食作物面积|", "数 红薯种植面积|≥5亩", "数 梨树种植面积|≥6亩", *_REST.split("；"))
    rows = tuple(
        row(line, {"分值": weight}) for line, weight in zip(lines, ("50", "", "", "10", "30", "10"), strict=True)
    )
    assert {"PD109", "PD408", "PD409"}.isdisjoint(codes(document(rows)))
    assert "PD109" in codes(document((*rows[:1], *rows[3:])))
    assert "PD409" in codes(document((rows[3], rows[1], rows[4])))


def test_an_indicator_without_name_and_value_is_called_by_its_number() -> None:
    with speaking("zh"):
        said = [one.message for one in findings(document("数 |；质 合格率|")) if one.code == "PD109"]
    assert said == ["第1个指标没有名称，也没有填写指标值", "指标“合格率”没有填写指标值"]


def test_a_form_with_levels_of_its_own_is_not_held_to_a_scheme() -> None:
    own = "投入/目标设定 绩效目标合理性|100%；过程/预算执行 预算完成率|≥95%；产出/职责履行 任务完成率|≥95%"
    assert not {"PD106", "PD107", "PD108", "PD203", "PD205"} & set(codes(document(own)))
    assert "PD107" in codes(document("数 培训人次|≥200人次；质 培训合格率|≥95%"))


def test_a_group_of_another_name_counts_by_its_kinds_and_is_said_once() -> None:
    rows = "决策/数量指标 宣传次数|≥2次；决策/质量指标 宣传合格率|≥95%；社 知晓率|≥90%；满 群众满意度|≥90%"
    found = codes(document(rows))
    assert "PD106" not in found
    assert found.count("PD203") == 1


def test_a_list_in_no_order_is_no_slip() -> None:
    shuffled = "社 秩序|稳定；时 按时发放率|≥95%；社 环境|改善；数 干部人数|≥230人；社 收入|提高；满 群众满意度|≥95%"
    assert "PD207" not in codes(document(shuffled))
    slipped = "数 干部人数|≥230人；社 秩序|稳定；时 按时发放率|≥95%；社 环境|改善；满 群众满意度|≥95%"
    assert "PD207" in codes(document(slipped))


def test_lines_that_say_nothing_are_no_indicators() -> None:
    rows = (row("数 培训人次|≥200人次"), row("社 无|无"), row("社 无|无"), row("满 群众满意度|≥90%"))
    note = Indicator(level1="财政科室（盖章）", level2="财政科室（盖章）", level3="财政科室（盖章）")
    assert not {"PD504", "PD322", "PD109", "PD203"} & set(codes(document((*rows, note))))


def test_two_columns_of_levels_may_have_a_kind_s_name_in_the_second() -> None:
    rows = (
        Indicator(level1="数量指标", level2="巡察次数", target="≥200次"),
        Indicator(level1="社会效益指标", level2="办公环境", target="良好"),
        Indicator(level1="满意度指标", level2="服务对象满意度", target="≥95%"),
    )
    assert "PD112" not in codes(document(rows))


@pytest.mark.parametrize(
    ("total", "expected"), [("164万元", True), ("854万（农田400万元，示范454万元）", True), ("若干", False)]
)
def test_an_amount_with_its_unit_is_understood(total: str, expected: bool) -> None:
    own = document(f"数 培训人次|≥200人次；本 培训成本|≤999万元；{_REST}", total=total)
    assert ("PD404" in codes(own)) == expected
    (said,) = (one for one in findings(own) if one.path[-1] == "total" and one.code == "PD402")
    assert said.severity == ("warning" if expected else "error")
    received = Reading(own, claims=(Claim(Role.value, Place("a.docx"), total),))
    assert ("PD402" in codes(received)) != expected


def test_a_sign_is_as_its_column_has_it() -> None:
    whole = document(f"质 补助发放准确率|＝100%；{_REST}")
    assert "PD312" in codes(whole)
    assert "PD312" not in codes(Reading(whole, claims=(Claim(Role.value, Place("a.docx"), "＝"),)))


def received(doubt: Place) -> list[Finding]:
    whole = document("数 培训人次|；社 秩序|稳定；满 群众满意度|≥120%")
    places: dict[Path, Place] = {
        ("projects", 0, "indicators", number, name): Place("a.docx", table=1, row=number + 5, column=column)
        for number in range(3)
        for column, name in enumerate(("level1", "level2", "level3", "target"), 1)
    }
    said = Diagnostic("PD040", Severity.warning, "no label names this cell", doubt)
    return list(findings(Reading(whole, places, (said,), (Claim(Role.value, Place("a.docx"), "x"),))))


def test_what_is_found_where_the_reading_was_in_doubt_says_so_and_is_no_error() -> None:
    there = received(Place("a.docx", table=1, row=7, column=4))
    by_code = {one.code: one for one in there}
    assert by_code["PD307"].severity == by_code["PD109"].severity == "warning"
    assert by_code["PD307"].message.endswith("(the reading was in doubt here: see to PD040 first)")
    with speaking("zh"):
        (said,) = (one.message for one in received(Place("a.docx", table=1, row=7, column=4)) if one.code == "PD307")
    assert said.endswith("（此处读取存疑，先核对PD040）")
    elsewhere = {one.code: one for one in received(Place("a.docx", table=1, row=9, column=1))}
    assert elsewhere["PD307"].severity == "error"  # another cell says nothing of this one
    assert elsewhere["PD109"].severity == "warning"  # but it may hold what is missed here
    other = {one.code: one for one in received(Place("a.docx", table=2, row=1, column=1))}
    assert other["PD109"].severity == other["PD307"].severity == "error"


@pytest.mark.parametrize(
    ("goals", "rows", "code"),
    [
        ("更新购置囚车2辆，满足办案需要。", "数 购置囚车数量|≥3辆", "PD411"),
        ("更新购置囚车3辆，满足办案需要。", "数 购置囚车数量|≥3辆", ""),
        ("全年培训教师4,200名。", "数 培训教师人数|≥4,020人", "PD411"),
        ("全年培训教师4,300名。", "数 培训教师人数|≥4,020人", ""),
        ("受益学生1.5万人。", "数 受益学生数量|≥18000名", "PD411"),
        ("全县现有教师4200名，培训教师300名。", "数 培训教师人数|≥300人", ""),
        ("每月检查2次，全年检查24次。", "数 检查次数|≥24次", ""),
        ("补贴2万亩。", "数 补贴面积|≥2万亩；本 亩均补贴标准|15元/亩；本 补贴总成本|≤3,000万元", "PD407"),
        ("补贴2万亩。", "数 补贴面积|≥2万亩；本 补贴标准|≤1500元/公顷", "PD407"),
        ("补贴2万亩。", "数 补贴面积|≥2万亩；本 亩均补贴标准|1500元/亩", ""),
        ("购置两种设备。", "数 采购救护车|=2辆；本 救护车采购成本|≤30万元/辆；本 CT设备采购成本|≤240万元", ""),
        ("2032年完成学校建设。", "数 学校数量|≥2所", "PD604"),
        ("按照2035年远景规划建设。", "数 学校数量|≥2所", ""),
    ],
)
def test_numbers_that_do_not_go_together(goals: str, rows: str, code: str) -> None:
    found = codes(document(f"{rows}；{_EFFECTS}", goals))
    assert [one for one in found if one in ("PD406", "PD407", "PD411", "PD604")] == ([code] if code else [])


def test_of_two_years_named_equally_often_the_one_in_the_name_is_the_budget_s() -> None:
    whole = document(f"数 学校数量|≥2所；时 完成时间|2032年9月底前；{_REST}")
    project = whole.projects[0].model_copy(update={"year": None, "name": "学校建设-2023市级"})
    assert "PD308" in codes(Document(projects=(project,)))


@pytest.mark.slow
def test_work_on_a_long_text_grows_with_its_length() -> None:
    """The patterns that went through the rest of a text for each of its brackets, commas or spaces."""
    for piece in ("（", "1,", " ", "投入15万元，", "2023年1月2日、"):
        whole = document(f"数 {piece * (64_000 // len(piece))}|≥2所；{_REST}", piece * (64_000 // len(piece)))
        assert codes(whole)


def test_a_printed_name_without_a_value_is_no_error() -> None:
    starred = document(f"数 ★补助种植面积|；数 红薯种植面积|≥5亩；{_REST}")
    assert [str(one.severity) for one in findings(starred) if one.code == "PD109"] == ["warning"]
    plain = document(f"数 补助种植面积|；数 红薯种植面积|≥5亩；{_REST}")
    assert [str(one.severity) for one in findings(plain) if one.code == "PD109"] == ["error"]


def test_indicators_of_more_years_are_not_held_against_the_year_s_money_and_dates() -> None:
    long = {"时期": "中期目标"}
    lines = ("时 完成时间|2025年12月", "本 总成本|≤5000万元")
    rest = tuple(row(line, {"时期": "年度目标"}) for line in _REST.split("；"))
    assert codes(document((*(row(line, long) for line in lines), *rest))) == []
    assert {"PD308", "PD404"} <= set(codes(document((*(row(line) for line in lines), *rest))))


def test_points_of_some_levels_only_are_no_whole() -> None:
    groups = {"产出指标": "产出指标（40分）", "效益指标": "效益指标（40分）"}
    lines = [row(line) for line in (*_REST.split("；"), "本 单位成本|≤3元")]
    made = [one.model_copy(update={"level1": groups.get(one.level1 or "", one.level1)}) for one in lines]
    assert "PD408" not in codes(document(tuple(made)))
    whole = [
        one.model_copy(update={"level1": "满意度指标（30分）"}) if one.level1 == "满意度指标" else one for one in made
    ]
    assert "PD408" in codes(document(tuple(whole)))


def test_money_of_the_unit_s_own_makes_up_the_budget() -> None:
    made = document(_REST)
    (project,) = made.projects
    short = project.model_copy(update={"budget": Budget(total="3000", fiscal="0")})
    assert "PD401" in codes(Document(projects=(short,)))
    own = short.model_copy(update={"extra": {"单位资金·全年预算数": "3000"}})
    assert codes(Document(projects=(own,))) == []


def test_a_part_of_the_indicator_above_has_no_weight_of_its_own() -> None:
    lines = ["数 补助面积|≥30亩", "数 其中桃树面积|≥10亩", *_EFFECTS.split("；")]
    weights = ["50", None, "30", "20"]
    made = tuple(row(line).model_copy(update={"weight": one}) for line, one in zip(lines, weights, strict=True))
    assert "PD409" not in codes(document(made))
    assert "PD409" in codes(document((made[0], made[1].model_copy(update={"level3": "桃树面积"}), *made[2:])))


def test_a_first_level_may_be_named_by_its_only_kind() -> None:
    level = "社会公众或服务对象满意度指标"  # in one cell over both columns
    satisfied = Indicator(level1=level, level2=level, level3="学生满意度", target="≥90%")
    assert codes(document((*(row(line) for line in _REST.split("；")[:2]), satisfied))) == []


def test_what_a_form_prints_behind_a_name_is_no_slip_of_the_one_who_fills_it_in() -> None:
    assert codes(document(f"数 景点开发数量（ ≥**个 ）|≥4个；{_EFFECTS}")) == []
    assert "PD110" in codes(document(f"数 景点开发数量**|≥4个；{_EFFECTS}"))


def test_what_people_are_to_get_at_least_is_no_cost() -> None:
    assert "PD206" not in codes(document(f"质 低保标准|≥530元/人·月；{_REST}"))
    assert "PD206" in codes(document(f"质 低保标准|≤530元/人·月；{_REST}"))


def test_sources_of_money_that_only_the_form_names_are_summed() -> None:
    (project,) = document(_REST).projects
    extra = {"自治区财政资金·全年预算数（A）": "570", "自治区财政资金·全年执行数（B）": "2430", "旗县财政资金": "1430"}
    whole = project.model_copy(update={"budget": Budget(total="3000", other="1000"), "extra": extra})
    assert codes(Document(projects=(whole,))) == []
    short = project.model_copy(update={"budget": Budget(total="3000.03", other="1000"), "extra": extra})
    (found,) = findings(Document(projects=(short,)))
    assert (found.code, str(found.severity)) == ("PD401", "warning")
    assert "自治区财政资金570 + 旗县财政资金1430 = 3000" in found.message


def test_a_source_of_money_may_have_its_unit_in_the_cell() -> None:
    (project,) = document(_REST).projects
    extra = {"其中：一般公共预算": "1873.66万元", "其中：基本支出": "1768.16万元"}
    budget = Budget(total="4753.66万元", other="2880万元")
    whole = project.model_copy(update={"budget": budget, "money_unit": "万元", "extra": extra})
    assert "PD401" not in codes(Document(projects=(whole,)))


def test_goals_that_were_not_adjusted_hold_as_they_were() -> None:
    (project,) = document(_REST).projects
    for label, text, missed in (
        ("年初绩效目标", "造林1万亩", False),
        ("年初绩效目标", "无", True),
        ("长期目标", "造林", True),
    ):
        empty = project.model_copy(update={"goals": "", "extra": {label: text}})
        assert ("PD104" in codes(Document(projects=(empty,)))) is missed


def test_goals_that_only_repeat_what_the_name_says_are_too_short() -> None:
    (project,) = document(_REST, goals="自然资源卫片执法补助经费。").projects
    for name, told in (("2020年省级自然资源卫片执法补助经费支出绩效自评表", True), ("卫片执法", False)):
        renamed = Document(projects=(project.model_copy(update={"name": name}),))
        assert ("PD117" in codes(renamed)) is told


def test_a_missing_value_is_no_error_where_any_table_was_in_doubt() -> None:
    (project,) = document(_REST).projects
    empty = Document(projects=(project.model_copy(update={"indicators": ()}),))
    doubt = Diagnostic("PD040", Severity.warning, "x", Place("a.docx", table=1, row=3, column=2))
    places: dict[Path, Place] = {("projects", 0, "heading"): Place("a.docx", paragraph=1)}
    claims = (Claim(Role.value, Place("a.docx"), "x"),)
    seen = findings(Reading(empty, places=places, claims=claims, diagnostics=(doubt,)))
    assert [str(one.severity) for one in seen if one.code == "PD105"] == ["warning"]


def test_what_is_to_become_better_is_no_work_that_is_promised() -> None:
    assert "PD610" not in codes(document(_REST, goals="1.改善村镇基础设施建设条件。"))
    assert "PD610" not in codes(document(_REST, goals="为建设科学城营造良好氛围。"))
    assert "PD610" in codes(document(_REST, goals="1.对村居开展安全巡逻。"))


def test_all_that_there_are_is_a_quantity() -> None:
    assert "PD316" not in codes(document(f"数 危房改造户数|应改尽改；{_EFFECTS}"))


def test_a_rate_of_money_has_its_unit() -> None:
    assert "PD302" in codes(document(f"{_REST}；本 苗木补助标准|≤28.40/株"))
    assert "PD302" not in codes(document(f"{_REST}；本 人工成本|≤620万/月"))


def test_a_number_is_held_against_the_row_whose_own_words_stand_at_it() -> None:
    rows = f"数 县道养护里程|326公里；数 乡道养护里程|858公里；{_EFFECTS}"
    for goals, wanted in (
        ("1.养护县道326公里、乡道858公里。", []),
        ("1.养护县道326公里、乡道588公里。", ["乡道养护里程"]),
        ("1.养护县道、乡道1184公里。", []),
    ):
        found = [one for one in findings(document(rows, goals=goals)) if one.code == "PD411"]
        assert [name for name in ("县道养护里程", "乡道养护里程") for one in found if name in one.message] == wanted


def test_a_number_in_a_name_that_counts_something_is_no_year() -> None:
    (project,) = document(f"时 完成时间|2023年12月底前；{_REST}").projects
    named = project.model_copy(update={"year": None, "name": "2000亩高标准农田建设"})
    assert codes(Document(projects=(named,))) == []
    left = project.model_copy(update={"name": "二〇二二年高标准农田建设"})
    assert codes(Document(projects=(left,))) == ["PD604"]


@pytest.mark.parametrize(("points", "wanted"), [("10", False), ("20", False), ("15", True)])
def test_an_indicator_of_execution_may_have_points_of_its_own(points: str, wanted: bool) -> None:
    lines = (*_REST.split("；"), "时 经费当年执行率|≥85%", "成本指标/经济成本指标 项目成本|≤3000万元")
    given = ("30", "20", "20", points, "10")
    made = [row(line).model_copy(update={"weight": one}) for line, one in zip(lines, given, strict=True)]
    assert ("PD408" in codes(document(tuple(made)))) is wanted


def test_what_a_project_costs_others_may_be_counted() -> None:
    rows = f"成本指标/社会成本指标 施工扰民投诉次数|≤3次；成本指标/经济成本指标 项目成本|≤3000万元；{_REST}"
    assert "PD206" not in codes(document(rows))


def test_a_product_of_a_rounded_quantity_may_be_a_little_more() -> None:
    rows = f"数 补贴面积|65.48万亩；本 补贴标准|105元/亩；{_EFFECTS}"
    assert "PD406" not in codes(document(rows, total="6875.3"))
    assert "PD406" in codes(document(rows, total="6874.8"))
    price = f"数 扫描页数|≥190万页；本 扫描单价|≤0.3元/页；{_EFFECTS}"
    assert "PD406" in codes(document(price, total="55"))


def test_a_number_of_each_day_is_not_that_of_the_year() -> None:
    rows = f"数 生活垃圾清运量|≥15万吨；{_EFFECTS}"
    assert "PD411" not in codes(document(rows, goals="1.完成生活垃圾日清运420吨的任务。"))
    assert "PD411" in codes(document(rows, goals="1.完成生活垃圾清运420吨的任务。"))


def test_numbers_that_come_to_the_whole_are_its_parts() -> None:
    rows = f"数 换届村（社区）数|≥150个；{_EFFECTS}"
    assert "PD411" not in codes(document(rows, goals="指导136个村、14个社区完成换届。"))
    assert "PD411" in codes(document(rows, goals="指导136个村、15个社区完成换届。"))


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("满 消费者满意度|≤80分", "PD304"),
        ("满 受灾群众满意度|≤90%", "PD304"),
        ("满 受灾群众满意度|≥9%", "PD317"),
        ("社 森林火灾受害率|≥0.9‰", "PD306"),
    ],
)
def test_what_is_bad_is_what_the_name_ends_in(line: str, code: str) -> None:
    made = document(f"数 学校数量|≥3所；社 社会影响|提升；{line}")
    assert code in at(made, row(line).level3 or "")


def test_a_period_that_the_goals_name_is_that_of_the_project() -> None:
    rows = f"数 雾炮车数量|≥10辆；时 服务周期|2023.07-2024.01；{_EFFECTS}"
    assert "PD308" not in codes(document(rows, goals="采购降尘服务，服务周期2023.07-2024.01。"))
    assert "PD308" in codes(document(rows, goals="采购降尘服务。"))


def test_a_helper_text_in_brackets_is_no_goal() -> None:
    assert "PD111" in codes(document(_REST, goals="（简要描述项目年度绩效目标）"))


def test_numbers_of_what_has_a_long_name_are_compared() -> None:
    name = "建档立卡贫困人口中接受临时救助人数"
    made = document(f"数 {name}|≥59人；数 特困人员救助供养人数|≥40人；{_EFFECTS}", goals=f"1.全年{name}184人。")
    assert "PD411" in codes(made)


def test_a_sign_as_a_column_has_it_is_spelled_as_it_should_be() -> None:
    signed = (row("数 案件数量|＝70件", {"指标方向": "等于"}), *(row(line) for line in _EFFECTS.split("；")))
    assert codes(document(signed)) == []
    assert "PD312" in codes(document(f"数 案件数量|＝70件；{_EFFECTS}"))


@pytest.mark.parametrize(
    ("budget", "rows", "code", "expected"),
    [
        (Budget(total="320", fiscal="280"), _REST, "PD401", False),  # 其中：财政拨款 alone
        (Budget(total="320", fiscal="280", other="0"), _REST, "PD401", True),
        (Budget(total="3250", fiscal="325"), _REST, "PD401", True),  # a zero too many
        (Budget(total="280", fiscal="320"), _REST, "PD401", True),
        (Budget(total="89.974"), f"{_REST}；本 项目总成本|≤90万元", "PD404", False),  # rounded
        (Budget(total="89.5"), f"{_REST}；本 项目总成本|≤90万元", "PD404", True),
        (Budget(total="30"), "产出指标/ 援助妇女≥100人|；效益指标/ 维权意识提高|", "PD109", False),
        (Budget(total="30"), "产出指标/ 援助妇女|；效益指标/ 维权意识提高|", "PD109", True),
        (Budget(total="30"), "数 学校数量|≥3所；社 社会影响|提升；满意度指标/ 群众满意度|≥90%", "PD112", False),
        (Budget(total="30"), f"数 学校数量|≥3所；产出指标/ 合格率|≥95%；{_EFFECTS}", "PD112", True),
    ],
)
def test_what_a_form_leaves_out_is_no_slip(budget: Budget, rows: str, code: str, expected: bool) -> None:
    (project,) = document(rows).projects
    assert (code in codes(Document(projects=(project.model_copy(update={"budget": budget}),)))) is expected
