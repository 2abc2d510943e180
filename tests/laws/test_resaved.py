"""LibreOffice re-saves what we render: another program's file, the same Document."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from documents import documents
from hypothesis import Phase, given, settings

from perfdoc.extraction import extract
from perfdoc.form_definition import Form, forms
from perfdoc.model import Agency, Document, Project
from perfdoc.office import convert
from perfdoc.reading import read
from perfdoc.rendering import kinds, render
from perfdoc.specs import load

pytestmark = pytest.mark.office
FORMS = list(forms().values())
WAYS = [["docx", *then] for then in (["docx"], ["odt", "docx"], ["doc", "docx"])]
WAYS += [["xlsx", *then] for then in (["xlsx"], ["ods", "xlsx"])]
"""What a document is rendered as, then what LibreOffice saves it as, one after the other; the last one is read."""


def resaved(documents: list[tuple[Form, Document]], way: list[str]) -> list[bytes]:
    """All of them by one start of LibreOffice for each step, since a start takes longer than a file."""
    suffix = way[0]
    files = [render(document, form, to=suffix) for form, document in documents]
    for to in way[1:]:
        files, suffix = convert(files, to, suffix=suffix), to
    return files


@pytest.mark.parametrize("way", WAYS, ids=["-".join(way) for way in WAYS])
def test_the_golden_documents_survive_libreoffice(way: list[str], root: Path) -> None:
    given_documents = []
    for form in (form for form in FORMS if way[0] in kinds(form)):
        cases = sorted(root.glob(f"golden/{form.name}/*/specs"))
        assert cases
        given_documents += [(form, load(case).document) for case in cases]
    for (form, document), data in zip(given_documents, resaved(given_documents, way), strict=True):
        assert extract(read(data, f"resaved.{way[-1]}")).document == document, form.name


def kept(document: Document, form: Form, apart: bool) -> Document:
    """The document with a full stop for what LibreOffice changes; with `apart` an agency is its name alone.

    It drops some separators, and writes `_x000D_` as `_x005F_x000D_`. On a sheet it joins the runs of a cell, and an
    agency's code and name are two. (Filtered for such texts, a form of many values would leave next to no document.)
    """
    plain = Document.model_validate(_without(document.model_dump()))
    plain = plain.model_copy(update={"projects": tuple(map(_levelled, plain.projects))})
    if apart:
        projects = []
        for one in plain.projects:
            name = one.agency.name
            name = f"院{name}" if name and re.match(r"\W*\d", name) else name
            projects.append(one.model_copy(update={"agency": Agency(name=name)}))
        plain = plain.model_copy(update={"projects": tuple(projects)})
    return form.normal(plain)


def _levelled(project: Project) -> Project:
    """The project with a text for each level: in a file that another program saved a blank one is the one above."""
    rows = []
    for row in project.indicators:
        blank = [name for name in ("level1", "level2", "level3") if not (getattr(row, name) or "").strip()]
        rows.append(row.model_copy(update=dict.fromkeys(blank, "无")))
    return project.model_copy(update={"indicators": tuple(rows)})


_CHANGED = re.compile("[\x7f-\x9f\u2028\u2029\u200b\xad]|_(?=x)")


def _without(value: object) -> object:
    if isinstance(value, dict):
        return {key: _without(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return tuple(_without(one) for one in value)
    return _CHANGED.sub("。", value) if isinstance(value, str) else value


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_made_up_documents_survive_libreoffice(kind: str) -> None:
    """Documents of nasty texts in every form, in one conversion."""
    drawn: list[tuple[Form, Document]] = []
    for form in (form for form in FORMS if kind in kinds(form)):
        drawn += [(form, kept(one, form, apart=kind != "docx" and not form.is_list)) for one in made_up(form)]
    for (form, document), data in zip(drawn, resaved(drawn, [kind, kind]), strict=True):
        assert extract(read(data, f"resaved.{kind}")).document == document, form.name


def made_up(form: Form) -> list[Document]:
    """A third as many documents as a property is tried on: LibreOffice saves each."""
    drawn: list[Document] = []

    @given(document=documents(form))
    @settings(phases=[Phase.generate], max_examples=settings().max_examples // 3)
    def draw(document: Document) -> None:
        drawn.append(document)

    draw()
    return drawn
