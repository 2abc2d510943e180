"""How a run over many files goes, and how it went: a bar or plain lines on the way, a table at the end."""

from __future__ import annotations

import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterator

from perfdoc.batch.ledger import Entry
from perfdoc.cli.codes import Code
from perfdoc.cli.import_one import Ending
from perfdoc.cli.printing import Printer, count
from perfdoc.cli.progress import line

AGAIN = "already done"
_ALWAYS = (Ending.clean, Ending.doubts, Ending.unrecognised, Ending.unreadable, AGAIN)
"""What the table says also where there is none of it."""
_ORDER = (*_ALWAYS[:4], Ending.differs, Ending.lost, Ending.unwritten, Ending.bug, AGAIN, Ending.skipped)
_PATIENCE = 0.5  # seconds of work before a bar shows
_PLAIN = 10.0  # seconds between two lines where there is no terminal


class Tally:
    """Counts of a run over `total` files, told on stderr while it goes on."""

    def __init__(self, printer: Printer, total: int) -> None:
        self.code = Code.clean
        self.projects = self.indicators = 0
        self._printer = printer
        self._total = total
        self._counts: Counter[str] = Counter()
        self._started = self._told = time.monotonic()
        self._bar = sys.stderr.isatty()

    def add(self, entry: Entry) -> None:
        """A file is done."""
        self._counts[AGAIN if entry.again else entry.outcome] += 1
        self.code = max(self.code, Code(entry.code))
        self.projects += entry.projects
        self.indicators += entry.indicators

    def tell(self) -> None:
        """Show how far it is, if it is time to."""
        now = time.monotonic()
        if self._bar:
            if now - self._started > _PATIENCE:
                width = shutil.get_terminal_size().columns - 1
                self._printer.progress.show(self._line(now)[:width])
        elif now - self._told > _PLAIN:
            self._printer.status(self._line(now))
            self._told = now

    def _line(self, now: float) -> str:
        done = self._counts.total()
        counts = ", ".join(f"{number} {name}" for name in _ORDER if (number := self._counts[name]))
        return f"{line(done, max(self._total, done), now - self._started)}  {counts}"

    def counts(self) -> dict[str, int]:
        """The number of files by how they ended, in the table's order."""
        return {str(name): self._counts[name] for name in _ORDER if name in _ALWAYS or self._counts[name]}

    def table(self) -> Iterator[str]:
        """The lines that sum a run up."""
        counts = self.counts()
        width = max(map(len, counts))
        digits = len(f"{self._counts.total():,}")
        yield f"{count(self._counts.total(), 'file')} in {_span(time.monotonic() - self._started)}:"
        for name, number in counts.items():
            yield f"  {name:<{width}}  {number:>{digits},}"
        yield f"  {count(self.projects, 'project')}, {count(self.indicators, 'indicator')}"


def _span(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds < 60 else f"{int(seconds) // 60} min {int(seconds) % 60} s"
