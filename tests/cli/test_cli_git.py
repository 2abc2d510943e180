"""`perfdoc git install|uninstall|status` with a real git."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_support import run
from git_support import Repository, installed, repository

pytestmark = pytest.mark.slow

__all__ = ["installed", "repository"]
MINE = "*.docx diff=mine\n"


def test_install_is_idempotent_and_uninstall_takes_exactly_it_away(repository: Repository) -> None:
    repository.write(".gitattributes", MINE)
    repository.git("config", "diff.mine.textconv", "cat")
    before = repository.read(".git/config")
    assert repository.perfdoc("git", "status").returncode == 1
    for _ in range(2):
        assert repository.perfdoc("git", "install").returncode == 0
        text = repository.read(".gitattributes")
        assert text.count(">>> perfdoc") == 1
        assert text.endswith(MINE)
    assert "unchanged" in repository.perfdoc("git", "install").stderr
    status = repository.perfdoc("git", "status")
    assert (status.returncode, status.stderr) == (0, "")
    assert "merge.perfdoc.driver: " in status.stdout
    assert repository.git("check-attr", "diff", "a.docx", "b.xlsx").splitlines() == [
        "a.docx: diff: mine", "b.xlsx: diff: perfdoc",
    ]  # fmt: skip
    assert repository.perfdoc("git", "uninstall").returncode == 0
    assert repository.read(".gitattributes") == MINE
    assert repository.read(".git/config") == before
    assert repository.perfdoc("git", "uninstall").returncode == 0
    assert repository.perfdoc("git", "status").returncode == 1


def test_attributes_that_were_not_there_go_again(installed: Repository) -> None:
    assert (installed.folder / ".gitattributes").exists()
    assert installed.perfdoc("git", "uninstall").returncode == 0
    assert not (installed.folder / ".gitattributes").exists()


def test_for_all_repositories(repository: Repository) -> None:
    assert repository.perfdoc("git", "install", "--global").returncode == 0
    assert not (repository.folder / ".gitattributes").exists()
    assert repository.git("check-attr", "merge", "x.yaml") == "x.yaml: merge: perfdoc\n"
    assert "textconv" in repository.git("config", "--global", "diff.perfdoc.textconv")
    assert repository.perfdoc("git", "status", "--global").returncode == 0
    assert repository.perfdoc("git", "uninstall", "--global").returncode == 0
    assert repository.perfdoc("git", "status", "--global").returncode == 1
    assert repository.git("check-attr", "merge", "x.yaml") == "x.yaml: merge: unspecified\n"


def test_a_block_without_its_end_is_left_alone(repository: Repository) -> None:
    broken = "# >>> perfdoc git install >>>\n*.docx diff=perfdoc\n"
    repository.write(".gitattributes", broken)
    assert repository.perfdoc("git", "uninstall").returncode == 2
    assert repository.perfdoc("git", "install").returncode == 2
    assert repository.read(".gitattributes") == broken


def test_outside_of_a_repository(tmp_path: Path, repository: Repository) -> None:
    done = repository.perfdoc("git", "install", where=tmp_path)
    assert done.returncode == 2
    assert "not a git repository" in done.stderr


def test_in_this_process(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository.folder)
    for name, value in repository.env.items():
        monkeypatch.setenv(name, value)
    assert run("git", "status").code == 1
    assert run("git", "install").code == 0
    ran = run("git", "status")
    assert (ran.code, ran.err) == (0, "")
    repository.git("config", "diff.perfdoc.textconv", "/nowhere/perfdoc textconv")
    ran = run("git", "status")
    assert (ran.code, "does not run" in ran.out) == (1, True)
    text = repository.read(".gitattributes")
    repository.write(".gitattributes", text.replace("*.xls diff=perfdoc\n", ""))
    assert "of another version" in run("git", "status").out
    assert run("git", "install").code == 0
    assert repository.read(".gitattributes") == text
    assert run("git", "install", "--global").code == 0
    assert run("git", "uninstall", "--global").code == 0
    assert run("git", "uninstall").code == 0
    assert run("git", "uninstall").code == 0
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    assert run("git", "install").code == 3
    assert not (repository.folder / ".gitattributes").exists()
