"""A project edited: nothing is lost, whatever else changes the file meanwhile."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest
from cli_support import PROJECT, folder
from web_client import Browser, opened

import perfdoc
from perfdoc import specs
from perfdoc.web.fields import reshaped, rows_of, sheet, typed

NAME = "01-法院办案业务费.yaml"
COMMENTED = "# for the reviewer\n" + PROJECT.replace("target: ≥90%", "target: ≥90%  # by the end of May")
TARGET = "r1.target"
KILLED = """
import os, signal, sys
from pathlib import Path
from perfdoc.storage import writing
from web_client import opened

root, way, moment = sys.argv[1:]
with opened(Path(root)) as one:
    fields = one.fields(one.get(f"/document/{way}").text)
    staged, replace = writing.staged_file, Path.replace

    def killed(*given):
        if moment in ("written", "after"):
            (staged if moment == "written" else replace)(*given)
        os.kill(os.getpid(), signal.SIGKILL)

    if moment == "written":
        writing.staged_file = killed
    else:
        Path.replace = killed
    one.post(f"/save/{way}", {**fields, "p.purpose": "saved"})
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One browser for all, so that the processes behind it are started once."""
    with opened(tmp_path_factory.mktemp("web")) as one:
        yield one


@pytest.fixture
def place(browser: Browser, request: pytest.FixtureRequest) -> Path:
    """A document of the test's own."""
    browser.house.shelf.forget()
    return folder(browser.house.root / sha256(request.node.name.encode()).hexdigest()[:8], {NAME: COMMENTED})


def filled(browser: Browser, place: Path) -> dict[str, str | list[str]]:
    return browser.fields(browser.get(f"/document/{place.name}").text)


def test_saved_without_a_change_not_a_byte_changes(browser: Browser, place: Path) -> None:
    before = (place / NAME).read_bytes()
    assert browser.post(f"/save/{place.name}", filled(browser, place)).status_code == 303
    assert (place / NAME).read_bytes() == before


def test_a_value_is_saved_and_comments_stay(browser: Browser, place: Path) -> None:
    answer = browser.post(f"/save/{place.name}", filled(browser, place) | {TARGET: "≥95%", "p.goals": "1.甲\r\n2.乙"})
    assert answer.headers["location"] == f"/document/{place.name}?project=0&saved=saved"
    text = (place / NAME).read_text(encoding="utf-8")
    expected = COMMENTED.replace("≥90%", "≥95%")
    expected = re.sub(r"goals: \|-\n(  .*\n)+", "goals: |-\n  1.甲\n  2.乙\n", expected)
    assert text == expected
    assert f"Saved to {NAME}" in browser.get(answer.headers["location"]).text


def test_what_is_found_and_what_a_value_means_is_said_while_it_is_typed(browser: Browser, place: Path) -> None:
    answer = browser.post(
        f"/edit/{place.name}", filled(browser, place) | {"r0.target": "≤183万页", "p.budget.total": "56.00"}
    ).text
    assert "at most 1,830,000 页" in answer
    assert re.search(r'id="h-projects/0/indicators/0/target"[^>]*>.*?PD304|上限', answer, re.DOTALL)
    assert "not saved yet" in answer


def test_what_is_not_saved_is_there_after_a_reload_and_can_be_discarded(browser: Browser, place: Path) -> None:
    browser.post(f"/edit/{place.name}", filled(browser, place) | {"p.name": "新名称"})
    assert filled(browser, place)["p.name"] == "新名称"
    assert "新名称" not in (place / NAME).read_text(encoding="utf-8")
    browser.post(f"/save/{place.name}", filled(browser, place) | {"action": "discard"})
    assert filled(browser, place)["p.name"] == "法院办案业务费"


