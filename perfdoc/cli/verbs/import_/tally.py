"""How a run over many files goes, and how it went: a bar or plain lines on the way, a table at the end, a summary.

The summary (`--summary FILE`) says what became of each file, as JSON (docs/en/diagnostics.md).
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from perfdoc.cli.codes import Code
from perfdoc.cli.files.inputs import left_aside
from perfdoc.cli.terminal.printing import Printer
from perfdoc.cli.terminal.progress import Pace
from perfdoc.importing.order import Ending
from perfdoc.jobs.ledger import Entry
from perfdoc.texts import listed, say
from perfdoc.visible import width

AGAIN = "already done"
VERSION = 1
"""Of the summary."""
_ALWAYS = ("clean", "doubts", "unrecognised", "unreadable", "again")
"""What the table says also where there is none of it."""
_ORDER = (*_ALWAYS[:4], "differs", "lost", "unwritten", "bug", "again", "skipped")
_IN_SUMMARY = {one.name: str(one) for one in Ending} | {"again": AGAIN}


class Tally:
    """Counts of a run over `total` files, told on stderr while it goes on; learning took `before` seconds."""

    def __init__(self, printer: Printer, total: int, before: float = 0.0) -> None:
        self._before = before
        self.code = Code.clean
        self.projects = self.indicators = 0
        self.hidden = 0
        self._suffixes: Counter[str] = Counter()
        self._pace = Pace(printer.progress, total, printer.status)

    def add(self, entry: Entry) -> None:
        self._pace.add("again" if entry.again else Ending(entry.outcome).name)
        self.code = max(self.code, Code(entry.code))
        if entry.outcome == Ending.skipped and not entry.again:
            self._suffixes[PurePosixPath(entry.source).suffix.lower()] += 1
        self.projects += entry.projects
        self.indicators += entry.indicators

    def left_out(self, number: int) -> None:
        """Hidden names and lock files of a folder."""
        self.hidden += number

    def tell(self) -> None:
        self._pace.tell()

    def counts(self) -> dict[str, int]:
        """The number of files by how they ended, as the summary calls that, in the table's order."""
        return {_IN_SUMMARY[name]: number for name, number in self._counts()}

    def _counts(self) -> Iterator[tuple[str, int]]:
        found = self._pace.counts
        return ((name, found[name]) for name in _ORDER if name in _ALWAYS or found[name])

    def table(self) -> Iterator[str]:
        self._pace.end()
        if said := left_aside(self._suffixes, self.hidden):
            yield said
        counts = {say(f"cli.ending.{name}"): number for name, number in self._counts()}
        wide = max(map(width, counts))
        total = self._pace.counts.total()
        digits = len(f"{total:,}")
        yield say("cli.import.table", n=total, span=_span(self._before + self._pace.seconds))
        for name, number in counts.items():
            yield f"  {name}{' ' * (wide - width(name))}  {number:>{digits},}"
        yield "  " + listed((say("counts.projects", n=self.projects), say("counts.indicators", n=self.indicators)))


def summary(entries: Iterable[Entry], counts: Mapping[str, int], code: int) -> Iterator[str]:
    """The summary's text in pieces, a line a file."""
    yield f'{{"version": {VERSION},\n"code": {code},\n"counts": {json.dumps(counts)},\n"files": ['
    separator = "\n"
    for entry in entries:
        yield separator + json.dumps(_as_object(entry), ensure_ascii=False)
        separator = ",\n"
    yield "\n]}\n"


def _as_object(entry: Entry) -> dict[str, object]:
    return {
        "file": entry.source,
        "ending": entry.outcome,
        "again": entry.again,
        "code": entry.code,
        "kind": entry.kind,
        "folder": entry.folder or None,
        "form": entry.form or None,
        "projects": entry.projects,
        "indicators": entry.indicators,
        "doubts": entry.doubts,
        "sha256": entry.hash.hex() or None,
        "message": entry.message,
    }


def _span(seconds: float) -> str:
    whole = int(seconds)
    if whole < 60:
        return say("cli.import.seconds", seconds=seconds)
    return say("cli.import.minutes", minutes=whole // 60, seconds=whole % 60)
