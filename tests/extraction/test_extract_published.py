"""Forms in the layouts that bureaus publish, written from how they look: every value and every extra is looked at."""

from __future__ import annotations

from reading_forms import project, readings, wide

from perfdoc.model import Budget, Execution, Indicator, Project, Sources


def rows(found: Project, *names: str) -> list[tuple[str | None, ...]]:
    return [tuple(getattr(one, name) for name in names) for one in found.indicators]


def test_self_evaluation_of_a_central_department() -> None:
    found = project(
        ["项目支出绩效自评表", "（2023年度）"],
        [
            wide(11, "项目名称", "<", "教育督导经费"),
            ["主管部门", "<", "[105]某省教育厅", "<", "<", "<", "实施单位", "<", "某省教育厅本级", "<", "<"],
            ["项目资金\n（万元）", "<", "", "<", "年初预算数", "全年预算数", "<", "全年执行数", "分值", "执行率",
             "得分"],
            ["^", "<", "年度资金总额", "<", "320.00", "350.00", "<", "331.50", "10", "94.71%", "9.47"],
            ["^", "<", "其中：当年财政拨款", "<", "320.00", "320.00", "<", "301.50", "—", "94.22%", "—"],
            ["^", "<", "      上年结转资金", "<", "0.00", "30.00", "<", "30.00", "—", "100.00%", "—"],
            ["^", "<", "  其他资金", "<", "", "", "<", "", "—", "", "—"],
            ["年度总体目标", "预期目标", "<", "<", "<", "<", "实际完成情况", "<", "<", "<", "<"],
            ["^", "目标1：完成督导。\n目标2：出报告。", "<", "<", "<", "<", "1.督导12次；\n2.报告3份。",
             "<", "<", "<", "<"],
            ["绩\n效\n指\n标", "一级指标", "二级指标", "三级指标", "<", "年度指标值", "<", "实际完成值", "分值", "得分",
             "偏差原因分析及改进措施"],
            ["^", "产出指标（50分）", "数量指标", "督导次数", "<", "≥12次", "<", "12次", "15", "15", ""],
            ["^", "^", "时效指标", "完成时间", "<", "2023年12月底前", "<", "2024年1月", "20", "18", "因疫情推迟"],
            ["^", "效益指标（30分）", "社会效益指标", "督导影响力", "<", "显著提升", "<", "显著提升", "30", "28", ""],
            ["总分", "<", "<", "<", "<", "<", "<", "<", "100", "95.47", ""],
        ],
    )  # fmt: skip
    assert (found.name, found.year, found.department) == ("教育督导经费", "2023", "[105]某省教育厅")
    assert (found.agency.code, found.agency.name, found.money_unit) == (None, "某省教育厅本级", "万元")
    assert found.budget == Budget(total="350.00", fiscal="320.00", carry_over="30.00", other="")
    assert found.execution == Execution(
        initial=Sources(total="320.00", fiscal="320.00", carry_over="0.00", other=""),
        executed=Sources(total="331.50", fiscal="301.50", carry_over="30.00", other=""),
        weight=Sources(total="10", fiscal="—", carry_over="—", other="—"),
        rate=Sources(total="94.71%", fiscal="94.22%", carry_over="100.00%", other=""),
        score=Sources(total="9.47", fiscal="—", carry_over="—", other="—"),
    )
    assert (found.goals, found.results) == ("目标1：完成督导。\n目标2：出报告。", "1.督导12次；\n2.报告3份。")
    assert found.indicators[1] == Indicator(
        level1="产出指标（50分）", level2="时效指标", level3="完成时间", target="2023年12月底前",
        weight="20", actual="2024年1月", score="18", reason="因疫情推迟",
    )  # fmt: skip
    assert [i.level1 for i in found.indicators] == ["产出指标（50分）", "产出指标（50分）", "效益指标（30分）"]
    assert (found.score, found.extra) == ("95.47", {"总分·分值": "100"})