@pytest.mark.parametrize(
    ("action", "rows"),
    [
        ("add:r0", ["r0", "n1", "r1"]),
        ("up:r1", ["r1", "r0"]),
        ("down:r1", ["r0", "r1"]),
        ("remove:r0", ["r1"]),
        ("split:r0", ["r0", "n1", "r1"]),
        ("remove:x9", ["r0", "r1"]),
    ],
)
def test_rows_are_added_moved_removed_and_split(browser: Browser, place: Path, action: str, rows: list[str]) -> None:
    answer = browser.post(f"/edit/{place.name}", filled(browser, place) | {"action": action})
    assert browser.fields(answer.text)["row"] == rows


def test_rows_are_saved_in_their_order_with_their_comments(browser: Browser, place: Path) -> None:
    moved = browser.fields(browser.post(f"/edit/{place.name}", filled(browser, place) | {"action": "up:r1"}).text)
    more = browser.fields(browser.post(f"/edit/{place.name}", moved | {"action": "add:r0"}).text)
    assert more["n1.level2"] == "数量指标"
    browser.post(f"/save/{place.name}", more | {"n1.level3": "新增", "n1.target": "1个"})
    found = perfdoc.load(place).document.projects[0].indicators
    assert [one.level3 for one in found] == ["档案扫描成果合格率", "数字档案扫描数量", "新增"]
    assert "target: ≥90%  # by the end of May" in (place / NAME).read_text(encoding="utf-8")
    gone = browser.fields(browser.post(f"/edit/{place.name}", filled(browser, place) | {"action": "remove:r0"}).text)
    browser.post(f"/save/{place.name}", gone)
    assert "# by the end of May\n- level1: 产出指标" in (place / NAME).read_text(encoding="utf-8")


def test_what_somebody_else_changed_meanwhile_is_kept(browser: Browser, place: Path) -> None:
    """Two tabs and an editor at once, each in another value."""
    one, other = filled(browser, place), filled(browser, place)
    text = (place / NAME).read_text(encoding="utf-8")
    (place / NAME).write_text(text.replace("数字档案扫描\n", "数字档案整理\n"), encoding="utf-8")
    for changed in (one | {TARGET: "≥95%"}, other | {"p.budget.fiscal": "50.00"}):
        assert browser.post(f"/save/{place.name}", changed).headers["location"].endswith("saved=merged")
    project = perfdoc.load(place).document.projects[0]
    assert (project.purpose, project.indicators[1].target, project.budget.fiscal) == ("数字档案整理", "≥95%", "50.00")


@pytest.mark.parametrize("side", ["ours", "theirs"])
def test_where_both_changed_the_same_nothing_is_written_before_it_is_chosen(
    browser: Browser, place: Path, side: str
) -> None:
    mine = filled(browser, place) | {TARGET: "≥95%", "p.purpose": "甲"}
    text = (place / NAME).read_text(encoding="utf-8").replace("≥90%", "≥80%")
    (place / NAME).write_text(text, encoding="utf-8")
    asked = browser.post(f"/save/{place.name}", mine)
    assert asked.status_code == 409
    assert "≥95%" in asked.text
    assert "≥80%" in asked.text
    assert "产出指标 / 质量指标 / 档案扫描成果合格率</legend>" in asked.text
    assert asked.text.count("<b>指标值</b>") == 2
    assert "target" not in asked.text
    assert (place / NAME).read_text(encoding="utf-8") == text
    chosen = browser.post(f"/choose/{place.name}", browser.fields(asked.text) | {"side0": side})
    assert chosen.status_code == 303
    project = perfdoc.load(place).document.projects[0]
    assert project.purpose == "甲"
    assert project.indicators[1].target == ("≥95%" if side == "ours" else "≥80%")
    assert "# for the reviewer" in (place / NAME).read_text(encoding="utf-8")


def test_after_a_new_start_of_the_server_what_was_typed_is_not_written_over_other_changes(place: Path) -> None:
    with opened(place.parent) as before:
        mine = filled(before, place) | {TARGET: "≥95%"}
    text = (place / NAME).read_text(encoding="utf-8").replace("数字档案扫描\n", "数字档案整理\n")
    (place / NAME).write_text(text, encoding="utf-8")
    with opened(place.parent) as after:
        assert after.post(f"/save/{place.name}", mine).status_code == 409
        assert after.post(f"/choose/{place.name}", {"base": "x", "ours": "y", "theirs": "z"}).status_code == 422
    assert (place / NAME).read_text(encoding="utf-8") == text


