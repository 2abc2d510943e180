"""Layout → Reading: what each table and paragraph is, their claims in order, and the Document built from these."""

from collections import Counter
from collections.abc import Mapping, Sequence

from perfdoc.extraction.about import with_threads
from perfdoc.extraction.below import below, claim_below
from perfdoc.extraction.by_labels.captions import Caption
from perfdoc.extraction.by_labels.flat_list import claim_flat_list
from perfdoc.extraction.by_labels.forms import claim_form
from perfdoc.extraction.by_labels.indicator_columns import indicator_columns
from perfdoc.extraction.by_labels.outline import outline
from perfdoc.extraction.by_labels.sections import PROJECTS, Around, list_lines, sections
from perfdoc.extraction.by_labels.side_by_side import parts
from perfdoc.extraction.by_labels.table import Table, goes_on, is_form, is_frame, listed_goals, recognised
from perfdoc.extraction.by_template.claiming import Claiming
from perfdoc.extraction.by_template.indicator_rows import claim_table
from perfdoc.extraction.by_template.lists import claim_list
from perfdoc.extraction.by_template.matching import Fit
from perfdoc.extraction.by_template.templates import lists_of, templates_of
from perfdoc.extraction.missed import with_missed
from perfdoc.extraction.outside import told
from perfdoc.extraction.paragraphs import Paragraphs
from perfdoc.extraction.result.build import built
from perfdoc.extraction.result.claims import Findings, quoted
from perfdoc.extraction.result.project import Project
from perfdoc.extraction.result.settled import settled
from perfdoc.form_definition import DEFAULT_FORM, Form
from perfdoc.layout import Grid, Layout, Paragraph
from perfdoc.report import Reading, Severity
from perfdoc.texts import say

OURS = "perfdoc"
"""The program that a file of ours names (`docProps/app.xml`), until another one saves it."""