def test_goals_of_a_central_department() -> None:
    found = project(
        ["附件3", "项目支出绩效目标表", "（2024年度）"],
        [
            wide(7, "项目名称", "食品安全抽检"),
            ["主管部门及代码", "[126]国家某局", "<", "实施单位", "某检验院", "<", "<"],
            ["项目资金\n（万元）", "年度资金总额：", "<", "1,286.50", "执行率\n分值\n（10）", "", ""],
            ["^", "其中：财政拨款", "<", "1,200.00", "^", "^", "^"],
            ["^", "上年结转资金", "<", "86.50", "^", "^", "^"],
            ["^", "其他资金", "<", "-", "^", "^", "^"],
            wide(7, "年度总体目标", "完成抽检任务。"),
            ["绩效指标", "一级指标", "二级指标", "三级指标", "<", "指标值", "分值权重（90）"],
            ["^", "成本指标", "经济成本指标", "单批次成本", "<", "≤3000元", "20"],
            ["^", "产出指标", "数量指标", "抽检批次", "<", "≥4000批次", "70"],
        ],
    )
    assert (found.year, found.department, found.money_unit) == ("2024", "[126]国家某局", "万元")
    assert found.budget == Budget(total="1,286.50", fiscal="1,200.00", carry_over="86.50", other="-")
    assert found.execution == Execution(weight=Sources(total="10"))
    assert rows(found, "level1", "level3", "weight") == [
        ("成本指标", "单批次成本", "20"),
        ("产出指标", "抽检批次", "70"),
    ]
    assert found.extra == {}


def test_whole_department_with_its_tasks() -> None:
    found = project(
        ["附件4", "部门整体支出绩效目标表", "（2022年度）"],
        [
            wide(7, "部门（单位）名称", "<", "某县卫生健康局"),
            ["年度\n主要\n任务", "任务名称", "主要内容", "<", "预算金额（万元）", "<", "<"],
            ["^", "^", "^", "<", "总额", "财政拨款", "其他资金"],
            ["^", "任务1：公共卫生", "疫情防控", "<", "1200", "1100", "100"],
            ["^", "任务2：医改", "药品零差率", "<", "300", "300", ""],
            ["^", "金额合计", "<", "<", "1500", "1400", "100"],
            wide(7, "年度\n总体\n目标", "目标1：防疫。\n目标2：健康。"),
            ["年度\n绩效\n指标", "一级指标", "二级指标", "三级指标", "<", "指标值", "<"],
            ["^", "产出指标", "数量指标", "接种人数", "<", "≥1万人", "<"],
            ["^", "^", "质量指标", "合格率", "<", "100%", "<"],
        ],
    )
    assert (found.name, found.agency.name) == (None, "某县卫生健康局")
    assert found.budget == Budget(total="1500", fiscal="1400", other="100")
    assert found.goals == "目标1：防疫。\n目标2：健康。"
    assert rows(found, "level2", "level3", "target") == [
        ("数量指标", "接种人数", "≥1万人"),
        ("质量指标", "合格率", "100%"),
    ]
    assert found.extra == {
        "任务名称": "任务1：公共卫生",
        "主要内容": "疫情防控",
        "预算金额（万元）·总额": "1200",
        "预算金额（万元）·财政拨款": "1100",
        "预算金额（万元）·其他资金": "100",
        "任务名称 (2)": "任务2：医改",
        "主要内容 (2)": "药品零差率",
        "预算金额（万元）·总额 (2)": "300",
        "预算金额（万元）·财政拨款 (2)": "300",
    }


