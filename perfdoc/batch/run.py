"""Work handed out in chunks to an Executor, results in the items' order, memory bounded however many items."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

AHEAD = 16
"""Chunks for each worker that are under way or wait for an earlier one; a file that hangs holds up no others
before these are done."""
_MOST = 32  # items of a chunk
_SHARES = 8  # chunks that each worker should get, so that all end at about the same time


def cores() -> int:
    """The processors that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS, Windows
        return os.cpu_count() or 1


def chunk_size(items: int, workers: int) -> int:
    """How many items to hand out at once."""
    return max(1, min(_MOST, items // (workers * _SHARES)))


def in_order(
    items: Iterable[Item],
    task: Callable[[Sequence[Item]], list[Result]],
    executor: Executor,
    *,
    workers: int,
    chunk: int,
    landed: Callable[[list[Result]], None] = lambda results: None,
) -> Iterator[Result]:
    """The result of every item, in the items' order.

    `landed` is told of each chunk's results as soon as they are there, whatever the order, in the caller's
    thread. Items are drawn as they are needed; at most `AHEAD` chunks a worker are held. What `task` raises
    is raised here.
    """
    source = iter(items)
    waiting: deque[Future[list[Result]]] = deque()
    flying: set[Future[list[Result]]] = set()
    try:
        while True:
            while len(waiting) < workers * AHEAD and (piece := list(islice(source, chunk))):
                future = executor.submit(task, piece)
                waiting.append(future)
                flying.add(future)
            if not waiting:
                return
            done = wait(flying, return_when=FIRST_COMPLETED).done if flying else set()
            flying -= done
            for future in (one for one in waiting if one in done):
                landed(future.result())
            while waiting and waiting[0] not in flying:
                yield from waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()
