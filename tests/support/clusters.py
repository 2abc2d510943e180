"""A real Dask cluster for tests: a scheduler and workers as processes on loopback."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from checkout import ROOT
from waiting import PATIENCE, until

_CALM = {"DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False"}
"""A worker looks a hundred times a second at what it is doing, unless it is told not to."""


class Cluster:
    """`address` is what `--executor dask:` takes; `workers` are the processes, each the first of a group."""

    def __init__(self, where: Path, env: dict[str, str]) -> None:
        self._where, self._env = where, env
        self._file = where / "scheduler.json"
        self._processes: list[subprocess.Popen[bytes]] = []
        self.workers: list[subprocess.Popen[bytes]] = []
        self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(self._file))
        until(lambda: self._file.is_file() and self._file.read_bytes(), self.said)
        self.address = str(json.loads(self._file.read_bytes())["address"])

    def add(self) -> None:
        """One more worker with one thread; what it is doing shows in no other folder than its own."""
        folder = self._where / f"worker{len(self.workers)}"
        folder.mkdir()
        more = ("--nthreads", "1", "--no-nanny", "--local-directory", str(folder), "--host", "127.0.0.1")
        self.workers.append(self._start("worker", self.address, *more, cwd=folder))

    def ready(self, number: int) -> None:
        """Wait until so many workers are there."""
        from distributed import Client

        with Client(self.address, timeout=PATIENCE, set_as_default=False) as client:
            client.wait_for_workers(number, timeout=PATIENCE)

    def kill(self, number: int) -> None:
        """End a worker as the kernel does where memory is short: at once, with no word to anyone."""
        os.killpg(self.workers[number].pid, signal.SIGKILL)
        self.workers[number].wait()

    def end(self) -> None:
        """End all processes."""
        for process in reversed(self._processes):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def said(self) -> str:
        """What the processes logged."""
        return "\n".join(file.read_text(errors="replace") for file in sorted(self._where.glob("*.log")))

    def _start(self, kind: str, *args: str, cwd: Path | None = None) -> subprocess.Popen[bytes]:
        log = self._where / f"{kind}{len(self._processes)}.log"
        path = f"{ROOT}{os.pathsep}{ROOT / 'tests/support'}"
        env = {**os.environ, "PYTHONPATH": path, "PYTHONWARNINGS": "ignore", **_CALM, **self._env}
        command = [sys.executable, "-m", "dask", kind, *args, "--no-dashboard"]
        with log.open("wb") as stream:
            process = subprocess.Popen(command, stdout=stream, stderr=stream, env=env, cwd=cwd, start_new_session=True)
        self._processes.append(process)
        return process


@contextlib.contextmanager
def cluster(where: Path, workers: int = 2, env: dict[str, str] | None = None) -> Iterator[Cluster]:
    """A cluster that is ready."""
    where.mkdir()
    one = Cluster(where, env or {})
    try:
        for _ in range(workers):
            one.add()
        one.ready(workers)
        yield one
    finally:
        one.end()
