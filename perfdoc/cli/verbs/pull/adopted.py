"""A returned table 审核意见采纳情况表: its answers as replies to the review comments in the specs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from perfdoc.cli.codes import Code
from perfdoc.cli.files.inputs import load_given
from perfdoc.cli.files.output import save
from perfdoc.cli.terminal.printing import Printer
from perfdoc.reviews import Answer, answered, opinions, with_threads
from perfdoc.texts import say


def pull_answers(printer: Printer, file: str, table: Sequence[Answer], folders: Sequence[str], dry_run: bool) -> Code:
    """Put the answers of a table into the documents whose comments it has, and say how many there are."""
    files: dict[Path, bytes] = {}
    number = 0
    for folder in folders:
        given = load_given(folder)
        new = answered(opinions(given.threads(), given.reading), table)
        standing = given.standing()
        made = with_threads(standing.texts, standing.names, new)
        number += len(new)
        files |= {given.folder / name: text.encode() for name, text in made.items() if text != standing.texts[name]}
    printer.status(say("pulling.answers", file=file, answers=say("counts.answers", n=number)))
    save(printer, files, force=True, dry_run=dry_run)
    return Code.clean
