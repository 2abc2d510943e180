"""The models of a `form.yaml`: Form, with its fields, columns and heading.

`form.yaml` says what each label stands for; `form.docx` shows where it stands. What a document leaves to
its form (the heading's text, the bookmarks around it) is derived here, so that reading can leave it out again.
"""

import hashlib
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator

from perfdoc.form_definition.cell_tree import EXTRA, Cells, emptied, nested
from perfdoc.form_definition.invalid import NoValueError
from perfdoc.model import INDICATOR_PATHS, PROJECT_PATHS, Document, Indicator, Project

TARGET_PARTS = ("target.operator", "target.value", "target.unit")
"""The columns over which a form may split an indicator's 指标值."""
_Pair = tuple[str, str]
_ANCHORS = 32767  # Word numbers its own _Toc anchors so; the source document's all lie below


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FormField(_Part):
    """A value of a project and the labels that name it; `under` are labels of a block whose unnamed cell it is.

    `path` is one of the model's (`agency` for a cell with code and name, `execution.rate.total`), or `extra.<label>`.
    """

    path: str
    labels: tuple[str, ...] = ()
    under: tuple[str, ...] = ()

    @field_validator("path")
    @classmethod
    def _is_known(cls, path: str) -> str:
        return _known(path, ("agency", *PROJECT_PATHS))


class Column(_Part):
    """A column of the indicators and the texts of its head; none where it has no head of its own.

    `path` is a name of the model's Indicator, a part of the 指标值 (TARGET_PARTS), or `extra.<label>`.
    """

    path: str
    labels: tuple[str, ...] = ()

    @field_validator("path")
    @classmethod
    def _is_known(cls, path: str) -> str:
        return _known(path, (*INDICATOR_PATHS, *TARGET_PARTS))


def _known(path: str, names: Sequence[str]) -> str:
    if path in names or (path.startswith(f"{EXTRA}.") and path != f"{EXTRA}."):
        return path
    raise NoValueError((*names, f"{EXTRA}.<label>"))


class Heading(_Part):
    """The paragraph above a project: its text, outline level, and the first of its two bookmarks."""

    text: str
    outline: int = Field(4, ge=1, le=9)
    section: str = "_Toc_{sequence:010d}"
    first: int = 1


