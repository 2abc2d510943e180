"""`perfdoc inspect`: every text of the file is shown, with its place and what it was taken for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_support import folder, run, word
from reading_forms import workbook

from perfdoc.cli.verbs.inspect.drawn import lines
from perfdoc.layout import Cell, Grid, Layout, Paragraph, Row
from perfdoc.report import Place


def test_a_word_file(tmp_path: Path) -> None:
    file = word(tmp_path)
    ran = run("inspect", file)
    assert (ran.code, ran.err) == (0, "")
    text = ran.out
    assert text.startswith(f"{file}: docx, form tianjin, 2 projects, 4 indicators, 0 doubts\n")
    assert "table 1 (5 rows, 7 columns; project 1)" in text
    assert "1.法院办案业务费绩效目标表  (style" in text
    assert "    → project 1 heading\n" in text
    for said in (
        "│ → budget fiscal",
        "│ label",
        "2.促进法院档案信息化建设",
        "→ indicator 2 description",
    ):
        assert said in text
    assert "\x1b" not in text
    assert "repeats on each page" in text
    assert "  unclaimed           0 characters in      0 pieces" in text


def test_json_accounts_for_every_character(tmp_path: Path) -> None:
    ran = run("inspect", word(tmp_path), "--format", "json")
    assert ran.code == 0
    assert ran.found() == []
    seen = json.loads(ran.out)
    assert (seen["kind"], seen["form"]) == ("docx", "tianjin")
    assert (seen["recognised"], seen["projects"], seen["diagnostics"]) == (True, 2, [])
    grids = [block for block in seen["blocks"] if block["kind"] == "grid"]
    assert len(grids) == 4
    first = {cell["text"]: cell for cell in grids[0]["cells"]}
    assert first["绩效目标"]["claims"][0]["role"] == "label"
    assert first["55.00"]["claims"][0]["path"][:3] == ["projects", 0, "budget"]
    pieces = [claim for block in seen["blocks"] for claim in block.get("claims", [])]
    pieces += [claim for grid in grids for cell in grid["cells"] for claim in cell["claims"]]
    assert len(pieces) == sum(entry["pieces"] for entry in seen["counts"].values())
    assert sum(len("".join(p["text"].split())) for p in pieces) == sum(
        entry["characters"] for entry in seen["counts"].values()
    )
    assert seen["counts"]["unclaimed"] == {"pieces": 0, "characters": 0}


def test_json_names_the_file_that_can_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "x.docx").write_bytes(b"PK\x03\x04")
    for file in (tmp_path / "x.docx", tmp_path / "no.docx", tmp_path):
        ran = run("inspect", file, "--format", "json")
        assert ran.code in (2, 3)
        assert ran.out == ""
        assert [one["file"] for one in ran.found()] == [str(file)]


def test_what_is_not_recognised_is_shown_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("会议纪要\n第二行\n", encoding="utf-8")
    ran = run("inspect", tmp_path / "x.txt")
    assert ran.code == 3
    assert "no form recognised" in ran.out
    assert "会议纪要" in ran.out
    assert ran.err.count("\n") == 1
    assert "x.txt: no performance-goal form" in ran.err
    ran = run("inspect", tmp_path / "x.txt", "--format", "json")
    assert ran.code == 3
    assert json.loads(ran.out)["recognised"] is False
    assert ran.found()[-1]["code"] == "not-recognised"


def test_standard_input_and_folders(tmp_path: Path) -> None:
    data = word(tmp_path).read_bytes()
    assert run("inspect", "-", stdin=data).out.startswith("<stdin>: docx, form tianjin")
    assert run("inspect", folder(tmp_path / "a")).code == 2


def test_the_account_as_a_page(tmp_path: Path) -> None:
    file = word(tmp_path)
    ran = run("inspect", file, "--report", tmp_path / "a.html")
    assert (ran.code, ran.out) == (0, "")
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "法院办案业务费" in page
    ran = run("inspect", file, "--report", "-")
    assert json.loads(ran.out)["files"][0]["form"] == "tianjin"
    assert run("inspect", file, "--report", "a.xml").code == 2


def test_hidden_texts_rows_and_stray_merges_are_shown() -> None:
    place = Place("x.xlsx", sheet="表一")
    rows = (
        Row((Cell("甲", 1, 1, rowspan=2), Cell("乙\t丙", 1, 2)), header=True),
        Row((Cell("藏", 2, 1, continues=True), Cell("丁", 2, 2)), hidden=True),
        Row((Cell("", 3, 1, continues=True), Cell("戊", 3, 2))),
    )
    blocks = (
        Paragraph("", Place("x.xlsx", paragraph=1)),
        Paragraph("脚注\x1b[31m", Place("x.xlsx", paragraph=2), story="footnote"),
        Grid(rows, 2, place, merges=False),
    )
    shown = "\n".join(lines(Layout("x.xlsx", "xlsx", blocks), {}, lambda text, style: text))
    assert "paragraph 1" not in shown
    assert "paragraph 2: 脚注\\x1b[31m  (footnote)" in shown
    assert "sheet 表一 (3 rows, 2 columns; plain text can't tell merged cells from empty ones)" in shown
    for said in (
        "hidden, row 2: 藏",
        "↑ goes on from above",
        "乙⇥丙",
        "row 1: repeats on each page",
        "row 2: is hidden",
    ):
        assert said in shown


def test_a_table_without_end_is_drawn_as_far_as_it_can_be_looked_at() -> None:
    rows = tuple(Row((Cell(str(number), number, 1),)) for number in range(1, 3001))
    wide = Grid(rows, 1000, Place("f", sheet="s"))
    drawn = list(lines(Layout("f", "xlsx", (wide,)), {}, lambda text, style: text))
    assert drawn[0].endswith("(3,000 rows, 1,000 columns)")
    assert drawn[-1] == "  2800 more rows not drawn; --format json has all"
    assert len(drawn) == 2 + 2 * 200 + 1


@pytest.mark.parametrize(
    ("locale", "said"),
    [("C", "a cell's text that nothing was made of"), ("zh_CN.UTF-8", "单元格中的文字未归入任何字段")],
)
def test_what_the_codes_of_the_diagnostics_mean_stands_below(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, locale: str, said: str
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    rows = [
        ["项目名称", "<", "低保"],
        ["请认真填写", "<", "<"],
        ["绩效目标", "<", "保障。"],
        ["三级指标", "指标值", "备注"],
    ]
    (tmp_path / "x.xlsx").write_bytes(workbook([*rows, ["人数", "5", ""]]))
    ran = run("inspect", tmp_path / "x.xlsx")
    meaning = ran.out[ran.out.index("  PD040  ") :]
    assert said in meaning
    assert meaning.count("\n") == 2
