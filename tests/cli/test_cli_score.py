"""`perfdoc score` as a command: lines, findings, writing with comments kept, JSON, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_support import PROJECT, run, word

GOOD = """\
# 自评 2023
name: 培训费
year: "2023"
money_unit: 万元
budget:
  total: 55.00
execution:
  executed:
    total: 54.20  # per ledger
indicators:
- level1: 产出指标
  level3: 培训人次
  target: ≥2,000人次
  weight: 60
  actual: 1,867人次
  reason: 两期推迟
- level1: 满意度指标
  level3: 学员满意度
  target: ≥90%
  weight: 30  # of 90
  actual: 95%
"""
SCORED = """\
# 自评 2023
name: 培训费
year: "2023"
money_unit: 万元
budget:
  total: 55.00
execution:
  executed:
    total: 54.20  # per ledger
  rate:
    total: 98.55%
  score:
    total: 9.85
indicators:
- level1: 产出指标
  level3: 培训人次
  target: ≥2,000人次
  weight: 60
  actual: 1,867人次
  score: 56.01
  reason: 两期推迟
- level1: 满意度指标
  level3: 学员满意度
  target: ≥90%
  weight: 30  # of 90
  actual: 95%
  score: 30.00
score: 95.86
"""


@pytest.fixture
def good(tmp_path: Path) -> Path:
    file = tmp_path / "01-培训费.yaml"
    file.write_text(GOOD, encoding="utf-8")
    return file


def test_every_line_is_shown_with_the_way_to_it(good: Path) -> None:
    ran = run("score", good, "--lang", "en")
    assert (ran.code, ran.err) == (0, "")
    assert "54.20 / 55.00 × 10 = 9.85" in ran.out
    assert "1,867人次 / 2,000人次 × 60 = 56.01" in ran.out
    assert "95% meets ≥90%: full points, 30.00" in ran.out
    assert ran.out.splitlines()[-1].split() == ["total", "95.86", "/", "100", "优"]
    assert "总分" in run("score", good, "--lang", "zh").out
    assert good.read_text(encoding="utf-8") == GOOD


def test_scores_are_written_only_on_request_and_comments_stay(good: Path) -> None:
    shown = run("score", good, "--write", "-n", "--lang", "en")
    assert "+  score: 56.01" in shown.out
    assert good.read_text(encoding="utf-8") == GOOD
    assert run("score", good, "--write").code == 0
    assert good.read_text(encoding="utf-8") == SCORED
    again = run("score", good, "--write", "--force")
    assert (again.code, "replaced" in again.err) == (0, False)
    assert run("fmt", "--check", good).code == 0


def test_standard_input(good: Path) -> None:
    assert run("score", "-", "--write", stdin=GOOD).out == SCORED
    assert run("score", "-", "--lang", "en", stdin=GOOD).out.startswith("<stdin>: 培训费\n")


def test_a_score_that_is_there_is_replaced_only_by_force(good: Path) -> None:
    good.write_text(SCORED.replace("30.00", "29  # by hand"), encoding="utf-8")
    ran = run("score", good, "--write", "--lang", "en")
    assert ran.code == 1
    assert f"{good}:27:10: error PD701: the score of “学员满意度” is 29, the rules give 30.00" in ran.out
    assert "score: 29  # by hand" in good.read_text(encoding="utf-8")
    run("score", good, "--write", "--force")
    assert "score: 30.00  # by hand" in good.read_text(encoding="utf-8")


def test_what_can_t_be_told_is_refused_with_its_place(good: Path) -> None:
    good.write_text(GOOD.replace("  actual: 95%\n", "").replace("≥2,000人次", "≥95%，且无投诉"), encoding="utf-8")
    ran = run("score", good, "--lang", "en")
    assert ran.code == 1
    assert (
        f"{good}:13:11: error PD704: “培训人次” can't be scored: the target “≥95%，且无投诉” holds several" in ran.out
    )
    assert "“学员满意度” can't be scored: there is no actual value" in ran.out
    assert "between 9.85 and 99.85" in ran.out


def test_goals_alone_are_no_self_evaluation(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(PROJECT, encoding="utf-8")
    assert "PD709" in run("score", file).out
    received = run("score", word(tmp_path), "--lang", "zh")
    assert (received.code, received.out.count("PD709")) == (1, 2)
    assert run("score", tmp_path / "received.docx", "--write").code == 2


def test_json_is_one_object(good: Path) -> None:
    ran = run("score", good, "--format", "json", "--lang", "en")
    assert ran.found() == []
    whole = json.loads(ran.out)
    assert whole["version"] == 1
    (file,) = whole["files"]
    (project,) = file["projects"]
    assert (file["file"], file["findings"]) == (str(good), [])
    assert (project["total"], project["lowest"], project["grade"], project["rate"]) == (
        "95.86",
        "95.86",
        "优",
        "98.55%",
    )
    assert [one["points"] for one in project["lines"]] == ["9.85", "56.01", "30.00"]
    assert set(project["lines"][0]) == {
        "name", "path", "target", "actual", "weight", "points", "low", "high", "given", "counted", "high_excluded",
        "rule", "refused", "reasoning",
    }  # fmt: skip


def test_usage(good: Path, tmp_path: Path) -> None:
    assert run("score", good, "--force").code == 2
    assert run("score", tmp_path / "none.yaml").code == 3
    bad = tmp_path / "bad.yaml"
    bad.write_text("nmae: x\n", encoding="utf-8")
    ran = run("score", bad, good)
    assert (ran.code, "PD012" in ran.err, "95.86" in ran.out) == (3, True, True)
    assert "PD704" in run("explain", "PD7").out
