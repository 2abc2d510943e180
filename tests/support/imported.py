"""What tests of `perfdoc import` over folders share: files, what is to come of them, and runs to be stopped."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from checkout import ROOT
from cli_support import LISTING, PROJECT, SECOND, tree, without_progress
from waiting import PATIENCE, until

from perfdoc.importing.order import STAGING
from perfdoc.jobs.ledger import NAME

WANT = {
    "document.yaml": LISTING.encode(),
    "01-法院办案业务费.yaml": PROJECT.encode(),
    "02-司法救助资金.yaml": SECOND.encode(),
}
CLEAN, DOUBTS, OTHER, BAD = "read cleanly", "with doubts", "not recognised", "unreadable"


def numbered(docx: bytes, number: int) -> bytes:
    """The same document under another digest: with a comment of the zip, which belongs to no content."""
    comment = str(number).encode()
    assert docx.endswith(b"\0\0")
    return docx[:-2] + len(comment).to_bytes(2, "little") + comment


def source(where: Path, files: dict[str, bytes]) -> Path:
    """A folder of files."""
    for name, content in files.items():
        file = where / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return where


def specs(where: Path) -> dict[str, bytes]:
    """What is below the output, the ledger aside, and copies of what was replaced."""
    every = tree(where).items()
    return {name: content for name, content in every if Path(name).name != NAME and not name.endswith("~")}


def wanted(folders: Iterable[str]) -> dict[str, bytes]:
    """The specs of the two projects, in each of these folders."""
    return {f"{one}/{name}": content for one in folders for name, content in WANT.items()}


def below(*folders: str) -> dict[str, bytes]:
    """The specs of the two projects, in each of these folders."""
    return wanted(folders)


class Runs:
    """`perfdoc import` of a folder as processes of their own, each the first of a group."""

    def __init__(self, root: Path, out: Path, *more: str, env: dict[str, str] | None = None) -> None:
        self._command = [sys.executable, "-m", "perfdoc", "import", str(root), "-r", "-o", str(out)]
        self._env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **(env or {})}
        self._out = out
        self.more = more

    def begun(self, *more: str) -> subprocess.Popen[str]:
        """A run that goes on while the test does something to it."""
        command = [*self._command, *self.more, *more]
        return subprocess.Popen(command, env=self._env, stderr=subprocess.PIPE, text=True, start_new_session=True)

    def whole(self, *more: str) -> subprocess.CompletedProcess[str]:
        """A run to its end."""
        with self.begun(*more) as running:
            said = running.communicate(timeout=PATIENCE)[1]
        return subprocess.CompletedProcess(running.args, running.returncode, "", without_progress(said))

    def until(self, number: int) -> None:
        """Wait until so many documents are there."""
        until(lambda: len(list(self._out.glob("*/*/document.yaml"))) >= number)


def assert_true(root: Path, out: Path, *, settled: bool = True) -> int:
    """No half-written file or folder in its place, and what the ledger says is done is done; how many it says are.

    Each row's hash is that of its file. Once all is `settled`, nothing is there that no row knows.
    """
    for file in out.rglob("*.yaml"):
        assert file.read_bytes() == WANT[file.name]
        assert STAGING in file.parts or tree(file.parent) == WANT
    with sqlite3.connect(out / NAME) as base:
        rows = base.execute("SELECT source, folder, hash, outcome FROM file").fetchall()
    base.close()
    for name, folder, digest, outcome in rows:
        assert digest == hashlib.sha256((root / name).read_bytes()).digest()
        assert outcome == CLEAN
        assert tree(out / folder) == WANT
    if settled:
        assert {str(f.parent.relative_to(out)) for f in out.rglob("*.yaml")} == {row[1] for row in rows}
    return len(rows)
