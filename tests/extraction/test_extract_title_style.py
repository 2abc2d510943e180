"""A document's title in a file that another program saved: its style's name may be spelt otherwise."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import docx

from perfdoc.extraction import extract
from perfdoc.form_definition import load_form
from perfdoc.layout import Paragraph
from perfdoc.model import Budget, Document, Project
from perfdoc.reading import read
from perfdoc.rendering import render


def test_the_style_of_a_title_in_any_case(tmp_path: Path) -> None:
    """As LibreOffice writes `Heading 1` for Word's `heading 1`."""
    drawn = docx.Document()
    drawn.add_heading("{{ document.title }}", 1)
    table = drawn.add_table(2, 2)
    for at, (label, tag) in enumerate((("项目名称", "{{ project.name }}"), ("预算", "{{ project.budget.total }}"))):
        table.cell(at, 0).text, table.cell(at, 1).text = label, tag
    drawn.save(str(tmp_path / "form.docx"))
    fields = "- path: name\n  labels: [项目名称]\n- path: budget.total\n  labels: [预算]\n"
    (tmp_path / "form.yaml").write_text(f"title: x\nfields:\n{fields}", encoding="utf-8")
    form = load_form(tmp_path)
    wanted = form.normal(Document(form=form.name, title="甲", projects=(Project(name="乙", budget=Budget(total="1")),)))
    layout = read(render(wanted, form), "x.docx")
    blocks = tuple(
        one._replace(style=one.style.replace("heading", "Heading")) if isinstance(one, Paragraph) else one
        for one in layout.blocks
    )
    assert blocks != layout.blocks
    saved = replace(layout, blocks=blocks, program="", template="")
    assert extract(saved, {form.name: form}).document == wanted
