"""A form's Word file that LibreOffice has saved again, as it is after someone restyled it, is the same form."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from checkout import ROOT
from lxml import etree
from word_text import W, body

from perfdoc.extraction import extract
from perfdoc.form_definition import Form, forms, load_form
from perfdoc.office import convert
from perfdoc.reading import read
from perfdoc.rendering import render
from perfdoc.specs import load

pytestmark = pytest.mark.office
GOLDEN = ROOT / "golden"


def number(cell: etree._Element, name: str) -> int:
    found = cell.find(f"{W}tcPr/{W}{name}")
    return 1 if found is None else int(found.get(f"{W}val", "1"))


def loose(table: etree._Element) -> Iterator[tuple[int, int]]:
    """Row and column of each cell that goes on with a merge which nothing above it began (17.4.84)."""
    above: dict[int, int] = {}
    for row, cells in enumerate(table.iterfind(f"{W}tr"), 1):
        column, merged = 1, {}
        for cell in cells.iterfind(f"{W}tc"):
            merge, span = cell.find(f"{W}tcPr/{W}vMerge"), number(cell, "gridSpan")
            if merge is not None:
                merged[column] = span
                if merge.get(f"{W}val", "continue") == "continue" and above.get(column) != span:
                    yield row, column
            column += span
        above = merged


def test_templates_survive_libreoffice(tmp_path: Path) -> None:
    given = [form for form in forms().values() if form.document.suffix == ".docx"]
    assert given
    kept: list[Form] = []
    for form, content in zip(given, convert([form.document.read_bytes() for form in given], "docx"), strict=True):
        folder = tmp_path / form.name
        folder.mkdir()
        (folder / "form.docx").write_bytes(content)
        shutil.copy(form.folder / "form.yaml", folder)
        kept.append(load_form(folder))
    for form in kept:
        for case in sorted(GOLDEN.glob(f"{form.name}/*/specs")):
            document = load(case).document
            word = render(document, form)
            assert not [at for table in body(word).iter(f"{W}tbl") for at in loose(table)]
            assert extract(read(word, "x.docx"), {form.name: form}).document == document
