"""Last year's goals as next year's draft: what moves, what does not, what is marked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from checkout import ROOT
from cli_support import LISTING, PROJECT, folder, run, tree, word
from hypothesis import given
from spec_strategies import documents

from perfdoc.errors import UsageError
from perfdoc.model import Budget, Document, Indicator, Project
from perfdoc.rollover import Mark, rollover, texts, year_of
from perfdoc.specs import format_text, load, load_files
from perfdoc.specs.comments import MARK

REAL = ROOT / "specs/hexi-court-2023"


def marks_of(target: str, name: str = "某某完成时间") -> tuple[str, list[str]]:
    """A value's text in the draft, and the marks at it."""
    row = Indicator(level1="产出指标", level2="时效指标", level3=name, target=target)
    draft = rollover(Document(projects=(Project(name="救助-2023中央", indicators=(row,)),)), 2024)
    (one,) = draft.document.projects[0].indicators
    return str(one.target), [mark.word for mark in draft.marks[0] if mark.path == ("indicators", 0, "target")]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("2023年1-12月", "2024年1-12月", ["when"]),
        ("2023年1月-2023年12月", "2024年1月-2024年12月", ["when"]),
        ("2022年12月-2023年11月", "2023年12月-2024年11月", ["when"]),
        ("≤2023年12月", "≤2024年12月", ["when"]),
        ("2023年底前", "2024年底前", ["when"]),
        ("二〇二三年底前", "二〇二四年底前", ["when"]),
        ("2023.12.31前", "2024.12.31前", ["when"]),
        ("2020年-2025年", "2020年-2025年", ["other"]),
        ("全年", "全年", []),
        ("12月31日前", "12月31日前", []),
        ("≥2023件", "≥2023件", []),
        ("≥90%", "≥90%", []),
        ("≤165万元", "≤165万元", ["money"]),
        ("≤0.3元/页", "≤0.3元/页", []),
        ("同比增长≥5%", "同比增长≥5%", ["base"]),
        ("/", "/", ["blank"]),
        ("", "", ["blank"]),
        ("完成2023年度采购，验收合格", "完成2024年度采购，验收合格", ["text"]),
        ("按财预〔2023〕101号执行", "按财预〔2023〕101号执行", []),
        ("较2021年提高", "较2021年提高", ["other"]),
        ("2022-2023学年", "2023-2024学年", ["when"]),
        ("2023-2025年", "2023-2025年", ["other"]),
        ("2023年1月-2025年12月", "2023年1月-2025年12月", ["other"]),
        ("2022年7月-2023年6月", "2023年7月-2024年6月", ["when"]),
        ("23年底前", "24年底前", ["text"]),
        ("工龄23年以上的职工", "工龄23年以上的职工", []),
        ("1.2023年完成；增加1.2023倍", "1.2024年完成；增加1.2023倍", ["base", "text"]),
        ("2023—2024年实施，2023学年结束", "2024—2025年实施，2024学年结束", ["text"]),
        ("执行GB/T 2023-2019，20231231前完成", "执行GB/T 2023-2019，20241231前完成", ["text"]),
    ],
)
def test_values(old: str, new: str, words: list[str]) -> None:
    assert marks_of(old) == (new, words)


def test_a_day_that_the_other_year_does_not_have() -> None:
    row = Indicator(level3="x", target="2024年2月29日前")
    document = Document(projects=(Project(name="x-2024", indicators=(row,)),))
    draft = rollover(document, 2025)
    assert draft.document.projects[0].indicators[0].target == "2025年2月29日前"
    assert [mark.word for mark in draft.marks[0]][-2:] == ["when", "date"]
    (_, text) = texts(draft, language="en").values()
    assert "there is no such day in 2025" in text


def test_the_year_of_a_spec_is_its_own_and_moves() -> None:
    """Also where its dates lie in another year: a project may be finished after it."""
    rows = tuple(Indicator(level3=name, target="2024年底前") for name in "ab")
    draft = rollover(Document(projects=(Project(name="维修（2023-2025年）", year="2023", indicators=rows),)), 2026)
    (one,) = draft.document.projects
    assert (draft.since, one.year, one.name) == (2023, "2026", "维修（2023-2025年）")
    assert [row.target for row in one.indicators] == ["2027年底前"] * 2
    assert Mark(("name",), "other", "2023、2025") in draft.marks[0]


