"""Every page that the browser shows, and every state of it, one after the other: for axe, and for pictures."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import docx
from bureau_files import UNKNOWN, drawn
from cli_support import PROJECT, SECOND, folder, run, word
from git_support import Repository

LIST_IS_DONE = "() => document.querySelector('#rows') && !document.querySelector('#rows[hx-trigger]')"
_EDITED = "02-司法救助资金.yaml"


def prepared(here: Path) -> Repository:
    """A repository with a document that has findings and a comment, and received files of every state."""
    repository = Repository(here)
    text = "# to be asked\n" + PROJECT.replace("≥183万页", "≤183万页")
    folder(here / "court", {"01-法院办案业务费.yaml": text, _EDITED: "# 审核 2024-03-02 财政局：请核对数量\n" + SECOND})
    received = docx.Document(str(word(here)))
    received.add_paragraph("此表由财务科填报，须于月底前报送。")
    for table in received.tables:
        for row in table.rows:
            for cell in row.cells:
                if cell.text == "≥90%":
                    cell.text = "约若干"
    received.save(str(here / "received.docx"))
    shutil.rmtree(here / "received-specs")
    for number in range(2):
        (here / f"县{number}.docx").write_bytes(drawn(7, number))
    letter = docx.Document()
    letter.add_paragraph("关于召开会议的通知")
    letter.save(str(here / "通知.docx"))
    (here / "坏的.docx").write_bytes(b"PK\x03\x04 cut off")
    (here / "loose.yaml").write_text(SECOND, encoding="utf-8")
    return repository


def returned(specs: Path) -> bytes:
    """The Word file of specs as it comes back: two values changed, one of them with a comment."""
    made = docx.Document(io.BytesIO(run("render", specs, "-o", "-", "--pages", "none").raw))
    cells = [cell for table in made.tables for row in table.rows for cell in row.cells]
    for old, new in (("183万页", "≥190万页"), ("≥90%", "≥95%")):
        cell = next(one for one in cells if one.text.endswith(old))
        cell.paragraphs[0].runs[0].text = new
    made.add_comment(cell.paragraphs[0].runs, "理由？", "财政局")
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def walked(page: Any, base: str, place: Repository) -> Iterator[str]:
    """The name of each page as soon as it stands in the browser; the folder is `prepared`, the list is shown."""
    yield from _lists(page, base)
    yield from _documents(page, base)
    yield from _labels(page, base)
    yield from _printed(page, base)
    yield from _saved(page, base, place.folder)
    yield from _reviewed(page, base, place)
    yield from _rolled(page, base)
    page.goto(f"{base}/document/none-of-this-name")
    yield "not there"
    page.goto(base)
    page.click(".bar form[action='/leave'] button")
    page.wait_for_selector("main.message")
    yield "ended"


def _listed(page: Any, base: str) -> None:
    page.goto(base)
    page.wait_for_function(LIST_IS_DONE)


def _lists(page: Any, base: str) -> Iterator[str]:
    yield "list"
    page.keyboard.press("?")
    yield "keys"
    page.keyboard.press("Escape")
    page.fill("#filter", "no such thing")
    page.wait_for_selector("#rows .empty")
    yield "list without a row"
    _listed(page, base)
    for name in ("县0.docx", "县1.docx", "坏的.docx", "通知.docx"):
        page.check(f"input[value='{name}']")
    page.click("button[value=read]")
    page.wait_for_selector("ul.said li")
    page.wait_for_function(LIST_IS_DONE)
    yield "list after reading"
    for name in ("court", "received.docx", "坏的.docx"):
        page.check(f"input[value='{name}']")
    page.click("button[value=check]")
    page.wait_for_selector("main.checked")
    yield "check"


def _documents(page: Any, base: str) -> Iterator[str]:
    documents = (("court", "specs", ".page"), ("received.docx", "doubts", "#drawn"), ("县0", "read", "#drawn"))
    for way, name, there in documents:  # the pages as pictures of one
        page.goto(f"{base}/document/{quote(way)}")
        page.wait_for_selector(there, state="attached")
        yield f"document, {name}"
    page.goto(f"{base}/document/court?project=1")
    page.click("details.whole summary")
    page.wait_for_selector("[data-shows=drawn]")
    page.click("[data-shows=drawn]")
    yield "document, as it was read"
    for way, name in (("坏的.docx", "unreadable"), ("通知.docx", "not recognised")):
        page.goto(f"{base}/document/{quote(way)}")
        page.wait_for_selector("#drawn", state="attached")
        yield f"document, {name}"


def _labels(page: Any, base: str) -> Iterator[str]:
    label, path = UNKNOWN[7]
    page.goto(f"{base}/labels/{quote('县0')}")
    yield "labels"
    page.goto(f"{base}/labels/{quote('县0')}?label={quote(label)}")
    yield "a label"
    page.select_option("#path", path)
    page.click("form.means button.main")
    page.wait_for_selector("#lesson button")
    yield "a label said"


def _printed(page: Any, base: str) -> Iterator[str]:
    for path, name, there in (("court", "in its form", "img"), (f"{quote('县0')}?old=1", "in its old file", "p + p")):
        page.goto(f"{base}/print/{path}")
        page.wait_for_selector(f"#printed {there}")
        yield f"print, {name}"


def _saved(page: Any, base: str, here: Path) -> Iterator[str]:
    page.goto(f"{base}/document/court?project=1")
    page.fill("[name='p.purpose']", "typed here")
    page.wait_for_selector("#unsaved:not(:empty)")
    yield "document, not saved"
    file = here / "court" / _EDITED
    before = file.read_text(encoding="utf-8")
    file.write_text(before.replace("数字档案扫描\n", "by an editor\n", 1), encoding="utf-8")
    page.keyboard.press("Control+s")
    page.wait_for_selector("fieldset.sides")
    yield "save conflict"
    page.click("form button.main")
    page.wait_for_selector("p.good")
    yield "document, saved"


def _reviewed(page: Any, base: str, place: Repository) -> Iterator[str]:
    place.commit("as it was sent")
    back = {"name": "退回.docx", "mimeType": "x/y", "buffer": returned(place.folder / "court")}
    page.goto(f"{base}/review/court")
    yield "review"
    page.set_input_files("input[name=file]", [back])
    page.click("form[enctype] button")
    page.wait_for_selector("form[action^='/pull/']")
    yield "changes"
    file = place.folder / "court/01-法院办案业务费.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("183万页", "200万页"), encoding="utf-8")
    page.click("form[action^='/pull/'] button")
    page.wait_for_selector("fieldset.sides")
    yield "changes in conflict"
    page.click("form[action^='/pull/'] button")
    page.wait_for_selector("p.good")
    yield "review, taken"


def _rolled(page: Any, base: str) -> Iterator[str]:
    for name in ("rollover", "rollover again"):
        _listed(page, base)
        page.check("input[value=court]")
        page.click("button[value=rollover]")
        page.wait_for_selector("main.rolling")
        if name == "rollover":
            yield name
        page.fill("[name=year]", "2031")
        page.fill("[name=since]", "2024")
        page.click("main button.main")
        page.wait_for_selector("main.marks")
        yield "marks" if name == "rollover" else name
    page.goto(f"{base}/marks/1999")
    yield "no marks"
    _listed(page, base)
    page.click("button[value=rollover]")
    page.wait_for_selector("main.rolling")
    yield "rollover of none"
