"""A Dask cluster as an Executor; the only door to dask.

Each worker needs perfdoc, of the same version, and sees the files under the names that are given here: by URL,
or on a share. On a worker a file is read in a process of its own as on this machine, under the same limits. A
chunk whose worker is lost is handed to another one; what was written already is found there, unchanged.
"""

from __future__ import annotations

import contextlib
import logging
import math
import os
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from perfdoc.errors import ToolError, UsageError
from perfdoc.jobs.chunks import AHEAD, Pool
from perfdoc.jobs.guard import Lost, Task, over
from perfdoc.texts import say

if TYPE_CHECKING:
    from distributed import Client

_PATIENCE = 30.0  # seconds for a first worker to be there
_PAUSE = 5.0  # seconds between two questions how many workers there are
_GOODBYE = 10.0  # seconds for workers to end a run's processes


@contextlib.contextmanager
def cluster(address: str, task: Task, most: int | None) -> Iterator[Pool]:
    """The cluster of the scheduler at `address`; with `most`, that many chunks are there at a time.

    Raises UsageError where dask is not installed or no scheduler answers, ToolError where it has no workers or
    is lost in the middle of the run.
    """
    client = _client(address)
    executor = client.get_executor(pure=False)
    threads = _Threads(client)
    try:
        yield Pool(executor, most or threads(), lambda: most or threads() * AHEAD, _lost)
    finally:
        with contextlib.suppress(Exception):  # workers and scheduler may be gone; then nothing is to be ended
            executor.shutdown(wait=False)
            client.run(over, task.run, on_error="ignore", wait=False)
        with contextlib.suppress(Exception):
            client.close(timeout=_GOODBYE)


class _Threads:
    """The threads of all workers: asked for now and then, since workers come and go."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._known, self._asked = 0, -math.inf

    def __call__(self) -> int:
        now = time.monotonic()
        if now - self._asked > _PAUSE:
            self._known, self._asked = sum(self._client.nthreads().values()), now
        return max(self._known, 1)


def _client(address: str) -> Client:
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError(say("jobs.no_dask")) from error
    if not os.environ.get("PERFDOC_DEBUG"):
        for name in ("distributed", "distributed.client", "distributed.gc"):  # what matters of it is said by us
            logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        client = Client(address, set_as_default=False)  # with dask's own time limit for a connection
    except (OSError, ValueError, TimeoutError) as error:
        raise UsageError(say("jobs.no_scheduler", address=address, why=error)) from error
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except TimeoutError as error:
        client.close()
        raise ToolError(say("jobs.no_workers", address=address)) from error
    return client


def _lost(items: Sequence[Any], error: BaseException) -> list[Any] | None:
    """What becomes of a chunk that no worker lived to answer, several times; other faults end the run."""
    from distributed import CancelledError, KilledWorker

    if isinstance(error, KilledWorker):
        return [Lost(item, say("jobs.workers_ended")) for item in items]
    if isinstance(error, CancelledError):
        raise ToolError(say("jobs.scheduler_gone")) from error
    return None
