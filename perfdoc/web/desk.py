"""The desk: work that is asked for, done by processes that may hang or crash, and what is known of each document.

What is asked for by who waits for it goes to processes of their own, so that a file that hangs, or three hundred that
were just dropped, keep nobody waiting. What is known is kept in memory by the files' stamps.
"""

from __future__ import annotations

import threading
import uuid
from collections import OrderedDict
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor, TimeoutError
from typing import Any, NamedTuple

from perfdoc.errors import PerfdocError, UnreadableError
from perfdoc.jobs.guard import Lost
from perfdoc.jobs.limits import Limits
from perfdoc.jobs.pool import VARIABLES
from perfdoc.jobs.process import Home
from perfdoc.jobs.task import Task
from perfdoc.texts import language
from perfdoc.web.shelf import Item, Stamp
from perfdoc.web.work.hand import PREPARE
from perfdoc.web.work.wanted import Asked, Filled, Into, Look, Looked, Make, Paint, Painted, State

_WAITED_FOR, _BEHIND = 2, 2  # processes for what somebody waits for, and for the rest
_KEPT = 600
"""Documents that are kept whole; of others it is known how they stood."""
_PICTURES = 12  # documents whose pictures are kept
PATIENCE = 8.0
"""Seconds that a page waits for what it shows; then it says so, and asks again."""


class Standing(NamedTuple):
    """How a document stands, in short: what the list shows."""

    stamp: Stamp
    state: State
    name: str
    agency: str
    year: str
    form: str
    projects: int
    counts: tuple[int, int, int, int, int]
    """Doubts, errors, warnings, infos and open comments."""
    layout: str
    said: bytes
    """A digest of what the projects say: equal where the specs say what the received file says."""


