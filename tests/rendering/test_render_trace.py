"""The property by which a file says what it was rendered from, and what other programs leave of it."""

from __future__ import annotations

import io
import zipfile

import docx
import openpyxl
import pytest

from perfdoc import office
from perfdoc.errors import ToolError
from perfdoc.form_definition import form
from perfdoc.layout import Trace
from perfdoc.model import Document, Indicator, Project
from perfdoc.reading import read
from perfdoc.rendering import render
from perfdoc.rendering.custom import CUSTOM, traced
from perfdoc.rendering.template_file import parts_of
from perfdoc.specs import digest

INDICATOR = Indicator(level1="产出指标", level2="数量指标", level3="设备数量", target="≥2台")
DOCUMENT = Document(form="central", title="绩效目标", projects=(Project(name="设备购置", indicators=(INDICATOR,)),))
KINDS = (("central", "docx"), ("tianjin", "xlsx"), ("flat-xlsx", "xlsx"))


def made(name: str, to: str, *, anonymous: bool = False) -> bytes:
    return render(DOCUMENT, form(name), to=to, anonymous=anonymous)


@pytest.mark.parametrize(("name", "to"), KINDS)
def test_a_file_says_its_form_and_what_it_was_made_from(name: str, to: str) -> None:
    assert read(made(name, to), "x").trace == Trace(name, digest(DOCUMENT))


@pytest.mark.parametrize(("name", "to"), KINDS)
def test_an_anonymous_file_has_neither_the_property_nor_a_part_for_it(name: str, to: str) -> None:
    data = made(name, to, anonymous=True)
    assert read(data, "x").trace is None
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert CUSTOM not in archive.namelist()
        assert not any(b"custom" in archive.read(part) for part in ("[Content_Types].xml", "_rels/.rels"))


def test_the_digest_is_that_of_what_a_document_says() -> None:
    other = DOCUMENT.projects[0].model_copy(update={"name": "设备购置二"})
    assert digest(DOCUMENT) == digest(DOCUMENT.model_copy(update={"form": "tianjin"}))
    assert digest(DOCUMENT) != digest(DOCUMENT.model_copy(update={"projects": (other,)}))
    assert digest(DOCUMENT) != digest(DOCUMENT.model_copy(update={"title": None}))


def test_other_properties_of_a_template_stay() -> None:
    named = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property '
        'fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="7" name="局"><vt:lpwstr>财政局</vt:lpwstr></property>'
        "</Properties>"
    )
    parts = {**parts_of(made("central", "docx", anonymous=True), "x.docx"), CUSTOM: named.encode()}
    once = traced(parts, Trace("a", "0" * 64), "x.docx")
    twice = traced(once, Trace("b", "1" * 64), "x.docx")
    said = twice[CUSTOM].decode()
    assert "财政局" in said
    assert said.count('pid="8"') == 1
    assert said.count("<property ") == 2
    assert str(Trace("b", "1" * 64)) in said
    assert "财政局" in traced(twice, None, "x.docx")[CUSTOM].decode()
    assert "perfdoc" not in traced(twice, None, "x.docx")[CUSTOM].decode()


def test_python_docx_and_openpyxl_keep_it() -> None:
    word, book, listed = (io.BytesIO() for _ in range(3))
    docx.Document(io.BytesIO(made("central", "docx"))).save(word)
    openpyxl.load_workbook(io.BytesIO(made("tianjin", "xlsx"))).save(book)
    openpyxl.load_workbook(io.BytesIO(made("flat-xlsx", "xlsx"))).save(listed)
    traces = [read(one.getvalue(), "x").trace for one in (word, book, listed)]
    assert traces == [Trace(name, digest(DOCUMENT)) for name, _ in KINDS]


@pytest.mark.office
@pytest.mark.parametrize(("name", "to", "saved"), [("central", "docx", "doc"), ("flat-xlsx", "xlsx", "xls")])
def test_libreoffice_keeps_it_in_the_old_formats(name: str, to: str, saved: str) -> None:
    (data,) = office.each([office.Source(made(name, to), to)], saved, timeout=120)
    assert not isinstance(data, ToolError)
    assert read(data, "x").trace == Trace(name, digest(DOCUMENT))


def test_a_property_that_is_none_of_ours_is_no_trace() -> None:
    assert Trace.of("2 " + "0" * 64 + " central") is None
    assert Trace.of("1 central") is None
    data = made("central", "docx").replace(b"1 " + digest(DOCUMENT).encode(), b"x " + digest(DOCUMENT).encode())
    assert read(data, "x").trace is None  # the part is stored, and its checksum no longer fits