def test_names_title_heading_and_files() -> None:
    one = Project(
        name="上年结转-2023中央", heading="1.上年结转-2023中央绩效目标表", bookmarks=("_Toc_4_4_0000000004", "_Toc1"),
        budget=Budget(total="1.00"), purpose="2023年用", goals="2023年内完成。\n继续2022年的工作。",
    )  # fmt: skip
    document = Document(form="tianjin", title="2023年项目支出绩效目标表", projects=(one,))
    draft = rollover(document, 2024, names=("01-上年结转-2023中央.yaml",))
    (new,) = draft.document.projects
    assert (draft.document.title, new.name) == ("2024年项目支出绩效目标表", "上年结转-2024中央")
    assert (new.heading, new.bookmarks, new.budget) == ("1.上年结转-2024中央绩效目标表", None, one.budget)
    assert (new.purpose, new.goals) == ("2024年用", "2024年内完成。\n继续2022年的工作。")
    assert draft.names == ("01-上年结转-2024中央.yaml",)
    assert draft.marks[0] == (
        Mark(("name",), "name"), Mark(("name",), "once", "结转"), Mark(("budget",), "budget"),
        Mark(("purpose",), "text"), Mark(("goals",), "text"), Mark(("goals",), "other", "2022"),
    )  # fmt: skip


def test_the_year_of_a_document() -> None:
    assert year_of(load(REAL).document) == 2023
    assert year_of(Document(projects=(Project(name="培训"),))) is None
    with pytest.raises(UsageError):
        rollover(Document(projects=(Project(name="培训"),)), 2024)
    with pytest.raises(UsageError):
        rollover(load(REAL).document, 2023)
    assert rollover(Document(projects=(Project(name="培训"),)), 2024, since=2023).since == 2023


def test_comments_of_the_user_stay_and_marks_of_last_year_go() -> None:
    text = PROJECT.replace(
        "purpose:", f"# 我的注\n{MARK}去年的标记\n# perfdoc: ignore[PD101] 有理由\npurpose:"
    ).replace("target: ≥183万页", "target: 2023年底前  # 合同")
    listing = LISTING.splitlines()[0] + "  # 天津\nprojects:\n- spec: a-2023.yaml\n"
    given_ = {"document.yaml": listing, "a-2023.yaml": text}
    draft = rollover(load_files(given_).document, 2024, names=("a-2023.yaml",))
    made = texts(draft, given_)
    assert list(made) == ["document.yaml", "a-2024.yaml"]
    assert made["document.yaml"] == listing.replace("2023", "2024")
    body = made["a-2024.yaml"]
    assert "# 我的注\n# perfdoc: ignore[PD101] 有理由\npurpose: 数字档案扫描\n" in body
    assert "去年的标记" not in body
    assert f"  {MARK}年份已改，原为：2023年底前\n  target: 2024年底前  # 合同\n" in body
    assert "it was: 2023年底前" in texts(draft, given_, "en")["a-2024.yaml"]


@given(documents())
def test_a_draft_is_canonical_and_says_what_it_was_made_to_say(document: Document) -> None:
    draft = rollover(document, 2024, since=2023)
    made = texts(draft)
    for name, text in made.items():
        assert format_text(text, name) == text
    assert load_files(made).document == draft.document
    for old, new in zip(document.projects, draft.document.projects, strict=True):
        assert (old.budget, old.agency, len(old.indicators)) == (new.budget, new.agency, len(new.indicators))


def test_the_command(tmp_path: Path) -> None:
    out = tmp_path / "2024"
    dry = run("rollover", REAL, "--year", "2024", "-o", out, "-n")
    assert (dry.code, out.exists()) == (0, False)
    before = tree(REAL)
    ran = run("rollover", REAL, "--year", "2024", "-o", out)
    assert (ran.code, ran.out) == (0, "")
    assert "5 projects of 2023 drafted for 2024; 27 marks to look at\n" in ran.err
    assert tree(REAL) == before
    assert sum(text.decode().count(MARK) for text in tree(out).values()) == 27
    assert "bookmarks" not in (out / "document.yaml").read_text(encoding="utf-8")
    assert run("fmt", "--check", out).code == 0
    assert run("render", out, "-o", tmp_path / "x.docx", "--pages", "none").code == 0
    shown = run("diff", REAL, out).out
    assert shown.splitlines()[-1] == "5 projects: 5 changed; 48 indicators: 6 changed, 42 the same"
    left = tree(out)
    again = run("rollover", REAL, "--year", "2025", "-o", out)
    assert again.code == 1
    assert tree(out) == left


