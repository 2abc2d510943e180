"""A program that keeps LibreOffice and its folder for as long as somebody holds its input, and then ends both.

It is a process of its own and knows nothing of perfdoc: whoever started it may be interrupted at any moment, killed,
or stopped, and still nothing goes on and nothing stays. It makes the folder and says so by a line; told a command, a
line of JSON, it runs that, under limits and as a group of processes: soffice is a script, and what works its
grandchild.
"""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

MEMORY = 768 * 2**20
"""Bytes that LibreOffice may take for its data (a file of a few pages takes some 150 MB), where the system has such
a limit; whatever limit on address space holds for us is lifted, since most of that it never uses."""
SAID, OVER = "said", "over"
"""What the command says, and a file that shows that it ended; both in the folder."""
PATIENCE = 10.0
"""Seconds in which what is removed must be gone."""
_PAUSE = 0.02


def remove(folder: Path) -> None:
    """Delete a folder, again and again while processes that were just killed still write into it."""
    end = time.monotonic() + PATIENCE
    while True:
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists() or time.monotonic() > end:
            return
        time.sleep(_PAUSE)


def main(folder: Path) -> None:
    """Keep a folder, and run in it what we are told."""
    folder.mkdir(mode=0o700)
    process = None
    try:
        sys.stdout.buffer.write(b"\n")
        sys.stdout.buffer.flush()
        if told := sys.stdin.buffer.readline():
            process = _started(json.loads(told), folder)
            threading.Thread(target=_tell, args=(process, folder), daemon=True).start()
            sys.stdin.buffer.read()
    finally:
        if process is not None and process.poll() is None:
            _kill(process)
        remove(folder)


def _started(command: list[str], folder: Path) -> subprocess.Popen[bytes]:
    _limit()
    with (folder / SAID).open("wb") as said:
        return subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT, process_group=0
        )


def _limit() -> None:
    """For us, too: what is started has the same limits."""
    if sys.platform == "win32":
        return
    import resource

    for name, most in ((resource.RLIMIT_AS, 0), (resource.RLIMIT_DATA, MEMORY), (resource.RLIMIT_CORE, 1)):
        hard = resource.getrlimit(name)[1]
        soft = most if most and (hard == resource.RLIM_INFINITY or most < hard) else hard
        with contextlib.suppress(ValueError, OSError):  # a platform that knows the limit and does not hold it
            resource.setrlimit(name, (soft, hard))


def _tell(process: subprocess.Popen[bytes], folder: Path) -> None:
    """Show that the command ended, when it did and nothing that it started goes on."""
    process.wait()
    _kill(process)
    with contextlib.suppress(OSError):  # the folder is gone already
        (folder / OVER).touch()


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and all of its group, which may outlive it."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
