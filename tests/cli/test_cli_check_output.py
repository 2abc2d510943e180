"""What `perfdoc check` prints: the heaviest first, as much of it as is asked for, counts in place of findings."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from checkout import ROOT
from cli_support import PROJECT, folder, run, word

SPECS = ROOT / "specs/hexi-court-2023"
ORDER = ["error", "warning", "info"]


def levels(out: str) -> list[str]:
    return re.findall(r"^\S.*?: (error|warning|info) PD\d{3}: ", out, flags=re.M)


def test_the_heaviest_first_then_as_a_reader_meets_them() -> None:
    out = run("check", SPECS).out
    found = levels(out)
    assert found == sorted(found, key=ORDER.index)
    assert set(found) == set(ORDER)
    for level in ORDER:
        files = re.findall(rf"^(\S+?\.yaml):(\d+):\d+: {level} ", out, flags=re.M)
        assert [(name, int(line)) for name, line in files] == sorted((name, int(line)) for name, line in files)
    written = json.loads(run("check", SPECS, "--format", "json").out)
    assert [one["severity"] for one in written] == found
    notes = re.findall(r"^::(error|warning|notice) ", run("check", SPECS, "--format", "github").out, flags=re.M)
    assert [note.replace("notice", "info") for note in notes] == found


def test_each_document_by_itself(tmp_path: Path) -> None:
    """What belongs to one document stays together: documents are not held back for one another."""
    for name in "ab":
        shutil.copytree(SPECS, tmp_path / name)
    out = run("check", tmp_path / "a", tmp_path / "b").out
    one = levels(run("check", SPECS).out)
    assert levels(out) == [*one, *one]
    assert out.index(str(tmp_path / "b")) > out.rindex(str(tmp_path / "a"))


@pytest.mark.parametrize("least", ORDER)
def test_what_is_shown_is_not_what_fails(least: str) -> None:
    every = levels(run("check", SPECS).out)
    ran = run("check", SPECS, "--show", least, "--lang", "en")
    assert levels(ran.out) == [one for one in every if ORDER.index(one) <= ORDER.index(least)]
    hidden = len(every) - len(levels(ran.out))
    assert f"{len(every)} findings: " in ran.err
    assert (f"; {hidden} not shown (--show {least})" in ran.err) == bool(hidden)
    assert ran.code == 1
    assert run("check", SPECS, "--show", least, "--ignore", "PD4").code == 0
    assert run("check", SPECS, "--show", least, "--ignore", "PD4", "--severity", "info").code == 1
    written = json.loads(run("check", SPECS, "--format", "json", "--show", least).out)
    assert len(written) == len(every) - hidden
    assert "未显示（--show error）" in run("check", SPECS, "--show", "error", "--lang", "zh").err


def test_quiet_is_findings_and_failures_only(tmp_path: Path) -> None:
    loud, quiet = run("check", SPECS), run("check", SPECS, "-q")
    assert (quiet.out, quiet.code, quiet.err) == (loud.out, loud.code, "")
    ran = run("check", SPECS, tmp_path / "none.docx", "-q")
    assert (ran.code, "none.docx" in ran.err, " findings: " in ran.err) == (3, True, False)
    remarks = run("check", word(tmp_path), "--annotate", tmp_path / "remarks.docx", "-q")
    assert (remarks.err, (tmp_path / "remarks.docx").is_file()) == ("", True)


def test_exit_zero_is_for_findings_and_not_for_failures(tmp_path: Path) -> None:
    assert run("check", SPECS, "--exit-zero").out == run("check", SPECS).out
    assert run("check", SPECS, "--exit-zero", "--severity", "info").code == 0
    assert run("check", SPECS, "--exit-zero", "--diff").code == 0
    assert run("check", SPECS, tmp_path / "none.docx", "--exit-zero").code == 3
    assert run("check", folder(tmp_path / "a", {"document.yaml": "form: ["}), "--exit-zero").code == 3


def test_statistics_count_what_each_rule_finds(tmp_path: Path) -> None:
    found = json.loads(run("check", SPECS, "--format", "json", "--lang", "en").out)
    ran = run("check", SPECS, "--statistics", "--lang", "en")
    rows = [re.fullmatch(r" *(\d+)  (\w+) +(PD\d{3})  (\S.*)", line) for line in ran.out.splitlines()]
    assert all(rows)
    said = [(row[3], row[2], int(row[1])) for row in rows if row]
    assert {(code, level): n for code, level, n in said} == {
        (one["code"], one["severity"]): sum(
            other["code"] == one["code"] and other["severity"] == one["severity"] for other in found
        )
        for one in found
    }
    assert said == sorted(said, key=lambda row: (ORDER.index(row[1]), -row[2], row[0]))
    assert (ran.code, f"{len(found)} findings: " in ran.err) == (1, True)
    assert "a cost over the budget" in ran.out
    assert "成本指标超过预算" in run("check", SPECS, "--statistics", "--lang", "zh").out
    written = run("check", SPECS, "--statistics", "--format", "json", "--lang", "en")
    assert [(one["code"], one["severity"], one["count"]) for one in json.loads(written.out)] == said
    assert all(one["title"] for one in json.loads(written.out))
    only = json.loads(run("check", SPECS, "--statistics", "--format", "json", "--show", "error").out)
    assert {one["severity"] for one in only} == {"error"}
    broken = folder(tmp_path / "broken", {"01-法院办案业务费.yaml": PROJECT.replace("money_unit", "monye_unit")})
    assert "PD012" in run("check", broken, "--statistics").out
    assert run("check", SPECS, "--statistics", "--format", "sarif").code == 2
    assert run("check", SPECS, "--statistics", "--select", "PD9").out == ""


def test_a_document_is_looked_at_once_however_it_is_named(tmp_path: Path) -> None:
    """pre-commit hands over document.yaml and the project files that it lists."""
    shutil.copytree(SPECS, tmp_path / "a")
    once = run("check", tmp_path / "a").out
    listing, *files = (tmp_path / "a/document.yaml", *sorted((tmp_path / "a").glob("0*.yaml")))
    for given in ((listing, *files), (*files, listing), (tmp_path / "a", listing, *files), (tmp_path, tmp_path / "a")):
        assert run("check", *given).out == once
    total = json.loads(run("summary", tmp_path / "a", "--format", "json").out)
    assert json.loads(run("summary", tmp_path / "a", listing, *files, "--format", "json").out) == total