def test_from_word_from_one_project_and_what_can_not_be(tmp_path: Path) -> None:
    docx = word(tmp_path)
    assert run("rollover", docx, "--year", "2024", "-o", tmp_path / "a").code == 2  # names no year
    ran = run("rollover", docx, "--year", "2024", "--from", "2023", "-o", tmp_path / "a")
    assert ran.code == 0
    assert sorted(tree(tmp_path / "a")) == ["01-法院办案业务费.yaml", "02-司法救助资金.yaml", "document.yaml"]
    specs = folder(tmp_path / "specs", {"01-法院办案业务费.yaml": "# 注\n" + PROJECT})
    one = specs / "01-法院办案业务费.yaml"
    assert run("rollover", one, "--year", "2024", "--from", "2023", "-o", tmp_path / "b").code == 0
    assert (tmp_path / "b/01-法院办案业务费.yaml").read_text(encoding="utf-8").startswith("# 注\n")
    assert run("rollover", one, "--year", "2024", "--from", "2023", "-o", one).code == 2
    assert run("rollover", tmp_path / "none", "--year", "2024", "-o", tmp_path / "c").code == 3
    assert not (tmp_path / "c").exists()


def test_many_documents_keep_their_names_and_places(tmp_path: Path) -> None:
    given, out = tmp_path / "2023", tmp_path / "2024"
    for name in ("甲/x", "乙/x"):
        folder(given / name, {"01-a.yaml": PROJECT.replace("≥90%", "≥90%，2023年底前完成")})
    dry = run("rollover", given, "--year", "2024", "--from", "2023", "-o", out, "-n")
    assert (dry.code, out.exists()) == (0, False)
    ran = run("rollover", given, "--year", "2024", "--from", "2023", "-o", out)
    assert ran.code == 0
    assert sorted(path.relative_to(out).as_posix() for path in out.rglob("document.yaml")) == [
        "乙/x/document.yaml",
        "甲/x/document.yaml",
    ]
    assert ran.err.splitlines()[-1] == f"perfdoc check --select PD904 {out}"
    again = run("rollover", given / "甲", given / "乙", given / "甲/x", "--year", "2024", "--from", "2023", "-o", out)
    assert (again.code, (out / "x/document.yaml").is_file()) == (1, True)  # the other two are there already
    assert again.err.count("is there and not empty") == 2


def test_one_document_that_can_not_be_drafted_does_not_stop_the_others(tmp_path: Path) -> None:
    given = tmp_path / "received"
    given.mkdir()
    word(tmp_path).rename(given / "x.docx")
    (given / "a-broken.docx").write_bytes(b"PK\x03\x04 nothing")
    ran = run("rollover", given, "--year", "2024", "--from", "2023", "-o", tmp_path / "out")
    assert ran.code == 3
    assert "a-broken.docx" in ran.err
    assert [one.parent.name for one in (tmp_path / "out").rglob("document.yaml")] == ["x"]


def test_marks_follow_their_option_and_never_the_locale(tmp_path: Path) -> None:
    def marks(*options: str) -> str:
        out = tmp_path / "-".join(("out", *options))
        ran = run("rollover", REAL, "--year", "2024", "-o", out, *options)
        assert ("--lang is called --marks" in ran.err) == ("--lang" in options)
        return (out / "document.yaml").parent.joinpath("02-法院办案业务费.yaml").read_text(encoding="utf-8")

    assert f"{MARK}以下数值均为 2023 年的" in marks()
    english = marks("--marks", "en")
    assert f"{MARK}the numbers below are those of 2023" in english
    assert english == marks("--lang", "en")


def test_check_lists_the_marks_that_are_left(tmp_path: Path) -> None:
    out = tmp_path / "2024"
    assert run("rollover", REAL, "--year", "2024", "-o", out).code == 0
    listed = run("check", "--select", "PD904", "--format", "json", out)
    found = json.loads(listed.out)
    assert (listed.code, len(found)) == (0, 27)
    lines = [(Path(one["file"]).name, one["line"], one["quote"]) for one in found]
    texts = {path.name: path.read_text(encoding="utf-8").splitlines() for path in out.glob("*.yaml")}
    assert all(texts[name][line - 1].strip() == quote for name, line, quote in lines)
    one = out / "02-法院办案业务费.yaml"
    kept = [line for line in one.read_text(encoding="utf-8").splitlines() if not line.strip().startswith(MARK)]
    one.write_text("# perfdoc: ignore-file[PD302] 另有规定\n" + "\n".join(kept) + "\n", encoding="utf-8")
    assert one.name not in run("check", "--select", "PD904", out).out
    assert "PD904" not in run("check", REAL).out
