"""The way through a Layout, block by block: where a project begins, what its heading is, what is outside."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from perfdoc.extract.account import Account, quoted
from perfdoc.extract.draft import Draft
from perfdoc.extract.fitted import claim_fitted
from perfdoc.extract.flat import Caption
from perfdoc.extract.known import known
from perfdoc.extract.labels import LabelledGrid
from perfdoc.extract.over import named
from perfdoc.extract.skeleton import GridPattern, RowPattern
from perfdoc.extract.vocabulary import key
from perfdoc.form import DEFAULT_FORM, Form
from perfdoc.layout import Grid, Layout, Paragraph
from perfdoc.model import Document
from perfdoc.report import Path, Place, Reading, Role, Severity

_RENAMED = "__RefHeading__"
_ANCHOR = re.compile(r"_Toc\d+")
_LOOK_BACK = 6  # blank or titling paragraphs between a heading and its table


class Walk:
    """One pass over a Layout. `reading()` gives what it found."""

    def __init__(self, layout: Layout, forms: Mapping[str, Form]) -> None:
        self.layout = layout
        self.forms = forms
        self.words, self.skeletons = known(forms.values())
        self.account = Account()
        self.account.diagnostics.extend(layout.diagnostics)
        self.drafts: list[Draft] = []
        self.seen: Counter[str] = Counter()
        self.before: list[Paragraph] = []
        self.title: str | None = None
        self.places: dict[Path, Place] = {}
        self.form_grid: Grid | None = None  # the last table, if it was a form's: a page may have cut it
        self.labelled = False  # whether that one was read by its labels

    def reading(self) -> Reading:
        """Walk, and put the Document together."""
        grids = [*self.layout.grids(), None]
        at = 0
        for block in self.layout.blocks:
            if isinstance(block, Paragraph):
                self.before.append(block)
            else:
                at += 1
                self._grid(block, grids[at])
        self._signed()
        self._settle(())
        self.account.move([moved for draft in self.drafts for moved in draft.close(self.words)])
        document = self._document()
        diagnostics = tuple(sorted(self.account.diagnostics, key=lambda d: d.place))
        return Reading(document, self.places, diagnostics, tuple(self.account.claims))

    def _document(self) -> Document:
        form = self._form()
        records = tuple(draft.record(form.section(draft.position + 1) if form else "") for draft in self.drafts)
        document = Document.model_validate({"form": None, "title": self.title, "projects": records})
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
        """The form that explains most of the tables, if it explains every project's."""
        if not self.seen:
            return None
        name, _ = self.seen.most_common(1)[0]
        return self.forms[name]

    # Tables

    def _grid(self, grid: Grid, following: Grid | None) -> None:
        fit = self._fitting(grid)
        if fit is not None:
            form, pattern, roles = fit
            if pattern.begins or not self.drafts:
                self.begin()
            else:
                self._settle(())
            self.seen[form.name] += pattern.begins
            claim_fitted(grid, pattern, roles, self.drafts[-1], self.account, self.words)
            self.form_grid, self.labelled = grid, False
            return
        self._signed()
        labelled = LabelledGrid(grid, self.words, self.account)
        before = self.form_grid if self.form_grid is not None and not self._said_between() else None
        on = labelled.goes_on(before) if before is not None else None
        if on is not None or labelled.is_form(following, bool(self.drafts)):
            captions = self._list_captions() if labelled.flat else ()
            cut = before is not None and before.columns == grid.columns
            labelled.claim(self, captions, renewed=self._titled(), cut=cut, on=on)
            self._settle(())
        else:
            self._settle(())
            if before is not None and before.columns == grid.columns:
                self._not_read(grid)
            self.account.outside([grid])
            self.form_grid = None
            return
        self.form_grid, self.labelled = grid, True

    def _not_read(self, grid: Grid) -> None:
        """A table right behind a form's, as wide as that, which nothing shows to be its other half."""
        first = next((cell for row in grid.rows for cell in row.cells if cell.text.strip()), None)
        if first is not None:
            message = f"a table right behind a form that is not read as a part of it, it begins {quoted(first.text)}"
            self.account.doubt("PD046", Severity.warning, message, grid.place_of(first), first.text)

    def _titled(self) -> bool:
        """Whether a title or a caption stands above the table: another form begins."""
        return bool(self._leading())

    def _signed(self) -> None:
        """The lines right below a form that end it (填报人：… 联系电话：…) go to its project's `extra`."""
        while self.labelled and self.drafts and self.before:
            paragraph = self.before[0]
            pieces = self.words.inlines(paragraph.text)
            ends = bool(pieces) and self.words.is_footer(pieces[0][0]) and all(inline for _, inline in pieces)
            if paragraph.text.strip() and (paragraph.story != "body" or not ends):
                return
            for piece, inline in pieces:
                if inline is not None:
                    path = self.drafts[-1].set_extra(named(inline.label), inline.value.strip(), paragraph.place)
                    self.account.claim(Role.extra, paragraph.place, piece, path)
            self.before.pop(0)

    def _list_captions(self) -> tuple[Caption, ...]:
        """The values above a flat list that hold for all of its projects; their paragraphs are claimed."""
        found: list[Caption] = []
        for paragraph in self._leading():
            pieces = self.words.inlines(paragraph.text)
            for piece, inline in pieces:
                if inline is not None:
                    found.append(
                        Caption(inline.entry.path, inline.label.strip(), inline.value.strip(), paragraph.place)
                    )
                    self.account.claim(Role.label, paragraph.place, piece)
                elif any(one for _, one in pieces):
                    self.account.claim(Role.outside, paragraph.place, piece)
        self.before = [p for p in self.before if not any(p.place == caption.place for caption in found)]
        return tuple(found)

    def _leading(self) -> list[Paragraph]:
        """The titles and captions right above a table, up to the first other line."""
        found: list[Paragraph] = []
        for paragraph in reversed(self.before):
            text = paragraph.text
            if paragraph.story != "body" or not text.strip():
                continue
            says = self.words.is_title(text) or any(inline for _, inline in self.words.inlines(text))
            if not says and not paragraph.bookmarks and not self._numbered_title(text.strip()):
                break
            found.append(paragraph)
        return found[::-1]

    def _said_between(self) -> bool:
        return any(paragraph.text.strip() for paragraph in self.before if paragraph.story == "body")

    def _fitting(self, grid: Grid) -> tuple[Form, GridPattern, list[RowPattern | None]] | None:
        for one in self.skeletons:
            for pattern in one.grids:
                roles = pattern.match(grid)
                if roles is not None:
                    return one.form, pattern, roles
        return None

    # Projects and what stands above them

    @property
    def draft(self) -> Draft | None:
        """The project that is being read."""
        return self.drafts[-1] if self.drafts else None

    def begin(self) -> Draft:
        """A new project begins here; the paragraphs above it are its heading, its captions, or outside."""
        draft = Draft(len(self.drafts), self.places)
        self.drafts.append(draft)
        heading = self._heading()
        if heading is not None:
            draft.heading = heading.text
            draft.places[draft.path("heading")] = heading.place
            self._mark(draft, heading.bookmarks)
            self.account.claim(Role.value, heading.place, heading.text, draft.path("heading"))
        self._settle([heading] if heading else [], draft)
        return draft

    def _heading(self) -> Paragraph | None:
        for paragraph in reversed(self.before[-_LOOK_BACK:]):
            if paragraph.story != "body" or paragraph.contents:
                continue
            if len(paragraph.bookmarks) >= 2 or (paragraph.outline and paragraph is self.before[-1]):
                return paragraph
            text = paragraph.text.strip()
            if text and self._numbered_title(text):
                return paragraph
            if text and not self.words.is_title(text) and not self.words.inlines(text)[0][1]:
                return None
        return None

    def _numbered_title(self, text: str) -> bool:
        return self.words.is_title(text) and key(text) != "".join(text.split()) and text[:1].isdigit()

    def _mark(self, draft: Draft, bookmarks: Sequence[str]) -> None:
        """Keep the two bookmarks around a heading, or the contents' anchor where it is all that is left.

        LibreOffice writes those of an empty heading twice; of a .doc it keeps the anchor alone, and renames it.
        """
        names = list(dict.fromkeys(name.removeprefix(_RENAMED) for name in bookmarks))
        if len(names) == 2:
            draft.bookmarks = (names[0], names[1])
            draft.trusted = self.layout.kind != "txt"
        elif len(names) == 1 and _ANCHOR.fullmatch(names[0]):
            draft.anchor = names[0]

    def _settle(self, heading: Sequence[Paragraph], draft: Draft | None = None) -> None:
        """Give every paragraph since the last table its role, and forget them."""
        leading = {paragraph.place for paragraph in self._leading()} if draft is not None else set()
        for paragraph in self.before:
            if any(paragraph is one for one in heading):
                continue
            if not paragraph.text.strip() and not (paragraph.text and self._is_title_style(paragraph.style)):
                continue
            if self.title is None and paragraph.story == "body" and self._is_title_style(paragraph.style):
                self.title = paragraph.text
                self.places["title",] = paragraph.place
                self.account.claim(Role.value, paragraph.place, paragraph.text, ("title",))
            elif paragraph.contents or key(paragraph.text) in self.words.boilerplate:
                self.account.claim(Role.boilerplate, paragraph.place, paragraph.text)
            elif draft is not None and paragraph.place in leading:
                self._caption(paragraph, draft)
            else:
                self.account.claim(Role.outside, paragraph.place, paragraph.text)
        self.before.clear()

    def _is_title_style(self, style: str) -> bool:
        return bool(style) and any(style == one.title_style for one in self.skeletons)

    def _caption(self, paragraph: Paragraph, draft: Draft) -> None:
        """A line above a table: `金额单位：万元` gives a value, a form's title is boilerplate, all else outside."""
        pieces = self.words.inlines(paragraph.text)
        if any(inline for _, inline in pieces):
            for piece, inline in pieces:
                if inline is not None:
                    entry, label, value = inline
                    path = draft.put(entry.path, named(label), value.strip(), paragraph.place, self.words)
                    draft.captions.add(entry.path)
                    role = Role.extra if "extra" in path else Role.value
                    self.account.claim(role, paragraph.place, piece, path)
                else:
                    self.account.claim(Role.unclaimed, paragraph.place, piece)
                    self.account.doubt(
                        "PD041", Severity.warning, f"not placed: {quoted(piece)}", paragraph.place, piece
                    )
        elif self.words.is_title(paragraph.text):
            role, path = draft.put_title(paragraph.text, paragraph.place, self.words)
            self.account.claim(role, paragraph.place, paragraph.text, path)
        else:
            self.account.claim(Role.outside, paragraph.place, paragraph.text)
