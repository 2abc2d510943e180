"""Claiming a table that is a form, or goes on with one: section by section, part by part."""

from collections.abc import Callable, Sequence

from perfdoc.extraction.by_labels.indicators import IndicatorRows
from perfdoc.extraction.by_labels.label_rows.label_rows import LabelRows
from perfdoc.extraction.by_labels.sections import Section
from perfdoc.extraction.by_labels.stacked_periods import StackedPeriods
from perfdoc.extraction.by_labels.table import Table
from perfdoc.extraction.result.claims import Findings
from perfdoc.extraction.result.project import Project
from perfdoc.report import Role


def claim_form(
    table: Table,
    sections: Sequence[Section],
    project: Project | None,
    begin: Callable[[], Project],
    findings: Findings,
) -> None:
    """Claim every cell of a form; `project` is the one before it, `begin` begins the next."""
    grid, before = table.grid, len(findings.found)
    for row in grid.rows[: sections[0].first]:
        findings.cells(Role.outside, grid, row.cells)
    for section in sections:
        first = project if section is not sections[0] else None
        project = begin() if section.begins or project is None else project
        if first is not None and first is not project:
            project.share(first, "year", "money_unit")
        periods = StackedPeriods(table, section, project.words)
        for part in section.parts:
            below = IndicatorRows(grid, part.head, project.words, findings, project) if part.head is not None else None
            labels = LabelRows(grid, project, table.heads)
            for line in part.lines:
                row = grid.rows[line.at]
                period = periods.at(line.at)
                if below is not None and period is not None:
                    below.set_period(*period)
                if below is not None and line.kind is not None:
                    below.claim(row, line.kind)
                elif part.labels:
                    labels.row(line.at)
                else:
                    findings.cells(Role.label, grid, row.cells)
    findings.rest(grid, before)
