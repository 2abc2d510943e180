"""Claiming what fits a form's skeleton: every text by its position, in order, once."""

from collections.abc import Sequence
from functools import cache

from perfdoc.extraction.by_template.pattern import AGENCY, TITLE, TextPattern
from perfdoc.extraction.by_template.skeleton import RowPattern
from perfdoc.extraction.result.project import EXTRA, Project
from perfdoc.layout import Cell, Grid, Paragraph
from perfdoc.report import Path, Place, Role, Severity
from perfdoc.texts import say

_COLUMN, _FIELD = "indicator.", "project."
# Looked up once: asking an enum for a member takes longer than making a claim.
_VALUE, _LABEL, _EXTRA = Role.value, Role.label, Role.extra


Value = tuple[Path, str | None, bool]
"""A value in a text: its path, its text (None: not written at all), whether it is that path's next line."""


@cache
def _steps(name: str) -> tuple[str, tuple[str, ...]]:
    """The field of a project that a template names, and the steps to it."""
    field = name.removeprefix(_FIELD)
    return field, ("extra", field.removeprefix(EXTRA)) if field.startswith(EXTRA) else tuple(field.split("."))


class Claiming:
    """Claims the texts of one project as its form's template has them."""

    def __init__(self, project: Project) -> None:
        self.project, self.findings, self.words = project, project.findings, project.words
        self.lines: set[str] = set()
        """Fields whose text a loop writes line by line, and which have begun."""

    def text(self, want: TextPattern, cell: Cell, place: Place, *, line: bool = False) -> list[Value]:
        """The values of the document and the project in a text that fits a pattern."""
        given: list[Value] = []
        values = want.values(cell, self.words)
        for name, text in values:
            if name.startswith(_FIELD):
                value = self._field(name, text, place, line=line)
                if value is not None:
                    given.append(value)
            elif name == TITLE:
                given.append((("title",), self.findings.title(text or ""), False))
        if want.exact is None:
            return given  # the cell is one value
        code = values[0][1] if want.names == AGENCY and not cell.runs else None
        if want.is_doubtful(cell.text, values) or (code and not self.words.is_usual_code(code)):
            message, path = say("extraction.could_be_cut"), given[-1][0] if given else ()
            self.findings.doubt("PD048", Severity.warning, message, place, cell.text, path)
        return given

    def _field(self, name: str, text: str | None, place: Place, *, line: bool) -> Value | None:
        """A text of a field of the project. One that the form shows again must say the same, and gives no value."""
        field, steps = _steps(name)
        values = self.project.values
        held = values.get(field)
        goes_on = line and field in self.lines
        if not goes_on and held not in (None, "", text):
            if text:
                message = say("extraction.differs.field", name=field)
                self.findings.doubt("PD042", Severity.warning, message, place, text)
            return None
        values[field] = f"{held}\n{text}" if goes_on else text
        if line:
            self.lines.add(field)
        return ("projects", self.project.position, *steps), text, goes_on

    def say(self, want: TextPattern, given: Sequence[Value], place: Place, text: str) -> None:
        """Claim a text with the values that it gives; the last of them is what the claim names."""
        if not given:
            self.findings.claim(Role.unclaimed if want.valued else Role.boilerplate, place, text)
            return
        for path, value, goes_on in given[:-1]:
            self.findings.claim(_VALUE, place, "", path, value, goes_on=goes_on)
        path, value, goes_on = given[-1]
        self.findings.claim(_EXTRA if "extra" in path else _VALUE, place, text, path, value, goes_on=goes_on)


def claim_row(grid: Grid, pattern: RowPattern, cells: Sequence[Cell], claiming: Claiming) -> None:
    """Claim a row of labels and the project's values."""
    findings = claiming.findings
    for want, cell, place in zip(pattern.cells, cells, grid.places_of(cells), strict=True):
        if cell.continues:
            if cell.text.strip():
                findings.unclaimed(grid, cell, "extraction.unclaimed.hidden")
        elif want.names:
            claiming.say(want, claiming.text(want, cell, place, line=pattern.line), place, cell.text)
        elif cell.text:
            findings.claim(_LABEL, place, cell.text)


def claim_paragraph(want: TextPattern, paragraph: Paragraph, claiming: Claiming, *, line: bool) -> None:
    """Claim a paragraph that fits a pattern; `line` says that a loop writes a text in it line by line."""
    text, place = paragraph.text, paragraph.place
    given = claiming.text(want, Cell(text, 0, 0), place, line=line) if want.names else []
    claiming.say(want, given, place, text)
