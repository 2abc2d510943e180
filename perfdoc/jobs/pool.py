"""Where the work of a run is done: in this process, in processes of this machine, or on a Dask cluster.

In this process (HERE) a few files are worked on one after the other, which saves the start of another interpreter.
Everywhere the same function does the work, under the same limits, and an item that no result came of is a Lost.
An executor of many is named `local`, or `dask:` and the address of a scheduler (`dask:tcp://host:8786`).
"""

import uuid
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import Any, NamedTuple

from perfdoc.errors import UsageError
from perfdoc.jobs.bounds import GiveUp, OverrunError, bounded
from perfdoc.jobs.child import Home, function_of, told
from perfdoc.jobs.chunks import AHEAD, MOST, TOGETHER, Pool, cores, in_order, pieces
from perfdoc.jobs.cluster import cluster
from perfdoc.jobs.guard import Lost, Task
from perfdoc.jobs.limits import Limits
from perfdoc.texts import say

HERE = "here"
LOCAL = "local"
DASK = "dask:"
VARIABLES = ("PERFDOC_TEMPLATES", "SOURCE_DATE_EPOCH", "PERFDOC_DEBUG")
"""The variables of the environment that results depend on, wherever the work is done."""


class Work(NamedTuple):
    """What is to be done with each item: as for `Guard`, and where (`executor`), at most `workers` at a time.

    `give_up` is for work in this process, as for `bounded`. `together` is as for `pieces`.
    """

    prepare: str
    context: Any
    limits: Limits = Limits()
    executor: str = LOCAL
    workers: int | None = None
    give_up: GiveUp | None = None
    together: Callable[[Any], bool] = lambda item: False


def known(executor: str) -> str:
    """The name of an executor as it was given; UsageError for one that there is not."""
    if executor != LOCAL and not executor.removeprefix(DASK).partition("://")[2]:
        raise UsageError(say("jobs.executor", given=executor, local=LOCAL, dask=DASK))
    return executor


Landed = Callable[[list[Any]], list[Any]]
Results = Callable[[Iterable[Any], Landed, int], Iterator[Any]]
"""Gives the result of every item, or a Lost, in the items' order; `landed` is as for `in_order`, and the number is how
many items a chunk has at the most. Raises the PerfdocError with which `prepare` says that the work can't be done."""


def results(work: Work, items: Iterable[Any], total: int) -> Generator[Any, None, None]:
    """The result of every item, of work that is started for it and ended after it."""
    with started(work, total) as begun:
        yield from begun(items, lambda landed: landed, MOST)


@contextmanager
def started(work: Work, total: int) -> Iterator[Results]:
    """Start work on `total` items, or about, and end it. Raises UsageError for an executor that can't be had."""
    if work.executor == HERE:
        yield partial(_here, work)
        return
    task = Task(work.prepare, work.context, work.limits, uuid.uuid4().hex, Home.here(VARIABLES))
    if work.executor != LOCAL:
        with cluster(known(work.executor).removeprefix(DASK), task, work.workers) as pool:
            yield partial(_side_by_side, task, pool, total, work.together)
        return
    workers = min(work.workers or cores(), max(total, 1))
    executor = ThreadPoolExecutor(workers, "perfdoc-batch")
    pool = Pool(executor, workers, lambda: workers * AHEAD, lambda items, error: None)
    try:
        for _ in range(workers):
            executor.submit(task.start)  # what it raises, the first chunk raises again
        yield partial(_side_by_side, task, pool, total, work.together)
    finally:
        task.close()
        executor.shutdown(cancel_futures=True)


def _here(work: Work, items: Iterable[Any], landed: Landed, most: int) -> Iterator[Any]:
    one = function_of(work.prepare)(work.context)
    source = iter(items)
    try:
        while piece := list(islice(source, TOGETHER)):
            for item in told(one, piece):
                try:
                    with bounded(str(item), work.limits, work.give_up):
                        result = one(item)
                except OverrunError as error:
                    result = Lost(item, error.why)
                yield from landed([result])
    finally:
        if hasattr(one, "close"):
            one.close()


def _side_by_side(
    task: Task, pool: Pool, total: int, together: Callable[[Any], bool], items: Iterable[Any], landed: Landed, most: int
) -> Iterator[Any]:
    chunks = pieces(items, total, pool.workers, most, together)
    return in_order(chunks, task, pool.executor, window=pool.window, landed=landed, lost=pool.lost)
