"""LibreOffice re-saves what we render: another program's file, the same Document."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from documents import documents
from hypothesis import Phase, given, settings
from saved_by_office import all_saved

from perfdoc.extraction import extract
from perfdoc.form_definition import Form, forms
from perfdoc.model import Agency, Document, Project
from perfdoc.reading import read
from perfdoc.rendering import kinds, render
from perfdoc.specs import load

pytestmark = pytest.mark.office
FORMS = list(forms().values())
WAYS = {
    "docx": [["docx", "docx"], ["docx", "odt", "docx"], ["docx", "doc", "docx"]],
    "xlsx": [["xlsx", "xlsx"], ["xlsx", "ods", "xlsx"]],
}
"""What a document is rendered as, then what LibreOffice saves it as, one after the other; the last one is read."""


@pytest.mark.parametrize("kind", WAYS)
def test_documents_survive_libreoffice(kind: str, root: Path) -> None:
    """The golden ones each way, and made-up ones of nasty texts, in every form."""
    golden: list[tuple[Form, Document]] = []
    drawn: list[tuple[Form, Document]] = []
    for form in (form for form in FORMS if kind in kinds(form)):
        cases = sorted(root.glob(f"golden/{form.name}/*/specs"))
        assert cases
        golden += [(form, load(case).document) for case in cases]
        drawn += [(form, kept(one, form, apart=kind != "docx" and not form.is_list)) for one in made_up(form)]
    ways = [*WAYS[kind], [kind, kind]]
    given_documents = [*[golden] * len(WAYS[kind]), drawn]
    files = [[render(document, form, to=kind) for form, document in some] for some in given_documents]
    for way, some, made in zip(ways, given_documents, all_saved(ways, files), strict=True):
        for (form, document), data in zip(some, made, strict=True):
            assert extract(read(data, f"resaved.{kind}")).document == document, (form.name, way)


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


def made_up(form: Form) -> list[Document]:
    """A third as many documents as a property is tried on: LibreOffice saves each."""
    drawn: list[Document] = []

    @given(document=documents(form))
    @settings(phases=[Phase.generate], max_examples=settings().max_examples // 3)
    def draw(document: Document) -> None:
        drawn.append(document)

    draw()
    return drawn
