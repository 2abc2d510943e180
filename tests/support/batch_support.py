"""Work for the tests of `perfdoc.jobs`: what hangs, crashes, takes all memory, or talks where it should not."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from perfdoc.errors import UsageError

_LONG = 3600  # seconds: no test waits for its end


def prepare(context: str) -> Callable[[str], str]:
    """Work that does what its item says, and answers with the context and the item."""

    def work(item: str) -> str:
        word, _, rest = item.partition(" ")
        if word == "hang":  # it says in a file that it has begun
            if rest:
                Path(rest).touch()
            time.sleep(_LONG)
        elif word == "sleep":
            time.sleep(float(rest))
        elif word == "spin":
            while True:
                pass
        elif word == "regex":  # holds the interpreter's lock
            import re

            re.match("(a*)*b", "a" * 40)
        elif word == "signal":
            os.kill(os.getpid(), int(rest))
        elif word == "exit":
            os._exit(int(rest))
        elif word == "memory":
            len(bytearray(2 << 30))
        elif word == "raise":
            raise KeyError(rest)
        elif word == "print":
            print("noise" * 10_000)
            sys.stdout.flush()
            os.write(1, b"noise")
        elif word == "where":
            return f"{Path.cwd()} {os.environ.get('OURS')} {os.environ.get('THEIRS')}"
        elif word == "temporary":
            return tempfile.mkdtemp()
        elif word == "pid":
            return str(os.getpid())
        return f"{context}:{item}"

    return work


class Foreseeing:
    """Work that answers with its item and those that it was told to follow."""

    def __init__(self, context: str) -> None:
        self._next: Sequence[str] = ()

    def coming(self, items: Sequence[str]) -> None:
        """Know what follows."""
        self._next = items

    def __call__(self, item: str) -> str:
        """Answer."""
        if item == "die":
            os._exit(7)
        return f"{item}:{','.join(self._next)}"


def broken(context: str) -> Callable[[str], str]:
    """Work that can't begin."""
    raise ValueError(f"no {context}")


def impossible(context: str) -> Callable[[str], str]:
    """Work that can't be done as it was asked for."""
    raise UsageError(f"no {context} here")


def dying(context: str) -> Callable[[str], str]:
    """Work whose process does not live to begin."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def alive(pid: int) -> bool:
    """Whether a process runs; one that ended and was not waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False
