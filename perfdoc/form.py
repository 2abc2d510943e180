"""A form: a bureau's 绩效目标表 as data, one folder under `templates/` with `form.yaml` and `form.docx`.

`form.yaml` says what each label stands for; `form.docx` shows where it stands. What a document leaves to
its form (the heading's text, the bookmarks around it) is derived here, so that reading can leave it out again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from perfdoc.errors import FormError, UsageError
from perfdoc.model import Agency, Budget, Document, Indicator, Project
from perfdoc.yamltree import parse

_Filled = TypeVar("_Filled", Agency, Budget)
DEFAULT_FORM = "tianjin"
_PROJECT_TEXTS = frozenset(("name", "money_unit", "purpose", "goals"))
_ANCHORS = 32767  # Word numbers its own _Toc anchors so; the source document's all lie below


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FormField(_Part):
    """A value of a project and the labels that name it; `under` are labels of a block whose unnamed cell it is."""

    path: str
    labels: tuple[str, ...] = ()
    under: tuple[str, ...] = ()


class Column(_Part):
    """A column of the indicators and the texts of its head."""

    path: str
    labels: tuple[str, ...]


class Heading(_Part):
    """The paragraph above a project: its text, outline level, and the first of its two bookmarks."""

    text: str
    outline: int = Field(4, ge=1, le=9)
    section: str = "_Toc_{sequence:010d}"
    first: int = 1


class Form(_Part):
    """A form as `form.yaml` describes it. `folder` holds `form.docx`."""

    name: str
    folder: Path
    title: str
    scheme: str = ""
    heading: Heading | None = None
    boilerplate: tuple[str, ...] = ()
    fields: tuple[FormField, ...] = ()
    columns: tuple[Column, ...] = ()

    @property
    def document(self) -> Path:
        """The Word file that is the form's template."""
        return self.folder / "form.docx"

    def heading_of(self, project: Project, position: int) -> str:
        """The heading's text of the project at `position` (from 1): its own, or the form's."""
        if project.heading is not None:
            return project.heading
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
        pairs = [project.bookmarks for project in document.projects]
        taken = {name for pair in pairs if pair for name in pair}
        derived: list[tuple[str, str]] = []
        reached: dict[int, int] = {}  # where the search for a name's anchor ended: all before it is taken
        for index, (project, pair) in enumerate(zip(document.projects, pairs, strict=True)):
            if pair is None:
                sections = (self.section(n) for n in _from(index + 1))
                digest = int.from_bytes(
                    hashlib.sha256((project.name or "").encode("utf-8", "surrogatepass")).digest()[:4], "big"
                )
                steps = _from(reached.get(digest, 0))
                anchor, reached[digest] = next(
                    (name, step) for step in steps if (name := _anchor(digest, step)) not in taken
                )
                pair = (_free(sections, taken), anchor)
                taken.update(pair)
            derived.append(pair)
        return derived

    def normal(self, document: Document) -> Document:
        """The same document as this form shows it, so that two that look the same are equal.

        What the form derives (default headings and bookmarks) is None; a field that the form has a cell for and
        the document leaves out is an empty cell; no title and an empty one are the same, and so is an agency's code.
        """
        projects = [self._shown(project, position) for position, project in enumerate(document.projects, 1)]
        given = self.bookmarks_of(document)
        asked = [one.model_copy(update={"bookmarks": None}) if one.bookmarks else one for one in projects]
        while (derived := self.bookmarks_of(Document(projects=tuple(asked)))) != given:
            # What differs must be said; saying it can move a derived neighbour, so look again.
            asked = [
                project if ours == theirs else project.model_copy(update={"bookmarks": theirs})
                for project, ours, theirs in zip(asked, derived, given, strict=True)
            ]
        return document.model_copy(
            update={"form": self.name, "title": document.title or None, "projects": tuple(asked)}
        )

    def _shown(self, project: Project, position: int) -> Project:
        paths = {one.path for one in self.fields}
        columns = {column.path for column in self.columns} - {"description"}
        money = {path.removeprefix("budget."): "" for path in paths if path.startswith("budget.")}
        named: dict[str, str | None] = {"name": ""} if "agency" in paths else {}
        agency = _filled(project.agency, named)
        if named and agency.code == "":
            agency = agency.model_copy(update={"code": None})
        rows = tuple(_row_shown(one, columns) for one in project.indicators)
        default = self.heading.text.format(position=position, name=project.name or "") if self.heading else ""
        shown: dict[str, Any] = {
            **{path: "" for path in paths & _PROJECT_TEXTS if getattr(project, path) is None},
            "agency": agency,
            "budget": _filled(project.budget, money),
            "indicators": rows,
            "heading": None if project.heading == default else project.heading,
        }
        # Most documents look so already, and a copy costs more than a look.
        changed = {name: value for name, value in shown.items() if value is not getattr(project, name)}
        if len(rows) == len(project.indicators) and all(a is b for a, b in zip(rows, project.indicators, strict=True)):
            changed.pop("indicators", None)
        return project.model_copy(update=changed) if changed else project