class Form(_Part):
    """A form as `form.yaml` describes it. `folder` holds its template: `form.docx`, or `form.xlsx` of a list.

    `layouts` are the fingerprints of the files that it was learnt from; its labels mean something in those files alone.
    """

    name: str
    folder: Path
    title: str
    scheme: str = ""
    heading: Heading | None = None
    boilerplate: tuple[str, ...] = ()
    layouts: tuple[str, ...] = ()
    fields: tuple[FormField, ...] = ()
    columns: tuple[Column, ...] = ()

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with other fields; the cached properties of this one are not copied."""
        made = super().model_copy(update=update, deep=deep)
        for name in made.__dict__.keys() - type(self).model_fields.keys():
            del made.__dict__[name]
        return made

    @cached_property
    def document(self) -> Path:
        """The file that is the form's template: its Word file; where it has none, the workbook of a list."""
        word, workbook = self.folder / "form.docx", self.folder / "form.xlsx"
        return workbook if workbook.is_file() and not word.is_file() else word

    @cached_property
    def is_list(self) -> bool:
        """Whether the form is a list, one row an indicator, in a workbook."""
        return self.document.suffix == ".xlsx"

    def heading_of(self, project: Project, position: int) -> str:
        """The heading's text of the project at `position` (from 1): its own, or the form's."""
        return self._heading(project, position) if project.heading is None else project.heading

    def _heading(self, project: Project, position: int) -> str:
        return self.heading.text.format(position=position, name=project.name or "") if self.heading else ""

    def section(self, position: int) -> str:
        """The section's bookmark that the project at `position` (from 1) has by default."""
        rule = self.heading or Heading(text="")
        return rule.section.format(sequence=rule.first + position - 1)

    def bookmarks_of(self, document: Document) -> list[tuple[str, str]]:
        """The two bookmarks (section, contents anchor) of every project: kept where given, else derived.

        A derived section is numbered over the document; a derived anchor comes from the project's name
        and is stable while the name is. Both step over names that are taken.
        """
        return self._pairs(document.projects, [project.bookmarks for project in document.projects])

    def _pairs(self, projects: Sequence[Project], given: Sequence[_Pair | None]) -> list[_Pair]:
        """The bookmarks of projects that have been given these."""
        taken = {name for pair in given if pair for name in pair}
        pairs: list[_Pair] = []
        reached: dict[int, int] = {}  # where the search for a name's anchor ended: all before it is taken
        for position, (project, pair) in enumerate(zip(projects, given, strict=True), 1):
            if pair is None:
                while (section := self.section(position)) in taken:
                    position += 1
                name = (project.name or "").encode("utf-8", "surrogatepass")
                digest = int.from_bytes(hashlib.sha256(name).digest()[:4], "big")
                step = reached.get(digest, 0)
                while (anchor := _anchor(digest, step)) in taken:
                    step += 1
                reached[digest] = step
                pair = section, anchor
                taken.update(pair)
            pairs.append(pair)
        return pairs

    def normal(self, document: Document) -> Document:
        """The same document as this form shows it, so that two that look the same are equal.

        What the form derives (default headings and bookmarks) is None; a field that the form has a cell for and
        the document leaves out is an empty cell; no title and an empty one are the same, and so is an agency's code.
        A list has no place for the document's title, for headings and bookmarks.
        """
        if self.is_list:
            bare = {"heading": None, "bookmarks": None}
            shown = [one.model_copy(update={**self._changed(one, 0), **bare}) for one in document.projects]
            return document.model_copy(update={"form": self.name, "title": None, "projects": tuple(shown)})
        projects = document.projects
        given = [project.bookmarks for project in projects]
        wanted = self._pairs(projects, given)
        asked: list[_Pair | None] = [None] * len(projects)
        while any(given) and (derived := self._pairs(projects, asked)) != wanted:
            # What differs must be said; saying it can move a derived neighbour, so look again.
            asked = [
                pair if ours == theirs else theirs for pair, ours, theirs in zip(asked, derived, wanted, strict=True)
            ]
        shown = []
        for position, (project, pair) in enumerate(zip(projects, asked, strict=True), 1):
            changed = self._changed(project, position)
            if pair != project.bookmarks:
                changed["bookmarks"] = pair
            shown.append(project.model_copy(update=changed) if changed else project)
        return document.model_copy(
            update={"form": self.name, "title": document.title or None, "projects": tuple(shown)}
        )

    def _changed(self, project: Project, position: int) -> dict[str, Any]:
        """What is another in a project as the form shows it, but for its bookmarks."""
        changed = emptied(project, self._cells)
        agency = changed.get("agency", project.agency)
        if agency.code == "" and "agency.code" not in self.paths:
            changed["agency"] = agency.model_copy(update={"code": None})
        if project.heading is not None and project.heading == self._heading(project, position):
            changed["heading"] = None
        rows = tuple(map(self._row_shown, project.indicators))
        if rows != project.indicators:
            changed["indicators"] = rows
        return changed

    def _row_shown(self, indicator: Indicator) -> Indicator:
        changed = emptied(indicator, self._row_cells)
        if indicator.description is not None and indicator.description == (indicator.level3 or ""):
            changed["description"] = None
        return indicator.model_copy(update=changed) if changed else indicator

    @cached_property
    def paths(self) -> frozenset[str]:
        """The dotted paths of a project's values that the form has a cell for: `budget.total`, `extra.联系人`."""
        return frozenset(one.path for one in self.fields)

    @cached_property
    def column_paths(self) -> frozenset[str]:
        """The paths of an indicator's values that the form has a column for; a part of the 指标值 is `target.unit`."""
        return frozenset(one.path for one in self.columns)

    @cached_property
    def _cells(self) -> Cells:
        return nested({"agency.name" if one.path == "agency" else one.path: None for one in self.fields})

    @cached_property
    def _row_cells(self) -> Cells:
        paths = [one.path for one in self.columns if one.path != "description"]
        return nested({"target" if path in TARGET_PARTS else path: None for path in paths})


def _anchor(digest: int, step: int) -> str:
    """The anchor at a step of the search; once all of Word's numbers are taken it goes on above them."""
    return f"_Toc{1 + ((digest + step) % _ANCHORS if step < _ANCHORS else step)}"