def test_whole_department_that_evaluates_tasks_without_a_label_at_their_side() -> None:
    found = project(
        ["2021年度部门整体支出绩效自评表"],
        [
            wide(11, "部门名称", "某州民政局"),
            ["部门总体目标", "部门职责", "贯彻民政法规。", *["<"] * 8],
            ["^", "总体绩效目标", "做好社会救助。", *["<"] * 8],
            wide(11, "一、部门年度目标"),
            ["财年", "目标", "<", "<", "<", "实际完成情况", *["<"] * 5],
            ["2021", "发放低保", "<", "<", "<", "发放低保3万人", *["<"] * 5],
            ["2022", "提标", "<", "<", "<", "---", *["<"] * 5],
            wide(11, "二、部门年度重点工作任务"),
            ["任务名称", "项目级次", "主要内容", "<", "批复金额（万元）", "<", "<", "实际支出金额\n（万元）", "<",
             "预算执行率", "预算执行偏低原因及改进措施"],
            ["^", "^", "^", "<", "总额", "财政拨款", "其他资金", "^", "<", "^", "^"],
            ["低保", "本级", "发放", "<", "100", "100", "", "98", "<", "98%", "无"],
            ["救助", "本级", "救济", "<", "50", "50", "", "50", "<", "100%", "无"],
            wide(11, "三、部门整体支出绩效指标"),
            ["绩效指标", "<", "<", "指标性质", "指标值", "度量单位", "实际完成值", "偏差原因分析及改进措施",
             "<", "<", "<"],
            ["一级指标", "二级指标", "三级指标", "^", "^", "^", "^", "^", "<", "<", "<"],
            ["产出指标", "数量指标", "低保人数", "≥", "30000", "人", "31000", "无", "<", "<", "<"],
            ["", "质量指标", "合格率", "=", "100", "%", "100", "无", "<", "<", "<"],
            ["其他需要说明事项", "无", *["<"] * 9],
        ],
    )  # fmt: skip
    assert (found.agency.name, found.year, found.goals) == ("某州民政局", "2021", "做好社会救助。")
    assert found.results == "发放低保3万人"
    assert rows(found, "level1", "target", "actual", "reason") == [
        ("产出指标", "≥30000人", "31000", "无"),
        ("产出指标", "=100%", "100", "无"),
    ]
    assert found.extra == {
        "部门职责": "贯彻民政法规。",
        "财年": "2021",
        "目标": "发放低保",
        "财年 (2)": "2022",
        "目标 (2)": "提标",
        "实际完成情况": "---",
        "任务名称": "低保",
        "项目级次": "本级",
        "主要内容": "发放",
        "批复金额（万元）·总额": "100",
        "批复金额（万元）·财政拨款": "100",
        "实际支出金额（万元）": "98",
        "预算执行率": "98%",
        "预算执行偏低原因及改进措施": "无",
        "任务名称 (2)": "救助",
        "项目级次 (2)": "本级",
        "主要内容 (2)": "救济",
        "批复金额（万元）·总额 (2)": "50",
        "批复金额（万元）·财政拨款 (2)": "50",
        "实际支出金额（万元） (2)": "50",
        "预算执行率 (2)": "100%",
        "预算执行偏低原因及改进措施 (2)": "无",
        "其他需要说明事项": "无",
    }


def test_project_goals_over_several_years() -> None:
    found = project(
        ["2023年部门预算项目支出绩效目标表"],
        [
            wide(7, "项目名称", "<", "粤剧传承"),
            ["主管部门", "<", "省文旅厅", "<", "实施单位", "省粤剧院", "<"],
            ["项目总金额（万元）", "<", "900", "<", "当年预算金额", "300", "<"],
            ["绩效目标", "实施周期绩效目标", "<", "<", "年度绩效目标", "<", "<"],
            ["^", "三年演出300场", "<", "<", "演出100场", "<", "<"],
            ["绩效指标", "一级指标", "二级指标", "三级指标", "<", "实施周期指标值", "年度指标值"],
            ["^", "产出指标", "数量指标", "演出场次", "<", "300场", "100场"],
        ],
    )
    assert (found.budget.total, found.goals, found.year) == ("300", "演出100场", "2023")
    assert found.extra == {"项目总金额（万元）": "900", "实施周期绩效目标": "三年演出300场"}
    (indicator,) = found.indicators
    assert (indicator.target, indicator.extra) == ("100场", {"实施周期指标值": "300场"})


