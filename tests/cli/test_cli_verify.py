"""`perfdoc verify`: it says what holds, shows what does not, and never says ok of nothing."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from cli_support import LISTING, PROJECT, folder, run, tree, word
from openpyxl.worksheet.worksheet import Worksheet

from perfdoc.model import Document
from perfdoc.report import Reading

ONE, TWO = "01-法院办案业务费.yaml", "02-司法救助资金.yaml"


def test_a_document_that_holds(tmp_path: Path) -> None:
    specs = folder(tmp_path / "a")
    before = tree(tmp_path)
    ran = run("verify", specs)
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0] == f"{specs}: 2 projects, 4 indicators, form tianjin"
    assert lines[1:4] == ["  document.yaml: same bytes", f"  {ONE}: same bytes", f"  {TWO}: same bytes"]
    assert lines[4].startswith("  rendered again: the same ")
    assert lines[5] == "1 of 1 held: not a byte of YAML changed"
    assert tree(tmp_path) == before


def test_comments_and_spelling_are_told_apart_from_content(tmp_path: Path) -> None:
    specs = folder(tmp_path / "a", {ONE: "# checked\n" + PROJECT, TWO: PROJECT.replace("name: ", "name:  ")})
    ran = run("verify", specs)
    assert ran.code == 0
    assert f"{ONE}: same YAML; its comments are its own" in ran.out
    assert f"{TWO}: same YAML, in another spelling (perfdoc fmt)" in ran.out


def test_a_spec_that_says_less_than_the_form_shows(tmp_path: Path) -> None:
    specs = folder(tmp_path / "a", {ONE: PROJECT.replace("purpose: 数字档案扫描\n", "")})
    ran = run("verify", specs)
    assert ran.code == 1
    assert f"  {ONE}: DIFFERS\n--- {ONE}\n+++ {ONE} (read back)\n" in ran.out
    assert "\n+purpose:\n" in ran.out
    assert "form tianjin shows more" in ran.out
    assert "0 of 1 held\n" in ran.out


def test_a_document_without_a_form_is_compared_as_the_default_form_shows_it(tmp_path: Path) -> None:
    less = PROJECT.replace("purpose: 数字档案扫描\n", "")
    specs = folder(tmp_path / "a", {"document.yaml": LISTING.replace("form: tianjin\n", ""), ONE: less})
    ran = run("verify", specs)
    assert ran.code == 0
    assert "no form named, rendered as tianjin" in ran.out
    assert f"{ONE}: same values; the form also shows, empty," in ran.out
    assert f"{TWO}: same bytes" in ran.out
    assert ran.out.endswith("1 of 1 held: no value changed\n")


def test_a_value_that_the_form_has_no_place_for(tmp_path: Path) -> None:
    specs = folder(tmp_path / "a", {ONE: PROJECT + "extra:\n  主管部门: 高院\n"})
    ran = run("verify", specs)
    assert ran.code == 1
    assert "warning PD071" in ran.err
    assert "-  主管部门: 高院\n" in ran.out


def test_a_project_by_itself(tmp_path: Path) -> None:
    specs = folder(tmp_path / "a")
    ran = run("verify", specs / ONE)
    assert ran.code == 0
    assert f"  {ONE}: same bytes\n" in ran.out
    assert "document.yaml" not in ran.out


def test_word_files_and_folders_of_documents(tmp_path: Path) -> None:
    file = word(tmp_path / "x", "received")
    folder(tmp_path / "x" / "b" / "c")
    ran = run("verify", file, tmp_path / "x")
    assert ran.code == 0
    assert f"{file}: 2 projects, 4 indicators, form tianjin, 0 doubts in reading it" in ran.out
    assert ran.out.endswith("3 of 3 held: not a byte of YAML changed\n")
    data = file.read_bytes()
    assert run("verify", "-", stdin=data).code == 0


def test_nothing_is_never_ok(tmp_path: Path) -> None:
    specs = folder(tmp_path / "a", {"document.yaml": "form: tianjin\nprojects: []\n"})
    ran = run("verify", specs)
    assert ran.code == 1
    assert "no projects: there was nothing to compare" in ran.out
    assert "0 of 1 held" in ran.out
    (tmp_path / "empty").mkdir()
    assert run("verify", tmp_path / "empty").code == 3
    (tmp_path / "x.txt").write_text("会议纪要", encoding="utf-8")
    ran = run("verify", tmp_path / "x.txt")
    assert (ran.code, ran.out) == (3, "0 of 1 held\n")
    assert ran.err.startswith(f"perfdoc: {tmp_path / 'x.txt'}: no performance-goal form")


def test_one_that_fails_does_not_stop_the_others(tmp_path: Path) -> None:
    good = folder(tmp_path / "good")
    bad = folder(tmp_path / "bad", {"document.yaml": LISTING + "x: 1\n"})
    ran = run("verify", bad, good, "--format", "json")
    assert ran.code == 3
    assert ran.out.endswith("1 of 2 held\n")
    assert [Path(one["file"]).name for one in ran.found()] == ["document.yaml"]


def test_a_reader_that_loses_a_word_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from perfdoc.extraction import extract

    def forgetful(*args: object) -> Reading:
        reading = extract(*args)  # type: ignore[arg-type]
        projects = [p.model_copy(update={"indicators": p.indicators[:-1]}) for p in reading.document.projects]
        return Reading(Document(form="tianjin", projects=tuple(projects)), reading.places)

    specs, file = folder(tmp_path / "a"), word(tmp_path)
    monkeypatch.setattr("perfdoc.extract", forgetful)
    monkeypatch.setattr("perfdoc.round_trip.extract", forgetful)
    ran = run("verify", specs)
    assert ran.code == 1
    assert ran.out.count("DIFFERS") == 2
    assert "-  level3: 档案扫描成果合格率\n" in ran.out
    assert "rendered again: OTHER" in ran.out
    ran = run("verify", file)
    assert ran.code == 1
    assert "-  level3: 数字档案扫描数量\n" in ran.out


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_by_way_of_a_kind_of_file(tmp_path: Path, kind: str) -> None:
    specs = folder(tmp_path / "a")
    ran = run("verify", specs, "--to", kind)
    assert (ran.code, ran.err) == (0, "")
    assert "1 of 1 held: not a byte of YAML changed" in ran.out


def test_a_received_file_goes_by_the_form_with_the_most_places(tmp_path: Path) -> None:
    """A list of self-evaluations is no form that is known; the self-evaluation has a place for its actual values."""
    rows = [
        ["项目名称", "一级指标", "三级指标", "指标值", "实际完成值", "得分"],
        ["培训", "产出指标", "人次", "≥9", "9", "5"],
    ]
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(row)
    book.save(tmp_path / "x.xlsx")
    ran = run("verify", tmp_path / "x.xlsx")
    assert ran.code == 0
    assert "no known form, rendered as self-evaluation" in ran.out


def test_a_received_file_holds_what_was_read_whatever_its_form(tmp_path: Path) -> None:
    """What the form that is taken has no place for is told, and not compared."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in (
        ["项目名称", "培训"],
        ["项目属性", "新增"],
        ["联系人", ""],
        ["一级指标", "三级指标", "指标值"],
        ["产出指标", "人次", "≥9"],
    ):
        sheet.append(row)
    book.save(tmp_path / "x.xlsx")
    ran = run("verify", tmp_path / "x.xlsx")
    assert ran.code == 0
    assert "PD071" in ran.err
    assert "项目属性" in ran.err
    assert "1 value without a place in" in ran.out
    assert "1 of 1 held" in ran.out
