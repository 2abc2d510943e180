"""`perfdoc new`: a project from a form, added to its document."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from perfdoc.cli.codes import Code
from perfdoc.cli.options import dry_run_option, format_option, templates_option
from perfdoc.cli.terminal.printing import Printer
from perfdoc.errors import ConflictError, UsageError

if TYPE_CHECKING:
    from perfdoc.form_definition import Form
    from perfdoc.model import Indicator, Project

_FIELDS = {
    "name": "name", "agency_code": "agency.code", "agency": "agency.name", "unit": "money_unit",
    "total": "budget.total", "fiscal": "budget.fiscal", "other": "budget.other", "purpose": "purpose",
}  # fmt: skip
"""The options that are one text each, and the fields that they fill."""


@click.command(
    epilog="""\b
Examples:
  perfdoc new specs/2024                             asks for everything (on a terminal)
  perfdoc new specs/2024 --name 培训费 --total 12.00 --fiscal 12.00 --goal 全员培训一次。
  perfdoc new specs/2024 --name 培训费 --indicator '产出指标/数量指标/培训人次=≥30人次'

The project's file is numbered after those that are there, and listed in document.yaml, which is made if there is
none. Fields of the form that are not given are empty cells; the agency and the money unit are those of the
document's last project. Without --indicator it gets a row for each kind of indicator of the form's scheme, to be
filled in or deleted. Nothing that exists is changed but document.yaml, by one entry; its comments stay.""",
)
@click.argument("document", type=click.Path(path_type=Path))
@click.option("--name", help="项目名称: the project's name.")
@click.option("--agency", help="预算单位: the budget unit's name.")
@click.option("--agency-code", help="The budget unit's code.")
@click.option("--unit", help="The money unit.  [default: 万元]")
@click.option("--total", help="预算数: the budget, in the money unit.")
@click.option("--fiscal", help="其中：财政资金: of it, fiscal money.")
@click.option("--other", help="其他资金: of it, other money.")
@click.option("--purpose", help="资金用途: what the money is for.")
@click.option("--goal", "goals", multiple=True, help="绩效目标: a goal; numbered where there are several.")
@click.option(
    "--indicator",
    "indicators",
    metavar="L1/L2/L3=TARGET",
    multiple=True,
    help="An indicator; may be given more than once.",
)
@click.option("--form", "form_name", help="The form of a new document.  [default: tianjin]")
@click.option("--no-input", is_flag=True, help="Ask nothing, also on a terminal.")
@dry_run_option
@templates_option
@format_option
@click.pass_obj
def new(printer: Printer, /, document: Path, no_input: bool, dry_run: bool, **given: Any) -> int:
    """Make a new project in DOCUMENT, a document's folder that is there or is to be made."""
    from perfdoc.cli.files.output import said, write
    from perfdoc.form_definition import form

    place = _place(document, given["form_name"])
    chosen = form(place.form, given["templates"])
    texts = {name: given[name] for name in _FIELDS}
    rows = [_indicator(one) for one in given["indicators"]]
    goals = _goals(given["goals"])
    before = _beside(place, chosen)
    if not no_input and sys.stdin.isatty() and sys.stdout.isatty():
        texts, goals, rows = _asked(chosen, texts, goals, rows, before)
    if not (texts["name"] or "").strip():
        raise UsageError("a project needs a name: --name (nothing is asked where there is no terminal)")
    project = _project(chosen, texts, goals, rows or list(_frame(chosen)), before)
    made = place.with_project(project)
    outcomes = write(made, force=True, dry_run=dry_run)
    for path, outcome in outcomes.items():
        printer.status(said(path, outcome, dry_run))
    return Code.clean


class _Place(NamedTuple):
    """A document's folder: its document.yaml's text (none, for a new one), its form, its project files."""

    folder: Path
    listing: str
    form: str | None
    names: tuple[str, ...]

    def with_project(self, project: Project) -> dict[Path, bytes]:
        """The project's file, and document.yaml with one entry more. ConflictError for a file that is there."""
        from perfdoc import specs
        from perfdoc.specs import dump_project, format_text
        from perfdoc.specs.names import file_name

        number = len(self.names) + 1
        name = file_name(project.name or "", number, number)
        path = self.folder / name
        if path.exists():
            raise ConflictError(f"{path}: is there; it was left as it is")
        listing = self.folder / specs.LISTING
        text = _listed(self.listing or f"form: {self.form}\nprojects: []\n", name)
        return {path: dump_project(project).encode(), listing: format_text(text, str(listing)).encode()}


def _place(document: Path, form_name: str | None) -> _Place:
    from perfdoc import specs
    from perfdoc.form_definition import DEFAULT_FORM

    folder = document.parent if document.name == specs.LISTING else document
    if folder.is_file():
        raise UsageError(f"{folder}: is a file; name the document's folder")
    if not (folder / specs.LISTING).is_file():
        return _Place(folder, "", form_name or DEFAULT_FORM, ())
    from perfdoc.cli.files.documents import load_given

    one = load_given(str(folder))
    known = one.reading.document.form
    if form_name and known and form_name != known:
        raise UsageError(f"{folder / specs.LISTING}: its form is {known}, not {form_name}")
    return _Place(folder, specs.read_text(folder / specs.LISTING), known or form_name, one.names)


