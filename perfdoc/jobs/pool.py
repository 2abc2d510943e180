"""Where the work of a run is done: in this process, in processes of this machine, or on a Dask cluster.

In this process (HERE) a few files are worked on one after the other, which saves the start of another interpreter.
Everywhere the same function does the work, under the same limits, and an item that no result came of is a Lost.
An executor of many is named `local`, or `dask:` and the address of a scheduler (`dask:tcp://host:8786`).
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, NamedTuple, Protocol

from perfdoc.errors import UsageError
from perfdoc.jobs.bounds import GiveUp, OverrunError, bounded
from perfdoc.jobs.child import function_of
from perfdoc.jobs.chunks import AHEAD, MOST, Pool, chunk_sizes, cores, in_order
from perfdoc.jobs.cluster import cluster
from perfdoc.jobs.guard import Lost
from perfdoc.jobs.limits import Limits
from perfdoc.jobs.process import Home
from perfdoc.jobs.task import Task

HERE = "here"
LOCAL = "local"
DASK = "dask:"
VARIABLES = ("PERFDOC_TEMPLATES", "SOURCE_DATE_EPOCH", "PERFDOC_DEBUG")
"""The variables of the environment that results depend on, wherever the work is done."""


class Work(NamedTuple):
    """What is to be done with each item: as for `Guard`, and where (`executor`), at most `workers` at a time.

    `give_up` is for work in this process, as for `bounded`.
    """

    prepare: str
    context: Any
    limits: Limits = Limits()
    executor: str = LOCAL
    workers: int | None = None
    give_up: GiveUp | None = None


def known(executor: str) -> str:
    """The name of an executor as it was given; UsageError for one that there is not."""
    if executor != LOCAL and not executor.removeprefix(DASK).partition("://")[2]:
        raise UsageError(
            f"{executor}: an executor is {LOCAL}, or {DASK} and a scheduler's address, {DASK}tcp://host:8786"
        )
    return executor


class Started(Protocol):
    """Work that can begin: its processes are there or on their way."""

    def results(
        self,
        items: Iterable[Any],
        *,
        most: int | None = None,
        landed: Callable[[list[Any]], list[Any]] = lambda results: results,
    ) -> Iterator[Any]:
        """The result of every item, or a Lost, in the items' order.

        A chunk has `most` items at the most. `landed` as for `in_order`. Raises the PerfdocError with which
        `prepare` says that the work can't be done.
        """


class _Here(NamedTuple):
    """Work in this process, one item after the other."""

    work: Work

    def results(
        self,
        items: Iterable[Any],
        *,
        most: int | None = None,
        landed: Callable[[list[Any]], list[Any]] = lambda results: results,
    ) -> Iterator[Any]:
        """As Started has it."""
        work = function_of(self.work.prepare)(self.work.context)
        for item in items:
            try:
                with bounded(str(item), self.work.limits, self.work.give_up):
                    result = work(item)
            except OverrunError as error:
                result = Lost(item, error.why)
            yield from landed([result])


class _SideBySide(NamedTuple):
    """Work in guarded processes, several items at a time."""

    task: Task
    pool: Pool
    total: int

    def results(
        self,
        items: Iterable[Any],
        *,
        most: int | None = None,
        landed: Callable[[list[Any]], list[Any]] = lambda results: results,
    ) -> Iterator[Any]:
        """As Started has it."""
        pool = self.pool
        sizes = chunk_sizes(self.total, pool.workers, most or MOST)
        return in_order(items, self.task, pool.executor, window=pool.window, sizes=sizes, landed=landed, lost=pool.lost)


def results(work: Work, items: Iterable[Any], total: int) -> Iterator[Any]:
    """The result of every item as `Started.results` gives it, of work that is started for it and ended after it."""
    with started(work, total) as begun:
        yield from begun.results(items)


@contextmanager
def started(work: Work, total: int) -> Iterator[Started]:
    """Start work on `total` items, or about, and end it. Raises UsageError for an executor that can't be had."""
    if work.executor == HERE:
        yield _Here(work)
        return
    task = Task(work.prepare, work.context, work.limits, uuid.uuid4().hex, Home.here(VARIABLES))
    if work.executor != LOCAL:
        with cluster(known(work.executor).removeprefix(DASK), task, work.workers) as pool:
            yield _SideBySide(task, pool, total)
        return
    workers = min(work.workers or cores(), max(total, 1))
    executor = ThreadPoolExecutor(workers, "perfdoc-batch")
    try:
        for _ in range(workers):
            executor.submit(task.start)  # what it raises, the first chunk raises again
        yield _SideBySide(task, Pool(executor, workers, lambda: workers * AHEAD, lambda items, error: None), total)
    finally:
        task.close()
        executor.shutdown(cancel_futures=True)
