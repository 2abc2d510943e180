"""Real repositories in temporary folders."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from checkout import ROOT
from waiting import PATIENCE

_KEPT = ("PATH", "LANG", "TMPDIR", "SYSTEMROOT")


class Repository:
    """A fresh repository, and git in it, whatever the machine's own settings are."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        home = folder.with_name(f"{folder.name}-home")
        home.mkdir()
        folder.mkdir()
        self.env = {
            **{name: os.environ[name] for name in _KEPT if name in os.environ},
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(home / ".config"),
            "GIT_CONFIG_NOSYSTEM": "1",
            "PYTHONPATH": str(ROOT),
            "PYTHONIOENCODING": "utf-8",
        }
        for name in ("AUTHOR", "COMMITTER"):
            self.env |= {f"GIT_{name}_NAME": "t", f"GIT_{name}_EMAIL": "t@example.org"}
        self.git("init", "-q", "-b", "main")

    def git(self, *args: str, code: int = 0) -> str:
        done = self.run("git", "-c", "core.quotePath=false", *args)
        assert done.returncode == code, f"{done.stdout}{done.stderr}"
        return done.stdout

    def perfdoc(self, *args: str | Path, where: Path | None = None) -> subprocess.CompletedProcess[str]:
        return self.run(sys.executable, "-m", "perfdoc", *map(str, args), where=where)

    def run(self, *command: str, where: Path | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=where or self.folder, env=self.env, capture_output=True, text=True, encoding="utf-8",
            errors="replace", timeout=PATIENCE, stdin=subprocess.DEVNULL,
        )  # fmt: skip

    def commit(self, message: str = "x") -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def read(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A fresh repository on the branch `main`."""
    return Repository(tmp_path / "repository")


@pytest.fixture
def installed(repository: Repository) -> Repository:
    """One in which perfdoc's drivers are set."""
    done = repository.perfdoc("git", "install")
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    return repository
