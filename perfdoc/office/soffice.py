"""The program `soffice`: where it is, and a process of it that is alone with its files and ends with who started it.

Each has a throw-away profile of its own, so that a running LibreOffice, its settings and its locks play no part, and
they may run side by side. Macros are off and nothing is fetched from other places (`profile.xcu`, the profile's
settings).
"""

from __future__ import annotations

import contextlib
import os
import pkgutil
import shutil
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

from perfdoc.errors import ToolError
from perfdoc.texts import say

MEMORY = 768 * 2**20
"""Bytes that LibreOffice may take for its data (a file of a few pages takes some 150 MB), where the system has such
a limit; whatever limit on address space holds for us is lifted, since most of that it never uses."""

_SHELL = """
{ ulimit -S -v unlimited; ulimit -S -d "$0"; ulimit -S -c 0; } 2>/dev/null
exec 3<&0
{ read -r _ <&3; kill -KILL 0; } &
exec "$@" </dev/null 3<&-
"""
"""Runs a program under limits, as the first of a group of processes: soffice is a script, and what works is its
grandchild. The input is a pipe that only we hold: where we end, however that is, the whole group is killed."""
_USUAL = (
    "/usr/bin/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.com",
)


def find() -> Path | None:
    """The program `soffice`: the one on the search path, else where it usually stands, else None.

    `PERFDOC_SOFFICE` names another one; set and empty, it says that there is none.
    """
    named = os.environ.get("PERFDOC_SOFFICE")
    if named is not None:
        return Path(named) if named and Path(named).is_file() else None
    on_path = shutil.which("soffice") or shutil.which("libreoffice")
    if on_path:
        return Path(on_path)
    return next((Path(name) for name in _USUAL if Path(name).is_file()), None)


def required() -> Path:
    """The program; ToolError where there is none."""
    program = find()
    if program is None:
        raise ToolError(say("office.not_here"))
    return program


def start(program: Path, arguments: Sequence[str | Path], home: Path, log: Path) -> subprocess.Popen[bytes]:
    """Start it at work, with its profile in the folder `home` and what it says in the file `log`."""
    profile = home / "profile"
    (profile / "user").mkdir(parents=True)
    settings = pkgutil.get_data("perfdoc.office", "profile.xcu")
    assert settings is not None
    (profile / "user" / "registrymodifications.xcu").write_bytes(settings)
    command = [
        *(str(program), f"-env:UserInstallation={profile.as_uri()}"),
        *("--headless", "--nologo", "--nodefault", "--norestore", "--nolockcheck"),
        *map(str, arguments),
    ]
    if os.name == "posix":
        command = ["/bin/sh", "-c", _SHELL, str(MEMORY >> 10), *command]
    passed = {k: v for k, v in os.environ.items() if k in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH")}
    with log.open("wb") as said:
        return subprocess.Popen(
            command,
            env={**passed, "HOME": str(home), "TMPDIR": str(home), "TEMP": str(home), "LC_ALL": "C.UTF-8"},
            stdin=subprocess.PIPE,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def end(process: subprocess.Popen[bytes]) -> None:
    """Kill it with all that it started, if it still runs."""
    if process.poll() is None:
        if hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()
    if process.stdin:
        process.stdin.close()
