"""A file that came back, taken change by change on the page, as `pull` takes it; comments answered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from cli_support import folder, run
from git_support import Repository, repository  # noqa: F401
from web_client import Browser, opened

SPEC = "specs/a/01-法院办案业务费.yaml"


@pytest.fixture
def browser(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:  # noqa: F811
    """A repository with one document; in `back.docx`, made of it, two values were changed, one with a comment."""
    monkeypatch.chdir(repository.folder)
    folder(repository.folder / "specs/a")
    repository.commit("sent")
    assert run("render", "specs/a", "-o", "sent.docx", "--pages", "none").code == 0
    document = docx.Document("sent.docx")
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    for old, new in (("≥183万页", "≥190万页"), ("≥90%", "≥95%")):
        cell = next(one for one in cells if one.text == old)
        cell.paragraphs[0].runs[0].text = new
    document.add_comment(cell.paragraphs[0].runs, "理由？", "财政局")
    document.save("back.docx")
    with opened(repository.folder) as one:
        yield one


def sent_back(browser: Browser) -> str:
    answer = browser.ask("POST", "/review/specs/a", files={"file": ("back.docx", Path("back.docx").read_bytes())})
    assert answer.status_code == 200, answer.text
    return answer.text


def ticked(page: str) -> dict[str, list[str]]:
    return {name: re.findall(rf'name="{name}" value="([^"]*)"', page) for name in ("token", "key")}


def test_all_changes_taken_give_what_pull_gives(browser: Browser) -> None:
    page = sent_back(browser)
    assert ("≥190万页" in page, "≥95%" in page, "理由？" in page) == (True, True, True)
    assert Path(SPEC).read_text(encoding="utf-8").count("≥190万页") == 0
    before = Path(SPEC).read_bytes()
    assert browser.post("/pull/specs/a", ticked(page)).status_code == 303
    made = Path(SPEC).read_bytes()
    Path(SPEC).write_bytes(before)
    assert run("pull", "back.docx").code == 0
    assert made == Path(SPEC).read_bytes() != before


def test_what_is_left_stays_as_it_was_and_a_comment_is_answered(browser: Browser) -> None:
    given = ticked(sent_back(browser))
    given["key"] = [one for one in given["key"] if one != given["key"][0]]
    browser.post("/pull/specs/a", given)
    text = Path(SPEC).read_text(encoding="utf-8")
    assert ("≥183万页" in text, "≥95%" in text, "理由？" in text) == (True, True, True)
    page = browser.get("/review/specs/a").text
    thread = re.search(r'name="thread" value="([^"]*)"', page)
    assert thread is not None
    browser.post("/answer/specs/a", {"thread": thread[1], "author": "法院", "text": "去年已达标"})
    assert "去年已达标" in Path(SPEC).read_text(encoding="utf-8")
    assert browser.post("/answer/specs/a", {"thread": "gone", "text": "x"}).status_code == 422


def test_what_both_sides_changed_is_asked_before_anything_is_written(browser: Browser) -> None:
    spec = Path(SPEC)
    spec.write_text(spec.read_text(encoding="utf-8").replace("≥183万页", "≥200万页"), encoding="utf-8")
    edited = spec.read_text(encoding="utf-8")
    given = ticked(sent_back(browser))
    asked = browser.post("/pull/specs/a", given)
    assert (asked.status_code, spec.read_text(encoding="utf-8")) == (409, edited)
    seen = re.findall(r'name="(seen:[^"]*)" value="([^"]*)"', asked.text)
    sides = re.findall(r'type="radio" name="([^"]*)" value="theirs"', asked.text)
    assert (len(seen), len(sides)) == (1, 1)
    assert "产出指标 / 数量指标 / 数字档案扫描数量</legend>" in asked.text
    assert asked.text.count("<b>指标值</b>") == 2
    browser.post("/pull/specs/a", {**given, **dict(seen), sides[0]: "theirs"})
    text = spec.read_text(encoding="utf-8")
    assert ("≥190万页" in text, "≥200万页" in text, "≥95%" in text, "理由？" in text) == (True, False, True, True)


def test_a_file_that_is_none_or_was_made_of_something_else_changes_nothing(browser: Browser) -> None:
    for name, data in (("x.docx", b"PK no file"), ("x.txt", "别的".encode())):
        assert browser.ask("POST", "/review/specs/a", files={"file": (name, data)}).status_code == 422
    assert browser.post("/pull/specs/a", {"token": "no"}).status_code == 422
