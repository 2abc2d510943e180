"""`perfdoc reviews`, and `render --comments`: the conversation in git, listed, and in Word again."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import docx
import openpyxl
import pytest
from cli_support import LISTING, PROJECT, SECOND, run

import perfdoc

_LINES = """\
  # 审核 2024-03-02 15:04 财政局：数量是否过低？
  #   | 请附依据。
  #   ↳ 2024-03-03 09:10 水务局：已核实
"""


@pytest.fixture
def specs(tmp_path: Path) -> Path:
    """A document with three review comments, one of them resolved, and a comment of another kind."""
    folder = tmp_path / "specs"
    folder.mkdir()
    (folder / "document.yaml").write_text("# 审核 审计局：目录请更新\n\n" + LISTING)
    first = PROJECT.replace("  target: ≥183万页\n", _LINES + "  target: ≥183万页  # 去年 170万页\n")
    (folder / "01-法院办案业务费.yaml").write_text(first)
    second = SECOND.replace("purpose:", "# 审核 ✓ 2024-03-02 15:05 财政局：写明用途\npurpose:")
    (folder / "02-司法救助资金.yaml").write_text(second)
    return folder


def test_each_comment_has_a_line_with_its_place(specs: Path) -> None:
    ran = run("reviews", specs)
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert [line.split(": ", 2)[1:] for line in lines if not line.startswith(" ")] == [
        ["open", "审计局: 目录请更新  [the document]"],
        [
            "open",
            "2024-03-02 15:04 财政局: 数量是否过低？ 请附依据。  [法院办案业务费 row 1 (数字档案扫描数量): 指标值]",
        ],
        ["resolved", "2024-03-02 15:05 财政局: 写明用途  [司法救助资金 资金用途]"],
    ]
    assert lines[2] == "    ↳ 2024-03-03 09:10 水务局: 已核实"
    file, line, column = lines[1].split(": ")[0].rsplit(":", 2)
    assert (specs / Path(file).name).read_text().split("\n")[int(line) - 1][int(column) - 1 :].startswith("≥183万页")
    assert "3 review comments, 2 open" in ran.err
    assert run("reviews", specs, "--open").out == "".join(f"{line}\n" for line in lines[:3])
    assert run("reviews", specs / "02-司法救助资金.yaml").out == f"{lines[3]}\n"


def test_other_formats(specs: Path, tmp_path: Path) -> None:
    (first, second, _) = json.loads(run("reviews", specs, "--format", "json").out)
    assert (first["path"], first["resolved"], first["date"]) == ([], False, "")
    assert second["path"] == ["projects", 0, "indicators", 0, "target"]
    assert second["replies"] == [{"author": "水务局", "date": "2024-03-03 09:10", "text": "已核实"}]
    assert run("reviews", specs, "--format", "xlsx", "-o", tmp_path / "t.xlsx").code == 0
    rows = [*openpyxl.load_workbook(tmp_path / "t.xlsx").worksheets[0].iter_rows(values_only=True)]
    assert rows[0] == ("序号", "项目", "位置", "审核人", "意见", "采纳情况", "说明")
    assert rows[2][3:5] == ("财政局", "数量是否过低？\n请附依据。")
    page = run("reviews", specs, "--format", "html", "--lang", "zh").out
    assert "<title>审核意见采纳情况表" in page
    assert "数量是否过低？" in page
    nothing = run("reviews", specs / "02-司法救助资金.yaml", "--open")
    assert (nothing.code, nothing.out) == (0, "")


def test_word_yaml_word(specs: Path, tmp_path: Path) -> None:
    """The comments stand at their cells, python-docx sees them; no comment, no byte."""
    file = tmp_path / "out.docx"
    assert run("render", specs, "--comments", "--pages", "none", "-o", file).code == 0
    found = [(one.author, one.text) for one in docx.Document(str(file)).comments]
    assert found == [
        ("审计局", "目录请更新"),
        ("财政局", "数量是否过低？\n请附依据。"),
        ("水务局", "已核实"),
        ("财政局", "写明用途"),
    ]
    reading = perfdoc.extract(perfdoc.read(file.read_bytes(), "out.docx"))
    said = re.compile("(?:(?<=: )open|resolved|↳).*")
    from_specs, from_word = (said.findall(run("reviews", path).out) for path in (specs, file))
    assert from_word[1:] == from_specs[1:]
    assert reading.document == perfdoc.load(specs).document
    plain = tmp_path / "plain.docx"
    assert run("render", specs, "--pages", "none", "-o", plain).code == 0
    alone = tmp_path / "alone.docx"
    for one in specs.iterdir():
        one.write_text(
            "".join(line for line in one.read_text().splitlines(keepends=True) if "#" not in line or "≥" in line)
        )
    assert run("render", specs, "--comments", "--pages", "none", "-o", alone).code == 0
    assert alone.read_bytes() == plain.read_bytes()


def test_a_received_file_keeps_its_comments_and_gets_the_answers(specs: Path, tmp_path: Path) -> None:
    sent, answered = tmp_path / "sent.docx", tmp_path / "answered.docx"
    assert run("render", specs, "--comments", "--pages", "none", "-o", sent).code == 0
    first = specs / "01-法院办案业务费.yaml"
    first.write_text(first.read_text().replace("：已核实\n", "：已核实\n  #   ↳ 2024-03-04 08:00 法院：已改\n"))
    assert run("render", specs, "--into", sent, "--comments", "-o", answered).code == 0
    found = [(one.author, one.text) for one in docx.Document(str(answered)).comments]
    assert found == [(one.author, one.text) for one in docx.Document(str(sent)).comments] + [("法院", "已改")]
    assert run("reviews", answered).out.count("↳") == 2
    assert run("render", specs, "--into", answered, "--comments", "-o", tmp_path / "again.docx").code == 0
    assert (tmp_path / "again.docx").read_bytes() == answered.read_bytes()


def test_next_year_s_draft_keeps_the_questions(specs: Path, tmp_path: Path) -> None:
    before = [one.strip() for file in specs.iterdir() for one in file.read_text().splitlines() if "审核" in one]
    assert run("rollover", specs, "--from", "2023", "--year", "2024", "-o", tmp_path / "draft").code == 0
    drafted = "\n".join(file.read_text() for file in (tmp_path / "draft").iterdir())
    assert [one for one in before if one not in drafted] == []


def test_a_workbook_takes_no_comments(specs: Path, tmp_path: Path) -> None:
    ran = run("render", specs, "--comments", "-o", tmp_path / "out.xlsx")
    assert ran.code == 2
    assert "--comments" in ran.err
    assert not (tmp_path / "out.xlsx").exists()


def test_a_table_that_a_unit_filled_in_is_pulled_as_replies(specs: Path, tmp_path: Path) -> None:
    table = tmp_path / "采纳.xlsx"
    assert run("reviews", specs, "--open", "--format", "xlsx", "-o", table).code == 0
    book = openpyxl.load_workbook(table)
    book.worksheets[0]["F2"], book.worksheets[0]["G2"] = "不采纳", "目录自动更新"
    book.save(table)
    before = {file.name: file.read_text() for file in specs.iterdir()}
    tried = run("pull", table, "-d", specs, "-n")
    assert (tried.code, {file.name: file.read_text() for file in specs.iterdir()}) == (0, before)
    assert "1 answer to review comments" in tried.err
    assert run("pull", table, "-d", specs).code == 0
    asked = "# 审核 审计局：目录请更新\n"
    expected = before["document.yaml"].replace(asked, f"{asked}#   ↳ 天津市河西区人民法院：不采纳：目录自动更新\n")
    after = {**before, "document.yaml": expected}
    assert {file.name: file.read_text() for file in specs.iterdir()} == after
    assert run("pull", table, "-d", specs).code == 0
    assert {file.name: file.read_text() for file in specs.iterdir()} == after
    other = tmp_path / "other.xlsx"
    openpyxl.Workbook().save(other)
    assert run("pull", other, "-d", specs).code == 3


def test_findings_are_no_review(specs: Path, tmp_path: Path) -> None:
    file = tmp_path / "remarks.docx"
    run("check", specs, "--annotate", file)
    assert len([*docx.Document(io.BytesIO(file.read_bytes())).comments]) > 1
    assert run("reviews", file).out == ""
