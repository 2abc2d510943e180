"""The page in a real Chromium: what only a browser does, and what somebody who can't see it, or has no mouse, meets."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from bureau_files import UNKNOWN, drawn
from checkout import ROOT
from git_support import Repository
from waiting import PATIENCE
from web_walk import LIST_IS_DONE, prepared, walked

import perfdoc

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.office]
sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
AXE = pytest.importorskip("axe_playwright_python.base", reason="axe-playwright-python is not installed").AXE_FILE_PATH
_LOOK = """async () => {
    const r = await axe.run({resultTypes: ['violations']});  // of what is sound, one element is told for each rule
    return [r.passes.length, r.violations.map(v => v.id)]; }"""
_MEANT = re.compile(r"409 \(Conflict\)|ERR_FAILED")  # what a test has the server, or a route, answer
_PATIENCE = 180_000  # milliseconds: LibreOffice starts on a busy machine
_WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    return prepared(tmp_path_factory.mktemp("browser") / "goals")


@contextmanager
def serving(folder: Path, **env: str) -> Iterator[str]:
    """The address that the command prints; what the page did not end is ended here."""
    command = [sys.executable, "-m", "perfdoc", "web", str(folder), "--no-browser"]
    options: dict[str, Any] = {"stdout": subprocess.PIPE, "text": True, "cwd": ROOT, "env": {**os.environ, **env}}
    with subprocess.Popen(command, **options) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().strip()
        finally:
            server.terminate()
            server.wait(PATIENCE)


@pytest.fixture(scope="module")
def address(place: Repository) -> Iterator[str]:
    with serving(place.folder) as one:
        yield one


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Any, address: str) -> Iterator[Any]:
    """A page on the list; what the browser complains of, be it a style that the policy forbids, fails the test."""
    said: list[str] = []
    context = chromium.new_context(locale="en-GB", viewport={"width": 1024, "height": 768})
    context.set_default_timeout(_PATIENCE)
    made = context.new_page()
    made.on("console", lambda one: said.append(one.text) if one.type in ("error", "warning") else None)
    made.on("pageerror", lambda one: said.append(str(one)))
    made.on("request", lambda one: said.append(one.url) if not one.url.startswith(address.split("/enter")[0]) else None)
    made.goto(address)
    made.wait_for_function(LIST_IS_DONE)
    yield made
    context.close()
    assert [one for one in said if not _MEANT.search(one)] == []


def test_from_the_list_to_a_saved_change_by_the_keyboard_alone(page: Any, place: Repository) -> None:
    press = page.keyboard.press
    press("/")
    page.keyboard.type("court")
    page.wait_for_function("() => document.querySelectorAll('[data-row]').length === 1")
    press("Enter")
    page.wait_for_url(re.compile("q=court"))
    for key in ("ArrowDown", "Space"):
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
    assert perfdoc.load(place.folder / "court").document.projects[0].indicators[0].target == "≥183万页"
    page.focus("[name='p.name']")
    press("Home")
    page.keyboard.type("甲")
    press("Enter")
    page.wait_for_function("() => document.querySelector('.content .good') && document.activeElement === document.body")
    assert perfdoc.load(place.folder / "court").document.projects[0].name == "甲法院办案业务费"
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


def test_files_chosen_are_read_in_and_an_unknown_label_is_said_once(page: Any, address: str, place: Repository) -> None:
    files = [{"name": f"新{at}.docx", "mimeType": "x/y", "buffer": drawn(9, at)} for at in range(2)]
    page.set_input_files("#drop-files", files)
    page.wait_for_selector(r"text=/(\d) of \1 read in/")  # the count begins anew where the first is read already
    assert (place.folder / "inbox" / "新1.docx").is_file()
    page.wait_for_function(LIST_IS_DONE)
    label, path = UNKNOWN[9]
    page.goto(f"{address.split('/enter')[0]}/labels/新0?label={label}")
    page.select_option("#path", path)
    page.click("form.means button.main")
    page.wait_for_selector("text=2 files read again; the specs of 2 changed.")
    assert perfdoc.load(place.folder / "新1").document.projects[0].department


def test_what_was_typed_stays_where_the_server_is_gone(page: Any, address: str) -> None:
    page.goto(address.split("/enter")[0] + "/document/court")
    page.route("**/save/**", lambda route: route.abort())
    page.route("**/edit/**", lambda route: route.abort())
    page.fill("[name='p.purpose']", "typed in vain")
    page.keyboard.press("Control+s")
    page.wait_for_selector("#unsaved.error:has-text('does not answer')")
    assert page.input_value("[name='p.purpose']") == "typed in vain"


@pytest.fixture
def looked(chromium: Any) -> Iterator[Any]:
    """A page beside the policy, which would not let axe in, in Chinese."""
    context = chromium.new_context(bypass_csp=True, locale="zh-CN", viewport={"width": 1024, "height": 768})
    context.add_init_script(path=AXE)
    context.set_default_timeout(_PATIENCE)
    yield context.new_page()
    context.close()


def sound(page: Any, name: str) -> None:
    """Axe finds nothing, and the page is no wider than the screen."""
    passes, violations = page.evaluate(_LOOK)
    assert (violations, page.evaluate(_WIDER)) == ([], 0), name
    assert passes > 10, name


def test_axe_finds_nothing_in_an_empty_folder_nor_where_there_is_no_libreoffice(looked: Any, tmp_path: Path) -> None:
    with serving(tmp_path, PERFDOC_SOFFICE="") as address:
        looked.goto(address)
        sound(looked, "empty")
        looked.set_input_files("#drop-files", [{"name": "县.docx", "mimeType": "x/y", "buffer": drawn(0, 0)}])
        looked.wait_for_selector("[data-row]")
        looked.wait_for_function(LIST_IS_DONE)
        looked.goto(address.split("/enter")[0] + "/document/县")
        looked.wait_for_selector("#original:has-text('没有安装 LibreOffice')")
        sound(looked, "no LibreOffice")


def test_axe_finds_nothing_on_any_page(looked: Any, address: str, place: Repository) -> None:
    """Last, as the walk ends the server."""
    looked.goto(address)
    looked.wait_for_function(LIST_IS_DONE)
    for name in walked(looked, address.split("/enter")[0], place):
        sound(looked, name)
