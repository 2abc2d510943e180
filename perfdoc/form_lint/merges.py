"""PD085: cells that are merged down over a run of indicators, from a row that begins the merge and one that goes on."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from perfdoc.form_lint.advice import fault
from perfdoc.rendering.word.tags import Box, Stretch
from perfdoc.report import Diagnostic, Place
from perfdoc.texts import say


class _Row(NamedTuple):
    """A row of a template's table: where, its cells, how deep in loops over rows and in choices."""

    place: Place
    boxes: tuple[Box, ...]
    loops: int
    choices: int


def merges(parts: Sequence[Stretch]) -> Iterator[Diagnostic]:
    """Merges of repeated rows that can't come out right."""
    inside = (one for one in parts if one.place.table)
    for _, table in groupby(inside, key=lambda one: (one.place.part, one.place.table)):
        rows = list(_rows(list(table)))
        for column in sorted({box.column for row in rows if row.loops for box in row.boxes if box.merge}):
            yield from _column(rows, column)


def unbegun(made: Sequence[Stretch], parts: Sequence[Stretch]) -> Iterator[Diagnostic]:
    """PD085: of a document made after a template, columns where a cell goes on with a merge that the one above has not.

    Each is told once, at the row of the template whose cell goes on so.
    """
    told: set[tuple[int, int]] = set()
    within = (one for one in made if one.place.table and not one.place.part)
    for table, inside in groupby(within, key=lambda one: one.place.table):
        above: dict[int, str] = {}
        for _, cells in groupby(inside, key=lambda one: one.place.row):
            row = {box.column: box.merge for box in next(cells).row}
            told |= {(table, column) for column, merge in row.items() if merge == "continue" and not above.get(column)}
            above = row
    for table, column in sorted(told):
        place = next((at for at in _going_on(parts) if (at.table, at.column) == (table, column)), None)
        if place is not None:
            yield fault("PD085", "form_lint.merge.unbegun", place)


def _going_on(parts: Sequence[Stretch]) -> Iterator[Place]:
    """The cells of a template that go on with a merge."""
    for one in parts:
        if one.place.table and not one.place.part:
            yield from (one.place._replace(column=box.column) for box in one.row if box.merge == "continue")


def _rows(stretches: Sequence[Stretch]) -> Iterator[_Row]:
    loops = choices = 0
    for _, cells in groupby(stretches, key=lambda one: one.place.row):
        row = list(cells)
        words = [tag.word for one in row for tag in one.tags if tag.level == "tr"]
        loops += words.count("for") - words.count("endfor")
        choices += words.count("if") - words.count("endif")
        if not words:
            yield _Row(row[0].place._replace(column=0), row[0].row, loops, choices)


def _column(table: Sequence[_Row], column: int) -> Iterator[Diagnostic]:
    """The merges of one column of a table, as far as they are repeated."""
    cells = [(row, box) for row in table for box in row.boxes if box.column == column and box.merge]
    repeated = [(row, box) for row, box in cells if row.loops]
    begins = [(row, box) for row, box in repeated if box.merge == "restart"]
    goes_on = [(row, box) for row, box in repeated if box.merge != "restart"]
    for row, box in goes_on:
        place = row.place._replace(column=column)
        if box.text.strip():
            yield fault("PD085", "form_lint.merge.text", place, box.text.strip())
    rows = say("form_lint.merge.rows")
    if goes_on and not any(box.merge == "restart" for _, box in cells):
        place = goes_on[0][0].place._replace(column=column)
        yield fault("PD085", "form_lint.merge.nowhere", place, rows=rows)
    for row, box in begins:
        place = row.place._replace(column=column)
        if not goes_on:
            yield fault("PD085", "form_lint.merge.alone", place, box.text.strip(), rows=rows)
        elif not row.choices:
            yield fault("PD085", "form_lint.merge.every", place, box.text.strip(), rows=rows)
