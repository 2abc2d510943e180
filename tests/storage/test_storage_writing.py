"""Files are written whole or not at all, and never over one that differs."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from checkout import ROOT

from perfdoc.errors import ConflictError, UsageError
from perfdoc.storage import writing
from perfdoc.storage.writing import Outcome, write


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_new_same_and_other_content(tmp_path: Path) -> None:
    file = tmp_path / "a" / "b" / "x.yaml"
    assert write({file: b"1"}) == {file: Outcome.written}
    before = file.stat().st_mtime_ns
    assert write({file: b"1"}) == {file: Outcome.unchanged}
    assert file.stat().st_mtime_ns == before
    with pytest.raises(ConflictError, match=r"x\.yaml: exists and differs"):
        write({file: b"2"})
    assert file.read_bytes() == b"1"
    assert write({file: b"2"}, force=True) == {file: Outcome.replaced}
    assert file.read_bytes() == b"2"
    assert names(file.parent) == ["x.yaml"]


def test_one_conflict_keeps_all_from_being_written(tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.write_bytes(b"mine")
    with pytest.raises(ConflictError):
        write({tmp_path / "new": b"1", old: b"2"})
    assert names(tmp_path) == ["old"]


def test_what_says_the_same_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "x"
    file.write_bytes(b"with a comment")
    assert write({file: b"without"}, same=lambda path, content: path == file) == {file: Outcome.unchanged}
    assert file.read_bytes() == b"with a comment"


def test_dry_run_writes_nothing_and_still_finds_conflicts(tmp_path: Path) -> None:
    assert write({tmp_path / "x" / "y": b"1"}, dry_run=True) == {tmp_path / "x" / "y": Outcome.written}
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "z").write_bytes(b"1")
    with pytest.raises(ConflictError):
        write({tmp_path / "z": b"2"}, dry_run=True)


@pytest.mark.skipif(os.name == "nt", reason="modes of files are POSIX's")
def test_mode_is_kept_and_a_new_file_has_the_usual_one(tmp_path: Path) -> None:
    usual, kept = tmp_path / "usual", tmp_path / "kept"
    kept.write_bytes(b"1")
    kept.chmod(0o640)
    write({usual: b"2", kept: b"2"}, force=True)
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(usual.stat().st_mode) == 0o666 & ~mask
    assert stat.S_IMODE(kept.stat().st_mode) == 0o640


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "sub" / "link"
    target.write_bytes(b"1")
    link.parent.mkdir()
    link.symlink_to(target)
    write({link: b"2"}, force=True)
    assert link.is_symlink()
    assert target.read_bytes() == b"2"


@pytest.mark.skipif(os.name == "nt", reason="a device of POSIX")
def test_a_device_is_written_to_and_not_replaced() -> None:
    write({Path(os.devnull): b"1"})
    assert Path(os.devnull).is_char_device()


def test_what_cannot_be_written_is_named_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UsageError, match="can't be"):
        write({tmp_path / "good": b"1", tmp_path / "file" / "inside": b"1"})
    with pytest.raises(UsageError, match="is a folder"):
        write({tmp_path: b"1"})
    with pytest.raises(UsageError, match="not a file name"):
        write({Path("a\0b"): b"1"})
    assert names(tmp_path) == ["file"]


def test_a_failing_rename_leaves_every_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "ab":
        (tmp_path / name).write_bytes(b"old")
    real = Path.replace
    renamed: list[Path] = []

    def replace(self: Path, target: Path) -> Path:
        if renamed:
            raise OSError(28, "No space left on device", str(self))
        renamed.append(target)
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(UsageError, match=r"a: can't be written \(No space left on device\)"):
        write({tmp_path / "a": b"new", tmp_path / "b": b"new"}, force=True)
    assert names(tmp_path) == ["a", "b"]
    assert {(tmp_path / name).read_bytes() for name in "ab"} <= {b"old", b"new"}


def test_a_failing_write_leaves_no_temporary_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fdopen", refuse)
    with pytest.raises(KeyboardInterrupt):
        write({tmp_path / "a": b"new"})
    assert names(tmp_path) == []


@pytest.fixture
def staging(tmp_path: Path) -> Path:
    folder = tmp_path / "staging"
    folder.mkdir()
    return folder


def test_files_of_a_new_folder_appear_together(tmp_path: Path, staging: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "out" / "one"
    seen: list[tuple[list[str], list[str]]] = []
    real = os.open

    def spy(path: Path, *more: int) -> int:
        seen.append((names(tmp_path), [name for inner in staging.iterdir() for name in names(inner)]))
        return real(path, *more)

    monkeypatch.setattr(os, "open", spy)
    assert set(write({folder / "a": b"1", folder / "b": b"2"}, staging=staging).values()) == {Outcome.written}
    assert seen == [(["staging"], []), (["staging"], ["a"])], "nothing is in its place before all is made"
    assert {name: (folder / name).read_bytes() for name in names(folder)} == {"a": b"1", "b": b"2"}
    assert names(staging) == []
    (tmp_path / "usual").mkdir()
    (tmp_path / "usual" / "a").touch()
    assert folder.stat().st_mode == (tmp_path / "usual").stat().st_mode
    assert (folder / "a").stat().st_mode == (tmp_path / "usual" / "a").stat().st_mode


def test_a_file_that_comes_to_a_folder_stays_with_the_others(tmp_path: Path, staging: Path) -> None:
    folder = tmp_path / "one"
    write({folder / "a": b"1"}, staging=staging)
    assert write({folder / "a": b"1", folder / "b": b"2"}, staging=staging)[folder / "b"] is Outcome.written
    with pytest.raises(ConflictError):
        write({folder / "a": b"2", folder / "c": b"3"}, staging=staging)
    assert (names(folder), names(staging)) == (["a", "b"], [])


@pytest.mark.parametrize("fault", ["interrupted", "taken", "no such name", "another disk"])
def test_a_folder_that_cannot_appear_at_once(
    tmp_path: Path, staging: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    folder = tmp_path / "one"
    files = {folder / "a": b"1", folder / "b\0" if fault == "no such name" else folder / "b": b"2"}
    real = Path.rename

    def rename(self: Path, target: Path) -> Path:
        if target != folder:
            return real(self, target)
        if fault == "interrupted":
            raise KeyboardInterrupt
        if fault == "taken":  # another run was faster
            folder.mkdir()
            (folder / "theirs").write_bytes(b"x")
        if fault == "another disk":
            raise OSError(18, "Invalid cross-device link")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    if fault == "interrupted":
        with pytest.raises(KeyboardInterrupt):
            write(files, staging=staging)
    elif fault == "no such name":
        with pytest.raises(UsageError, match="not a file name"):
            write(files, staging=staging)
    else:
        write(files, staging=staging)
    assert names(staging) == []
    there = names(folder) if folder.exists() else []
    assert there == {"taken": ["a", "b", "theirs"], "another disk": ["a", "b"]}.get(fault, [])


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_a_link_that_leads_nowhere_is_no_new_folder(tmp_path: Path, staging: Path) -> None:
    (tmp_path / "one").symlink_to(tmp_path / "nowhere")
    with pytest.raises(UsageError, match="can't be written"):
        write({tmp_path / "one" / "a": b"1"}, staging=staging)
    assert (names(tmp_path), names(staging)) == (["one", "staging"], [])


def test_a_file_that_came_into_being_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    """Two runs may write to one folder at once: the second has seen nothing there, too."""
    first, second, third = (tmp_path / name for name in "abc")
    files = {first: b"1", second: b"2", third: b"3"}
    outcomes = writing.plan(files)
    second.write_bytes(b"another's")
    with pytest.raises(ConflictError, match=r"b: exists and differs; left as it was \(--force overwrites\)$"):
        writing.carry_out(outcomes, files)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"b": b"another's"}, "all or none"
    second.write_bytes(b"2")
    writing.carry_out(outcomes, files)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == files, "what says the same is no conflict"
    first.write_bytes(b"another's")
    writing.carry_out(outcomes, files, force=True)
    assert first.read_bytes() == b"1"


def test_a_file_system_without_second_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", refuse)
    assert write({tmp_path / "a": b"1"}) == {tmp_path / "a": Outcome.written}
    outcomes = writing.plan({tmp_path / "b": b"1"})
    (tmp_path / "b").write_bytes(b"another's")
    with pytest.raises(ConflictError):
        writing.carry_out(outcomes, {tmp_path / "b": b"1"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


@pytest.mark.skipif(os.name != "posix", reason="other systems can't be asked whether a process lives")
def test_what_a_killed_process_left_goes_with_the_next_file(tmp_path: Path) -> None:
    script = (
        "import os, signal, sys; from pathlib import Path; from perfdoc.storage import writing\n"
        "Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "writing.write({Path(sys.argv[1]): b'new'}, force=True)\n"
    )
    file = tmp_path / "a.yaml"
    file.write_bytes(b"old")
    killed = subprocess.run([sys.executable, "-c", script, str(file)], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    (left,) = [one for one in tmp_path.iterdir() if one != file]
    begun, host, process, rest = left.name.split("-", 3)
    ours = tmp_path / "-".join((begun, host, str(os.getpid()), rest))
    theirs = tmp_path / "-".join((begun, "000000", process, rest))  # another machine's
    for one in (ours, theirs):
        one.write_bytes(b"being made")
    write({file: b"newer"}, force=True)
    assert {one.name for one in tmp_path.iterdir()} == {"a.yaml", ours.name, theirs.name}
    assert file.read_bytes() == b"newer"