def test_goals_in_place_of_indicators_as_heads() -> None:
    found = project(
        ["财政项目支出绩效目标表", "（2022年度）"],
        [
            wide(6, "项目名称", "<", "公交补贴"),
            ["项目总预算（元）", "<", "3000000", "项目当年预算（元）", "1000000", "<"],
            wide(6, "项目总目标", "<", "保障公交运行"),
            wide(6, "年度绩效目标", "<", "2022年保障运行"),
            ["一级目标", "二级目标", "指标名称", "<", "指标目标值", "<"],
            ["产出目标", "数量", "线路数", "<", ">=12条", "<"],
            ["^", "时效", "及时率", "<", "＝100%", "<"],
            ["影响力目标", "长效管理", "制度健全", "<", "健全", "<"],
        ],
    )
    assert (found.budget.total, found.money_unit, found.goals) == ("1000000", "元", "2022年保障运行")
    assert rows(found, "level1", "level2", "level3", "target") == [
        ("产出目标", "数量", "线路数", ">=12条"),
        ("产出目标", "时效", "及时率", "＝100%"),
        ("影响力目标", "长效管理", "制度健全", "健全"),
    ]
    assert found.extra == {"项目总预算（元）": "3000000", "项目总目标": "保障公交运行"}


def test_monitoring_in_the_middle_of_the_year() -> None:
    found = project(
        ["项目绩效目标执行监控表", "（2023年度）"],
        [
            wide(14, "项目名称", "<", "职业培训"),
            ["主管部门及代码", "<", "某市人社局", *["<"] * 4, "实施单位", "<", "市就业中心", *["<"] * 4],
            ["项目资金\n（万元）", "", "<", "<", "年初预算数", "<", "1-7月执行数", "<", "1-7月执行率", "<",
             "全年预计执行数", "<", "<", "<"],
            ["^", "年度资金总额：", "<", "<", "100", "<", "60", "<", "60%", "<", "100", "<", "<", "<"],
            ["^", "其中：本年财政拨款", "<", "<", "100", "<", "60", "<", "60%", "<", "100", "<", "<", "<"],
            wide(14, "年度总体目标", "培训一千人"),
            ["绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "1-7月执行情况", "全年预计完成情况",
             "偏差原因分析", *["<"] * 4, "完成目标可能性", "备注"],
            ["^", "^", "^", "^", "^", "^", "^", "经费保障", "制度保障", "人员保障", "其他", "原因说明", "^", "^"],
            ["^", "产出指标", "数量指标", "培训人数", "1000人", "600人", "1000人", "", "", "", "", "", "确定能", ""],
            ["^", "效益指标", "社会效益", "就业率", "≥60%", "55%", "60%", "", "", "√", "", "招人难", "有可能", ""],
        ],
    )  # fmt: skip
    assert found.budget == Budget(total="100", fiscal="100"), "the only budget that the form has"
    assert found.execution == Execution()
    assert found.extra["年度资金总额·1-7月执行数"] == "60"
    assert rows(found, "target", "actual", "reason") == [("1000人", None, ""), ("≥60%", None, "招人难")]
    assert found.indicators[1].extra == {
        "1-7月执行情况": "55%",
        "全年预计完成情况": "60%",
        "偏差原因分析·人员保障": "√",
        "完成目标可能性": "有可能",
    }


