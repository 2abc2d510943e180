"""Flat lists: one line an indicator, many projects; their columns merged over rows, repeated, or given once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from perfdoc.extraction.by_labels.captions import Caption, pieces
from perfdoc.extraction.by_labels.flat_rows import FlatRows
from perfdoc.extraction.by_labels.indicators import IndicatorRows
from perfdoc.extraction.by_labels.label_rows.label_rows import LabelRows
from perfdoc.extraction.by_labels.row_kinds import RowKind, RowKinds, own_cells
from perfdoc.extraction.by_labels.table import Table
from perfdoc.extraction.result.claims import Findings
from perfdoc.extraction.result.project import Project
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.layout import Grid, Row
from perfdoc.report import Role

_RECORDS = (RowKind.record, RowKind.level)


def has_projects(table: Table, words: Vocabulary) -> bool:
    """Whether a list has a row of a project."""
    kinds: RowKinds | None = None
    index = min(table.heads)
    while index < len(table.grid.rows):
        head = table.heads.get(index)
        if head is not None:
            kinds = RowKinds(table.grid, head, words)
            index += head.depth
            continue
        if kinds is not None and kinds.kind(table.grid.rows[index]) in _RECORDS:
            return True
        index += 1
    return False


def claim_flat_list(
    table: Table,
    captions: Sequence[Caption],
    project: Project | None,
    begin: Callable[[], Project],
    findings: Findings,
    words: Vocabulary,
) -> None:
    """Claim every cell of a list. `captions` are what stands above it and holds for all of its projects."""
    grid, before = table.grid, len(findings.found)
    first = min(table.heads)
    held = [*captions, *_claim_captions(grid, grid.rows[:first], findings, words)]
    rows: IndicatorRows | None = None
    labels: LabelRows | None = None
    index = first
    while index < len(grid.rows):
        head, row = table.heads.get(index), grid.rows[index]
        if head is not None:
            for cell in (cell for one in grid.rows[index : index + head.depth] for cell in one.cells):
                findings.cell(Role.label, grid, cell)
            if isinstance(rows, FlatRows) and rows.head.is_typed_again(head):
                rows.head_again()
            elif head.flat:
                rows = FlatRows(grid, head, words, findings, begin, held)
            else:
                rows = IndicatorRows(grid, head, words, findings, project)
            index += head.depth
            continue
        kind = rows.kinds.kind(row) if rows is not None else RowKind.other
        if rows is not None and kind is not RowKind.other:
            if rows.project is None and not rows.head.flat and rows.kinds.says_indicator(row):
                rows.project = begin()
            rows.claim(row, kind)
            project = rows.project or project
        elif project is None and not any(words.meaning(cell.text).is_named for cell in own_cells(row)):
            held += _claim_captions(grid, [row], findings, words, below=True)
        elif own_cells(row):
            project = project or begin()
            if labels is None or labels.project is not project:
                labels = LabelRows(grid, words, findings, project, table.heads)
            labels.row(index)
        index += 1
    findings.rest(grid, before)


def _claim_captions(
    grid: Grid, rows: Sequence[Row], findings: Findings, words: Vocabulary, *, below: bool = False
) -> list[Caption]:
    """Claim what stands above a list's projects: `单位：万元` holds for all of them.

    `below` says that the rows stand below its head, where no other text is expected.
    """
    found: list[Caption] = []
    for cell in (cell for row in rows for cell in row.cells if cell.text.strip()):
        place = grid.place_of(cell)
        said = list(pieces(cell.text, place, words))
        if below and all(piece.role is Role.outside for piece in said):
            findings.unclaimed(grid, cell, "no label names this cell")
            continue
        for piece in said:
            findings.claim(piece.role, place, piece.text)
            found += [piece.caption] if piece.caption is not None else []
    return found
