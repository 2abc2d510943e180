"""What tests of the laws share: a Document rendered and read back, and the account of a reading."""

from __future__ import annotations

from perfdoc.accounts import Account, account
from perfdoc.accounts.difference import held
from perfdoc.accounts.tally import characters
from perfdoc.extraction import extract
from perfdoc.form_definition import Form, forms
from perfdoc.layout import Grid, Layout
from perfdoc.model import Document
from perfdoc.reading import read
from perfdoc.rendering import render
from perfdoc.report import Reading, Role


def read_back(document: Document, form: Form, kind: str) -> tuple[Layout, Reading]:
    """A Document rendered as a file of a kind, and what is read from that; nothing says which form it is."""
    return read_again(render(document, form, to=kind), form, kind)


def read_again(made: bytes, form: Form, kind: str) -> tuple[Layout, Reading]:
    """What is read from a rendered file."""
    layout = read(made, f"x.{kind}")
    return layout, extract(layout, {**forms(), form.name: form})


def accounted(layout: Layout, reading: Reading) -> None:
    """Law 1, and law 5: each non-empty cell and paragraph is claimed once; of our own files nothing is in doubt.

    And the account of the file adds up to all of its texts.
    """
    there = []
    for block in layout.blocks:
        if isinstance(block, Grid):
            there += [cell.text for row in block.rows for cell in row.cells if cell.text.strip()]
        elif block.text.strip():
            there.append(block.text)
    assert sorted(claim.text for claim in reading.claims if claim.text.strip()) == sorted(there)
    assert not [claim for claim in reading.claims if claim.role in (Role.unclaimed, Role.outside)]
    assert not reading.diagnostics
    found = account(layout, reading)
    adds_up(found, layout)
    assert found.held.pieces == sum(count.pieces for count in found.counts.values())


def adds_up(found: Account, layout: Layout) -> None:
    """An account counts each character of a file once, and says what became of no value."""
    assert found.differences == ()
    assert not [one for one in found.diagnostics if one.code == "PD049"]
    assert sum(count.characters for count in found.counts.values()) == found.held.characters
    assert found.held.characters == sum(characters(text) for _, text in held(layout))
    said = {(one.place, one.quote) for one in found.diagnostics}
    assert {(claim.place, claim.text) for claim in found.quoted(Role.unclaimed)} <= said
