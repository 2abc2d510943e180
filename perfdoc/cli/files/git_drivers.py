"""Git's drivers set up in a repository or for a user, as `git install` and `init` do it."""

from perfdoc.cli.terminal.printing import Printer
from perfdoc.git import drivers
from perfdoc.storage.writing import write
from perfdoc.texts import say


def set_up(printer: Printer, at: drivers.Setup, dry_run: bool = False) -> None:
    """Set the drivers and put the block into .gitattributes; say what became of both."""
    text = at.text()
    new = drivers.with_block(text)
    if not dry_run:
        at.set(drivers.own_command())
        if new != text:
            write({at.attributes: drivers.encoded(new)}, force=True)
    became = "unchanged" if new == text else "added_to" if text else "written"
    planned = dry_run and new != text
    printer.status(say("init.drivers.would" if dry_run else "init.drivers.set", config=at.config))
    printer.status(say(f"init.would.{became}" if planned else f"init.became.{became}", path=at.attributes))
    if at.get("core.quotePath") != "false":
        printer.status(say("init.drivers.quote_path", option=at.option))
