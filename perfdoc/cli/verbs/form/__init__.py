"""`perfdoc form list|show|lint|new|label`: the forms that there are, whether their files agree; a new one, a label."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

import perfdoc
from perfdoc.cli.codes import Code, worst
from perfdoc.cli.files.batch import attempt, each
from perfdoc.cli.files.output import save
from perfdoc.cli.params import FORM, dry_run_option, format_option, templates_option
from perfdoc.cli.terminal.printing import Printer, json_text, shown
from perfdoc.cli.verb import Verbs
from perfdoc.cli.verbs.form.form_new import form_new
from perfdoc.errors import UsageError
from perfdoc.form_definition.loading import is_packaged
from perfdoc.labelling import relabelled, unlabelled
from perfdoc.storage.paths import from_here
from perfdoc.texts import listed, say
from perfdoc.visible import width

Forms = tuple[Path, ...]


@click.group(cls=Verbs)
def form() -> None:
    """Forms: the bureaus' tables, each a folder of two files."""


form.add_command(form_new)


@form.command("list")
@templates_option
@format_option
@click.pass_obj
def list_(printer: Printer, templates: Forms) -> int:
    found: list[perfdoc.Form] = []
    codes = [attempt(printer, folder, lambda at: _load(found, at)) for folder in _folders(templates).values()]
    if printer.format == "json":
        printer.data(json_text([_summary(one) for one in found]))
    else:
        columns = [
            (one.name, ", ".join(perfdoc.rendering.kinds(one)), one.title, shown(str(one.folder))) for one in found
        ]
        printer.data("".join(_aligned(columns)))
    return Code.findings if any(codes) else Code.clean


@form.command()
@click.argument("name", type=FORM)
@templates_option
@format_option
@click.pass_obj
def show(printer: Printer, name: str, templates: Forms) -> int:
    folder = Path(name)
    there = (folder / "form.yaml").is_file()
    one = perfdoc.form_definition.load_form(folder) if there else perfdoc.form(name, templates)
    if printer.format == "json":
        printer.data(json_text({**_summary(one), **_details(one)}))
        return Code.clean
    printer.data(f"{one.name}: {one.title}\n")
    about = {"folder": shown(str(one.folder)), "kinds": ", ".join(perfdoc.rendering.kinds(one)), "scheme": one.scheme}
    if one.heading is not None:
        about["heading"] = say("cli.form.outline", text=one.heading.text, level=one.heading.outline)
    about["boilerplate"] = ", ".join(one.boilerplate)
    printer.data("".join(f"  {say(f'cli.form.{key}')}: {text}\n" for key, text in about.items() if text))
    details = _details(one)
    for group in ("fields", "columns"):
        rows = [(f"  {each['path']}", each["title"], _labelled(each)) for each in details[group]]
        printer.data(say(f"cli.form.{group}") + ":\n" + "".join(_aligned(rows)))
    return Code.clean


@form.command()
@click.argument("names", metavar="[NAME|FOLDER]...", nargs=-1, type=FORM)
@templates_option
@format_option
@click.pass_obj
def lint(printer: Printer, names: tuple[str, ...], templates: Forms) -> int:
    folders: list[Path] = []
    codes = [attempt(printer, name, lambda one: _named(folders, one, templates)) for name in names]
    chosen = list(dict.fromkeys(folders if names else _folders(templates).values()))
    codes += each(printer, chosen, lambda folder: _lint(printer, folder))
    return worst(codes)


def _lint(printer: Printer, folder: Path) -> int:
    code = printer.diagnostics(perfdoc.lint(folder))
    if code == Code.clean:
        printer.status(say("cli.form.sound", folder=folder))
    return code


def _named(folders: list[Path], name: str, templates: Forms) -> int:
    """Add the folders that a name stands for: a form's, a folder of forms, or that of the form so called."""
    path, known = Path(name), _folders(templates)
    if path.is_dir() and not (path / "form.yaml").exists() and (below := sorted(path.glob("*/form.yaml"))):
        folders += [file.parent for file in below]
    elif path.is_dir():
        folders.append(path)
    else:
        folders.append(_called(name, known))
    return Code.clean


def _called(name: str, known: Mapping[str, Path]) -> Path:
    if name not in known:
        raise UsageError(say("forms.unknown", name=repr(name), known=listed(known) or say("forms.none")))
    return known[name]


def _folders(templates: Forms) -> dict[str, Path]:
    """The folder of each form by its name, as a person here names it: from the current one where it is in it."""
    found = perfdoc.form_definition.form_folders(templates)
    return {name: from_here(folder) for name, folder in found.items()}


def _load(found: list[perfdoc.Form], folder: Path) -> int:
    found.append(perfdoc.form_definition.load_form(folder))
    return Code.clean


def _summary(one: perfdoc.Form) -> dict[str, Any]:
    return {
        "name": one.name,
        "title": one.title,
        "kinds": list(perfdoc.rendering.kinds(one)),
        "folder": str(one.folder),
        "scheme": one.scheme or None,
        "fields": len(one.fields),
        "columns": len(one.columns),
    }


def _details(one: perfdoc.Form) -> dict[str, Any]:
    title = perfdoc.model.title
    return {
        "heading": one.heading.model_dump() if one.heading else None,
        "boilerplate": list(one.boilerplate),
        "fields": [
            {**each.model_dump(), "title": title(tuple(each.path.split(".")), perfdoc.Project)} for each in one.fields
        ],
        "columns": [
            {**each.model_dump(), "title": title((each.path.split(".")[0],), perfdoc.Indicator)} for each in one.columns
        ],
    }


def _labelled(each: dict[str, Any]) -> str:
    """The labels of a field or column, the one that is printed first."""
    under = [say("cli.form.within", label=label) for label in each.get("under", ())]
    return ", ".join((*each["labels"], *under))


def _aligned(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Rows as lines, their columns under one another; the last one is as long as it is."""
    wide = [max((width(row[at]) for row in rows), default=0) for at in range(len(rows[0]) - 1)] if rows else []
    for row in rows:
        cells = [text + " " * (wide[at] - width(text)) for at, text in enumerate(row[:-1])]
        yield "  ".join((*cells, row[-1])).rstrip() + "\n"


@form.command("label")
@click.argument("name", type=FORM)
@click.argument("label")
@click.argument("path", required=False)
@click.option("--remove", is_flag=True)
@templates_option
@dry_run_option
@format_option
@click.pass_obj
def form_label(
    printer: Printer, name: str, label: str, path: str | None, remove: bool, templates: tuple[Path, ...], dry_run: bool
) -> int:
    if (path is None) is not remove:
        raise UsageError(say("cli.form_label.one"))
    folder = _changeable(name, templates)
    made = unlabelled(folder, label) if path is None else relabelled(folder, label, path)
    save(printer, {folder / file: data for file, data in made.files.items()}, force=True, dry_run=dry_run)
    for line in made.said:
        printer.status(line)
    if made.files and not dry_run:
        printer.status(say("labelling.next"))
    return Code.clean


def _changeable(name: str, templates: Forms) -> Path:
    """The folder of a form by its name, or the folder itself; UsageError for one that comes with perfdoc."""
    folder = from_here(Path(name)) if (Path(name) / "form.yaml").is_file() else _called(name, _folders(templates))
    if is_packaged(folder):
        raise UsageError(say("labelling.packaged", form=folder.name))
    return folder
