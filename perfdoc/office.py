"""LibreOffice without its window: other formats to and from it, for page numbers and for files of Word 97.

Each call has a throw-away profile of its own, so that a running LibreOffice, its settings and its locks
play no part, and calls may run side by side. Macros are off and nothing is fetched from other places (`office.xcu`, the
profile's settings).
"""

from __future__ import annotations

import contextlib
import os
import pkgutil
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from perfdoc.errors import ToolError

INSTALL = "install LibreOffice (Debian, Ubuntu: apt install libreoffice-writer; others: libreoffice.org)"
"""What a person does where there is none."""

MEMORY = 768 * 2**20
"""Bytes that LibreOffice may take for its data (a file of a few pages takes some 150 MB), where the system has such
a limit; whatever limit on address space holds for us is lifted, since most of that it never uses."""

_LIMITED = '{ ulimit -S -v unlimited; ulimit -S -d "$0"; ulimit -S -c 0; } 2>/dev/null; exec "$@"'
NOTHING_MADE = "LibreOffice made no"
"""How the message begins where it ran and gave no file: what it was given is not sound."""

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


def convert(files: Sequence[bytes], to: str, *, suffix: str = "docx", timeout: float = 120) -> list[bytes]:
    """Every file in another format, in order, by one start of LibreOffice.

    `to` is the suffix of the result, a filter may follow it after a colon (`pdf:writer_pdf_Export`).
    `suffix` is that of the given files. `timeout` is in seconds, for all of them. Raises ToolError where
    there is no LibreOffice, where it runs out of its time, or where it makes nothing of one of the files.
    """
    if not files:
        return []
    program = find()
    if program is None:
        raise ToolError(f"LibreOffice is not on this machine; {INSTALL}")
    with tempfile.TemporaryDirectory(prefix="perfdoc-", ignore_cleanup_errors=True) as folder:
        root = Path(folder)
        given, made, profile = root / "in", root / "out", root / "profile"
        for one in (given, made, profile / "user"):
            one.mkdir(parents=True)
        settings = pkgutil.get_data("perfdoc", "office.xcu")
        assert settings is not None
        (profile / "user" / "registrymodifications.xcu").write_bytes(settings)
        names = [f"{number}.{suffix}" for number in range(1, len(files) + 1)]
        for name, content in zip(names, files, strict=True):
            (given / name).write_bytes(content)
        command = [
            *(str(program), f"-env:UserInstallation={profile.as_uri()}"),
            *("--headless", "--nologo", "--nodefault", "--norestore", "--nolockcheck"),
            *("--convert-to", to, "--outdir", str(made)),
            *(str(given / name) for name in names),
        ]
        said = _run(command, root, timeout)
        return list(_results(made, to.partition(":")[0], len(files), said))


def _results(folder: Path, suffix: str, count: int, said: str) -> Iterator[bytes]:
    for number in range(1, count + 1):
        try:
            content = (folder / f"{number}.{suffix}").read_bytes()
        except OSError:
            content = b""
        if not content:
            which = f" of file {number} of {count}" if count > 1 else ""
            reason = f": {said}" if said else ""
            raise ToolError(f"{NOTHING_MADE} {suffix}{which}{reason}")
        yield content


def _run(command: list[str], home: Path, timeout: float) -> str:
    """Run to the end, or kill the whole group of processes; the last line that it said on stderr."""
    passed = {k: v for k, v in os.environ.items() if k in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH")}
    if os.name == "posix":
        command = ["/bin/sh", "-c", _LIMITED, str(MEMORY >> 10), *command]
    running = subprocess.Popen(
        command,
        env={**passed, "HOME": str(home), "TMPDIR": str(home), "TEMP": str(home), "LC_ALL": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        _, said = running.communicate(timeout=timeout)
    except BaseException as error:
        _kill(running)
        if isinstance(error, subprocess.TimeoutExpired):
            raise ToolError(f"LibreOffice did not finish within {timeout:g} seconds") from error
        raise
    lines = said.decode("utf-8", "replace").strip().splitlines()
    return lines[-1].strip()[:200] if lines else ""


def _kill(running: subprocess.Popen[bytes]) -> None:
    """The whole group: soffice is a script, and the program that works is its grandchild."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(running.pid, signal.SIGKILL)
    else:
        running.kill()
    running.wait()
    if running.stderr:
        running.stderr.close()
