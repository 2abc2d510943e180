"""A document as a whole: form, title and headings changed, projects added and removed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_support import LISTING, PROJECT, folder
from web_client import Browser, opened

import perfdoc


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Browser]:
    folder(tmp_path / "a", {"document.yaml": LISTING.replace("- spec: 02", "# the second\n- spec: 02")})
    with opened(tmp_path) as one:
        yield one


def sent(browser: Browser, number: int, **given: str) -> dict[str, str]:
    """The fields of the document as the page has them, with what was changed."""
    page = browser.get(f"/document/a?project={number}").text
    form = re.search(r'<form method="post" action="/arrange/.*?</form>', page, re.DOTALL)
    assert form is not None
    found = {name: text for name, text in browser.fields(form[0]).items() if isinstance(text, str)}
    chosen = re.search(r"<option selected>([^<]*)<", form[0])
    return {**found, "form": chosen[1] if chosen else "", **given}


def listing(browser: Browser) -> str:
    return (browser.house.root / "a" / "document.yaml").read_text(encoding="utf-8")


def test_form_title_and_heading_are_saved_with_the_comments(browser: Browser) -> None:
    answer = browser.post(
        "/arrange/a?project=1", sent(browser, 1, action="save", form="central", title="2024年", heading="二、救助")
    )
    assert answer.status_code == 303
    assert listing(browser) == (
        "form: central\ntitle: 2024年\nprojects:\n- spec: 01-法院办案业务费.yaml\n# the second\n"
        "- spec: 02-司法救助资金.yaml\n  heading: 二、救助\n"
    )


def test_what_an_editor_changed_meanwhile_is_put_together_or_asked_for(browser: Browser) -> None:
    fields = sent(browser, 0, action="save", title="一")
    file = browser.house.root / "a" / "document.yaml"
    file.write_text(listing(browser).replace("form: tianjin", "form: central"), encoding="utf-8")
    assert browser.post("/arrange/a?project=0", fields).status_code == 303
    assert listing(browser).startswith("form: central\ntitle: 一\n")
    fields = sent(browser, 0, action="save", title="二")
    file.write_text(listing(browser).replace("title: 一", "title: 三"), encoding="utf-8")
    asked = browser.post("/arrange/a?project=0", fields)
    assert (asked.status_code, "title: 三" in listing(browser)) == (409, True)
    assert asked.text.count("<b>文件标题</b>") == 2
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', asked.text))
    assert browser.post("/choose/a?project=0", {**hidden, "side0": "ours"}).status_code == 303
    assert "title: 二" in listing(browser)


def test_projects_are_added_as_a_copy_or_empty(browser: Browser) -> None:
    assert (
        browser.post("/arrange/a?project=0", sent(browser, 0, action="copy", name="新案"))
        .headers["location"]
        .endswith("=2")
    )
    assert browser.post("/arrange/a?project=0", sent(browser, 0, action="empty", name="空的")).status_code == 303
    made = perfdoc.load(browser.house.root / "a").document.projects
    assert [one.name for one in made] == ["法院办案业务费", "司法救助资金", "新案", "空的"]
    assert made[2].model_copy(update={"name": made[0].name}) == made[0]
    assert (made[3].agency, made[3].goals) == (made[0].agency, "")
    assert "# the second\n- spec: 02" in listing(browser)


def test_a_project_is_removed_and_what_was_typed_in_others_stays_theirs(browser: Browser) -> None:
    page = browser.get("/document/a?project=1").text
    browser.post("/edit/a?project=1", {**browser.fields(page), "p.purpose": "typed"})
    assert browser.post("/arrange/a?project=0", sent(browser, 0, action="remove")).status_code == 303
    assert sorted(one.name for one in (browser.house.root / "a").iterdir()) == ["02-司法救助资金.yaml", "document.yaml"]
    assert "# the second\n- spec: 02" in listing(browser)
    assert browser.fields(browser.get("/document/a").text)["p.purpose"] == "typed"
    last = browser.post("/arrange/a?project=0", sent(browser, 0, action="remove"))
    assert (last.status_code, "only project" in last.text) == (422, True)


def test_a_project_that_was_changed_meanwhile_is_not_removed(browser: Browser) -> None:
    fields = sent(browser, 0, action="remove")
    file = browser.house.root / "a" / "01-法院办案业务费.yaml"
    file.write_text(PROJECT.replace("55.00", "66.00"), encoding="utf-8")
    answer = browser.post("/arrange/a?project=0", fields)
    assert (answer.status_code, file.is_file(), listing(browser).count("spec:")) == (422, True, 2)
