"""A Document as a Word file: each value in its cell to the letter, sound markup, the same bytes every time."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from checkout import ROOT
from documents import documents
from hypothesis import given
from tika import tika_text
from word_text import W, body, merges, part, rows, spans, styles, text_of

from perfdoc.errors import ContentLostError, UsageError
from perfdoc.form_definition import form
from perfdoc.model import Agency, Budget, Document, Indicator, Project
from perfdoc.rendering import render

TIANJIN = form("tianjin")
VANS = Project(
    name="法院囚车更新购置-2023中央",
    agency=Agency(code="209101", name="天津市河西区人民法院"),
    money_unit="万元",
    budget=Budget(total="81.00", fiscal="81.00", other=""),
    purpose="用于报废更新两辆囚车",
    goals="1.更新购置囚车2辆,  满足法院办案需求。\n2.计划购置两辆符合标准的囚车。",
    indicators=(
        Indicator(level1="产出指标", level2="数量指标", level3="购置囚车数量", target="2辆"),
        Indicator(level1="产出指标", level2="质量指标", level3="验收合格率", description="年检", target="≥90%"),
        Indicator(level1="效益指标", level2="可持续影响指标", level3="车辆使用年限", description="", target="≥8年"),
        Indicator(level1="产出指标", level2="数量指标", level3="再来一组", target=None),
    ),
)
RELIEF = Project(name="司法救助", bookmarks=("_Toc_4_4_0000000009", "_Toc7648"))
DOCUMENT = Document(title="2023年绩效目标", projects=(VANS, RELIEF))


def test_the_tables_stand_cell_by_cell_as_the_form_has_them() -> None:
    table_a, table_b, *_ = body(render(DOCUMENT, TIANJIN)).findall(f"{W}tbl")
    assert rows(table_a) == [
        ["209101天津市河西区人民法院", "单位：万元"],
        ["项目名称", "法院囚车更新购置-2023中央"],
        ["预算规模及资金用途", "预算数", "81.00", "其中：财政    资金", "81.00", "其他资金", ""],
        ["", "用于报废更新两辆囚车"],
        ["绩效目标", VANS.goals],
    ]
    assert spans(table_a) == [[4, 3], [1, 6], [1] * 7, [1, 6], [1, 6]]
    assert merges(table_a) == ["", "", "restart", "continue", ""]
    assert rows(table_b) == [
        ["一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值"],
        ["产出指标", "数量指标", "购置囚车数量", "购置囚车数量", "2辆"],
        ["", "质量指标", "验收合格率", "年检", "≥90%"],
        ["效益指标", "可持续影响指标", "车辆使用年限", "", "≥8年"],
        ["产出指标", "数量指标", "再来一组", "再来一组", ""],
    ]
    assert merges(table_b) == ["", "restart", "continue", "restart", "restart"]
    headers = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in table_b.findall(f"{W}tr")]
    assert headers == [True, False, False, False, False]


def test_the_blocks_of_a_project_stand_in_their_order() -> None:
    content = render(DOCUMENT, TIANJIN, pages=[2, 3])
    named = styles(content)
    seen = []
    for block in body(content):
        style = block.find(f"{W}pPr/{W}pStyle")
        if style is not None:
            seen.append((named[style.get(f"{W}val", "")], text_of(block)))
        else:
            seen.append((str(block.tag).removeprefix(W), ""))
    project = [("tbl", ""), ("表间空行", ""), ("tbl", ""), ("表后空行", "")]
    assert seen == [
        ("Title", "2023年绩效目标"),
        ("TOC Heading", "目录"),
        ("toc 4", "1.法院囚车更新购置-2023中央绩效目标表\t2"),
        ("toc 4", "2.司法救助绩效目标表\t3"),
        ("toc 4", ""),
        ("heading 4", "1.法院囚车更新购置-2023中央绩效目标表"),
        *project,
        ("表后空行", ""),
        ("heading 4", "2.司法救助绩效目标表"),
        *project,
        ("sectPr", ""),
    ]


def test_code_and_name_of_the_agency_are_told_apart_by_their_styles() -> None:
    content = render(DOCUMENT, TIANJIN)
    named = styles(content)
    caption = body(content).find(f".//{W}tc")
    assert caption is not None
    found = {}
    for run in caption.iter(f"{W}r"):
        style = run.find(f"{W}rPr/{W}rStyle")
        assert style is not None
        found[named[style.get(f"{W}val", "")]] = run.findtext(f"{W}t")
    assert found == {"预算单位代码": "209101", "预算单位名称": "天津市河西区人民法院"}


def test_both_bookmarks_stand_around_the_heading_and_links_lead_to_the_second() -> None:
    root = body(render(DOCUMENT, TIANJIN))
    starts = [(one.get(f"{W}id"), one.get(f"{W}name")) for one in root.iter(f"{W}bookmarkStart")]
    (_, anchor) = TIANJIN.bookmarks_of(DOCUMENT)[0]
    assert starts == [
        ("0", "_Toc_4_4_0000000004"),
        ("1", anchor),
        ("2", "_Toc_4_4_0000000009"),
        ("3", "_Toc7648"),
    ]
    assert sorted(str(one.get(f"{W}id")) for one in root.iter(f"{W}bookmarkEnd")) == ["0", "1", "2", "3"]
    assert [one.get(f"{W}anchor") for one in root.iter(f"{W}hyperlink")] == [anchor, "_Toc7648"]
    codes = [one.text for one in root.iter(f"{W}instrText")]
    assert codes == [r' TOC \o "4-4" \h \z \u ', rf" PAGEREF {anchor} \h ", r" PAGEREF _Toc7648 \h "]


def fields_are_sound(content: bytes) -> bool:
    """Begin, separate, end well nested over the whole text (ECMA-376 part 1, 17.16.18), and nothing locked."""
    open_fields: list[str] = []
    for mark in part(content).iter(f"{W}fldChar"):
        kind = mark.get(f"{W}fldCharType")
        if mark.get(f"{W}fldLock") is not None:
            return False
        if kind == "begin":
            open_fields.append("begin")
        elif not open_fields or open_fields.pop() != {"separate": "begin", "end": "separate"}[str(kind)]:
            return False
        elif kind == "separate":
            open_fields.append("separate")
    return not open_fields


@pytest.mark.parametrize(
    "headings", [(), (None,), ("",), ("", None), (None, ""), ("", ""), (None, None, None)], ids=repr
)
def test_the_contents_are_one_sound_field_whatever_has_a_heading(headings: tuple[str | None, ...]) -> None:
    document = Document(projects=tuple(Project(name=str(n), heading=h) for n, h in enumerate(headings)))
    content = render(document, TIANJIN)
    assert fields_are_sound(content)
    with_line = [n for n, heading in enumerate(headings) if heading is None]
    assert len(list(body(content).iter(f"{W}hyperlink"))) == len(with_line)
    tables = [n for n, h in enumerate(headings)]
    assert len(body(content).findall(f"{W}tbl")) == 2 * len(tables)


def test_known_pages_are_shown_and_unknown_ones_mark_the_contents_as_out_of_date() -> None:
    def shown(content: bytes) -> tuple[list[str], list[str | None]]:
        root = body(content)
        lines = [text_of(p).rpartition("\t")[2] for p in root.iter(f"{W}p") if "\t" in text_of(p)]
        begins = [m.get(f"{W}dirty") for m in root.iter(f"{W}fldChar") if m.get(f"{W}fldCharType") == "begin"]
        return lines, begins

    assert shown(render(DOCUMENT, TIANJIN, pages=[7, 12])) == (["7", "12"], ["false", None, None])
    assert shown(render(DOCUMENT, TIANJIN)) == (["2", "3"], ["true", None, None])
    with pytest.raises(UsageError, match="1 page numbers for 2 projects"):
        render(DOCUMENT, TIANJIN, pages=[7])


def test_no_question_is_asked_on_opening() -> None:
    assert part(render(DOCUMENT, TIANJIN), "word/settings.xml").find(f"{W}updateFields") is None


def expected(project: Project) -> list[list[list[str]]]:
    def s(text: str | None) -> str:
        return text or ""

    a, b = project.agency, project.budget
    level1 = [s(one.level1) for one in project.indicators]
    return [
        [
            [s(a.code) + s(a.name), "单位：" + s(project.money_unit)],
            ["项目名称", s(project.name)],
            ["预算规模及资金用途", "预算数", s(b.total), "其中：财政    资金", s(b.fiscal), "其他资金", s(b.other)],
            ["", s(project.purpose)],
            ["绩效目标", s(project.goals)],
        ],
        [
            ["一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值"],
            *(
                [
                    "" if n and level1[n - 1] == level1[n] else level1[n],
                    *(s(one.level2), s(one.level3), one.described, s(one.target)),
                ]
                for n, one in enumerate(project.indicators)
            ),
        ],
    ]


@given(documents(TIANJIN))
def test_every_value_stands_in_its_cell_to_the_letter(document: Document) -> None:
    content = render(document, TIANJIN)
    tables = body(content).findall(f"{W}tbl")
    wanted = [table for project in document.projects for table in expected(project)]
    assert [rows(table) for table in tables] == wanted
    assert fields_are_sound(content)
    properties = part(content, "docProps/core.xml")
    assert (properties.findtext("{http://purl.org/dc/elements/1.1/}title") or "") == (document.title or "")
    for table, (index, project) in zip(tables[1::2], enumerate(document.projects), strict=True):
        level1 = [one.level1 or "" for one in project.indicators]
        begins = ["continue" if n and level1[n - 1] == text else "restart" for n, text in enumerate(level1)]
        assert merges(table) == ["", *begins], index


@given(documents(TIANJIN))
def test_white_space_is_kept_by_every_run_that_holds_a_value(document: Document) -> None:
    space = "{http://www.w3.org/XML/1998/namespace}space"
    for text in part(render(document, TIANJIN)).iter(f"{W}t"):
        written = text.text or ""
        if written != written.strip() or "  " in written:
            assert text.get(space) == "preserve"


def test_the_same_document_is_the_same_file() -> None:
    assert render(DOCUMENT, TIANJIN, pages=[2, 3]) == render(DOCUMENT.model_copy(), TIANJIN, pages=[2, 3])


PROGRAM = """
import hashlib, sys
from perfdoc.form_definition import form
from perfdoc.model import Document, Indicator, Project
from perfdoc.rendering import render
rows = tuple(Indicator(level1="产出", level3=str(n), extra={"a": "1", "b": "2"}) for n in range(9))
document = Document(title="t", projects=tuple(Project(name=f"项目{n}", indicators=rows) for n in range(9)))
sys.stdout.write(hashlib.sha256(render(document, form("tianjin"), to=sys.argv[1])).hexdigest())
"""


def digest(folder: Path, kind: str, **environment: str) -> str:
    root = str(ROOT)
    given = {k: v for k, v in os.environ.items() if k not in ("SOURCE_DATE_EPOCH", "TZ", "PYTHONHASHSEED")}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, kind],
        cwd=folder,
        env={**given, "PYTHONPATH": root, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_another_process_place_and_time_zone_make_the_same_file(kind: str, tmp_path: Path) -> None:
    here = digest(Path("/"), kind, PYTHONHASHSEED="1", TZ="Asia/Shanghai")
    assert here == digest(tmp_path, kind, PYTHONHASHSEED="2", TZ="America/New_York")
    assert len(here) == len(hashlib.sha256().hexdigest())


def test_source_date_epoch_dates_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def dates(content: bytes) -> tuple[set[Any], list[str | None]]:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = {entry.date_time for entry in archive.infolist()}
        terms = "{http://purl.org/dc/terms/}"
        core = part(content, "docProps/core.xml")
        return entries, [core.findtext(f"{terms}created"), core.findtext(f"{terms}modified")]

    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert dates(render(DOCUMENT, TIANJIN))[0] == {(1980, 1, 1, 0, 0, 0)}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert dates(render(DOCUMENT, TIANJIN)) == ({(2023, 11, 14, 22, 13, 20)}, ["2023-11-14T22:13:20Z"] * 2)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH"):
        render(DOCUMENT, TIANJIN)


@pytest.mark.parametrize("where", ["name", "goals", "heading", "title"])
@pytest.mark.parametrize("character", ["\x00", "\x0b", "\f", "\r", "\x1b", "\ud800", "\ufffe", "\uffff"], ids=repr)
def test_what_word_cannot_hold_is_never_written(where: str, character: str) -> None:
    text = f"前{character}后"
    document = DOCUMENT.model_copy(
        update={"title": text} if where == "title" else {"projects": (VANS.model_copy(update={where: text}), RELIEF)}
    )
    with pytest.raises(ContentLostError) as caught:
        render(document, TIANJIN)
    (found,) = caught.value.diagnostics
    path: tuple[Any, ...] = ("title",) if where == "title" else ("projects", 0, where)
    assert (found.code, found.path) == ("PD070", path)
    assert f"U+{ord(character):04X}" in found.message
    assert character not in found.quote
    assert re.fullmatch(r"前\\(x|u)?\w+后", found.quote)


@pytest.mark.parametrize(
    "pair", [("_Toc1", "_toc1"), ("a b", "_Toc2"), ("", "_Toc2"), ("x" * 41, "_Toc2"), ("_Toc7648", "y")]
)
def test_bookmarks_that_would_make_the_file_unsound_are_refused(pair: tuple[str, str]) -> None:
    document = DOCUMENT.model_copy(update={"projects": (RELIEF, VANS.model_copy(update={"bookmarks": pair}))})
    with pytest.raises(ContentLostError, match="PD072"):
        render(document, TIANJIN)


def test_apache_tika_reads_what_was_written_in_that_order() -> None:
    text = tika_text(render(Document(projects=(VANS, RELIEF)), TIANJIN, pages=[2, 3]))
    (_, anchor) = TIANJIN.bookmarks_of(DOCUMENT)[0]
    assert (
        text
        == f"""目录
