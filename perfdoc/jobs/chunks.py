"""Work handed out in chunks to an Executor, results in the items' order, memory bounded however many items."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from itertools import islice
from typing import Any, NamedTuple, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

AHEAD = 16
"""Chunks for each worker that a run holds; a file that hangs holds up no others before these are done."""
MOST = 32
"""Items of a chunk, at the most."""
TOGETHER = 64
"""The same for items whose work is dearer to begin than to go on with."""
_SHARES = 8  # chunks that each worker should still get, so that all end at the same time
_SHARES_TOGETHER = 2
_LEAST_TOGETHER = 16  # items that take as long as the beginning


class Pool(NamedTuple):
    """An executor, how many items it works on at a time, how many chunks a run may hold there (`window`), and
    what it says of a chunk that was not answered (`lost`, as for `in_order`)."""

    executor: Executor
    workers: int
    window: Callable[[], int]
    lost: Callable[[Sequence[Any], BaseException], list[Any] | None]


def cores() -> int:
    """The processors that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS, Windows
        return os.cpu_count() or 1


def pieces(
    items: Iterable[Item],
    total: int,
    workers: int,
    most: int = MOST,
    together: Callable[[Item], bool] = lambda _: False,
) -> Iterator[list[Item]]:
    """The items in chunks, of `total` items or about: fewer and fewer, at the end (and beyond it) one.

    `together` says of an item that the work is dear to begin and cheap to go on with (the start of a helper program):
    a chunk that begins with one is large, at the end, too. Items are drawn as chunks are.
    """
    source = iter(items)
    for first in source:
        if together(first):
            largest = min(TOGETHER, most * _LEAST_TOGETHER)
            size = max(_LEAST_TOGETHER, min(largest, total // (workers * _SHARES_TOGETHER)))
        else:
            size = max(1, min(most, total // (workers * _SHARES)))
        piece = [first, *islice(source, size - 1)]
        total -= len(piece)
        yield piece


def in_order(
    chunks: Iterator[list[Item]],
    task: Callable[[Sequence[Item]], list[Result]],
    executor: Executor,
    *,
    window: Callable[[], int],
    landed: Callable[[list[Result]], list[Result]] = lambda results: results,
    lost: Callable[[Sequence[Item], BaseException], list[Result] | None] = lambda items, error: None,
) -> Iterator[Result]:
    """The result of every item of the chunks, in their order.

    `landed` is told of each chunk's results as soon as they are there, whatever the order, in the caller's
    thread, and gives those that are to be given out in their turn. Chunks are drawn as they are needed; at most
    `window()` are held, under way or waiting for an earlier one. What `task` raises is raised here, unless `lost` has
    results for a chunk that ended so.
    """
    waiting: deque[Future[list[Result]]] = deque()
    flying: dict[Future[list[Result]], list[Item]] = {}
    ready: dict[Future[list[Result]], list[Result]] = {}
    try:
        while True:
            while len(waiting) < window() and (piece := next(chunks, None)):
                future = executor.submit(task, piece)
                waiting.append(future)
                flying[future] = piece
            if not waiting:
                return
            for future in wait(flying, return_when=FIRST_COMPLETED).done if flying else ():
                ready[future] = landed(_results(future, flying.pop(future), lost))
            while waiting and waiting[0] not in flying:
                yield from ready.pop(waiting.popleft())
    finally:
        for future in waiting:
            future.cancel()


def _results(
    future: Future[list[Result]],
    items: Sequence[Item],
    lost: Callable[[Sequence[Item], BaseException], list[Result] | None],
) -> list[Result]:
    try:
        return future.result()
    except (Exception, CancelledError) as error:
        instead = lost(items, error)
        if instead is None:
            raise
        return instead
