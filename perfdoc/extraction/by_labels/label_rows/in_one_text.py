"""Cells that hold labels and their values in one text: 单位：万元, 项目名称：某项目 年度：2024."""

from collections.abc import Callable

from perfdoc.extraction.by_labels.captions import Caption, Piece, pieces
from perfdoc.extraction.by_labels.label_rows.beside import TEXTS
from perfdoc.extraction.by_labels.label_rows.named_values import NamedValues
from perfdoc.extraction.vocabulary.keys import is_number, named
from perfdoc.extraction.vocabulary.tables import Entry
from perfdoc.layout import Cell
from perfdoc.report import Role

_CAPTIONS = ("agency", "agency.name", "agency.code", "department", "money_unit")
"""What a line above 项目名称 may say that a label of the form itself knows better."""


def claim_labelled(cell: Cell, values: NamedValues, of_money: Callable[[str, Entry, str], Entry]) -> bool:
    """Claim a cell that holds labels and values in one text. False where it holds none, or more than that.

    `of_money` gives the field that a label, known as an entry, has of an amount where it stands.
    """
    if values.put_money_lines(cell):
        return True
    words, project, place = values.words, values.project, values.grid.place_of(cell)
    said = words.meaning(cell.text)
    whole, found = said.inline, list(pieces(cell.text, place, words))
    if whole is not None:
        known = (inline is not None or words.meaning(piece).is_title for piece, inline in said.inlines)
        if whole.entry.path in TEXTS or not all(known):
            only = Caption(whole.entry.path, named(whole.label), whole.value.strip(), place)
            found = [Piece(Role.label, cell.text, only)]
    elif "\n" in cell.text or any(piece.role in (Role.outside, Role.unclaimed) for piece in found):
        return False
    for role, text, caption in found:
        if role is Role.boilerplate or caption is None:
            project.title(text, place)
            continue
        field, label, value, _ = caption
        if is_number(value):
            field = of_money(label, Entry(field), value).path
        weak = "name" not in project.values and field in _CAPTIONS
        project.name(field, label, value, place, text=text, weak=weak)
    return True
