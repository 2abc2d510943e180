"""Git's drivers set up in a repository or for a user, as `git install` and `init` do it."""

from __future__ import annotations

from perfdoc.cli.terminal.printing import Printer
from perfdoc.git import drivers
from perfdoc.storage.writing import write


def set_up(printer: Printer, at: drivers.Setup, dry_run: bool = False) -> None:
    """Set the drivers and put the block into .gitattributes; say what became of both."""
    text = at.text()
    new = drivers.with_block(text)
    if not dry_run:
        at.set(drivers.own_command())
        if new != text:
            write({at.attributes: drivers.encoded(new)}, force=True)
    became = "unchanged" if new == text else "added to" if text else "written"
    planned = "unchanged" if new == text else "would add to it" if text else "would write"
    printer.status(f"{at.config}: diff.perfdoc and merge.perfdoc {'would be set' if dry_run else 'set'}")
    printer.status(f"{at.attributes}: {planned if dry_run else became}")
    if at.get("core.quotePath") != "false":
        printer.status(f"git config {at.option} core.quotePath false has git show Chinese file names as they are")
