"""The page in a real Chromium: what only a browser does, and what somebody who can't see it, or has no mouse, meets."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bureau_files import UNKNOWN, drawn
from checkout import ROOT
from cli_support import PROJECT, folder, word
from waiting import PATIENCE

import perfdoc

pytestmark = [pytest.mark.browser, pytest.mark.slow]
sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
AXE = pytest.importorskip("axe_playwright_python.base", reason="axe-playwright-python is not installed").AXE_FILE_PATH
_LOOK = "async () => { const r = await axe.run(); return [r.passes.length, r.violations.map(v => v.id)]; }"
LIST_IS_DONE = "() => document.querySelector('#rows') && !document.querySelector('#rows[hx-trigger]')"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    here = tmp_path_factory.mktemp("browser")
    folder(here / "court", {"01-法院办案业务费.yaml": "# to be asked\n" + PROJECT.replace("≥183万页", "≤183万页")})
    word(here)
    shutil.rmtree(here / "received-specs")
    return here


@pytest.fixture(scope="module")
def address(place: Path) -> Iterator[str]:
    """The address that the command prints; the command ends when it is interrupted."""
    command = [sys.executable, "-m", "perfdoc", "web", str(place), "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().strip()
        finally:
            server.terminate()
            server.wait(PATIENCE)


@pytest.fixture(scope="module")
def context(address: str) -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser.new_context(locale="en-GB", viewport={"width": 1024, "height": 768})
        browser.close()


@pytest.fixture
def page(context: Any, address: str) -> Iterator[Any]:
    """A page on the list; what the browser complains of, be it a style that the policy forbids, fails the test."""
    said: list[str] = []
    made = context.new_page()
    made.on("console", lambda one: said.append(one.text) if one.type in ("error", "warning") else None)
    made.on("pageerror", lambda one: said.append(str(one)))
    made.on("request", lambda one: said.append(one.url) if not one.url.startswith(address.split("/enter")[0]) else None)
    made.goto(address)
    made.wait_for_function(LIST_IS_DONE)
    yield made
    made.close()
    assert [one for one in said if "409 (Conflict)" not in one] == []


def violations(page: Any) -> list[str]:
    """What axe finds, run beside the policy of the page, which would not let it in."""
    made = page.context.browser.new_context(bypass_csp=True, locale="en-GB", storage_state=page.context.storage_state())
    beside = made.new_page()
    beside.goto(page.url)
    beside.wait_for_load_state("networkidle" if "document" not in beside.url else "load")
    if "document" in beside.url:
        beside.wait_for_selector("#drawn")
    beside.evaluate(Path(AXE).read_text(encoding="utf-8"))
    found = beside.evaluate(_LOOK)
    made.close()
    assert found[0] > 10
    return list(found[1])


def test_axe_finds_nothing_on_any_page(page: Any, address: str) -> None:
    base = address.split("/enter")[0]
    for path in ("/", "/document/court", "/document/received.docx"):
        page.goto(base + path)
        assert violations(page) == []


def test_axe_finds_nothing_on_pages_that_follow_a_form(page: Any, address: str, place: Path) -> None:
    page.check("input[value='court']")
    page.click("button[value=check]")
    page.wait_for_selector("main.checked")
    assert here(page) == []
    page.goto(address.split("/enter")[0] + "/document/court?project=1")
    page.fill("[name='p.purpose']", "typed here")
    file = place / "court" / "02-司法救助资金.yaml"
    before = file.read_text(encoding="utf-8")
    file.write_text(before.replace("数字档案扫描\n", "by an editor\n", 1), encoding="utf-8")
    page.keyboard.press("Control+s")
    page.wait_for_selector("fieldset.sides")
    assert here(page) == []
    file.write_text(before, encoding="utf-8")


def here(page: Any) -> list[str]:
    """What axe finds on a page that is an answer to a form: beside it, as it stands."""
    made = page.context.browser.new_context(bypass_csp=True, locale="en-GB", storage_state=page.context.storage_state())
    beside, address, text = made.new_page(), page.url, page.content()
    beside.route(address, lambda route: route.fulfill(body=text, content_type="text/html"))
    beside.goto(address)
    beside.evaluate(Path(AXE).read_text(encoding="utf-8"))
    found = beside.evaluate(_LOOK)
    made.close()
    assert found[0] > 10
    return list(found[1])


def test_from_the_list_to_a_saved_change_by_the_keyboard_alone(page: Any, place: Path) -> None:
    press = page.keyboard.press
    press("/")
    page.keyboard.type("court")
    page.wait_for_function("() => document.querySelectorAll('[data-row]').length === 1")
    for key in ("Escape", "ArrowDown", "Space"):
        press(key)
    assert page.is_checked("input[name=way]")
    press("Enter")
    page.wait_for_selector("#drawn [data-at]")
    while "PD304" not in page.evaluate("() => document.querySelector('#notes .here')?.textContent || ''"):
        press("j")
    press("Enter")
    assert page.evaluate("() => document.activeElement.name") == "r0.target"
    press("Control+a")
    page.keyboard.type("≥183万页")
    page.wait_for_selector("text=at least 1,830,000 页")
    page.wait_for_selector("text=not saved yet")
    page.reload()
    assert page.input_value("[name='r0.target']") == "≥183万页"
    press("Control+s")
    page.wait_for_url(re.compile("saved=saved"))
    assert perfdoc.load(place / "court").document.projects[0].indicators[0].target == "≥183万页"
    press("Escape")
    page.wait_for_selector("#rows")


def test_a_text_and_its_field_show_each_other(page: Any, address: str) -> None:
    page.goto(address.split("/enter")[0] + "/document/court")
    page.click("#drawn td[data-at='projects/0/purpose']")
    assert page.evaluate("() => document.activeElement.name") == "p.purpose"
    page.focus("[name='p.budget.total']")
    assert page.get_attribute("#drawn .picked", "data-at") == "projects/0/budget/total"
    page.click("#drawn td[data-at='projects/1/name']")
    page.wait_for_url(re.compile("project=1"))
    page.wait_for_function("() => document.activeElement.name === 'p.name'")


def test_files_chosen_are_copied_and_read_in(page: Any, place: Path) -> None:
    files = [{"name": "新文件.docx", "mimeType": "x/y", "buffer": (place / "received.docx").read_bytes()}]
    page.set_input_files("#drop-files", files)
    page.wait_for_selector("text=1 of 1 read in")
    assert (place / "新文件" / "document.yaml").is_file()
    assert (place / "inbox" / "新文件.docx").is_file()


def test_a_newcomer_says_an_unknown_label_once_and_axe_finds_nothing_on_the_way(page: Any, address: str) -> None:
    files = [{"name": f"县{at}.docx", "mimeType": "x/y", "buffer": drawn(7, at)} for at in range(2)]
    page.set_input_files("#drop-files", files)
    page.wait_for_selector("text=县1.docx")
    page.wait_for_function(LIST_IS_DONE)
    label, path = UNKNOWN[7]
    page.goto(f"{address.split('/enter')[0]}/labels/县0?label={label}")
    assert violations(page) == []
    page.select_option("#path", path)
    page.click("form.means button.main")
    page.wait_for_selector("text=2 files read again; the specs of 2 changed.")
    for at in ("/review/县0", "/print/县0?old=1", "/marks/2025"):
        page.goto(address.split("/enter")[0] + at)
        assert violations(page) == []
