"""Flat lists: one line an indicator, many projects; their columns merged over rows, repeated, or given once."""

from collections.abc import Callable, Sequence

from perfdoc.extraction.by_labels.captions import Caption, claim, pieces
from perfdoc.extraction.by_labels.flat_rows import FlatRows
from perfdoc.extraction.by_labels.indicators import IndicatorRows
from perfdoc.extraction.by_labels.label_rows.label_rows import LabelRows
from perfdoc.extraction.by_labels.row_kinds import RowKind, own_cells
from perfdoc.extraction.by_labels.sections import Line
from perfdoc.extraction.by_labels.table import Table
from perfdoc.extraction.result.claims import Findings
from perfdoc.extraction.result.project import Project
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.layout import Cell, Grid, Row
from perfdoc.report import Role


def claim_flat_list(
    table: Table,
    lines: Sequence[Line],
    captions: Sequence[Caption],
    project: Project | None,
    begin: Callable[[], Project],
    findings: Findings,
    words: Vocabulary,
) -> None:
    """Claim every cell of a list. `captions` are what stands above it and holds for all of its projects."""
    grid, before = table.grid, len(findings.found)
    held = [*captions, *claim_captions(grid, grid.rows[: lines[0].at], findings, words)]
    rows: IndicatorRows | None = None
    labels: LabelRows | None = None
    for at, kind, head in lines:
        row = grid.rows[at]
        if kind is None and head is not None:
            findings.cells(Role.label, grid, row.cells)
            if at == head.row and isinstance(rows, FlatRows) and rows.head.is_typed_again(head):
                rows.head_again()
            elif at == head.row and head.flat:
                rows = FlatRows(grid, head, words, findings, begin, held)
            elif at == head.row:
                rows = IndicatorRows(grid, head, words, findings, project)
        elif rows is not None and kind is not None and kind is not RowKind.other:
            if rows.project is None and not rows.head.flat and rows.kinds.says_indicator(row):
                rows.project = project or begin()
            rows.claim(row, kind)
            project = rows.project or project
        elif project is None and not any(words.meaning(cell.text).is_named for cell in own_cells(row)):
            held += claim_captions(grid, [row], findings, words, below=True)
        else:
            project = project or begin()
            labels = (
                labels if labels is not None and labels.project is project else LabelRows(grid, project, table.heads)
            )
            labels.row(at)
    findings.rest(grid, before)


def claim_captions(
    grid: Grid, rows: Sequence[Row], findings: Findings, words: Vocabulary, *, below: bool = False
) -> list[Caption]:
    """Claim what stands above a list's projects: `单位：万元` holds for all of them.

    `below` says that the rows stand below its head, where no other text is expected.
    """
    found: list[Caption] = []
    agencies = [cell for row in rows if (cell := _agency(row, words)) is not None]
    for cell in (cell for row in rows for cell in row.cells if cell.text.strip()):
        place = grid.place_of(cell)
        if cell in agencies:
            findings.claim(Role.label, place, cell.text)
            found.append(Caption("agency", "", cell.text, place))
            continue
        said = list(pieces(cell.text, place, words))
        if below and all(piece.role is Role.outside for piece in said):
            findings.unclaimed(grid, cell, "extraction.unclaimed.no_label")
            continue
        for piece in said:
            claim(piece, place, findings)
            found += [piece.caption] if piece.caption is not None else []
    return found


def _agency(row: Row, words: Vocabulary) -> Cell | None:
    """The agency of a list that a row above it names without a label, before the unit of money."""
    own = own_cells(row)
    if len(own) < 2 or any(words.meaning(cell.text).inline is None for cell in own[1:]):
        return None
    said = words.meaning(own[0].text)
    return None if said.is_named or said.is_title else own[0]
