"""What tests of the laws share: a Document rendered and read back, and the account of a reading."""

from __future__ import annotations

from perfdoc.extraction import extract
from perfdoc.form_definition import Form, forms
from perfdoc.layout import Grid, Layout
from perfdoc.model import Document
from perfdoc.reading import read
from perfdoc.rendering import render
from perfdoc.report import Reading, Role


def read_back(document: Document, form: Form, kind: str) -> tuple[Layout, Reading]:
    """A Document rendered as a file of a kind, and what is read from that; nothing says which form it is."""
    layout = read(render(document, form, to=kind), f"x.{kind}")
    return layout, extract(layout, {**forms(), form.name: form})


def accounted(layout: Layout, reading: Reading) -> None:
    """Law 1, and law 5: each non-empty cell and paragraph is claimed once; of our own files nothing is in doubt."""
    there = []
    for block in layout.blocks:
        if isinstance(block, Grid):
            there += [cell.text for row in block.rows for cell in row.cells if cell.text.strip()]
        elif block.text.strip():
            there.append(block.text)
    assert sorted(claim.text for claim in reading.claims if claim.text.strip()) == sorted(there)
    assert not [claim for claim in reading.claims if claim.role in (Role.unclaimed, Role.outside)]
    assert not reading.diagnostics
