"""What a template sees: a Document's values under the names that stand in `form.docx`.

`None` prints as nothing. What the model leaves to the form (heading, bookmarks) is filled in here, and so is
what a template can't know by itself: where a merge starts, and on which page a project stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace

from perfdoc.form_definition import Form
from perfdoc.model import Agency, Budget, Document, Execution, Extra, Indicator, Project, Sources
from perfdoc.target import canonical_operator


class Extras(dict[str, str]):
    """Labels that the model has no field for, with their texts; one that is not there prints as nothing."""

    def __missing__(self, label: str) -> str:
        return ""


class DividedTarget(str):
    """A 指标值. `value` is what is left of it where columns of `extra` say its operator and its unit (≥ | 90 | %)."""

    extra: Extra

    @classmethod
    def of(cls, row: Indicator) -> DividedTarget:
        """That of an indicator."""
        made = cls(row.target or "")
        made.extra = row.extra
        return made

    @property
    def value(self) -> str:
        """The number, by those columns: few forms ask for it."""
        told = [text.strip() for text in self.extra.values() if text.strip()]
        units = [one for one in told if self.endswith(one) and self[: -len(one)][-1:].isnumeric()]
        rest = self.removesuffix(max(units, key=len, default=""))
        bare = rest.lstrip(_SIGNS)
        sign = canonical_operator(rest.removesuffix(bare)) if bare != rest else None
        return bare if sign is not None and sign in map(canonical_operator, told) else rest


_SIGNS = "≥≤＞＜＝><="
_NAMES = {
    "project": {*Project.model_fields, "page", "section", "section_id", "anchor", "anchor_id"} - {"bookmarks"},
    "indicator": {*Indicator.model_fields, "starts_level1", "starts_level2"},
    "document": {"title", "projects", "stale"},
    "project.agency": {*Agency.model_fields},
    "project.budget": {*Budget.model_fields},
    "project.execution": {*Execution.model_fields},
    **{f"project.execution.{name}": {*Sources.model_fields} for name in Execution.model_fields},
}
"""What a template may ask for besides the fields of the model: `section` and `anchor` are the names of a project's
bookmarks; a `starts_…` is true where the level of a row differs from that of the row above; `stale` is `true` where
the page numbers are guesses that Word is to put right."""


def is_value(variable: str) -> bool:
    """Whether a template may ask for `project.budget.total` and the like; other names are its own affair."""
    steps = variable.split(".")
    return all(steps[n] in _NAMES.get(".".join(steps[:n]), steps) for n in range(1, len(steps)))


RECORDS = frozenset(
    (*_NAMES, *(f"{record}.extra" for record in _NAMES), "document.projects", "project.indicators", "loop")
)
"""The names behind which others go on: what they stand for has no text of its own."""
TEXTS = (
    "indicator.target.value",
    *(
        f"{record}.{name}"
        for record, names in _NAMES.items()
        for name in sorted(names)
        if name != "extra" and f"{record}.{name}" not in _NAMES
    ),
)
"""The names that a template may ask for and that nothing goes on behind, as the name of a record does."""


def document_view(
    document: Document, form: Form, bookmarks: Sequence[tuple[str, str]], pages: Sequence[int] | None, first_id: int
) -> SimpleNamespace:
    """The view of a document; `first_id` is the first bookmark id that the template itself does not use."""
    shown = guess(document) if pages is None else pages
    projects = [
        _view(
            project,
            indicators=_indicators(project.indicators),
            heading=form.heading_of(project, position + 1),
            page=page,
            section=section,
            section_id=first_id + 2 * position,
            anchor=anchor,
            anchor_id=first_id + 2 * position + 1,
        )
        for position, (project, (section, anchor), page) in enumerate(
            zip(document.projects, bookmarks, shown, strict=True)
        )
    ]
    return SimpleNamespace(title=document.title or "", projects=projects, stale="true" if pages is None else "false")


def guess(document: Document) -> list[int]:
    """The page on which each project probably begins: 28 lines of contents a page, 22 indicators a page."""
    page = 2 + (len(document.projects) + 1) // 28
    pages = []
    for project in document.projects:
        pages.append(page)
        page += 1 + len(project.indicators) // 22
    return pages


def _view(record: Project | Indicator, **more: object) -> SimpleNamespace:
    """The values of a record and what is said of it besides; what is not there is an empty text."""
    values = {name: "" if value is None else value for name, value in record.__dict__.items()}
    return SimpleNamespace(**{**values, "extra": Extras(record.extra), **more})


def _indicators(rows: Sequence[Indicator]) -> list[SimpleNamespace]:
    return with_starts([_view(row, target=DividedTarget.of(row), description=row.described) for row in rows])


def with_starts(rows: list[SimpleNamespace]) -> list[SimpleNamespace]:
    """The same views, with `starts_level1` and `starts_level2` as they stand one below the other."""
    above: tuple[str, str] | None = None
    for row in rows:
        levels = row.level1, row.level2
        row.starts_level1 = above is None or levels[0] != above[0]
        row.starts_level2 = row.starts_level1 or levels != above
        above = levels
    return rows


BLANK = _indicators([Indicator()])[0]
"""The view of an indicator of which nothing is said."""