1.法院囚车更新购置-2023中央绩效目标表\t2
2.司法救助绩效目标表\t3

[bookmark: _Toc_4_4_0000000004][bookmark: {anchor}]1.法院囚车更新购置-2023中央绩效目标表
\t209101天津市河西区人民法院
\t单位：万元

\t项目名称
\t法院囚车更新购置-2023中央

\t预算规模及资金用途
\t预算数
\t81.00
\t其中：财政    资金
\t81.00
\t其他资金
\t

\t
\t用于报废更新两辆囚车

\t绩效目标
\t1.更新购置囚车2辆,  满足法院办案需求。
2.计划购置两辆符合标准的囚车。



\t一级指标
\t二级指标
\t三级指标
\t绩效指标描述
\t指标值

\t产出指标
\t数量指标
\t购置囚车数量
\t购置囚车数量
\t2辆

\t
\t质量指标
\t验收合格率
\t年检
\t≥90%

\t效益指标
\t可持续影响指标
\t车辆使用年限
\t
\t≥8年

\t产出指标
\t数量指标
\t再来一组
\t再来一组
\t




[bookmark: _Toc_4_4_0000000009][bookmark: _Toc7648]2.司法救助绩效目标表
\t
\t单位：

\t项目名称
\t司法救助

\t预算规模及资金用途
\t预算数
\t
\t其中：财政    资金
\t
\t其他资金
\t

\t
\t

\t绩效目标
\t



\t一级指标
\t二级指标
\t三级指标
\t绩效指标描述
\t指标值



"""
    )