class Desk:
    """Work handed out, and its results."""

    def __init__(self) -> None:
        self._task = Task(PREPARE, None, Limits(), uuid.uuid4().hex, Home.here(VARIABLES))
        self._front = ThreadPoolExecutor(_WAITED_FOR, "perfdoc-web")
        self._back = ThreadPoolExecutor(_BEHIND, "perfdoc-web-back")
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[Any, ...], tuple[Stamp, Any]] = OrderedDict()
        self._at_work: dict[tuple[Any, ...], tuple[Stamp, bool, Future[Any]]] = {}
        self._standing: dict[tuple[str, bool], Standing] = {}

    def close(self) -> None:
        """End all processes."""
        self._task.close()
        for pool in (self._front, self._back):
            pool.shutdown(wait=False, cancel_futures=True)
        self._task.close()

    def do(self, asked: Asked, *, behind: bool = False) -> Future[Any]:
        """Have something done: its result, a PerfdocError among them."""
        return (self._back if behind else self._front).submit(self._work, asked)

    def _work(self, asked: Asked) -> Any:
        (result,) = self._task([asked])
        if isinstance(result, Lost):
            result = UnreadableError(result.why)
        if isinstance(asked, Look) and isinstance(result, Exception):
            return Looked(State.unreadable, str(result))
        return result

    def standing(self, item: Item, received: bool) -> Standing | None:
        """How the received file of a document, or its specs, stand; None while that is not known, and is looked at."""
        key, stamp = (item.way, received), item.stamp(received)
        known = self._standing.get(key)
        if known is None or known.stamp != stamp:
            self._future(("look", item.way, received, language()), stamp, _look(item, received), behind=True)
            return None
        return known

    def layout(self, item: Item) -> tuple[str, str]:
        """The fingerprint and the form of a received file as it was looked at last; empty where it never was."""
        known = self._standing.get((item.way, True))
        return (known.layout, known.form) if known else ("", "")

    def looked(self, item: Item, received: bool, *, patience: float = PATIENCE) -> Looked | None:
        """What the received file of a document, or its specs, say; None where that takes longer."""
        found: Looked | None = self._result(
            ("look", item.way, received, language()),
            item.stamp(received),
            _look(item, received),
            patience,
        )
        return found

    def drawn(self, item: Item, *, patience: float = PATIENCE) -> Looked | None:
        """How the specs of a document look when they are rendered; None where that takes longer."""
        asked = Look(item.folder, language(), drawn=True)
        found: Looked | None = self._result(("drawn", item.way, language()), item.mine, asked, patience)
        return found

    def painted(self, item: Item, seen: Looked, *, patience: float = 0) -> Painted | PerfdocError | None:
        """The pages of a document's received file, or of what its specs are rendered to; None while they are made."""
        asked = Paint(item.file or item.folder, language(), seen.claims)
        found: Painted | PerfdocError | None = self._result(
            ("paint", item.way), item.theirs or item.mine, asked, patience
        )
        return found

    def filled(self, item: Item, *, patience: float = PATIENCE) -> Filled | PerfdocError | None:
        """A document's received file with the values of its specs; None where that takes longer."""
        asked = Into(item.folder, language(), item.file)
        stamp = (*item.mine, *item.theirs)
        found: Filled | PerfdocError | None = self._result(("into", item.way, language()), stamp, asked, patience)
        return found

    def printed(self, item: Item, filled: Filled | None) -> Painted | PerfdocError | None:
        """The pages of what a document's specs are rendered to, or of its `filled` old file; None until they are."""
        stamp = (*item.mine, *item.theirs)
        asked = Paint(item.file if filled else item.folder, language(), data=filled.data if filled else None)
        key = ("paint", item.way, "into" if filled else "own")
        found: Painted | PerfdocError | None = self._result(key, stamp, asked, 0)
        return found

    def made(self, item: Item, to: str) -> bytes:
        """A document's file. Raises PerfdocError."""
        found = self.do(Make(item.folder, language(), to)).result()
        if isinstance(found, Exception):
            raise found
        assert isinstance(found, bytes)
        return found

    def _result(self, key: tuple[Any, ...], stamp: Stamp, asked: Asked, patience: float) -> Any:
        with self._lock:
            known = self._kept.get(key)
            if known is not None and known[0] == stamp:
                self._kept.move_to_end(key)
                return known[1]
        future = self._future(key, stamp, asked, behind=False)
        try:
            return future.result(patience)
        except TimeoutError:
            return None

    def _future(self, key: tuple[Any, ...], stamp: Stamp, asked: Asked, *, behind: bool) -> Future[Any]:
        with self._lock:
            begun = self._at_work.get(key)
            if begun is not None and begun[0] == stamp:
                _, waits_behind, future = begun
                if behind or not waits_behind or future.running() or future.done():
                    return future  # else somebody waits for it now, and it is at the end of a queue
            future = self.do(asked, behind=behind)
            self._at_work[key] = (stamp, behind, future)
        future.add_done_callback(lambda done: self._came(key, stamp, done))
        return future

    def _came(self, key: tuple[Any, ...], stamp: Stamp, done: Future[Any]) -> None:
        with self._lock:
            begun = self._at_work.get(key)
            if begun is None or begun[2] is not done:  # asked for anew, or its form has changed
                return
            del self._at_work[key]
            if done.cancelled() or done.exception() is not None:
                return
            self._kept[key] = (stamp, done.result())
            self._let_go("paint", _PICTURES)
            self._let_go("", _KEPT)
            if key[0] == "look":
                self._standing[key[1], key[2]] = _standing(stamp, done.result())

    def forget(self, ways: Iterable[str]) -> None:
        """Look again at the received files of documents: their form has changed."""
        gone = set(ways)
        with self._lock:
            for key in [
                key for key in (*self._kept, *self._at_work) if key[1] in gone and key[0] in ("look", "paint", "into")
            ]:
                self._kept.pop(key, None)
                self._at_work.pop(key, None)
            for way in gone:
                if known := self._standing.get((way, True)):
                    self._standing[way, True] = known._replace(stamp=())

    def _let_go(self, kind: str, most: int) -> None:
        keys = [key for key in self._kept if key[0].startswith(kind)]
        for key in keys[: max(len(keys) - most, 0)]:
            del self._kept[key]


def _look(item: Item, received: bool) -> Look:
    return Look(item.file if received else item.folder, language())


def _standing(stamp: Stamp, found: Looked) -> Standing:
    projects = found.document.projects if found.document else ()
    first = next(iter(projects), None)
    findings = [
        sum(one.kind == "finding" and one.severity == level for one in found.notes)
        for level in ("error", "warning", "info")
    ]
    doubts = found.count("doubt") + found.count("outside")
    return Standing(
        stamp,
        found.state,
        (first.name or "") if first else "",
        (first.agency.name or "") if first else "",
        str(found.year or ""),
        (found.document.form or "") if found.document else "",
        len(projects),
        (doubts, findings[0], findings[1], findings[2], found.asked),
        found.layout,
        found.said,
    )
