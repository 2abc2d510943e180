"""LibreOffice re-saves what we render: another program's file, the same Document."""

from __future__ import annotations

from pathlib import Path

import pytest
from documents import documents
from hypothesis import HealthCheck, Phase, given, settings

from perfdoc.extract import extract
from perfdoc.form import Form, forms
from perfdoc.model import Document
from perfdoc.office import convert
from perfdoc.read import read
from perfdoc.render import render
from perfdoc.spec import load

pytestmark = pytest.mark.office
FORMS = list(forms().values())
WAYS = {"docx": ["docx"], "odt": ["odt", "docx"], "doc": ["doc", "docx"]}


def resaved(word: list[bytes], way: list[str]) -> list[bytes]:
    suffix = "docx"
    for to in way:
        word, suffix = convert(word, to, suffix=suffix), to
    return word


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_the_golden_documents_survive_libreoffice(form: Form, way: list[str], root: Path) -> None:
    cases = sorted(root.glob(f"golden/{form.name}/*/specs"))
    given_documents = [load(case).document for case in cases]
    assert given_documents
    for document, data in zip(given_documents, resaved([render(d, form) for d in given_documents], way), strict=True):
        assert extract(read(data, "resaved.docx")).document == document


def plain(document: Document) -> bool:
    """Whether LibreOffice keeps the texts: it writes `_x000D_` as `_x005F_x000D_`, and drops some separators."""
    text = document.model_dump_json()
    kept = all(ord(c) < 0x7F or ord(c) >= 0xA0 for c in text)
    return kept and "_x" not in text and not any(c in text for c in "\u2028\u2029\u200b\xad")


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_made_up_documents_survive_libreoffice(form: Form) -> None:
    """Forty documents of nasty texts in one conversion."""
    drawn: list[Document] = []

    @given(document=documents(form).filter(plain))
    @settings(max_examples=40, phases=[Phase.generate], database=None, suppress_health_check=list(HealthCheck))
    def draw(document: Document) -> None:
        drawn.append(document)

    draw()
    for document, data in zip(drawn, resaved([render(d, form) for d in drawn], ["docx"]), strict=True):
        assert extract(read(data, "resaved.docx")).document == document
