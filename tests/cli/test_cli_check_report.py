"""`perfdoc check --format html|xlsx`: the findings of many documents as a page and as a workbook to send on."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import openpyxl
import pytest
from checkout import ROOT
from cli_support import PROJECT, folder, run, word

from perfdoc.rendering.workbook import book
from perfdoc.summary import workbook

SPECS = ROOT / "specs/hexi-court-2023"
EVIL = PROJECT.replace("法院办案业务费", "'=HYPERLINK(\"x\")<script>x</script>'").replace("≥95%", "≥９5%")


def cells(data: bytes) -> dict[str, list[list[Any]]]:
    made = openpyxl.load_workbook(io.BytesIO(data))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in made.worksheets}


def test_a_page_of_units_projects_and_rules(tmp_path: Path) -> None:
    file, out = word(tmp_path), tmp_path / "to send" / "findings.html"
    ran = run("check", SPECS, file, tmp_path / "none.docx", "--format", "html", "-o", out, "--lang", "zh")
    page = out.read_text(encoding="utf-8")
    every = json.loads(run("check", SPECS, file, "--format", "json").out)
    assert (ran.code, ran.out) == (3, "")
    assert f"{out}: 已写入" in ran.err
    assert f"共{len(every)}个问题" in ran.err
    assert page.count('<td><a href="#PD') == len(every)
    assert {unescape(one) for one in re.findall(r'<tr id="(PD\d+)"', page)} == {one["code"] for one in every}
    assert "财预〔2021〕101号" in page
    assert f"<li>{tmp_path / 'none.docx'}</li>" in page
    assert re.search(r'<td><a href="#u1">天津市河西区人民法院</a></td><td class="number">\d+</td>', page)
    links = [unquote(one) for one in re.findall(r'href="(\.\./[^"#]+)', page)]
    assert {(out.parent / one).resolve().name for one in links} >= {"received.docx"}
    assert all((out.parent / one).resolve().exists() for one in links)
    again = run("check", SPECS, file, tmp_path / "none.docx", "--format", "html", "-o", out, "--lang", "zh")
    assert f"{out}: 未变" in again.err


def test_a_workbook_has_sheets_of_findings_units_and_rules(tmp_path: Path) -> None:
    out = tmp_path / "f.xlsx"
    file = word(tmp_path)
    assert run("check", SPECS, file, "--format", "xlsx", "-o", out, "--lang", "zh").code == 1
    every = json.loads(run("check", SPECS, file, "--format", "json", "--lang", "zh").out)
    sheets = cells(out.read_bytes())
    assert list(sheets) == ["问题清单", "各单位的问题", "检查发现的问题"]
    found, units, rules = sheets.values()
    assert sorted((row[4], row[5]) for row in found[1:]) == sorted((one["code"], one["message"]) for one in every)
    assert units[-1][-1] == sum(row[-1] for row in units[1:-1]) == len(every)
    assert {row[0]: row[5] for row in rules[1:]} == Counter(one["code"] for one in every)
    sheet = openpyxl.load_workbook(out).worksheets[0]
    assert (sheet.auto_filter.ref, sheet.freeze_panes) == (f"A1:I{len(found)}", "A2")
    ways = [cell.hyperlink.target for cell in sheet["I"][1:]]
    assert all((tmp_path / unquote(way).partition("#")[0]).exists() for way in ways)
    assert run("check", SPECS, file, "--format", "xlsx", "-o", tmp_path / "2.xlsx", "--lang", "zh", "-j", "2").code == 1
    assert (tmp_path / "2.xlsx").read_bytes() == out.read_bytes()


def test_texts_of_foreign_files_are_texts(tmp_path: Path) -> None:
    spec = tmp_path / "a.yaml"
    spec.write_text(EVIL, encoding="utf-8")
    page = run("check", spec, "--format", "html", "--lang", "en").out
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    sheet = openpyxl.load_workbook(io.BytesIO(run("check", spec, "--format", "xlsx").raw)).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows(min_row=2, min_col=2) for cell in row if cell.value} == {"s"}


def test_what_is_not_found_and_not_shown(tmp_path: Path) -> None:
    clean = run("check", folder(tmp_path / "specs"), "--format", "html", "--lang", "en", "--select", "PD4").out
    assert "There is no finding." in clean
    only = run("check", SPECS, "--format", "html", "--show", "error").out
    assert only.count('<td><a href="#PD') == 1
    empty = cells(run("check", tmp_path / "specs", "--format", "xlsx", "--lang", "en", "--select", "PD4").raw)
    assert [len(rows) for rows in empty.values()] == [1, 3]


def test_what_goes_to_a_file_and_what_does_not(tmp_path: Path) -> None:
    out = tmp_path / "f.json"
    assert run("check", SPECS, "--format", "json", "-o", out).code == 1
    assert out.read_text(encoding="utf-8") == run("check", SPECS, "--format", "json").out
    assert run("check", SPECS, "-o", out).code == 2
    assert run("check", SPECS, "--diff", "--format", "html").code == 2
    kept = run("check", SPECS, "--format", "sarif", "-o", out)
    assert (kept.code, "differ" in kept.err) == (1, True)
    assert run("check", SPECS, "--format", "html", "-o", tmp_path / "n.html", "-n").code == 1
    assert not (tmp_path / "n.html").exists()


def test_a_summary_links_to_the_findings(tmp_path: Path) -> None:
    report, page = tmp_path / "out" / "f.html", tmp_path / "s.html"
    assert run("check", SPECS, "--format", "html", "-o", report).code == 1
    assert run("summary", SPECS, "--format", "html", "-o", page, "--findings", report).code == 0
    ways = re.findall(r'href="([^"]+)"', page.read_text(encoding="utf-8"))
    assert ways
    for way in ways:
        file, _, code = way.partition("#")
        assert (file, f'<tr id="{code}"' in report.read_text(encoding="utf-8")) == ("out/f.html", True)
    assert run("summary", SPECS, "--findings", report).code == 2
    assert run("summary", SPECS, "--format", "html", "--findings", tmp_path / "none.html").code == 2


def test_a_sheet_holds_no_more_than_excel_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book, "_MOST_LINKS", 1)
    sheet = openpyxl.load_workbook(io.BytesIO(run("check", SPECS, "--format", "xlsx").raw)).worksheets[0]
    assert [bool(cell.hyperlink) for cell in sheet["I"]][:3] == [False, True, False]
    monkeypatch.setattr(workbook, "_MOST_ROWS", 5)
    ran = run("check", SPECS, "--format", "xlsx")
    assert (ran.code, ran.raw, "more than a worksheet has" in ran.err) == (2, b"", True)
