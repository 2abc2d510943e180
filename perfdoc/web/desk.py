"""The desk: work that is asked for, done by processes that may hang or crash, and what is known of each document.

What somebody waits for goes to processes of its own, and one more is started where all are at work, up to eight: a file
that hangs, or three hundred that were just dropped, keep nobody waiting. So do pictures, which LibreOffice makes, and
which a page does without until they come. What is known is kept in memory by the files' stamps.
"""

import threading
import uuid
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor, TimeoutError
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeVar

from perfdoc.errors import UnreadableError
from perfdoc.jobs.child import Home
from perfdoc.jobs.guard import Lost, Task
from perfdoc.jobs.limits import Limits
from perfdoc.jobs.pool import VARIABLES
from perfdoc.report import Severity
from perfdoc.texts import language
from perfdoc.web.shelf import Item, Stamp
from perfdoc.web.work import hand
from perfdoc.web.work.hand import PREPARE, Errand
from perfdoc.web.work.results import Filled, Looked, Painted, State

R = TypeVar("R")
Pool = Literal["front", "pictures", "behind"]
_PROCESSES: dict[Pool, int] = {"front": 8, "pictures": 2, "behind": 2}  # most that work at once
_KEPT = 600
"""Documents that are kept whole; of others it is known how they stood."""
_PICTURES = 12  # documents whose pictures are kept
PATIENCE = 8.0
"""Seconds for which what was asked is waited for; then it is said that it takes longer."""
SHOWN = 1.0
"""The same where a page can show what it has, and ask again."""


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


UNKNOWN = Standing((), State.waiting, "", "", "", "", 0, (0, 0, 0, 0, 0), "", b"")
"""How a document stands of which nothing is known yet."""


class Desk:
    def __init__(self) -> None:
        self._task = Task(PREPARE, None, Limits(), uuid.uuid4().hex, Home.here(VARIABLES))
        self._pools = {name: ThreadPoolExecutor(most, f"perfdoc-web-{name}") for name, most in _PROCESSES.items()}
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[Any, ...], tuple[Stamp, Any]] = OrderedDict()
        self._at_work: dict[tuple[Any, ...], tuple[Stamp, Pool, Future[Any]]] = {}
        self._standing: dict[tuple[str, bool], Standing] = {}

    def close(self) -> None:
        self._task.close()
        for pool in self._pools.values():
            pool.shutdown(wait=False, cancel_futures=True)
        self._task.close()

    def do(self, work: Callable[..., R], *given: object, near: Path, pool: Pool = "front") -> Future[R | Exception]:
        """Have something done by a function of `work/`; an error that the user can do something about is a result."""
        return self._pools[pool].submit(self._work, Errand(work, given, near, language()))

    def _work(self, errand: Errand) -> Any:
        (result,) = self._task([errand])
        if isinstance(result, Lost):
            result = UnreadableError(result.why)
        if isinstance(result, Exception) and errand.work in (hand.looked, hand.drawn):
            return Looked(State.unreadable, str(result))
        return result

    def standing(self, item: Item, received: bool) -> Standing | None:
        """How the received file of a document, or its specs, stand; None while that is not known, and is looked at."""
        known, stamp = self._standing.get((item.way, received)), item.stamp(received)
        if known is None or known.stamp != stamp:
            path = Path(item.file) if received else item.given
            self._future(("look", item.way, received, language()), stamp, hand.looked, (path,), "behind")
            return None
        return known

    def layout(self, item: Item) -> tuple[str, str]:
        """The fingerprint and the form of a received file as it was looked at last; empty where it never was."""
        known = self._standing.get((item.way, True))
        return (known.layout, known.form) if known else ("", "")

    def looked(self, item: Item, received: bool, *, patience: float = PATIENCE) -> Looked | None:
        """What the received file of a document, or its specs, say; None where that takes longer."""
        path = Path(item.file) if received else item.given
        key = ("look", item.way, received, language())
        return _seen(self._result(key, item.stamp(received), hand.looked, (path,), patience))

    def drawn(self, item: Item) -> Looked | None:
        """How the specs of a document look when they are rendered; None where that takes longer."""
        return _seen(self._result(("drawn", item.way, language()), item.mine, hand.drawn, (item.given,), PATIENCE))

    def painted(self, item: Item, seen: Looked) -> Painted | Exception | None:
        """The pages of a document's received file, or of what its specs are rendered to; None while they are made."""
        path = item.received or item.given
        return self._result(
            ("paint", item.way), item.theirs or item.mine, hand.pictured, (path, seen.claims), 0, "pictures"
        )

    def filled(self, item: Item, *, patience: float = PATIENCE) -> Filled | Exception | None:
        """A document's received file with the values of its specs; None where that takes longer."""
        stamp, given = (*item.mine, *item.theirs), (item.given, item.received)
        return self._result(("into", item.way, language()), stamp, hand.filled, given, patience)

    def printed(self, item: Item, filled: Filled | None) -> Painted | Exception | None:
        """The pages of what a document's specs are rendered to, or of its `filled` old file; None until they are."""
        key, stamp = ("paint", item.way, "into" if filled else "own"), (*item.mine, *item.theirs)
        given = (item.received, (), filled.data) if filled else (item.given, ())
        return self._result(key, stamp, hand.pictured, given, 0, "pictures")

    def made(self, item: Item, to: str) -> bytes:
        """A document's file. Raises PerfdocError."""
        return answer(self.do(hand.made, item.given, to, near=hand.near(item.given)))

    def _result(
        self, key: tuple[Any, ...], stamp: Stamp, work: Callable[..., R], given: tuple[Any, ...], patience: float,
        pool: Pool = "front",
    ) -> R | Exception | None:  # fmt: skip
        with self._lock:
            known = self._kept.get(key)
            if known is not None and known[0] == stamp:
                self._kept.move_to_end(key)
                found: R | Exception = known[1]
                if isinstance(found, Exception):  # it is told once, and tried again by who asks anew
                    del self._kept[key]
                return found
        future = self._future(key, stamp, work, given, pool)
        try:
            return future.result(patience)
        except TimeoutError:
            return None

    def _future(
        self, key: tuple[Any, ...], stamp: Stamp, work: Callable[..., R], given: tuple[Any, ...], pool: Pool
    ) -> Future[R | Exception]:
        with self._lock:
            begun = self._at_work.get(key)
            if begun is not None and begun[0] == stamp:
                _, waits, future = begun
                if pool == waits or pool == "behind" or future.running() or future.done():
                    return future  # else somebody waits for it now, and it is at the end of a queue
            future = self.do(work, *given, near=hand.near(given[0]), pool=pool)
            self._at_work[key] = (stamp, pool, future)
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


def answer(future: Future[R | Exception]) -> R:
    """What somebody waits for. Raises the PerfdocError that it is instead."""
    found = future.result()
    if isinstance(found, Exception):
        raise found
    return found


def _seen(found: Looked | Exception | None) -> Looked | None:
    assert not isinstance(found, Exception)
    return found


def _standing(stamp: Stamp, found: Looked) -> Standing:
    projects = found.document.projects if found.document else ()
    name, agency = (projects[0].name, projects[0].agency.name) if projects else ("", "")
    findings = Counter(one.severity for one in found.notes if one.kind == "finding")
    counts = (findings[Severity.error], findings[Severity.warning], findings[Severity.info], found.asked)
    doubts = found.count("doubt") + found.count("outside")
    form = found.document.form if found.document else ""
    return Standing(
        stamp, found.state, name or "", agency or "", str(found.year or ""), form or "", len(projects),
        (doubts, *counts), found.layout, found.said,
    )  # fmt: skip
