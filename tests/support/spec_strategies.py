"""Two canonical texts, and values that a spec must carry unharmed: white space, YAML's own signs, labels."""

from __future__ import annotations

from hypothesis import strategies as st

from perfdoc.model import Agency, Budget, Document, Execution, Indicator, Project, Sources

CANONICAL = """\
name: 法院办案业务费
agency:
  code: "209101"
  name: 天津市河西区人民法院
money_unit: 万元
budget:
  total: 55.00
  fiscal: 55.00
  other:
purpose: 数字档案扫描
goals: |-
  1.将档案扫描服务外包，提高效率。
  2.促进法院档案信息化建设，
indicators:
- level1: 产出指标
  level2: 数量指标
  level3: 数字档案扫描数量
  target: ≥183万页
- level1: 产出指标
  level2: 质量指标
  level3: 档案扫描成果合格率
  description: 年度抽检合格率
  target: ≥90%
  extra:
    分值权重: "10"
- level1: 产出指标
  level2: 数量指标
  level3: 更新购置囚车
  description:
  target: 更新购置囚车2辆,  满足…
extra:
  主管部门: 天津市河西区人民法院
"""
DOCUMENT = """\
form: tianjin
title: 2023年项目支出绩效目标表
projects:
- spec: 01-法院办案业务费.yaml
- spec: 02-搬迁项目.yaml
  heading: 2.搬迁绩效目标表
  bookmarks: [_Toc_4_4_0000000005, _Toc23416]
"""

LABELS = (
    "项目名称", "预算数", "其中：财政    资金", "其他资金", "绩效目标", "一级指标", "产出指标", "数量指标",
    "满意度指标", "指标值", "单位：万元", "209101天津市河西区人民法院", "≥183万页", "≤0.3元/页", "＝100％",
)  # fmt: skip
LOOKALIKES = (
    "no", "Yes", "on", "null", "~", "true", "007", "349.00", "1e3", "1_000", "0x1F", "0o17", "-_", "._", "12:30:45",
    "2023-01-01", "2023-1-1 12:00", ".inf", ".NaN", "<<", "=", "-", "?", ":", "- a", "? a", ": a", "a: b", "a:", "a #b",
    "#a",
    "&a", "*a", "!a", "!!str", "|", ">", ">=90%", "%a", "@a", "`a`", "'a'", '"a"', "[a]", "{a}", "{}", "[]", "---",
    "...", "a,b", "\\n", "<&>{}%", "{{ name }}", "{% if %}", "1,234.50", "0", "-5", "+1",
)  # fmt: skip
PIECES = (
    " ", "  ", "\t", "\n", "\n\n", "\r", "\r\n", "\x85", "\u2028", "\u2029", "\xa0", "\u3000", "\u200b", "\ufeff",
    "\x00", "\x07", "\x1b", "\x7f", "\x9f", "\ufffe", "😀", "\U0001ffff", "中", "1.", "；", "a", ": ", " #", "#", "-",
)  # fmt: skip

texts = st.one_of(
    st.just(""),
    st.sampled_from(LABELS),
    st.sampled_from(LOOKALIKES),
    st.lists(st.sampled_from(PIECES + LABELS + LOOKALIKES), max_size=6).map("".join),
    st.text(max_size=20),
)
leaves = st.none() | texts
extras = st.dictionaries(texts, texts, max_size=3)

agencies = st.builds(Agency, code=leaves, name=leaves)
budgets = st.builds(Budget, total=leaves, fiscal=leaves, carry_over=leaves, other=leaves)
columns = st.just(Sources()) | st.builds(Sources, total=leaves, carry_over=leaves)
executions = st.just(Execution()) | st.builds(Execution, initial=columns, executed=columns, rate=columns, score=columns)
results = {"weight": leaves, "actual": leaves, "score": leaves, "reason": leaves}
indicators = st.builds(
    Indicator, level1=leaves, level2=leaves, level3=leaves, description=leaves, target=leaves, extra=extras
) | st.builds(Indicator, level3=leaves, target=leaves, **results)
projects = st.builds(
    Project,
    name=leaves,
    year=leaves,
    department=leaves,
    agency=agencies,
    money_unit=leaves,
    budget=budgets,
    execution=executions,
    purpose=leaves,
    goals=leaves,
    results=leaves,
    score=leaves,
    indicators=st.lists(indicators, max_size=4).map(tuple),
    extra=extras,
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A document whose projects have their own headings and sound bookmarks, some of them."""
    made = []
    for index, project in enumerate(draw(st.lists(projects, max_size=3))):
        pair = draw(st.none() | st.just((f"_Toc_4_4_{index:010d}", f"_Toc{index}")))
        made.append(project.model_copy(update={"heading": draw(leaves), "bookmarks": pair}))
    return Document(form=draw(leaves), title=draw(leaves), projects=tuple(made))
