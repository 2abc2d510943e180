"""What all pages share while the server runs: the folder, the work, what is not saved yet, and what is going on."""

from __future__ import annotations

import hashlib
import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from perfdoc.importing.order import Ending, Job, Order
from perfdoc.importing.settings import boilerplate_near
from perfdoc.texts import language, say
from perfdoc.web.desk import Desk
from perfdoc.web.shelf import Item, Shelf
from perfdoc.web.work.wanted import Read

_TEXTS = 2000  # texts of specs that are kept, as they were when somebody began to edit them
_TOLD = 8  # files that were not read of which it is said why


@dataclass
class Reading:
    """Files that are read into specs: how many, how each ended, and why some were not."""

    total: int = 0
    ended: Counter[Ending] = field(default_factory=Counter)
    said: list[str] = field(default_factory=list)

    @property
    def done(self) -> int:
        """How many are done."""
        return self.ended.total()


class Texts:
    """Texts of specs by their hashes: what somebody who edits one began with."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, str] = OrderedDict()

    def put(self, text: str) -> str:
        """Keep a text; its hash."""
        name = hashlib.sha256(text.encode()).hexdigest()[:24]
        self._kept[name] = text
        self._kept.move_to_end(name)
        while len(self._kept) > _TEXTS:
            self._kept.popitem(last=False)
        return name

    def get(self, name: str) -> str | None:
        """The text of a hash, if it is still known."""
        return self._kept.get(name)


class House:
    """The folder that is served, and all that goes on in it."""

    def __init__(self, root: Path, stop: Callable[[], None]) -> None:
        self.shelf, self.desk, self.stop = Shelf(root), Desk(), stop
        self.texts = Texts()
        self.drafts: dict[tuple[str, int], Any] = {}
        """What was changed and not saved, by the document's way and the project's number."""
        self.writing = threading.Lock()
        self.reading = Reading()
        self._lock = threading.Lock()

    @property
    def root(self) -> Path:
        """The folder that is served."""
        return self.shelf.root

    def read(self, items: Sequence[Item], *, force: bool = False) -> None:
        """Have the specs of received files written, behind what goes on; `force` over specs that say something else."""
        with self._lock:
            if self.reading.done == self.reading.total:
                self.reading = Reading()
            run, waiting = self.reading, [one for one in items if one.file]
            run.total += len(waiting)
        order = Order(str(self.root), force=force)
        for one in waiting:
            known = boilerplate_near(order.near(one.home))
            job = Job(one.file, one.way, one.home, named=True, boilerplate=known)
            self.desk.do(Read(job, order, language()), behind=True).add_done_callback(_counted(self, run, one.way))


def _counted(house: House, run: Reading, way: str) -> Callable[[Future[Any]], None]:
    def came(done: Future[Any]) -> None:
        if done.cancelled():
            return
        found = done.exception() or done.result()
        ending, why = (Ending.unreadable, f"{way}: {found}") if isinstance(found, BaseException) else found
        run.ended[ending] += 1
        if ending not in (Ending.clean, Ending.doubts) and len(run.said) < _TOLD:
            run.said.append(why or say("web.reading.failed", file=way))
        house.shelf.forget()

    return came