def _listed(text: str, name: str) -> str:
    """The text of a document.yaml with one project more, its comments where they were."""
    from perfdoc.specs.commented import with_comments
    from perfdoc.specs.comments import gather
    from perfdoc.specs.emit import lines_of
    from perfdoc.specs.listing import Entry, Listing
    from perfdoc.specs.validate import record
    from perfdoc.yamltree import parse

    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    listing, _ = record(Listing, parse(plain, "document.yaml"), "document.yaml")
    assert listing is not None  # it was loaded before
    more = listing.model_copy(update={"projects": (*listing.projects, Entry(spec=name))})
    return with_comments(lines_of(more), gather(plain))


def _beside(place: _Place, form: Form) -> Mapping[str, str]:
    """What the document's last project says of itself that its neighbours share, as far as the form has it."""
    from perfdoc.specs import load

    shared: dict[str, str | None] = {"unit": "万元"}
    if place.names:
        last = load(place.folder / place.names[-1]).document.projects[0]
        shared = {"agency": last.agency.name, "agency_code": last.agency.code, "unit": last.money_unit}
    has = {name for name in shared if not form.paths.isdisjoint((_FIELDS[name], _FIELDS[name].partition(".")[0]))}
    return {name: text for name, text in shared.items() if text and name in has}


def _indicator(given: str) -> Indicator:
    from perfdoc.model import Indicator

    levels, found, target = given.partition("=")
    if not levels.endswith(("≥", "≤", ">", "<", "!")) and found:
        parts = [part.strip() for part in levels.split("/", 2)]
    else:  # 甲/乙/丙>=5: the sign belongs to the value
        parts = []
    if len(parts) != 3 or not parts[2]:
        raise UsageError(f"--indicator {given!r}: write 一级指标/二级指标/三级指标=指标值")
    return Indicator(level1=parts[0], level2=parts[1], level3=parts[2], target=target.strip())


def _goals(given: tuple[str, ...]) -> str:
    """Goals as the form writes them: numbered where there are several and nobody has numbered them."""
    import re

    if len(given) < 2 or any(re.match(r"\s*[0-9一二三四五六七八九十（(]+[.．、)）]", one) for one in given):
        return "\n".join(given)
    return "\n".join(f"{number}.{one}" for number, one in enumerate(given, 1))


def _frame(form: Form) -> Iterator[Indicator]:
    """An empty row for each kind of indicator of the form's scheme, where the form has both levels."""
    from perfdoc.model import Indicator

    for level1, level2 in _kinds(form) if {"level1", "level2"} <= form.column_paths else ():
        yield Indicator(level1=level1, level2=level2, level3="", target="")


def _kinds(form: Form) -> Iterator[tuple[str, str]]:
    from perfdoc.checks.data import load

    schemes: Any = load("schemes.yaml")
    for group in schemes.get(form.scheme, {"groups": ()})["groups"]:
        for kind in group["kinds"]:
            yield group["name"], kind["name"]


def _project(
    form: Form, texts: Mapping[str, str | None], goals: str, rows: list[Indicator], before: Mapping[str, str]
) -> Project:
    from perfdoc.model import Agency, Budget, Document, Project

    said = {_FIELDS[name]: texts[name] if texts[name] is not None else before.get(name) for name in _FIELDS}

    def group(prefix: str) -> dict[str, str | None]:
        return {path.partition(".")[2]: text for path, text in said.items() if path.startswith(prefix)}

    project = Project(
        name=said["name"],
        agency=Agency(**group("agency.")),
        money_unit=said["money_unit"],
        budget=Budget(**group("budget.")),
        purpose=said["purpose"],
        goals=goals,
        indicators=tuple(rows),
    )
    (shown,) = form.normal(Document(projects=(project,))).projects
    return shown


def _asked(
    form: Form, texts: dict[str, str | None], goals: str, rows: list[Indicator], before: Mapping[str, str]
) -> tuple[dict[str, str | None], str, list[Indicator]]:
    """What was not given, asked for: an empty answer is an empty cell."""
    from perfdoc.model import title

    shown = {field.path for field in form.fields}
    for name, path in _FIELDS.items():
        steps = tuple(path.split("."))
        if texts[name] is None and (path in shown or steps[0] in shown or name == "name"):
            texts[name] = _ask(title(steps), before.get(name, ""), needed=name == "name")
    if not goals:
        goals = _goals(tuple(_several("绩效目标 (一行一条，空行结束 one a line, an empty one ends)")))
    for level1, level2 in _kinds(form) if not rows else ():
        for level3 in _several(f"{level1} / {level2}: 三级指标 (空行结束 an empty one ends)"):
            from perfdoc.model import Indicator

            target = _ask(f"  {level3}: 指标值", "")
            rows.append(Indicator(level1=level1, level2=level2, level3=level3, target=target))
    return texts, goals, rows


def _ask(label: str, default: str, *, needed: bool = False) -> str:
    while True:
        answer: str = click.prompt(label, default=default, show_default=bool(default), err=True)
        if answer.strip() or not needed:
            return answer.strip()


def _several(label: str) -> Iterator[str]:
    while answer := _ask(label, ""):
        yield answer
