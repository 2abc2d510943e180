"""What the pages of `docs/` say of the program: its exit codes, its limits, a broken template, the styles of a form."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from checkout import ROOT
from pages import LANGUAGES, text_of

from perfdoc.cli.codes import BROKEN_PIPE, INTERRUPTED, Code
from perfdoc.cli.files import inputs
from perfdoc.errors import PerfdocError
from perfdoc.form_definition import form
from perfdoc.jobs import limits
from perfdoc.reading import package
from perfdoc.reading import text as read_text
from perfdoc.reading.docx import job
from perfdoc.reading.excel import book, grid, worksheet
from perfdoc.reading.html import reader as html
from perfdoc.reading.word_xml import word2003
from perfdoc.rendering import faults, render, template_file
from perfdoc.specs import load
from perfdoc.yamltree import bytes as yaml_bytes
from perfdoc.yamltree import tree

in_both = pytest.mark.parametrize("language", LANGUAGES)


@in_both
def test_exit_codes_are_all_there(language: str) -> None:
    rows = re.findall(r"^\| ([\d, ]+) \|", text_of("diagnostics", language), flags=re.M)
    assert [int(number) for row in rows for number in row.split(", ")] == [*Code, INTERRUPTED, BROKEN_PIPE]


def megabytes(number: int) -> str:
    return f"{number >> 20} MB"


LIMITS = {
    megabytes(inputs.MAX_BYTES),
    f"{package.MAX_ENTRIES:,}; {megabytes(package.MAX_TOTAL)}; {megabytes(package.MAX_PART)}",
    megabytes(package.RATIO_FREE),
    f"{package.MAX_RATIO}",
    f"{job.MAX_CELLS:,}; {job.MAX_PARAGRAPHS:,}",
    f"{book.MAX_SHEETS:,}; {grid.MAX_CELLS:,}; {worksheet.MAX_MERGES:,}",
    f"{megabytes(read_text.MAX_TEXT)}; {megabytes(html.MAX_PAGE)}; {megabytes(word2003.MAX_TEXT)}",
    f"{limits.SECONDS:g}",
    megabytes(limits.MEMORY),
    f"{limits.SECONDS * limits.TOOL_SHARE:g}",
    f"{megabytes(yaml_bytes.MOST_BYTES)}; {tree.MOST_VALUES:,}; {tree.MOST_DEPTH}",
    megabytes(template_file._MOST_BYTES),
}


@in_both
def test_limits_are_those_of_the_program(language: str) -> None:
    rows = [row for row in text_of("limits", language).splitlines() if row.startswith("| ")]
    for limit in LIMITS:
        assert any(re.search(rf"\| {re.escape(limit)}\b|{re.escape(limit)} [^|;]*\|", row) for row in rows), limit


BROKEN: list[tuple[str, Callable[[bytes], bytes]]] = [
    (
        "a tag asks for project.purpos, and there is no such value",
        lambda xml: xml.replace(b"{{ project.purpose }}", b"{{ project.purpos }}"),
    ),
    (
        "Unexpected end of template. Jinja was looking for the following tags: 'endfor' or 'else'.",
        lambda xml: xml.replace(b"{%tr endfor %}", b""),
    ),
    (
        "form tianjin has no place for 资金用途 (project.purpose); its text is left out",
        lambda xml: xml.replace(b"{{ project.purpose }}", b"{{ project.purpose }"),
    ),
    (
        "a template may only name values; a tag does more than that",
        lambda xml: xml.replace(b"{{ project.purpose }}", b"{{ project.purpose.upper() }}"),
    ),
    (
        "the bookmark 'foo' stands in a loop and would be there many times",
        lambda xml: xml.replace(b"project_anchor", b"foo"),
    ),
    ("not a sound .docx file", lambda xml: b""),
]


@pytest.mark.parametrize(("message", "change"), BROKEN, ids=[message[:24] for message, _ in BROKEN])
def test_what_is_said_of_a_broken_template(message: str, change: Callable[[bytes], bytes], tmp_path: Path) -> None:
    tianjin = form("tianjin")
    with zipfile.ZipFile(tianjin.document) as given, zipfile.ZipFile(tmp_path / "form.docx", "w") as made:
        for name in given.namelist():
            content = given.read(name)
            made.writestr(name, change(content) if name == "word/document.xml" else content)
    if not change(b"x"):
        (tmp_path / "form.docx").write_bytes(b"x")
    broken = tianjin.model_copy(update={"folder": tmp_path})
    reading = load(ROOT / "specs/hexi-court-2023")
    try:
        render(reading.document, broken)
        said = " ".join(one.message for one in faults(reading, broken))
    except PerfdocError as error:
        said = str(error)
    assert message in said
    assert all(f"`{message}`" in text_of("forms", language) for language in LANGUAGES)


def test_styles_are_those_of_the_form() -> None:
    with zipfile.ZipFile(form("tianjin").document) as archive:
        names = re.findall(r'<w:name w:val="([^"]+)"', archive.read("word/styles.xml").decode())
    base = {"Normal", "Default Paragraph Font", "Normal Table", "No List", "预算单位代码", "预算单位名称"}
    for language in LANGUAGES:
        text = text_of("forms", language)
        assert [name for name in names if name not in base and name not in text] == []