class Reader:
    """One pass over a Layout. `reading()` gives what it found; `known` texts outside of a form are not told.

    `taken` is the form of the whole file where none of its tables is found.
    """

    def __init__(
        self, layout: Layout, forms: Mapping[str, Form], known: Sequence[str] = (), taken: Form | None = None
    ) -> None:
        self.layout, self.forms, self.known, self.taken = layout, forms, known, taken
        self.words, skeletons, self.fits = templates_of(layout, forms.values(), taken)
        self.lists = lists_of(forms.values())
        self.findings = Findings()
        self.findings.diagnostics.extend(layout.diagnostics)
        self.ours = layout.program == OURS
        self.paragraphs = Paragraphs(self.words, skeletons, ours=self.ours, text=layout.kind == "txt")
        self.projects: list[Project] = []
        self.seen: Counter[str] = Counter()
        self.lines: list[Paragraph] = []  # the paragraphs since the last table
        self.fit: Fit | None = None  # what the last table was, if it was a form's
        self.form_grid: Grid | None = None  # the last table, if it was a form's: a page may have cut it
        self.labelled = False  # whether that one was read by its labels
        self.names: frozenset[str] = frozenset()  # the first project's name in a table is among them

    def reading(self) -> Reading:
        """Read all blocks, and put the Document together."""
        grids = [*self.layout.grids(), None]
        at = 0
        for block in self.layout.blocks:
            if isinstance(block, Paragraph):
                self.lines.append(block)
                continue
            at += 1
            fit = self.fits[at - 1]
            if fit is None and is_frame(block, grids[at], self.words):
                own = ((place, cell.text) for place, cell in block.placed() if not cell.continues)
                self.lines += [Paragraph(line, place) for place, text in own for line in text.split("\n")]
                continue
            if fit is not None:
                self._fitted(block, fit)
            elif not self._list(block):
                for n, part in enumerate(parts(block, self.words)):
                    self.form_grid = self.form_grid if n == 0 else None
                    self._labelled(part, grids[at])
            self.fit, self.lines = fit, []
        self._end_form()
        self.lines = self.paragraphs.claim_year(self.lines, self.projects)
        if not self._ends():
            self.paragraphs.claim(self.lines, self.findings)
        form = next((self.forms[name] for name, _ in self.seen.most_common(1)), self.taken)
        said = settled(self.findings, self.projects, self.words)
        reading = built(said, self.projects, self.findings.diagnostics, form, self.forms.get(DEFAULT_FORM))
        reading = with_missed(reading, [project.whole for project in self.projects], self.words)
        return with_threads(told(reading, self.layout, self.words, self.known), self.layout)

    # Tables of a form

    def _fitted(self, grid: Grid, fit: Fit) -> None:
        if fit.begins or not self.projects:
            project = self._begin_fitted(fit)
        else:
            project, before = self.projects[-1], self.fit
            goes_on = before is not None and before.skeleton is fit.skeleton and before.number == fit.number - 1
            gap = (fit.skeleton.gaps[fit.number], project)
            if not (goes_on and self.paragraphs.claim_along(self.lines, [gap], self.findings)):
                self.paragraphs.claim(self.lines, self.findings)
        self.seen[fit.skeleton.form.name] += fit.begins
        project.whole = project.whole or fit.whole
        claim_table(grid, fit, Claiming(project))
        self.form_grid, self.labelled = grid, False

    def _begin_fitted(self, fit: Fit) -> Project:
        """The project that begins with a form's table, with what stands above it claimed."""
        skeleton, last = fit.skeleton, self.projects[-1] if self.projects else None
        project = self._new()
        project.trusted = project.trusted or skeleton.form.name == self.layout.template  # LibreOffice keeps that name
        if fit.sheet:
            for line in self.lines:
                self.paragraphs.mark(project, line)
            self.paragraphs.claim(self.lines, self.findings)
            return project
        ends = self.fit is not None and self.fit.ends and self.fit.skeleton is skeleton
        before = (skeleton.front, project) if last is None else (skeleton.gaps[-1] if ends else (), last)
        if not self.paragraphs.claim_along(self.lines, [before, (skeleton.gaps[0], project)], self.findings):
            self.paragraphs.claim(self.lines, self.findings, project)
        return project

    def _ends(self) -> bool:
        """Claim what stands below the last table as its form has it; False where it stands otherwise."""
        fit = self.fit
        if fit is None or not self.projects or not fit.ends or fit.sheet:
            return False
        below = [(part, self.projects[-1]) for part in (fit.skeleton.gaps[-1], fit.skeleton.back)]
        return self.paragraphs.claim_along(self.lines, below, self.findings)

    def _list(self, grid: Grid) -> bool:
        """Claim a table that is a form's list; False where it is none."""
        self._end_form()
        pattern = next((one for one in self.lists if one.fits(grid)), None)
        if pattern is None:
            return False
        before = len(self.projects)
        claim_list(grid, pattern, self._begin, self.findings)
        self.seen[pattern.form.name] += len(self.projects) - before
        self.paragraphs.claim(self.lines, self.findings)
        self.form_grid = None
        return True

    # Tables with labels

    def _labelled(self, grid: Grid, following: Grid | None) -> None:
        table = recognised(grid, self.words)
        own = outline(grid, self.words) or (indicator_columns(grid, self.words) if not table.heads else None)
        if own is not None:
            captions = self._captions()
            self._claim_lines()
            own.claim(captions, self._begin, self.findings, self.words)
            self.form_grid = None
            return
        before = None if self.paragraphs.says_something(self.lines) else self.form_grid
        on = goes_on(table, before, self.words) if before is not None else None
        if on is None and not is_form(table, following, bool(self.projects), self.words):
            self._outside(table, before)
            return
        last = self.projects[-1] if self.projects else None
        self.names = table.names
        if table.flat:
            self._flat_list(table, last)
        else:
            around = Around(
                begun=last is not None,
                listed=last is not None and last.indicators > 0,
                renewed=bool(self.paragraphs.leading(self.lines)),
                cut=before is not None and before.columns == grid.columns,
                on=on,
            )
            found = sections(table, around, self.words)
            if not any(section.begins for section in found):
                self._claim_lines()
            claim_form(table, found, last, self._begin, self.findings)
        self._claim_lines()
        self.form_grid, self.labelled = grid, True

    def _flat_list(self, table: Table, last: Project | None) -> None:
        captions = self._captions()
        lines = list_lines(table, self.words)
        if not any(line.kind in PROJECTS for line in lines):
            self._claim_lines()
        claim_flat_list(table, lines, captions, last, self._begin, self.findings, self.words)

    def _captions(self) -> Sequence[Caption]:
        """The values above a list that hold for all of its projects, with their lines claimed."""
        captions, self.lines = self.paragraphs.claim_captions(self.lines, self.findings)
        return captions

    def _outside(self, table: Table, before: Grid | None) -> None:
        """Claim a table that is no form; say so where it may be a part of one."""
        grid = table.grid
        self._claim_lines()
        if (listed := listed_goals(table, self.words)) is not None:
            self.findings.doubt_cell("PD050", "extraction.outside.goals", grid, listed)
        within, form = grid.within, self.form_grid
        nested = within is not None and form is not None and within._replace(row=0, column=0) == form.place
        if nested or (before is not None and before.columns == grid.columns):
            self._not_read(grid, nested)
        self.findings.outside([grid])
        self.form_grid = self.form_grid if nested else None

    def _not_read(self, grid: Grid, nested: bool) -> None:
        """A table in a cell of a form's, or one as wide right behind it, which nothing shows to be its other half."""
        first = next((cell for row in grid.rows for cell in row.cells if cell.text.strip()), None)
        if first is not None:
            message = say(
                "extraction.outside.nested" if nested else "extraction.outside.behind", text=quoted(first.text)
            )
            place = grid.within if nested and grid.within else grid.place_of(first)
            self.findings.doubt("PD046", Severity.warning, message, place, first.text)

    # Projects, and the paragraphs between tables

    def _new(self) -> Project:
        project = Project(len(self.projects), self.findings, self.words, trusted=self.ours)
        self.projects.append(project)
        return project

    def _begin(self) -> Project:
        """A new project; the paragraphs above its table are its heading, captions, values, or outside."""
        project = self._new()
        start = max((n for n, one in enumerate(self.lines, 1) if self.words.meaning(one.text).is_title), default=0)
        found = below(self.lines[start:], project, self.words)
        own = found.divides and any(piece.more for piece in found.pieces) and not found.others
        self.paragraphs.claim(self.lines[:start] if own else self.lines, self.findings, project, self.names)
        if own:
            claim_below(found, project, self.findings, self.words)
        self.lines = []
        if not start and project.position and project.is_empty("year"):
            project.share(self.projects[-2], "year")
        return project

    def _claim_lines(self) -> None:
        """Claim the paragraphs above a table that no project has."""
        self.paragraphs.claim(self.lines, self.findings)
        self.lines = []

    def _end_form(self) -> None:
        """Claim the lines right below a form that was read by its labels, which end it."""
        if self.labelled and self.projects:
            found = below(self.lines, self.projects[-1], self.words)
            claim_below(found, self.projects[-1], self.findings, self.words)
            self.lines = list(found.others)
            if found.divides:
                self.form_grid = None
