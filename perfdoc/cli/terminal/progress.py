"""How far a run is: a bar on a terminal, plain lines elsewhere, both drawn by tqdm; no colour in either."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from perfdoc.texts import listed, say

Item = TypeVar("Item")

_PATIENCE = 0.5  # seconds of work before a bar shows; a quick run shows none
_PAUSE = 0.1  # seconds between two drawings
_PLAIN = 10.0  # seconds before the first plain line, and between two


class _Lines:
    """A stream that makes of each drawing a line."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say

    def write(self, text: str) -> None:
        if text.strip():
            self._say(text.strip("\r").rstrip())

    def flush(self) -> None:
        pass


class Pace:
    """How many of `total` items are done, how they ended, how fast, and how long the rest may take.

    It is redrawn in place on stderr; where that is no terminal that can do so, `say` gets a line now and then, and
    without `say` nothing is shown.
    """

    def __init__(self, progress: Progress, total: int, say: Callable[[str], None] | None = None) -> None:
        progress.bar = self
        self.counts: Counter[str] = Counter()
        self._total, self._say = total, say
        self._redrawn = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._began = time.monotonic()
        self._bar: Any = None

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._began

    def add(self, ending: str) -> None:
        """An item ended so: the key of what that is called (`cli.ending`)."""
        self.counts[ending] += 1

    def tell(self) -> None:
        """Show how far it is, if it is time to."""
        counts = (f"{number} {say(f'cli.ending.{key}')}" for key, number in self.counts.items())
        self.show(self.counts.total(), listed(counts))

    def show(self, done: int, words: str = "") -> None:
        """Show how far it is, if it is time to; `words` say more about what is done. Of one item nothing is shown."""
        if self._total < 2:
            return
        if self._bar is None:
            if self.seconds < (_PATIENCE if self._redrawn else _PLAIN):
                return
            if not self._redrawn and self._say is None:
                return
            self._bar = self._drawn()
        self._bar.total = max(self._total, done)
        self._bar.set_description_str(words, refresh=False)
        self._bar.update(done - self._bar.n)

    def clear(self) -> None:
        if self._bar is not None and self._redrawn:
            self._bar.clear()

    def end(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None

    def _drawn(self) -> Any:
        from tqdm.std import tqdm  # a quick run shows no bar, and so need not load it

        tqdm.monitor_interval = 0  # no thread that redraws what has not changed
        tqdm.set_lock(threading.RLock())  # the usual one starts a process that looks after semaphores
        bar = tqdm(
            total=self._total,
            file=sys.stderr if self._redrawn or self._say is None else _Lines(self._say),
            dynamic_ncols=self._redrawn,
            mininterval=_PAUSE if self._redrawn else _PLAIN,
            miniters=1,
            delay=1e-9,  # not drawn before the first `update`
            bar_format=say("cli.bar"),
            ascii=" #",
            unit="",
            leave=False,
            position=0,
        )
        spent = self.seconds
        bar.start_t -= spent
        bar.last_print_t -= spent
        return bar


class Progress:
    """The bar that a Printer has to take away before it prints anything else."""

    def __init__(self) -> None:
        self.bar: Pace | None = None

    def over(self, items: Sequence[Item]) -> Iterator[Item]:
        pace = Pace(self, len(items))
        for done, item in enumerate(items):
            pace.show(done)
            yield item
        pace.end()

    def clear(self) -> None:
        if self.bar is not None:
            self.bar.clear()
