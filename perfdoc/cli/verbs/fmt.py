"""`perfdoc fmt`: specs in their canonical text, comments kept."""

from pathlib import Path

import click

import perfdoc
from perfdoc.cli.codes import Code, worst
from perfdoc.cli.files.batch import attempt, each
from perfdoc.cli.files.inputs import STDIN, bytes_of, folders_below, name_of, tell_aside, waits
from perfdoc.cli.params import INPUT, dry_run_option, format_option
from perfdoc.cli.terminal.difference import difference
from perfdoc.cli.terminal.printing import Printer
from perfdoc.cli.verb import Verb
from perfdoc.errors import UnreadableError
from perfdoc.storage.unplaced import sweep
from perfdoc.storage.writing import write
from perfdoc.texts import say


@click.command(cls=Verb)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=INPUT)
@click.option("--check", is_flag=True)
@click.option("--diff", "show", is_flag=True)
@dry_run_option
@format_option
@click.pass_obj
def fmt(printer: Printer, paths: tuple[str, ...], check: bool, show: bool, dry_run: bool) -> int:
    files: list[str] = []
    codes = [attempt(printer, path, lambda one: _collect(printer, one, files)) for path in paths]
    keep = check or show or dry_run
    codes += each(printer, list(dict.fromkeys(files)), lambda file: _format(printer, file, check, show, keep))
    if not (check or show):  # a dry run ends as the real one would
        codes = [code for code in codes if code != Code.findings]
    return worst(codes)


def _collect(printer: Printer, path: str, files: list[str]) -> int:
    """Add the files that a path stands for; what document.yaml names wrongly is said."""
    if path == STDIN or not Path(path).is_dir():
        files.append(path)
        return Code.clean
    folders = [Path(folder) for folder, _ in folders_below(path)]
    if not folders and waits(path):
        printer.status(say("cli.none_yet", path=path))
        return Code.clean
    if not folders:
        raise UnreadableError(say("cli.no_document_below", path=path))
    tell_aside(printer, path, received=None)
    code = Code.clean
    for folder in folders:
        files.append(str(folder / perfdoc.specs.LISTING))
        listed = perfdoc.specs.listed_files(folder)
        if listed is not None:  # otherwise formatting document.yaml says why
            files.extend(str(folder / name) for name in listed.names)
            code = Code.unreadable if printer.diagnostics(listed.faults) else code
    return code


def _format(printer: Printer, file: str, check: bool, show: bool, keep: bool) -> int:
    name, data = name_of(file), bytes_of(file)
    if not keep:
        sweep(Path(file).parent)
    text = perfdoc.yamltree.decode(data, name)
    new = perfdoc.format_text(text, name)
    changed = new.encode() != data
    if show and changed:
        canonical = say("cli.fmt.canonical", name=name)
        printer.data(difference(text, new, name, canonical) or say("cli.fmt.mark", name=name) + "\n")
    elif check and changed:
        printer.data(f"{name}\n")
    elif file == STDIN and not (check or show):
        printer.data(new)
        return Code.clean
    elif changed:
        write({Path(file): new.encode()}, force=True, dry_run=keep)
        printer.status(say("cli.fmt.would" if keep else "cli.fmt.done", file=file))
    return Code.findings if changed and keep else Code.clean
