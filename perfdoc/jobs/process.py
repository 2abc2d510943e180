"""A process for work: how it is started, where, and what is said to it.

The two sides send each other pickled objects, each after its length in four bytes.
"""

from __future__ import annotations

import os
import pickle
import struct
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any, NamedTuple

from perfdoc.texts import Language, language

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
