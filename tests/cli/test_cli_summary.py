"""`perfdoc summary`: money by source in one unit, indicators by group, findings, and what is in no sum."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
from cli_support import LISTING, PROJECT, folder, run, word
from hypothesis import given
from hypothesis import strategies as st
from work import growth

from perfdoc.model import Agency, Budget, Document, Indicator, Project
from perfdoc.report import Reading
from perfdoc.summary import Summary, rows, tables
from perfdoc.summary.tables import text
from perfdoc.summary.workbook import workbook

OTHER = """\
name: 设备购置费
agency:
  name: 第二法院
money_unit: 元
budget:
  total: 120000.50
  fiscal: 约12万
  other: 0.3亿元
indicators:
- level1: 投入指标
  level2: 时间
  target: ≥1
- level1: 产出指标（50分）
  level2: 数量指标
  target: ≥1
score: 97.5
"""


def summed(*projects: Project) -> Summary:
    return Summary(rows("x.yaml", Reading(Document(projects=projects)), ()))


def project(total: str | None, unit: str | None = "万元", agency: str = "甲") -> Project:
    return Project(name="培训", agency=Agency(name=agency), money_unit=unit, budget=Budget(total=total))


def test_amounts_of_all_units_are_added_exactly() -> None:
    whole = summed(
        project("0.1"), project("0.2"), project("1,000", "元"), project("1", "亿元"), project("3千元", "万元")
    )
    assert whole.whole.money == {"budget.total": Decimal("10000.7")}
    assert whole.not_added == []


def test_what_can_t_be_added_is_named() -> None:
    whole = summed(
        project("12"), project("约12"), project("12", None), project("12", "美元"), project("/"), project("")
    )
    assert whole.whole.money == {"budget.total": Decimal(12)}
    assert [(one.text, one.why) for one in whole.not_added] == [
        ("约12 万元", "number"), ("12", "unit"), ("12 美元", "money"),
    ]  # fmt: skip


@given(st.lists(st.decimals(Decimal("-1e9"), Decimal("1e9"), places=2), max_size=8))
def test_sums_are_those_of_the_numbers(amounts: list[Decimal]) -> None:
    whole = summed(*(project(f"{one}", agency="甲" if at % 2 else "乙") for at, one in enumerate(amounts)))
    assert whole.whole.money.get("budget.total", Decimal(0)) == sum(amounts)
    assert sum(one.money.get("budget.total", Decimal(0)) for one in whole.agencies.values()) == sum(amounts)


def test_a_row_a_project_and_totals_by_agency(tmp_path: Path) -> None:
    specs = folder(tmp_path / "specs")
    other = tmp_path / "other.yaml"
    other.write_text(OTHER, encoding="utf-8")
    ran = run("summary", specs, word(tmp_path), other, "--lang", "en")
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0] == "projects"
    assert "budget (万元)" in lines[1]
    assert len([line for line in lines if "法院办案业务费" in line]) == 2
    assert next(line.split()[-3] for line in lines if "第二法院 (projects: 1)" in line) == "3,000.00"
    (whole,) = [line for line in lines if "in all (projects: 5)" in line]
    assert "188.00005" in whole
    assert "投入指标" in ran.out
    assert "in neither scheme" in ran.out
    assert f"{other}:7:11" in ran.out
    assert "not a number" in ran.out
    assert run("summary", other, "--lang", "zh").out.startswith("项目\n")


def test_json(tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(OTHER, encoding="utf-8")
    ran = run("summary", other, "--format", "json")
    assert ran.found() == []
    whole = json.loads(ran.out)
    assert list(whole) == ["version", "unit", "projects", "agencies", "total", "groups", "not_added"]
    (one,) = whole["projects"]
    assert {path: Decimal(text) for path, text in one["money"].items()} == {
        "budget.total": Decimal("12.00005"),
        "budget.other": Decimal(3000),
    }
    assert (one["score"], one["indicators"], one["year"]) == ("97.5", 2, None)
    assert whole["groups"][1] == {"level1": "产出指标", "level2": "数量指标", "count": 1, "known": True}
    assert whole["not_added"][0]["why"] == "number"
    assert whole["agencies"][0]["agency"] == "第二法院"
    assert json.loads(run("summary", "-", "--format", "json", stdin=PROJECT).out)["total"]["projects"] == 1


def test_a_workbook_has_numbers_as_numbers(tmp_path: Path) -> None:
    out = tmp_path / "s.xlsx"
    ran = run("summary", folder(tmp_path / "specs"), "--format", "xlsx", "-o", out, "--lang", "zh")
    assert (ran.code, ran.err) == (0, f"{out}: 已写入\n")
    book = openpyxl.load_workbook(out)
    first = book.worksheets[0]
    assert [book.sheetnames[0], first.freeze_panes] == ["项目", "A2"]
    head = [cell.value for cell in first[1]]
    at = head.index("预算数（万元）")
    assert [first.cell(row, at + 1).value for row in (2, 3, 4)] == [55, 33, 88]
    assert first.cell(4, head.index("项目名称") + 1).value == "合计（2个项目）"
    again = run("summary", tmp_path / "specs", "--format", "xlsx", "--lang", "zh")
    assert again.raw == out.read_bytes()


def test_texts_that_a_workbook_would_take_for_something_else() -> None:
    names = ("=1+1", "_x000D_", "a\x01b", "<&>", "长" * 40000)
    projects = tuple(Project(name=name, indicators=(Indicator(level1="x"),)) for name in names)
    data = workbook(tables(summed(*projects)))
    assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    values = [sheet.cell(row, 2).value for row in range(2, 7)]
    assert [values[0], values[2], values[3]] == ["=1+1", "a\ufffdb", "<&>"]
    assert sheet.cell(2, 2).data_type == "s"
    assert isinstance(values[4], str)
    assert len(values[4]) == 32_767


def test_a_page(tmp_path: Path) -> None:
    spec = tmp_path / "a.yaml"
    spec.write_text(PROJECT.replace("法院办案业务费", "<script>x</script>"), encoding="utf-8")
    page = run("summary", spec, "--format", "html").out
    assert page.startswith("<!DOCTYPE html>")
    assert "<script" not in page
    assert '<td class="number">55.00</td>' in page
    assert page.count("<table>") == page.count("</table>") == page.count("<section ")


def test_files_that_can_t_be_read_stop_nothing(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("nmae: x\n", encoding="utf-8")
    ran = run("summary", bad, folder(tmp_path / "specs"), tmp_path / "none.docx", "--lang", "en")
    assert (ran.code, "PD012" in ran.err, "in all (projects: 2)" in ran.out) == (3, True, True)
    out = tmp_path / "s.txt"
    out.write_text("mine", encoding="utf-8")
    assert run("summary", tmp_path / "specs", "-o", out).code == 1
    assert run("summary", tmp_path / "specs", "-o", out, "--force").code == 0


def test_one_project_of_a_document_is_that_project_alone(tmp_path: Path) -> None:
    specs = folder(tmp_path / "specs")
    assert "02-" in LISTING
    (file,) = specs.glob("02-*.yaml")
    ran = run("summary", file, "--lang", "en")
    assert "in all (projects: 1)" in ran.out


def test_many_projects_take_linear_time() -> None:
    def shown(count: int) -> Callable[[], str]:
        whole = [project(f"{at}.25", agency=f"甲{at % 50}") for at in range(count)]
        return lambda: "".join(text(tables(summed(*whole))))

    assert growth(shown, 100) < 6
