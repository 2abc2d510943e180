"""What a run of `perfdoc import` asks of the process that imports a file, and what it gets back."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from perfdoc.cli.terminal.recorded import Said, Voice
from perfdoc.importing.order import Ending, Order
from perfdoc.jobs.ledger import Entry

if TYPE_CHECKING:
    from perfdoc.accounts import Part

PREPARE = "perfdoc.cli.verbs.import_.done:Importing"
"""The work on one file, by its name: where the work is done it is imported, with all that reads."""
WORDS = {
    Ending.differs: "conflict",
    Ending.lost: "lost",
    Ending.unrecognised: "not-recognised",
    Ending.unreadable: "unreadable",
    Ending.unwritten: "usage",
    Ending.bug: "bug",
}
"""What a file that was not imported is called in JSON."""


class Asked(NamedTuple):
    """What a run was asked for, and how it speaks; `few` asks for all that there is to say of a file."""

    order: Order
    voice: Voice
    few: bool = False


class Done(NamedTuple):
    """What became of a file: its row of the ledger, what is to be said, and its part of the report, if it has one."""

    path: str
    entry: Entry
    said: tuple[Said, ...] = ()
    part: Part | None = None