@pytest.mark.slow
@pytest.mark.parametrize(("moment", "saved"), [("written", False), ("before", False), ("after", True)])
def test_killed_while_saving_the_file_is_the_old_or_the_new_one(place: Path, moment: str, saved: bool) -> None:
    """The process that serves is killed when the new text is written, before it takes its place, and after."""
    before = (place / NAME).read_bytes()
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    ran = subprocess.run([sys.executable, "-c", KILLED, place.parent, place.name, moment], check=False, env=env)
    assert ran.returncode == -signal.SIGKILL
    expected = before.replace("purpose: 数字档案扫描".encode(), b"purpose: saved") if saved else before
    assert (place / NAME).read_bytes() == expected
    assert perfdoc.load(place).document.projects[0].indicators[1].target == "≥90%"


def test_two_tabs_and_an_editor_at_once_lose_nothing(browser: Browser, place: Path) -> None:
    first, second = filled(browser, place), filled(browser, place)
    file = place / NAME
    file.write_text(file.read_text(encoding="utf-8").replace("# for the reviewer", "# by the editor"), encoding="utf-8")
    asked = [{**first, "p.purpose": "one"}, {**second, TARGET: "≥95%"}]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda given: browser.post(f"/save/{place.name}", given), asked))
    assert [one.status_code for one in answers] == [303, 303]
    text = file.read_text(encoding="utf-8")
    assert [one in text for one in ("# by the editor", "purpose: one", "target: ≥95%", "by the end of May")] == [
        True
    ] * 4


def test_an_editor_that_writes_while_it_is_saved_is_not_written_over(
    browser: Browser, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent, read = filled(browser, place) | {"p.purpose": "typed"}, specs.read_text

    def read_and_written(file: Path) -> str:
        text = read(file)
        monkeypatch.setattr(specs, "read_text", read)
        file.write_text(text.replace("≥183万页", "≥184万页"), encoding="utf-8")
        return text

    monkeypatch.setattr(specs, "read_text", read_and_written)
    assert browser.post(f"/save/{place.name}", sent).status_code == 303
    text = (place / NAME).read_text(encoding="utf-8")
    assert ("typed" in text, "≥184万页" in text) == (True, True)


def test_a_spec_that_was_broken_meanwhile_is_left_alone(browser: Browser, place: Path) -> None:
    mine = filled(browser, place) | {TARGET: "≥95%"}
    (place / NAME).write_text("name: a: b\n", encoding="utf-8")
    browser.house.shelf.forget()
    assert browser.post(f"/save/{place.name}", mine).status_code in (409, 422)
    assert (place / NAME).read_text(encoding="utf-8") == "name: a: b\n"


def test_an_empty_field_that_was_none_stays_none() -> None:
    project = perfdoc.Project(name="甲", budget=perfdoc.Budget(other=""), extra={"联系人": "乙"})
    form = perfdoc.form("tianjin")
    pairs = [(field.name, field.text) for field in sheet(project, 0, form, []).fields]
    assert typed(project, [*pairs, ("rows", "1")])[0] == project
    changed, _ = typed(
        project, [("p.extra.联系人", "丙"), ("p.nonsense", "x"), ("p.budget", "x"), ("p.budget.total", "1")]
    )
    assert changed == project.model_copy(
        update={"extra": {"联系人": "丙"}, "budget": perfdoc.Budget(other="", total="1")}
    )


def test_a_value_with_several_parts_is_split_into_them() -> None:
    one = perfdoc.Indicator(level1="产出指标", level2="质量指标", level3="合格率", target="≥95%，且≤24小时")
    project = perfdoc.Project(indicators=(one,))
    made, rows = reshaped(project, rows_of(project), "split", "r0")
    assert rows == ["r0", "n1"]
    assert [each.target for each in made.indicators] == ["≥95%", "≤24小时"]
    assert {each.level3 for each in made.indicators} == {"合格率"}