def _filled(record: _Filled, empty: Mapping[str, str | None]) -> _Filled:
    """A record with empty texts in the fields that the form has a cell for."""
    update = {name: text for name, text in empty.items() if getattr(record, name) is None}
    return record.model_copy(update=update) if update else record


def _row_shown(indicator: Indicator, columns: Set[str]) -> Indicator:
    update: dict[str, str | None] = {name: "" for name in columns if getattr(indicator, name) is None}
    if indicator.description == (indicator.level3 or ""):
        update["description"] = None
    return indicator.model_copy(update=update) if update else indicator


def _from(start: int) -> Iterator[int]:
    while True:
        yield start
        start += 1


def _anchor(digest: int, step: int) -> str:
    """The anchor at a step of the search; once all of Word's numbers are taken it goes on above them."""
    return f"_Toc{1 + ((digest + step) % _ANCHORS if step < _ANCHORS else step)}"


def _free(names: Iterable[str], taken: set[str]) -> str:
    return next(name for name in names if name not in taken)


def template_folders(extra: Sequence[Path] = ()) -> tuple[Path, ...]:
    """Where forms are looked for, first found wins: `extra`, then those that come with perfdoc."""
    packaged = Path(str(resources.files("perfdoc"))) / "templates"
    beside = Path(__file__).resolve().parent.parent / "templates"
    return (*extra, packaged if packaged.is_dir() else beside)


def load_form(folder: Path) -> Form:
    """The form in a folder. Raises FormError, which names form.yaml and the place, where it is unsound."""
    file = folder / "form.yaml"
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FormError(f"{file}: {error}") from error
    tree = parse(text, str(file))
    if tree.diagnostics:
        raise FormError("", tree.diagnostics)
    if not isinstance(tree.value, dict):
        raise FormError(f"{file}: a form is a mapping of title, heading, fields and columns")
    try:
        return Form.model_validate({**tree.value, "name": folder.name, "folder": folder})
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise FormError(f"{file}: {where}: {first['msg']}") from error


@cache
def forms(folders: tuple[Path, ...] = ()) -> dict[str, Form]:
    """Every form by its name, in the order of names. Raises FormError for the first unsound one."""
    found: dict[str, Form] = {}
    for folder in template_folders(folders):
        for file in sorted(folder.glob("*/form.yaml")):
            found.setdefault(file.parent.name, load_form(file.parent))
    return dict(sorted(found.items()))


def form(name: str | None, folders: tuple[Path, ...] = ()) -> Form:
    """The form of a name; None is the default form. Raises UsageError where there is none of that name."""
    known = forms(folders)
    if (name or DEFAULT_FORM) not in known:
        raise UsageError(f"no form {name!r}; there are: {', '.join(known) or 'none'}")
    return known[name or DEFAULT_FORM]