def test_transfer_payments_of_a_region() -> None:
    found = project(
        ["转移支付区域（项目）绩效目标自评表", "（2022年度）"],
        [
            wide(9, "转移支付（项目）名称", "<", "城乡义务教育补助经费"),
            wide(9, "中央主管部门", "<", "教育部"),
            ["地方主管部门", "<", "某省教育厅", "<", "<", "资金使用单位", "<", "各县", "<"],
            [
                "资金投入情况（万元）",
                "<",
                "",
                "<",
                "<",
                "全年预算数（A）",
                "<",
                "全年执行数（B）",
                "预算执行率（B/A×100%）",
            ],
            ["^", "<", "年度资金总额：", "<", "<", "5000", "<", "4900", "98%"],
            ["^", "<", "其中：中央财政资金", "<", "<", "3000", "<", "2900", "96.7%"],
            ["资金管理情况", "<", "", "<", "<", "情况说明", "<", "存在问题和改进措施", "<"],
            ["^", "<", "分配科学性", "<", "<", "按因素法分配", "<", "无", "<"],
            ["^", "<", "下达及时性", "<", "<", "30日内下达", "<", "无", "<"],
            ["总体目标完成情况", "<", "总体目标", "<", "<", "<", "全年实际完成情况", "<", "<"],
            ["^", "<", "免除学杂费", "<", "<", "<", "全部免除", "<", "<"],
            [
                "绩效指标",
                "一级指标",
                "二级指标",
                "三级指标",
                "<",
                "指标值",
                "<",
                "全年实际完成值",
                "未完成原因和改进措施",
            ],
            ["^", "产出指标", "数量指标", "受益学生", "<", "100万人", "<", "101万人", ""],
        ],
    )
    assert (found.department, found.agency.name) == ("某省教育厅", "各县")
    assert (found.budget.total, found.execution.executed.total, found.execution.rate.total) == ("5000", "4900", "98%")
    assert (found.goals, found.results) == ("免除学杂费", "全部免除")
    assert rows(found, "actual", "reason") == [("101万人", "")]
    assert found.extra == {
        "中央主管部门": "教育部",
        "其中：中央财政资金·全年预算数（A）": "3000",
        "其中：中央财政资金·全年执行数（B）": "2900",
        "其中：中央财政资金·预算执行率（B/A×100%）": "96.7%",
        "分配科学性·情况说明": "按因素法分配",
        "分配科学性·存在问题和改进措施": "无",
        "下达及时性·情况说明": "30日内下达",
        "下达及时性·存在问题和改进措施": "无",
    }


