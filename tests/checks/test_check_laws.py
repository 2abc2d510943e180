"""Laws of the checker: it takes any document, its places exist, and a safe fix changes a spelling, never a meaning."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spec_strategies import documents

from perfdoc.checks import check, findings
from perfdoc.checks.report import in_texts, name_hint, rechecked, unsuppressed
from perfdoc.checks.settings import Settings
from perfdoc.checks.source import Source
from perfdoc.form_definition import form
from perfdoc.model import Document, Indicator, Project
from perfdoc.report import Path, Reading
from perfdoc.specs import dump_project, files, load_files, load_project
from perfdoc.target import Kind, parse, same_meaning

WORDS = """≥ ≤ >= ＝ 95 0.9 ９ % ％ 万元 元/页 页 人 2023年 1-12月 底前 12月-1月 以上 ， , （ ( ” 1. 1) 。。 的的 XX /
满意度 数量 成本 A&B"""
PIECES = [*WORDS.split(), "  ", " ", "　", "\u200b", "\n"]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=6).map("".join)
LEVELS = st.sampled_from(
    ["产出指标", "效益指标", "满意度指标", "成本指标", "数量指标", "质量指标", "经济成本指标", "其他", ""]
)
ROWS = st.builds(Indicator, level1=LEVELS, level2=LEVELS, level3=TEXTS, description=st.none() | TEXTS, target=TEXTS)
PROJECTS = st.builds(
    Project, name=TEXTS, money_unit=st.sampled_from(["万元", "元", ""]), purpose=TEXTS, goals=TEXTS,
    indicators=st.lists(ROWS, max_size=5).map(tuple),
)  # fmt: skip


def spoken(project: Project) -> Source:
    return Source(dump_project(project))


@given(documents())
def test_any_document_can_be_checked(document: Document) -> None:
    assert check(document, form(None), lang="zh") == check(document, form(None), lang="zh")
    reading = load_files(files(document))
    for one in findings(reading, form(None)):
        assert one.message
        assert one.place.file
        assert one.span is None or 0 <= one.span[0] <= one.span[1] <= len(one.value)


@given(PROJECTS)
def test_places_name_the_text_and_fixes_keep_the_meaning(project: Project) -> None:
    def look(texts: dict[str, Source]) -> list:  # type: ignore[type-arg]
        reading = load_project(texts["a.yaml"].text, "a.yaml")
        return unsuppressed(in_texts(findings(reading, None), texts), texts, Settings())

    source = spoken(project)
    for each in look({"a.yaml": source}):
        start, end = each.mark
        quote = each.finding.quote.split("\n")[0]
        plain = "\\" not in each.line and "''" not in each.line
        if each.finding.span and plain and quote.strip() and len(quote) == end - start:
            assert each.line[start:end] == quote
    after, _, made = rechecked({"a.yaml": source}, look)  # type: ignore[arg-type]
    before_document = load_project(source.text, "a.yaml").document
    after_document = load_project(after["a.yaml"].text, "a.yaml").document
    assert (before_document == after_document) == (not made)
    for old, new in zip(before_document.projects[0].indicators, after_document.projects[0].indicators, strict=True):
        was, now = parse(old.target or ""), parse(new.target or "")
        if was.kind in (Kind.quantity, Kind.range, Kind.period, Kind.deadline):
            assert same_meaning(was, now)


def test_a_document_without_a_place_is_checked_too() -> None:
    assert [one.code for one in check(Reading(Document(projects=(Project(),))))][:3] == ["PD101", "PD102", "PD103"]
    assert check(Document()) == ()


@pytest.mark.parametrize(("file", "hint"), [("a/b-2023/", "b-2023"), ("x.docx", "x.docx"), ("", "")])
def test_a_file_s_own_name_is_the_hint(file: str, hint: str) -> None:
    assert name_hint(file) == hint


@pytest.mark.parametrize(
    ("text", "value", "span", "at"),
    [
        ("name: 甲乙丙\n", "甲乙丙", (1, 2), (1, 8, 1, 9)),
        ('name: "甲乙丙"\n', "甲乙丙", (1, 3), (1, 9, 1, 11)),
        ("name: '甲乙'\n", "甲乙", None, (1, 8, 1, 10)),
        ("name: |-\n  甲乙\n  丙丁\n", "甲乙\n丙丁", (3, 5), (3, 3, 3, 5)),
        ("name: |-\n  甲乙\n  丙丁\n", "甲乙\n丙丁", None, (2, 3, 2, 5)),
        ('name: "a\\tb"\n', "a\tb", (2, 3), (1, 7, 1, 13)),
        ("name: >-\n  a\n  b\n", "a b", (2, 3), (1, 7, 1, 9)),
        ("name:\n", "", None, (1, 1, 1, 5)),
        ("agency: {}\n", "", None, (1, 1, 1, 7)),
    ],
)
def test_where_a_stretch_of_a_value_stands(
    text: str, value: str, span: tuple[int, int] | None, at: tuple[int, ...]
) -> None:
    path: Path = ("name",)
    assert Source(text).stretch(path, value, span) == at


def test_a_form_with_two_columns_of_levels_is_read_by_what_they_say() -> None:
    """Kinds of level 2 under the head 一级指标, the indicators under 二级指标."""
    pairs = (
        ("数量指标", "日常维修次数", "≥280次"),
        ("质量指标", "验收合格率", "≥92%"),
        ("成本指标", "水电气消耗下降率", "≥1%"),
        ("社会效益指标", "办公环境", "有效改善"),
        ("满意度指标", "职工满意度", "≥90%"),
    )
    rows = tuple(Indicator(level1=one, level2=two, target=target) for one, two, target in pairs)
    codes = {one.code for one in check(Document(projects=(Project(name="办公楼运行", indicators=rows),)))}
    assert not codes & {"PD106", "PD107", "PD112", "PD203", "PD204", "PD205", "PD305"}
    misplaced = Indicator(level1="质量指标", level2="日常维修次数", target="≥280次")
    (found,) = (
        one
        for one in check(Document(projects=(Project(name="办公楼运行", indicators=(misplaced, *rows[1:])),)))
        if one.code == "PD206"
    )
    assert found.path == ("projects", 0, "indicators", 0, "level1")
