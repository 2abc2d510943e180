"""Processes of perfdoc without the time that Python takes to start and to import it: one is ready, and forks.

`serving(socket)` starts the one that is ready; `command(socket, file)` writes a program that a shell can call in place
of `perfdoc`. Each call is a process of its own, with the caller's arguments, folder, environment and open files.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import pkgutil
import shlex
import socket
import subprocess
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from checkout import ROOT

_HEAVY = ("perfdoc.web", "perfdoc.jobs.cluster", "perfdoc.__main__")
"""What no command of a page needs; the cluster's library starts threads, which no fork takes over."""
_CALL = """\
import json, os, socket, sys
with socket.socket(socket.AF_UNIX) as line:
    line.connect(sys.argv[1])
    asked = json.dumps([sys.argv[2:], os.getcwd(), dict(os.environ)]).encode()
    socket.send_fds(line, [b"%10d" % len(asked)], [0, 1, 2])
    line.sendall(asked)
    os._exit(int(line.recv(4) or b"139"))
"""


@contextmanager
def serving(where: Path) -> Iterator[Path]:
    """The socket, in a new folder below `where`, of a process that is ready; it ends with the block."""
    address = where / "ready"
    code = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); import ready; ready.serve({str(address)!r})"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, env=env) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        try:
            yield address
        finally:
            process.kill()


def command(address: Path, file: Path, locale: str) -> None:
    """Write a program that runs `perfdoc` for a user of that locale, by the process that is ready at `address`."""
    call = shlex.join([sys.executable, "-S", "-E", "-c", _CALL, str(address)])
    file.write_text(f'#!/bin/sh\nLC_ALL={locale} exec {call} "$@"\n')
    file.chmod(0o755)


def serve(address: str) -> None:
    """Import all that commands may need, and fork a process for each that is asked for. Does not return."""
    import perfdoc

    for one in pkgutil.walk_packages(perfdoc.__path__, "perfdoc."):
        if not one.name.startswith(_HEAVY):
            importlib.import_module(one.name)
    gc.freeze()
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(address)
        listening.listen()
        print("ready", flush=True)
        while True:
            line, _ = listening.accept()
            if os.fork() == 0:
                listening.close()
                _answer(line)
            line.close()
            with suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass


def _answer(line: socket.socket) -> None:
    """Be the process that is asked for, and say how it ended."""
    from perfdoc.cli import main

    head, files, _, _ = socket.recv_fds(line, 10, 3)
    asked = b""
    while len(asked) < int(head):
        asked += line.recv(1 << 16)
    args, folder, environment = json.loads(asked)
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    sys.stdin, sys.stdout = open(0, encoding="utf-8"), open(1, "w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", buffering=1)  # noqa: SIM115
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv[1:] = args
    code = 70
    try:
        main()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 0
    except BaseException:
        traceback.print_exc()
    finally:
        with suppress(OSError, ValueError):
            sys.stdout.flush()
        line.sendall(b"%d" % code)
        os._exit(code)
