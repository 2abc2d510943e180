"""LibreOffice re-saves what we render: another program's file, the same Document."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from documents import documents
from hypothesis import HealthCheck, Phase, given, settings

from perfdoc.extract import extract
from perfdoc.form import Form, forms
from perfdoc.model import Document
from perfdoc.office import convert
from perfdoc.read import read
from perfdoc.render import kinds, render
from perfdoc.spec import load

pytestmark = pytest.mark.office
FORMS = list(forms().values())
WAYS = {"docx": (["docx"], ["odt", "docx"], ["doc", "docx"]), "xlsx": (["xlsx"], ["ods", "xlsx"])}
"""Kind of file → what LibreOffice saves it as, one after the other; the last one is read."""
CASES = [(form, [str(kind), *way]) for form in FORMS for kind in kinds(form) for way in WAYS[kind]]


def resaved(documents: list[Document], form: Form, way: list[str]) -> list[bytes]:
    files, suffix = [render(one, form, to=way[0]) for one in documents], way[0]
    for to in way[1:]:
        files, suffix = convert(files, to, suffix=suffix), to
    return files


@pytest.mark.parametrize(("form", "way"), CASES, ids=["-".join((form.name, *way)) for form, way in CASES])
def test_the_golden_documents_survive_libreoffice(form: Form, way: list[str], root: Path) -> None:
    cases = sorted(root.glob(f"golden/{form.name}/*/specs"))
    given_documents = [load(case).document for case in cases]
    assert given_documents
    for document, data in zip(given_documents, resaved(given_documents, form, way), strict=True):
        assert extract(read(data, f"resaved.{way[-1]}")).document == document


def plain(document: Document) -> bool:
    """Whether LibreOffice keeps the texts: it writes `_x000D_` as `_x005F_x000D_`, and drops some separators."""
    text = document.model_dump_json()
    kept = all(ord(c) < 0x7F or ord(c) >= 0xA0 for c in text)
    return kept and "_x" not in text and not any(c in text for c in "\u2028\u2029\u200b\xad")


def one_part(document: Document) -> bool:
    """Whether no agency has a code: on a sheet LibreOffice joins the runs of a cell, and code and name are two."""
    return all(one.agency.code is None and not re.match(r"\W*\d", one.agency.name or "") for one in document.projects)


_MANY = 18  # fields of a form
KINDS = [(form, kind) for form in FORMS for kind in kinds(form)]


@pytest.mark.parametrize(("form", "kind"), KINDS, ids=[f"{form.name}-{kind}" for form, kind in KINDS])
def test_made_up_documents_survive_libreoffice(form: Form, kind: str) -> None:
    """Documents of nasty texts in one conversion: forty, or four of a form of many values.

    Nearly each of those has a text that LibreOffice changes, and is drawn in vain: forty took minutes.
    """
    drawn: list[Document] = []
    examples = 40 if len(form.fields) < _MANY else 4

    @given(
        document=documents(form).filter(lambda one: plain(one) and (kind == "docx" or form.is_list or one_part(one)))
    )
    @settings(max_examples=examples, phases=[Phase.generate], database=None, suppress_health_check=list(HealthCheck))
    def draw(document: Document) -> None:
        drawn.append(document)

    draw()
    for document, data in zip(drawn, resaved(drawn, form, [kind, kind]), strict=True):
        assert extract(read(data, f"resaved.{kind}")).document == document
