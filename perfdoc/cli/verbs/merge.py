"""`perfdoc merge`: the merge driver that git calls for a spec that both branches have changed."""

from pathlib import Path

import click

from perfdoc.cli.codes import Code
from perfdoc.cli.params import PATH
from perfdoc.cli.terminal.printing import Printer
from perfdoc.cli.verb import Verb
from perfdoc.errors import UsageError
from perfdoc.git.command import merge_lines, shows_base
from perfdoc.merging import Labels
from perfdoc.merging import merge as merge_texts
from perfdoc.storage.walk import is_office
from perfdoc.texts import say
from perfdoc.yamltree import decode

_UNKNOWN = ("", "%S", "%X", "%Y")  # what a git that knows no labels hands over as they stand


@click.command(cls=Verb)
@click.argument("base", type=PATH)
@click.argument("ours", type=PATH)
@click.argument("theirs", type=PATH)
@click.option("--marker-size", type=int, default=7, show_default=True)
@click.option("--path", default="")
@click.option("--labels", nargs=3, default=("", "", ""), metavar="BASE OURS THEIRS")
@click.option("-p", "--stdout", "to_stdout", is_flag=True)
@click.pass_obj
def merge(
    printer: Printer,
    base: Path,
    ours: Path,
    theirs: Path,
    marker_size: int,
    path: str,
    labels: tuple[str, str, str],
    to_stdout: bool,
) -> int:
    if any(one.is_dir() or is_office(one.name) for one in (base, ours, theirs)):
        if to_stdout:
            raise UsageError(say("cli.merge.several"))
        from perfdoc.cli.merged import merged  # what git calls for one file does without it

        return merged(printer, base, ours, theirs)
    base_label, our_label, their_label = (
        fallback if label in _UNKNOWN else label
        for label, fallback in zip(labels, ("base", "ours", "theirs"), strict=True)
    )
    called, files, name = Labels(our_label, their_label, base_label), (base, ours, theirs), path or ours.name
    for file in files:
        file.open("rb").close()  # one that is not there is no reason to ask git
    try:
        text, conflicts = _by_meaning(files, name, called, max(marker_size, 1))
    except Exception as error:  # whatever it was: a merge that stops half-way would leave the file of one side
        text, conflicts = merge_lines(files, (base_label, our_label, their_label), marker_size)
        reason = " ".join(str(error).split())[:200]
        printer.status(say("cli.merge.by_lines", file=path or ours, why=reason))
    if to_stdout:
        printer.bytes(text)
    else:
        ours.write_bytes(text)
    if conflicts:
        printer.status(f"{path or ours}: {say('counts.conflicts', n=conflicts)}")
    return Code.findings if conflicts else Code.clean


def _by_meaning(files: tuple[Path, Path, Path], name: str, called: Labels, size: int) -> tuple[bytes, int]:
    base, ours, theirs = (decode(file.read_bytes(), str(file)) for file in files)
    made = merge_texts(base, ours, theirs, name, called, size=size, show_base=shows_base())
    return made.text.encode(), made.conflicts
