"""The way through a Layout, block by block: where a project begins, and what each table and paragraph is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cached_property

from perfdoc.extraction.by_labels.side_by_side import parts
from perfdoc.extraction.by_labels.table import LabelledGrid
from perfdoc.extraction.by_template.claiming import Claiming, claim_fitted
from perfdoc.extraction.by_template.lists import ListPattern, claim_list
from perfdoc.extraction.by_template.matching import Fit, fits
from perfdoc.extraction.by_template.templates import known, lists
from perfdoc.extraction.paragraphs import Above
from perfdoc.extraction.result.claims import Account, quoted
from perfdoc.extraction.result.project import Draft
from perfdoc.form_definition import DEFAULT_FORM, Form
from perfdoc.layout import Grid, Layout, Paragraph
from perfdoc.model import Document
from perfdoc.report import Path, Place, Reading, Role, Severity

OURS = "perfdoc"
"""The program that a file of ours names (`docProps/app.xml`), until another one saves it."""


class Walk:
    """One pass over a Layout. `reading()` gives what it found."""

    def __init__(self, layout: Layout, forms: Mapping[str, Form]) -> None:
        self.layout = layout
        self.forms = forms
        self.words, skeletons = known(forms.values())
        self.fits = fits(layout, skeletons)
        self.account = Account()
        self.account.diagnostics.extend(layout.diagnostics)
        self.ours = layout.program == OURS
        self.drafts: list[Draft] = []
        self.seen: Counter[str] = Counter()
        self.places: dict[Path, Place] = {}
        self.above = Above(self.account, self.words, skeletons, self.places, ours=self.ours, text=layout.kind == "txt")
        self.known: set[int] = set()  # the positions of projects whose form says what each of their values is
        self.fit: Fit | None = None  # what the last table was, if it was a form's
        self.form_grid: Grid | None = None  # the last table, if it was a form's: a page may have cut it
        self.labelled = False  # whether that one was read by its labels

    def reading(self) -> Reading:
        """Walk, and put the Document together."""
        grids = [*self.layout.grids(), None]
        at = 0
        for block in self.layout.blocks:
            if isinstance(block, Paragraph):
                self.above.waiting.append(block)
            else:
                at += 1
                fit = self.fits[at - 1]
                if fit is not None:
                    self._fitted(block, fit)
                elif not self._list(block):
                    for n, part in enumerate(parts(block, self.words)):
                        self.form_grid = self.form_grid if n == 0 else None
                        self._labelled(part, grids[at])
                self.fit = fit
        self._signed()
        if not (self.fit and self.drafts and self.above.ends(self.fit, self.drafts[-1])):
            self.above.settle(())
        guessed = [draft for draft in self.drafts if draft.position not in self.known]
        self.account.move([moved for draft in guessed for moved in draft.close(self.words)])
        document = self._document()
        diagnostics = tuple(sorted(self.account.diagnostics, key=lambda d: d.place.order))
        return Reading(document, self.places, diagnostics, tuple(self.account.claims))

    def _document(self) -> Document:
        form = self._form()
        records = tuple(draft.record(form.section(draft.position + 1) if form else "") for draft in self.drafts)
        document = Document.model_validate({"form": None, "title": self.above.title, "projects": records})
        if form is not None:
            return form.normal(document)
        return self._plain_headings(document)

    def _plain_headings(self, document: Document) -> Document:
        """Without a form, a heading that the default form would derive is left out all the same."""
        default = self.forms.get(DEFAULT_FORM)
        if default is None:
            return document
        bare = document.model_copy(
            update={"projects": tuple(p.model_copy(update={"heading": None}) for p in document.projects)}
        )
        projects = tuple(
            one if project.heading == default.heading_of(one, position) else project
            for position, (project, one) in enumerate(zip(document.projects, bare.projects, strict=True), 1)
        )
        return document.model_copy(update={"projects": projects})

    def _form(self) -> Form | None:
        """The form that explains most of the tables."""
        if not self.seen:
            return None
        name, _ = self.seen.most_common(1)[0]
        return self.forms[name]

    # Tables

    def _fitted(self, grid: Grid, fit: Fit) -> None:
        before = self.fit
        if fit.begins or not self.drafts:
            draft = Draft(len(self.drafts), self.places)
            draft.trusted = self.ours
            last = self.drafts[-1] if self.drafts else None
            if self.above.begins(fit, draft, before, last):
                self.drafts.append(draft)
            else:
                draft = self.begin()
        else:
            draft = self.drafts[-1]
            goes_on = before is not None and before.skeleton is fit.skeleton and before.number == fit.number - 1
            if not (goes_on and self.above.between(fit, draft)):
                self.above.settle(())
        self.seen[fit.skeleton.form.name] += fit.begins
        if fit.whole:
            self.known.add(draft.position)
        claiming = Claiming(draft, self.account, self.words)
        claim_fitted(grid, fit, claiming)
        self.above.titled(claiming)
        self.form_grid, self.labelled = grid, False

    @cached_property
    def _lists(self) -> tuple[ListPattern, ...]:
        return lists(self.forms.values())

    def _list(self, grid: Grid) -> bool:
        """Claim a table that is a form's list; False where it is none."""
        self._signed()
        pattern = next((one for one in self._lists if one.fits(grid)), None)
        if pattern is None:
            return False
        before = len(self.drafts)
        claim_list(grid, pattern, self.begin, self.account, self.words)
        self.seen[pattern.form.name] += len(self.drafts) - before
        self.above.settle(())
        self.form_grid = None
        return True

    def _labelled(self, grid: Grid, following: Grid | None) -> None:
        labelled = LabelledGrid(grid, self.words, self.account)
        before = self.form_grid if self.form_grid is not None and not self.above.says_something() else None
        on = labelled.goes_on(before) if before is not None else None
        if on is not None or labelled.is_form(following, bool(self.drafts)):
            captions = self.above.list_captions() if labelled.flat else ()
            cut = before is not None and before.columns == grid.columns
            labelled.claim(self, captions, renewed=bool(self.above.leading()), cut=cut, on=on)
            self.above.settle(())
        else:
            self.above.settle(())
            nested = self._is_within(grid)
            if nested or (before is not None and before.columns == grid.columns):
                self._not_read(grid, nested)
            self.account.outside([grid])
            self.form_grid = self.form_grid if nested else None
            return
        self.form_grid, self.labelled = grid, True

    def _is_within(self, grid: Grid) -> bool:
        """Whether a table stands in a cell of the form's table before it."""
        within, form = grid.within, self.form_grid
        return within is not None and form is not None and within._replace(row=0, column=0) == form.place

    def _not_read(self, grid: Grid, nested: bool) -> None:
        """A table in a cell of a form's, or one as wide right behind it, which nothing shows to be its other half."""
        first = next((cell for row in grid.rows for cell in row.cells if cell.text.strip()), None)
        if first is not None:
            where = "in a cell of" if nested else "right behind"
            message = f"a table {where} a form that is not read as a part of it, it begins {quoted(first.text)}"
            place = grid.within if nested and grid.within else grid.place_of(first)
            self.account.doubt("PD046", Severity.warning, message, place, first.text)

    def _signed(self) -> None:
        if self.labelled and self.drafts:
            self.above.signed(self.drafts[-1])

    # Projects

    @property
    def draft(self) -> Draft | None:
        """The project that is being read."""
        return self.drafts[-1] if self.drafts else None

    def begin(self) -> Draft:
        """A new project begins here; the paragraphs above it are its heading, its captions, or outside."""
        draft = Draft(len(self.drafts), self.places)
        self.drafts.append(draft)
        heading = self.above.heading()
        if heading is not None:
            draft.heading = heading.text
            draft.places[draft.path("heading")] = heading.place
            self.above.mark(draft, heading.bookmarks)
            self.account.claim(Role.value, heading.place, heading.text, draft.path("heading"))
        draft.trusted = draft.trusted or self.ours
        self.above.settle([heading] if heading else [], draft)
        return draft
