"""`perfdoc render`: specs to Word, Excel and PDF."""

import os
from collections.abc import Iterable
from pathlib import Path

import click

from perfdoc.cli.files.inputs import STDIN, distinct, tell_aside
from perfdoc.cli.files.output import STDOUT
from perfdoc.cli.params import dry_run_option, force_option, format_option, side_by_side_options, templates_option
from perfdoc.cli.terminal.printing import Printer
from perfdoc.cli.verb import Verb
from perfdoc.cli.verbs.render.all import PDF, Job, Order, render_all, suffix_of, tree
from perfdoc.errors import UsageError
from perfdoc.jobs.pool import HERE, LOCAL
from perfdoc.office import required
from perfdoc.storage.naming import folder_name, stem
from perfdoc.storage.paths import base, is_url, joined, plain
from perfdoc.storage.walk import YAML
from perfdoc.texts import say

_KINDS = ("docx", "xlsx", PDF)
_SEVERAL = 64  # documents from which on processes of their own are worth their start


@click.command(cls=Verb)
@click.argument("documents", metavar="DOCUMENT...", nargs=-1, required=True)
@click.option("-o", "--output", metavar="OUT")
@click.option("--out-dir", metavar="DIR")
@click.option("-r", "--recursive", is_flag=True)
@click.option("--form", "form_name", metavar="NAME")
@click.option("--to", type=click.Choice(_KINDS))
@click.option("--pages", type=click.Choice(["auto", "office", "none"]), default="auto", show_default=True)
@click.option("--strict", is_flag=True)
@click.option("--anonymous", is_flag=True)
@click.option("--comments", is_flag=True)
@click.option("--into", "old", metavar="OLD")
@click.option("--prune", is_flag=True)
@click.option("--trace", is_flag=True)
@side_by_side_options
@templates_option
@force_option
@dry_run_option
@format_option
@click.pass_obj
def render(
    printer: Printer,
    documents: tuple[str, ...],
    output: str | None,
    out_dir: str | None,
    recursive: bool,
    form_name: str | None,
    to: str | None,
    pages: str,
    strict: bool,
    anonymous: bool,
    comments: bool,
    old: str | None,
    prune: bool,
    trace: bool,
    jobs: int | None,
    executor: str | None,
    templates: tuple[Path, ...],
    force: bool,
    dry_run: bool,
) -> int:
    documents = tuple(dict.fromkeys(map(plain, documents)))
    output, out_dir = output and plain(output), out_dir and plain(out_dir)
    order = Order(form_name, pages, strict, templates, force, dry_run, to, anonymous, comments, trace)
    if output is not None and out_dir is not None:
        raise UsageError(say("cli.render.both"))
    if PDF in (to, suffix_of(output or "")) and (executor or LOCAL) == LOCAL:
        required()
    if old is not None:
        from perfdoc.cli.verbs.render.group import render_into  # with all that renders

        return render_into(printer, _only(documents, output, out_dir, recursive), plain(old), order, prune=prune)
    if prune:
        raise UsageError(say("cli.render.prune"))
    if trace:
        raise UsageError(say("cli.render.trace"))
    if recursive:
        targets, total = _below(printer, documents, output or out_dir or ".")
    else:
        targets, total = _targets(documents, output, out_dir, to), len(documents)
    several = recursive or ((jobs or executor or total >= _SEVERAL) and STDIN not in documents)
    where = (executor or LOCAL) if several else HERE
    return render_all(printer, targets, total, order, executor=where, workers=jobs)


def _below(printer: Printer, documents: tuple[str, ...], folder: str) -> tuple[Iterable[Job], int]:
    """Where each document below folders goes, and how many they are."""
    _refuse_stdout(folder)
    for document in documents:
        tell_aside(printer, document, received=None)
    return tree(documents, folder), sum(1 for _ in tree(documents, folder))


def _only(documents: tuple[str, ...], output: str | None, out_dir: str | None, recursive: bool) -> Job:
    """Where the one document goes that is written into a received file. UsageError for several."""
    if len(documents) > 1 or recursive:
        raise UsageError(say("cli.render.into_one"))
    return _targets(documents, output, out_dir, None)[0]


def _targets(documents: tuple[str, ...], output: str | None, out_dir: str | None, to: str | None) -> list[Job]:
    """Where each document goes. UsageError where the options don't say it."""
    if output is not None and len(documents) > 1 and suffix_of(output) in _KINDS and not _is_folder(output):
        raise UsageError(say("cli.render.one_file", output=output))
    if output is not None and (len(documents) > 1 or _is_folder(output)):
        out_dir, output = output, None
    _refuse_stdout(out_dir)
    if output is None and out_dir is None and documents == (STDIN,):
        output = STDOUT
    if output is not None:
        suffix = suffix_of(output)
        if suffix not in (None, *_KINDS):
            raise UsageError(say("cli.render.kind", output=output, suffix=suffix))
        if suffix and to and suffix != to:
            raise UsageError(say("cli.render.other_kind", output=output, to=to))
        return [Job(documents[0], output)]
    stems = distinct([_stem(document) for document in documents])
    folder = out_dir or ""
    names = [joined(folder, stem) if is_url(folder) else str(Path(folder, stem)) for stem in stems]
    return [Job(document, name, named=False) for document, name in zip(documents, names, strict=True)]


def _refuse_stdout(folder: str | None) -> None:
    if folder == STDOUT:
        raise UsageError(say("cli.render.several"))


def _is_folder(output: str) -> bool:
    """Whether an output is a folder: one that is there, or a name that ends as a folder's."""
    return output != STDOUT and (output.endswith(("/", os.sep)) or (not is_url(output) and Path(output).is_dir()))


def _stem(document: str) -> str:
    """What the file is called: as the folder, or as the project's file."""
    if document == STDIN:
        return "stdin"
    if is_url(document):
        folder, _, name = document.rstrip("/").rpartition("/")
        if name == "document.yaml":
            return folder_name(base(folder))
        return folder_name(stem(name) if name.lower().endswith(YAML) else name)
    path = Path(document)
    if path.is_dir() or path.name == "document.yaml":
        return (path if path.is_dir() else path.parent).resolve().name or "document"
    return path.stem
