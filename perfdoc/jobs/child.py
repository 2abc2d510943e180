"""The process that a file is worked on in: how `guard` starts it, and what it does with what it is told.

The two sides send each other pickled objects, each after its length in four bytes, over its standard streams. It gets
(prepare, context, limits, language) first and answers None, or what is wrong: a PerfdocError, or the words of a bug;
then lists of items, and answers each item with (result, retiring). It ends when its input ends, and when it is asked
for nothing for a while: a worker of a cluster may outlive the run that it worked for.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import pickle
import select
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any, NamedTuple

from perfdoc.errors import PerfdocError
from perfdoc.jobs.bounds import limit_memory, timed
from perfdoc.jobs.limits import COLLECT_AFTER, GRACE, IDLE, LIFE, RETIRE_AT, Limits, resident
from perfdoc.texts import Language, language, say, speak

RESTED = 75
"""The exit code of a process that ended because nothing was asked of it; nothing is lost with it."""


class Failed(NamedTuple):
    """The answer for an item that `work` gave no result for, and why: a clause that follows the item's name."""

    why: str
    bug: bool = False


def main() -> None:
    orders, answers = _own_streams()
    with contextlib.suppress(EOFError, BrokenPipeError, KeyboardInterrupt):
        _serve(orders, answers)
    _end(0)


def _end(code: int) -> None:
    """End the process, and with it its folder for temporary files, which `guard` made: it may be killed itself."""
    with contextlib.suppress(OSError, KeyError):
        os.rmdir(os.environ["TMPDIR"])  # noqa: PTH106 - empty, or kept
    os._exit(code)  # nothing is left to be done, and what a hostile file left behind need not be freed


def function_of(name: str) -> Callable[..., Any]:
    module, _, function = name.partition(":")
    found: Callable[..., Any] = getattr(importlib.import_module(module), function)
    return found


def _own_streams() -> tuple[IO[bytes], IO[bytes]]:
    """Input and output for us alone: what a library prints or reads goes nowhere."""
    orders, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(2, 1)
    return orders, answers


def _serve(orders: IO[bytes], answers: IO[bytes]) -> None:
    prepare, context, limits, language = receive(orders)
    speak(language)
    try:
        work = function_of(prepare)(context)
    except PerfdocError as error:
        send(answers, error)
        return
    except Exception as error:
        send(answers, f"{type(error).__name__}: {error}")
        return
    try:
        _work(work, limits, orders, answers)
    finally:
        if hasattr(work, "close"):
            work.close()


def _work(work: Callable[[Any], Any], limits: Limits, orders: IO[bytes], answers: IO[bytes]) -> None:
    limit_memory(limits.memory)
    _settle()
    send(answers, None)
    done = 0
    while True:
        _expect(orders)
        for item in told(work, receive(orders)):
            result = _answer(work, item, limits)
            done += 1
            retiring = isinstance(result, Failed) or done >= LIFE or resident() > RETIRE_AT
            send(answers, (result, retiring))
            if retiring:
                return


def told(work: Callable[[Any], Any], items: Sequence[Any]) -> Iterator[Any]:
    """Each item in its turn; work that has a method `coming` knows then which follow, to prepare for them together."""
    coming = getattr(work, "coming", None)
    for number, item in enumerate(items, 1):
        if coming is not None:
            coming(items[number:])
        yield item


def _settle() -> None:
    """What stands now stays: the collector need never look at it again, and at the rest only when it is much."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)


def _expect(orders: IO[bytes]) -> None:
    """Wait for orders; end the process where none come for long. (On Windows a pipe can't be waited for.)"""
    if sys.platform != "win32" and not select.select([orders], [], [], IDLE)[0]:
        _end(RESTED)


def _answer(work: Callable[[Any], Any], item: Any, limits: Limits) -> Any:
    """The result of an item, or Failed. Processor time is held here; the guard watches the clock.

    The clock is held here, too, a little later: the guard may have been killed.
    """
    try:
        with timed(limits.seconds, limits.wall + GRACE if limits.seconds else 0.0):
            return work(item)
    except MemoryError:
        return Failed(limits.out_of_memory())
    except Exception as error:
        return Failed(say("jobs.bug", said=f"{type(error).__name__}: {error}"), bug=True)


_BEGIN = "import sys; sys.path[:] = {path!r}; from perfdoc.jobs.child import main; main()"
_LENGTH = struct.Struct("<I")


class Home(NamedTuple):
    """Where a run was started, as its workers need to know.

    Its working folder, the language that it speaks, and those variables of its environment that results depend on.
    A worker on another machine works as if it were there; a folder that it does not see it can't work in.
    """

    folder: str = ""
    variables: tuple[tuple[str, str], ...] = ()
    language: Language = "en"

    @classmethod
    def here(cls, names: Sequence[str]) -> Home:
        """This process's own, with the variables of these names; one that is not set is empty."""
        return cls(os.getcwd(), tuple((name, os.environ.get(name, "")) for name in names), language())  # noqa: PTH109


def start(home: Home, scratch: str) -> subprocess.Popen[bytes]:
    """A new interpreter with our own path and nothing else: `-P` keeps the working folder's modules out of it.

    It has a session of its own, so that Ctrl-C reaches only us, and we decide. A folder of the run that is not
    on this machine is the root: no name that was meant for the one may be found in some other.
    """
    folder = home.folder if not home.folder or Path(home.folder).is_dir() else Path(home.folder).anchor
    own = {name: value for name, value in os.environ.items() if name not in dict(home.variables)}
    own.update({name: value for name, value in home.variables if value})
    own.update(TMPDIR=scratch, TEMP=scratch, TMP=scratch, MALLOC_ARENA_MAX="2")  # arenas count as address space
    return subprocess.Popen(
        [sys.executable, "-P", "-c", _BEGIN.format(path=sys.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=None if os.environ.get("PERFDOC_DEBUG") else subprocess.DEVNULL,
        cwd=folder or None,
        env=own,
        start_new_session=True,
    )


def send(stream: IO[bytes], value: Any) -> None:
    """Write one object and let it go. Raises OSError where the other side is gone."""
    content = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(content)) + content)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """The next object. Raises EOFError where the other side is gone, also in the middle of one."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    length = _LENGTH.unpack(head)[0]
    content = stream.read(length)
    if len(content) < length:
        raise EOFError
    return pickle.loads(content)
