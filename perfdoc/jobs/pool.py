"""Where the work of a run is done: processes of this machine, or a Dask cluster. Both are an Executor.

An executor is named `local`, or `dask:` and the address of a scheduler (`dask:tcp://host:8786`).
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, NamedTuple

from perfdoc.errors import UsageError
from perfdoc.jobs.home import Home
from perfdoc.jobs.limits import Limits
from perfdoc.jobs.run import AHEAD, MOST, chunk_sizes, cores, in_order
from perfdoc.jobs.task import Task

LOCAL = "local"
DASK = "dask:"
VARIABLES = ("PERFDOC_TEMPLATES", "SOURCE_DATE_EPOCH", "PERFDOC_DEBUG")
"""The variables of the environment that results depend on, wherever the work is done."""


class Pool(NamedTuple):
    """An executor, how many items it works on at a time, how many chunks a run may hold there (`window`), and
    what it says of a chunk that was not answered (`lost`, as for `in_order`)."""

    executor: Executor
    workers: int
    window: Callable[[], int]
    lost: Callable[[Sequence[Any], BaseException], list[Any] | None]


class Work(NamedTuple):
    """What is to be done with each item: as for `Guard`, and where (`executor`), at most `workers` at a time."""

    prepare: str
    context: Any
    limits: Limits = Limits()
    executor: str = LOCAL
    workers: int | None = None


def known(executor: str) -> str:
    """The name of an executor as it was given; UsageError for one that there is not."""
    if executor != LOCAL and not executor.removeprefix(DASK).partition("://")[2]:
        raise UsageError(
            f"{executor}: an executor is {LOCAL}, or {DASK} and a scheduler's address, {DASK}tcp://host:8786"
        )
    return executor


class Started(NamedTuple):
    """Work that can begin: its processes are there or on their way."""

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
        """The result of every item, or a Lost, in the items' order.

        A chunk has `most` items at the most. `landed` as for `in_order`. Raises the PerfdocError with which
        `prepare` says that the work can't be done.
        """
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
    task = Task(work.prepare, work.context, work.limits, uuid.uuid4().hex, Home.here(VARIABLES))
    if work.executor != LOCAL:
        from perfdoc.jobs.cluster import cluster

        with cluster(known(work.executor).removeprefix(DASK), task, work.workers) as pool:
            yield Started(task, pool, total)
        return
    workers = min(work.workers or cores(), max(total, 1))
    executor = ThreadPoolExecutor(workers, "perfdoc-batch")
    try:
        for _ in range(workers):
            executor.submit(task.start)  # what it raises, the first chunk raises again
        yield Started(task, Pool(executor, workers, lambda: workers * AHEAD, lambda items, error: None), total)
    finally:
        task.close()
        executor.shutdown(cancel_futures=True)
