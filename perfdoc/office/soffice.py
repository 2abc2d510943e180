"""The program `soffice`: where it is, and a process of it that is alone with its files and ends with who started it.

Each has a throw-away profile of its own, so that a running LibreOffice, its settings and its locks play no part, and
they may run side by side. Macros are off and nothing is fetched from other places (`profile.xcu`, the profile's
settings).
"""

import contextlib
import json
import os
import pkgutil
import secrets
import shutil
import subprocess
import sys
import tempfile
import weakref
from collections.abc import Callable, Sequence
from pathlib import Path

from perfdoc.errors import ToolError
from perfdoc.office import keeper
from perfdoc.texts import say

_OPTIONS = ("--headless", "--nologo", "--nodefault", "--norestore", "--nolockcheck")
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


class Keeper:
    """The process (`keeper`) that owns a folder for temporary files and runs LibreOffice in it.

    Both are gone when it was closed; when it is let go, or we end in whatever way, they go soon after. It has a session
    of its own (`session`), so that Ctrl-C reaches only us, and we decide.
    """

    def __init__(self, program: Path) -> None:
        """Make the folder; ToolError where that can't be done."""
        self.folder, self._program = Path(tempfile.gettempdir(), f"perfdoc-{secrets.token_hex(8)}").absolute(), program
        passed = {k: v for k, v in os.environ.items() if k in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH")}
        own = dict.fromkeys(("HOME", "TMPDIR", "TEMP", "TMP"), str(self.folder))
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", keeper.__file__, str(self.folder)],
            env={**passed, **own, "LC_ALL": "C.UTF-8"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.session = self._process.pid
        self.close: Callable[[], object] = weakref.finalize(self, _close, self._process)
        assert self._process.stdout is not None
        if not self._process.stdout.readline():
            raise ToolError(say("office.no_folder", folder=self.folder.parent))

    def start(self, arguments: Sequence[str | Path]) -> None:
        """Start LibreOffice at work."""
        profile = self.folder / "profile"
        (profile / "user").mkdir(parents=True)
        settings = pkgutil.get_data("perfdoc.office", "profile.xcu")
        assert settings is not None
        (profile / "user" / "registrymodifications.xcu").write_bytes(settings)
        given = [str(self._program), f"-env:UserInstallation={profile.as_uri()}", *_OPTIONS, *map(str, arguments)]
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(given).encode() + b"\n")
        self._process.stdin.flush()

    @property
    def over(self) -> bool:
        """Whether what was started ended."""
        return (self.folder / keeper.OVER).exists() or self._process.poll() is not None

    def said(self) -> list[str]:
        """The lines that LibreOffice said so far."""
        try:
            return (self.folder / keeper.SAID).read_text("utf-8", "replace").splitlines()
        except OSError:  # it was not started yet
            return []


def _close(process: subprocess.Popen[bytes]) -> None:
    """Let the keeper end, and wait until it did; it needs no more than its patience."""
    for stream in (process.stdin, process.stdout):
        assert stream is not None
        with contextlib.suppress(OSError):
            stream.close()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(2 * keeper.PATIENCE)
