"""A new project of a form: the rows to fill in, what it shares with its neighbours, its file among those there."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from perfdoc.checks.schemes import schemes
from perfdoc.errors import ConflictError, UsageError
from perfdoc.form_definition import DEFAULT_FORM, Form
from perfdoc.model import Agency, Budget, Document, Indicator, Project
from perfdoc.specs import LISTING, dump_project, format_text, load, names_of, read_text, with_entry
from perfdoc.specs.project_files import file_name
from perfdoc.texts import say

_NUMBERED = re.compile(r"\s*[0-9一二三四五六七八九十（(]+[.．、)）]")


class Place(NamedTuple):
    """A document's folder: its document.yaml's text (none, for a new one), its form, its project files."""

    folder: Path
    listing: str
    form: str | None
    names: tuple[str, ...]

    def with_project(self, project: Project) -> dict[Path, bytes]:
        """The project's file, and document.yaml with one entry more. ConflictError for a file that is there."""
        number = len(self.names) + 1
        name = file_name(project.name or "", number, number)
        path = self.folder / name
        if path.exists():
            raise ConflictError(say("new.there", path=path))
        listing = self.folder / LISTING
        text = with_entry(self.listing or f"form: {self.form}\nprojects: []\n", name)
        return {path: dump_project(project).encode(), listing: format_text(text, str(listing)).encode()}

    def shared(self, form: Form) -> dict[str, str]:
        """What the document's last project says of itself that its neighbours share, by field, if the form has it."""
        said: dict[str, str | None] = {"money_unit": "万元"}
        if self.names:
            last = load(self.folder / self.names[-1]).document.projects[0]
            said = {"agency.name": last.agency.name, "agency.code": last.agency.code, "money_unit": last.money_unit}
        has = {path for path in said if not form.paths.isdisjoint((path, path.partition(".")[0]))}
        return {path: text for path, text in said.items() if text and path in has}


def place(document: Path, form: str | None) -> Place:
    """Where a new project goes: a document's folder (or its document.yaml) that is there or is to be made.

    UsageError for a file in the folder's place, and where the document is of another form than the one asked for.
    """
    folder = document.parent if document.name == LISTING else document
    if folder.is_file():
        raise UsageError(say("new.file", path=folder))
    if not (folder / LISTING).is_file():
        return Place(folder, "", form or DEFAULT_FORM, ())
    reading = load(folder)
    known = reading.document.form
    if form and known and form != known:
        raise UsageError(say("new.form", listing=folder / LISTING, known=known, form=form))
    return Place(folder, read_text(folder / LISTING), known or form, names_of(reading, folder))


def numbered(goals: Sequence[str]) -> str:
    """Goals as the form writes them: numbered where there are several and nobody has numbered them."""
    if len(goals) < 2 or any(_NUMBERED.match(one) for one in goals):
        return "\n".join(goals)
    return "\n".join(f"{number}.{one}" for number, one in enumerate(goals, 1))


def kinds(form: Form) -> tuple[tuple[str, str], ...]:
    """The kinds of indicators of the form's scheme: 一级指标 and 二级指标 of each."""
    scheme = schemes().get(form.scheme)
    return scheme.rows if scheme else ()


def project(form: Form, said: Mapping[str, str | None], goals: str, rows: Sequence[Indicator]) -> Project:
    """A project with these texts by field, as the form shows it: a field of it that is not given is empty.

    Without rows it gets an empty one for each kind of indicator of the form's scheme, if the form has both levels.
    """

    def group(prefix: str) -> dict[str, str | None]:
        return {path.partition(".")[2]: text for path, text in said.items() if path.startswith(prefix)}

    if not rows and {"level1", "level2"} <= form.column_paths:
        rows = [Indicator(level1=level1, level2=level2) for level1, level2 in kinds(form)]
    made = Project(
        name=said.get("name"),
        agency=Agency(**group("agency.")),
        money_unit=said.get("money_unit"),
        budget=Budget(**group("budget.")),
        purpose=said.get("purpose"),
        goals=goals or None,
        indicators=tuple(rows),
    )
    (shown,) = form.normal(Document(projects=(made,))).projects
    return shown
