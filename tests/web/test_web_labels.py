"""What a label means, said once on the page for all files of its layout, and taken back."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from bureau_files import UNKNOWN, drawn
from web_client import Browser, opened
from wordxml import docx, p, tbl, tr

import perfdoc
from perfdoc.model import Project
from perfdoc.web.pages.labels import labels
from perfdoc.web.work.results import Looked, State

LABEL, PATH = UNKNOWN[7]


@pytest.fixture
def browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    """Two files of a layout with an unknown label, read in, and one of another layout."""
    monkeypatch.chdir(tmp_path)
    for name, layout, number in (("a", 7, 0), ("b", 7, 1), ("other", 1, 0)):
        (tmp_path / "inbox").mkdir(exist_ok=True)
        (tmp_path / "inbox" / f"{name}.docx").write_bytes(drawn(layout, number))
    with opened(tmp_path) as one:
        one.house.read([*one.house.shelf.items().values()])
        told(one)
        one.settled()
        yield one


def told(browser: Browser, way: str = "a") -> str:
    """What is said of the files that are read, once they are."""
    for _ in range(300):
        if browser.house.reading.done == browser.house.reading.total:
            text = browser.get(f"/lesson/{way}").text if browser.house.lessons else ""
            return " ".join(re.sub(r"<[^>]*>", " ", text).split())
        time.sleep(0.05)
    raise AssertionError(browser.house.reading)


def project(way: str) -> Project:
    return perfdoc.load(Path(way)).document.projects[0]


def test_a_label_said_once_is_read_so_in_all_files_of_its_layout(browser: Browser) -> None:
    goals = project("b").extra[LABEL]
    other = Path("other").stat()
    page = browser.get("/labels/a").text
    assert "all 2 files of this layout" in page
    assert browser.post("/labels/a", {"label": LABEL, "path": PATH}).status_code == 303
    assert "2 files read again; the specs of 2 changed." in told(browser)
    assert (project("b").goals, project("b").extra) == (goals, {})
    assert Path("other").stat() == other
    assert "PD102" not in browser.get("/document/a").text  # its form prints no unit but the department
    assert [one.name for one in Path("templates").iterdir()] == ["某县项目绩效目标表"]
    browser.settled()
    assert "selected>绩效目标" in browser.get(f"/labels/a?label={LABEL}").text

    undo = re.search(r'name="path" value="([^"]*)"', browser.get("/lesson/a").text)
    assert undo is not None
    browser.post("/labels/a", {"label": LABEL, "path": undo[1]})
    assert "2 files read again; the specs of 2 changed." in told(browser)
    assert (project("b").goals, project("b").extra) == (None, {LABEL: goals})


def test_what_was_edited_in_the_specs_is_kept_when_they_are_read_again(browser: Browser) -> None:
    file = next(Path("a").glob("0*.yaml"))
    file.write_text("# ask them\n" + file.read_text(encoding="utf-8").replace("10.5", "11.5"), encoding="utf-8")
    browser.house.shelf.forget()
    browser.post("/labels/b", {"label": LABEL, "path": PATH})
    assert "the specs of 2 changed" in told(browser, "b")
    assert (project("a").budget.total, project("a").goals) == ("11.5", project("a").goals)
    assert project("a").goals
    assert file.read_text(encoding="utf-8").startswith("# ask them\n")


def test_what_conflicts_with_an_edit_is_left_alone_and_told(browser: Browser) -> None:
    file = next(Path("a").glob("0*.yaml"))
    edited = file.read_text(encoding="utf-8").replace("保障群众需要", "保障全部需要")
    file.write_text(edited, encoding="utf-8")
    browser.house.shelf.forget()
    browser.post("/labels/b", {"label": LABEL, "path": PATH})
    said = told(browser, "b")
    assert ("the specs of 1 changed" in said, "a: left alone" in said) == (True, True)
    assert file.read_text(encoding="utf-8") == edited


def test_what_can_not_be_said_changes_nothing_and_says_why(browser: Browser) -> None:
    for label, path in ((LABEL, "no.such"), ("没有的标签", "project.goals"), (LABEL, "")):
        assert browser.post("/labels/a", {"label": label, "path": path}).status_code == 422
    assert not Path("templates").exists() or not any(Path("templates").iterdir())


def test_the_old_file_is_given_with_the_values_of_the_specs(browser: Browser) -> None:
    same = browser.get("/download/old/a")
    assert same.content == Path("inbox/a.docx").read_bytes()
    file = next(Path("a").glob("0*.yaml"))
    file.write_text(file.read_text(encoding="utf-8").replace("10.5", "11.5"), encoding="utf-8")
    browser.house.shelf.forget()
    changed = browser.get("/download/old/a")
    assert perfdoc.extract(perfdoc.read(changed.content, "a.docx")).document.projects[0].budget.total == "11.5"
    assert "a.docx" in changed.headers["content-disposition"]
    assert "1 change in the old file" in browser.get("/printed/a?old=1").text
    assert browser.get("/print/a?old=1").status_code == 200
    assert browser.get("/download/old/inbox/none").status_code == 404


def test_a_label_means_the_value_beside_it_or_below_it() -> None:
    """Heads over amounts and over texts; one with the unit in it; one of amounts and of indicators."""
    table = tbl(
        tr("项目名称", "清淤", "实施单位", "水务局"),
        tr("资金来源", "其他（万元）", "合计（万元）", "执行数（万元）"),
        tr("", "", "309", "300"),
        tr("年度目标", "预期目标", "实际完成情况", "分值"),
        tr("", "清淤3公里。", "已完成。", ""),
        tr("一级指标", "三级指标", "指标值", "分值"),
        tr("产出指标", "河道", "≥3公里", "20"),
        columns=4,
    )
    claims = perfdoc.extract(perfdoc.read(docx(p("项目支出绩效自评表") + table), "x.docx")).claims
    read = {one.text: one.path for one in labels(Looked(State.clean, claims=claims)) if one.path}
    assert read == {
        "项目名称": "project.name",
        "实施单位": "project.agency.name",
        "合计（万元）": "project.budget.total",
        "执行数（万元）": "project.execution.executed.total",
        "预期目标": "project.goals",
        "实际完成情况": "project.results",
        "一级指标": "indicator.level1",
        "三级指标": "indicator.level3",
        "指标值": "indicator.target",
        "分值": "indicator.weight",
    }
