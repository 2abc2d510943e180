"""What all pages share while the server runs: the folder, the work, what is not saved yet, and what is going on."""

import hashlib
import os
import sys
import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from perfdoc import specs
from perfdoc.importing.folder import packed
from perfdoc.importing.meaning import meant
from perfdoc.importing.order import Ending, Job, Order, boilerplate_near
from perfdoc.texts import say
from perfdoc.web.desk import Desk, answer
from perfdoc.web.shelf import Item, Shelf, Stamp
from perfdoc.web.work.hand import read_in
from perfdoc.web.work.results import Done

if sys.platform != "win32":
    import fcntl

_TEXTS = 2000  # texts of specs that are kept, as they were when somebody began to edit them
_TOLD = 8  # files that were not read of which it is said why


@dataclass
class Reading:
    """Files that are read into specs: how many, how each ended, of how many the specs changed, why some were not."""

    total: int = 0
    ended: Counter[Ending] = field(default_factory=Counter)
    changed: int = 0
    said: list[str] = field(default_factory=list)

    @property
    def done(self) -> int:
        return self.ended.total()


class Lesson(NamedTuple):
    """What was said of a label, what it meant before, how many files have the layout, and how their reading goes."""

    form: str
    label: str
    path: str
    was: str
    files: int
    reading: Reading


class Texts:
    """Texts of specs by their hashes: what somebody who edits one began with."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, str] = OrderedDict()

    def put(self, text: str) -> str:
        name = hashlib.sha256(text.encode()).hexdigest()[:24]
        self._kept[name] = text
        self._kept.move_to_end(name)
        while len(self._kept) > _TEXTS:
            self._kept.popitem(last=False)
        return name

    def get(self, name: str) -> str | None:
        return self._kept.get(name)


class House:
    """The folder that is served, and all that goes on in it."""

    def __init__(self, root: Path, stop: Callable[[], None]) -> None:
        self.shelf, self.desk, self.stop = Shelf(root), Desk(), stop
        self.texts = Texts()
        self.drafts: dict[tuple[str, int], Any] = {}
        """What was changed and not saved, by the document's way and the project's number."""
        self.reading = Reading()
        self._lock, self._writing = threading.Lock(), threading.Lock()
        self.returned: OrderedDict[str, tuple[str, str, bytes]] = OrderedDict()
        """Files that came back: the document's way, the name and the bytes, by a name of their own."""
        self.marks: dict[tuple[str, str], tuple[Stamp, list[Any]]] = {}
        """The marks of drafts, by way and language, with the stamp of the files that they were found in."""
        self.lessons: dict[str, Lesson] = {}
        """What was said last of a label of a document, by its way."""

    @property
    def root(self) -> Path:
        return self.shelf.root

    @contextmanager
    def writing(self, item: Item) -> Iterator[None]:
        """Have the specs of a document to oneself, also where another server is open on them (not on Windows)."""
        with self._writing, ExitStack() as stack:
            if sys.platform != "win32":
                folder = os.open(item.folder, os.O_RDONLY)
                stack.callback(os.close, folder)
                with suppress(OSError):  # a file system without locks
                    fcntl.flock(folder, fcntl.LOCK_EX)  # goes with the process, whatever becomes of it
            yield
            self.shelf.forget()

    def read(self, items: Sequence[Item], *, force: bool = False) -> None:
        """Have the specs of received files written, behind what goes on; `force` over specs that say something else."""
        with self._lock:
            if self.reading.done == self.reading.total:
                self.reading = Reading()
            self._begin(self.reading, [self.job(one) for one in items if one.file], force)

    def job(self, item: Item) -> Job:
        known = boilerplate_near(Order(str(self.root)).near(item.home))
        return Job(item.file, item.way, item.home, named=True, boilerplate=known)

    def _begin(self, run: Reading, jobs: Sequence[Job], force: bool = False) -> None:
        run.total += len(jobs)
        order = Order(str(self.root), force=force)
        for job in jobs:
            done = self.desk.do(read_in, job, order, near=Path(self.root, job.folder), pool="behind")
            done.add_done_callback(_counted(self, run, job.key))

    def teach(self, item: Item, label: str, path: str) -> Lesson:
        """Say what a label of a received file means, and have all files of its layout read again.

        Specs that nobody edited are replaced; edits in others are kept, and what conflicts is left alone and told.
        Raises PerfdocError.
        """
        with self._lock:
            alike = self.alike(item)
            before = {one.way: self._before(one) for one in alike}
            order = Order(str(self.root))
            found = answer(self.desk.do(meant, self.job(item), order, label, path, near=Path(self.root, item.home)))
            self.desk.forget(before)
            self.reading = Reading()
            lesson = Lesson(found.form, label, path, found.was, len(alike), self.reading)
            jobs = [self.job(one) for one in alike if one.specs]
            self._begin(self.reading, [one._replace(of=before[one.key][0], before=before[one.key][1]) for one in jobs])
        self.lessons[item.way] = lesson
        return lesson

    def alike(self, item: Item) -> list[Item]:
        """The received files that have the layout, or the form, of one; which has been looked at."""
        layout, form = self.desk.layout(item)

        def is_alike(one: Item) -> bool:
            other = self.desk.layout(one)
            return one.way == item.way or other[0] == layout != "" or other[1] == form != ""

        return [one for one in self.shelf.items().values() if one.file and is_alike(one)]

    def _before(self, item: Item) -> tuple[bytes, bytes]:
        """The digest of a received file, and what its specs said as it was read so far, packed; empty if unknown."""
        theirs = self.desk.looked(item, received=True) if item.specs else None
        mine = self.desk.looked(item, received=False) if item.specs else None
        if not (theirs and mine and theirs.document and len(mine.names) == len(theirs.document.projects)):
            return b"", b""
        data = Path(item.file).read_bytes()
        return hashlib.sha256(data).digest(), packed(specs.files(theirs.document, mine.names))


def _counted(house: House, run: Reading, way: str) -> Callable[[Future[Any]], None]:
    def came(done: Future[Any]) -> None:
        if done.cancelled():
            return
        found = done.exception() or done.result()
        one = Done(Ending.unreadable, f"{way}: {found}") if isinstance(found, BaseException) else found
        run.ended[one.ending] += 1
        run.changed += one.changed
        if one.ending not in (Ending.clean, Ending.doubts) and len(run.said) < _TOLD:
            run.said.append((one.said or say("web.reading.failed", file=way)).replace(f"{house.root}{os.sep}", ""))
        house.shelf.forget()

    return came