def test_a_sheet_without_merges() -> None:
    found = project(
        ["绩效自评表"],
        [
            ["项目名称", "", "春晖行动", "", "", "", "", ""],
            ["主管部门", "", "团县委", "", "", "实施单位", "", "团县委"],
            ["项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
            ["", "年度资金总额", "10", "11", "9", "10", "90%", "9"],
            ["", "其中：财政拨款", "8", "9", "8", "-", "100%", "-"],
            ["年度总体目标", "预期目标", "", "", "", "实际完成情况", "", ""],
            ["", "开展活动", "", "", "", "开展8次", "", ""],
            ["绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"],
            ["", "产出指标", "数量指标", "活动", "8", "8", "50", "50"],
            ["", "效益指标", "社会效益", "影响", "好", "好", "40", "38"],
            ["总分", "", "", "", "", "", "100", "98"],
        ],
    )
    assert found.budget == Budget(total="11", fiscal="9")
    assert found.execution.initial == Sources(total="10", fiscal="8")
    assert (found.goals, found.results, found.score) == ("开展活动", "开展8次", "98")
    assert rows(found, "level1", "target", "actual", "weight", "score") == [
        ("产出指标", "8", "8", "50", "50"),
        ("效益指标", "好", "好", "40", "38"),
    ]


def test_money_with_the_sources_over_the_columns() -> None:
    money = [
        ["资金情况", "资金来源", "资金总额", "财政拨款", "其他资金"],
        ["^", "年初预算数", "100", "80", "20"],
        ["^", "全年预算数", "110", "90", "20"],
        ["^", "全年执行数", "105", "88", "17"],
        ["^", "执行率", "95%", "98%", "85%"],
    ]
    found = project([], [wide(5, "项目名称", "甲"), *money, wide(5, "绩效目标", "做好")])
    assert found.budget == Budget(total="110", fiscal="90", other="20")
    assert found.execution == Execution(
        initial=Sources(total="100", fiscal="80", other="20"),
        executed=Sources(total="105", fiscal="88", other="17"),
        rate=Sources(total="95%", fiscal="98%", other="85%"),
    )


def test_money_in_one_row_under_heads_of_two_rows() -> None:
    money = [
        ["项目资金", "年初预算数", "<", "<", "全年执行数", "<", "<"],
        ["^", "小计", "财政拨款", "其他资金", "小计", "财政拨款", "其他资金"],
        ["^", "100", "80", "20", "90", "75", "15"],
    ]
    found = project([], [wide(7, "项目名称", "甲"), *money, wide(7, "绩效目标", "做好")])
    assert found.budget == Budget(total="100", fiscal="80", other="20")
    assert found.execution == Execution(executed=Sources(total="90", fiscal="75", other="15"))


def test_money_as_labels_with_values_and_a_remark_below_the_indicators() -> None:
    found = project(
        ["项目支出绩效自评表", "2022年度"],
        [
            wide(7, "项目名称", "营养改善"),
            ["预算单位", "某县教育局", "<", "<", "项目负责人及电话", "王五 138", "<"],
            ["预算执行情况", "全年预算数（万元）", "100", "全年执行数（万元）", "95", "执行率", "95%"],
            ["年度目标", "预期目标", "改善营养", "<", "<", "<", "<"],
            ["^", "实际完成情况", "全部改善", "<", "<", "<", "<"],
            ["一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分"],
            ["产出", "数量", "学生数", "1000人", "1000人", "50", "50"],
            ["合计", "<", "<", "<", "<", "100", "97.5"],
            wide(7, "自评等级", "优"),
            wide(7, "存在问题", "无"),
        ],
    )
    assert (found.year, found.money_unit, found.budget.total) == ("2022", "万元", "100")
    assert found.execution == Execution(executed=Sources(total="95"), rate=Sources(total="95%"))
    assert (found.goals, found.results, found.score) == ("改善营养", "全部改善", "97.5")
    assert len(found.indicators) == 1
    extra = {"项目负责人及电话": "王五 138", "合计·分值": "100", "自评等级": "优", "存在问题": "无"}
    assert found.extra == extra


def test_a_weight_for_each_level() -> None:
    found = project(
        ["部门整体支出绩效自评表"],
        [
            wide(8, "部门名称", "某区财政局"),
            wide(8, "年度目标", "做好财政工作"),
            ["一级指标", "权重", "二级指标", "权重", "三级指标", "权重", "指标值", "得分"],
            ["投入", "20", "预算配置", "20", "控制率", "5", "≤100%", "5"],
            ["^", "^", "^", "^", "变动率", "15", "≤0", "14"],
        ],
    )
    assert rows(found, "level1", "level2", "weight", "score") == [
        ("投入", "预算配置", "5", "5"),
        ("投入", "预算配置", "15", "14"),
    ]
    assert [i.extra for i in found.indicators] == [{"权重": "20", "权重 (2)": "20"}, {}]


def test_a_list_of_evaluated_projects() -> None:
    for reading in readings(
        ["2023年度绩效自评汇总表", "单位：万元"],
        [
            ["序号", "预算单位", "项目名称", "年度绩效目标", "年初预算数", "全年预算数", "全年执行数", "执行率",
             "自评得分", "实际完成情况", "备注"],
            ["1", "一中", "校舍维修", "维修", "100", "110", "105", "95.5%", "96", "修好", ""],
            ["2", "二中", "设备购置", "购置", "50", "50", "50", "100%", "99", "购好", "进口"],
        ],
    ):  # fmt: skip
        first, second = reading.document.projects
        assert (first.name, first.agency.name, first.year, first.money_unit) == ("校舍维修", "一中", "2023", "万元")
        assert (first.budget.total, first.goals, first.results, first.score) == ("110", "维修", "修好", "96")
        assert first.execution == Execution(
            initial=Sources(total="100"), executed=Sources(total="105"), rate=Sources(total="95.5%")
        )
        assert (second.name, second.extra, second.indicators) == ("设备购置", {"备注": "进口"}, ())
        assert reading.diagnostics == ()


def test_a_list_with_the_money_of_its_projects_under_one_head() -> None:
    for reading in readings(
        ["项目绩效自评明细表"],
        [
            ["单位", "项目名称", "项目预算", "<", "<", "一级指标", "二级指标", "三级指标", "指标值", "完成值", "得分"],
            ["^", "^", "预算数", "执行数", "执行率", "^", "^", "^", "^", "^", "^"],
            ["一中", "校舍", "100", "90", "90%", "产出指标", "数量指标", "a", "1", "1", "50"],
            ["", "", "", "", "", "效益指标", "社会效益指标", "b", "好", "好", "40"],
            ["二中", "设备", "50", "50", "100%", "产出指标", "数量指标", "c", "2", "2", "50"],
        ],
    ):
        first, second = reading.document.projects
        assert (first.name, first.agency.name, first.budget.total) == ("校舍", "一中", "100")
        assert first.execution == Execution(executed=Sources(total="90"), rate=Sources(total="90%"))
        assert rows(first, "level1", "actual", "score") == [("产出指标", "1", "50"), ("效益指标", "好", "40")]
        assert (second.name, second.extra, len(second.indicators)) == ("设备", {}, 1)
        assert reading.diagnostics == ()


def test_a_table_of_indicators_with_kinds_in_place_of_levels() -> None:
    found = project(
        ["项目绩效目标表"],
        [
            wide(5, "项目名称", "体育"),
            wide(5, "项目主管单位", "市体育局"),
            ["总预算金额（元）", "100000", "<", "当年预算金额（元）", "50000"],
            wide(5, "年度目标", "办5场"),
            ["指标类型", "指标名称", "<", "绩效目标值", "权重"],
            ["产出数量", "比赛场次", "<", "5场", "30"],
            ["产出质量", "安全事故", "<", "0起", "30"],
        ],
    )
    assert (found.department, found.agency.name, found.budget.total) == ("市体育局", "市体育局", "50000")
    assert rows(found, "level3", "target", "weight") == [("比赛场次", "5场", "30"), ("安全事故", "0起", "30")]
    assert [i.extra for i in found.indicators] == [{"指标类型": "产出数量"}, {"指标类型": "产出质量"}]


def test_labels_and_values_in_the_same_cells() -> None:
    found = project(
        ["项目支出绩效目标表", "单位：某局　　　金额单位：万元"],
        [
            wide(4, "项目名称：道路养护"),
            ["主管部门：市交通局", "<", "实施单位：公路段", "<"],
            ["预算金额：500", "<", "其中：财政拨款：400", "其他资金：100"],
            wide(4, "年度目标：养护500公里"),
            ["一级指标", "二级指标", "三级指标", "指标值"],
            ["产出指标", "数量指标", "里程", "500公里"],
        ],
    )
    assert (found.name, found.department, found.money_unit) == ("道路养护", "市交通局", "万元")
    assert found.agency.name == "公路段", "the table knows better than the line above it"
    assert found.budget == Budget(total="500", fiscal="400", other="100")
    assert (found.goals, found.extra) == ("养护500公里", {"单位": "某局"})


def test_money_side_by_side_as_planned_received_and_spent() -> None:
    found = project(
        ["某镇2020年度预算项目绩效自评表"],
        [
            ["一、基本情况", "项目名称", "村组干部报酬", "<", "实施（主管）单位", "某镇人民政府", "<"],
            ["二、预算执行情况", "预算安排情况（调整后）", "<", "资金到位情况", "<", "资金执行情况", "<"],
            ["^", "预算数", "100", "到位数", "90", "执行数", "80"],
            ["^", "其中：财政资金", "60", "其中：财政资金", "50", "其中：财政资金", "40"],
            ["三、目标完成情况", "年度预期目标", "<", "具体完成情况", "<", "总体完成率（%）", "<"],
            ["^", "发报酬", "<", "已发", "<", "100.00", "<"],
            ["一级指标", "二级指标", "三级指标", "预期指标值", "实际完成值", "分值", "得分"],
            ["产出指标", "数量指标", "人数", "5人", "5人", "50", "50"],
        ],
    )
    assert found.budget == Budget(total="100", fiscal="60")
    assert found.execution == Execution(executed=Sources(total="80", fiscal="40"))
    assert (found.goals, found.results) == ("发报酬", "已发")
    assert found.extra == {"到位数": "90", "到位数·其中：财政资金": "50", "总体完成率（%）": "100.00"}


def test_signs_beside_a_direction_and_one_column_of_money_under_the_head_of_its_sources() -> None:
    found = project(
        ["某经费项目绩效目标表", "（2021年）"],
        [
            ["项目名称", "<", "市场管理经费", "<", "<", "<"],
            ["投入目标（万元）", "资金来源", "<", "年初安排金额（万元）", "<", "<"],
            ["^", "资金总额", "<", "5", "<", "<"],
            ["^", "其中：", "财政拨款数", "3", "<", "<"],
            ["^", "^", "其他资金", "2", "<", "<"],
            ["年度目标", "<", "管好市场", "<", "<", "<"],
            ["一级指标", "三级指标", "指标性质", "指标方向", "目标值", "计量单位"],
            ["产出指标", "巡查次数", "正向", "＝", "24", "次"],
            ["满意度指标", "商户满意度", "正向", "≥", "95", "%"],
            ["产出指标", "人均成本", "反向", "≤", "2", "万元"],
        ],
    )
    assert (found.budget, found.money_unit) == (Budget(total="5", fiscal="3", other="2"), "万元")
    assert found.extra == {}
    assert [one.target for one in found.indicators] == ["＝24次", "≥95%", "≤2万元"]
    assert found.indicators[0].extra == {"指标性质": "正向", "指标方向": "＝", "计量单位": "次"}


def test_columns_of_several_years_before_are_no_money_of_this_one() -> None:
    found = project(
        ["某市2022年市直部门预算项目支出绩效目标表"],
        [
            wide(5, "项目名称", "大楼运行保障"),
            ["项目预算", "成本构成", "金额", "2020年实际执行数", "2021年实际执行数"],
            ["^", "保安服务费", "191", "190", "189"],
            ["^", "合计", "814", "662.98", "794.55"],
            wide(5, "绩效目标", "做好保障"),
        ],
    )
    assert (found.budget.total, found.execution) == ("814", Execution())
    assert found.extra["合计·2021年实际执行数"] == "794.55"


def test_goals_under_the_heads_of_two_periods_with_a_label_at_their_left() -> None:
    found = project(
        ["某市项目支出绩效目标申报表"],
        [
            ["项目名称", "养护", "<"],
            ["", "中期目标", "年度目标"],
            ["总体目标", "养护500公里", "养护180公里"],
            ["一级指标", "三级指标", "指标值"],
            ["产出指标", "里程", "180公里"],
            ["效益指标", "出行", "改善"],
        ],
    )
    assert (found.goals, found.extra) == ("养护180公里", {"中期目标": "养护500公里"})


def test_money_of_a_source_without_a_field_among_the_rows_of_others() -> None:
    found = project(
        ["项目支出绩效自评表"],
        [
            wide(5, "项目名称", "学生事务补助"),
            ["资金构成（元）", "年初预算数", "全年预算数", "执行数", "执行率"],
            ["资金总额：", "120.00", "120.00", "30.00", "25%"],
            ["其中：财政资金：", "0.00", "0.00", "0.00", ""],
            ["单位资金：", "120.00", "120.00", "30.00", "25%"],
            wide(5, "年度目标", "资助学生"),
        ],
    )
    assert (found.money_unit, found.budget, found.goals) == ("元", Budget(total="120.00", fiscal="0.00"), "资助学生")
    assert found.extra["单位资金·全年预算数"] == "120.00"


def test_one_row_of_money_by_who_gives_it_with_its_sum_and_what_was_spent() -> None:
    found = project(
        ["某市项目绩效目标自评表"],
        [
            wide(6, "项目名称", "道路养护"),
            ["项目资金来源", "中央（万元）", "省、地（万元）", "其他（万元）", "合计（万元）", "执行数（万元）"],
            ["^", "", "300", "9", "309", "305"],
            wide(6, "年度目标", "养护300公里"),
            ["一级指标", "二级指标", "三级指标", "年初指标值", "年终完成值", "自评分"],
            ["产出指标", "数量指标", "里程", "300公里", "301公里", "15"],
        ],
    )
    assert (found.budget, found.execution) == (Budget(total="309", other="9"), Execution(executed=Sources(total="305")))
    assert (found.extra, found.indicators[0].actual) == ({"省、地（万元）": "300"}, "301公里")
