"""One process of LibreOffice for many files: each gets its own result or its own failure, whatever the others do."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest
from batch_support import alive
from checkout import ROOT
from waiting import PATIENCE, until

from perfdoc import office
from perfdoc.errors import ToolError
from perfdoc.office import keeper, stopwatch

BEHAVES = """#!/bin/sh
while [ "$1" != --convert-to ]; do shift; done
to=${2%%:*}; out=$4; shift 4
echo $# >> "$(dirname "$0")/starts"
for file; do
  name=$(basename "$file"); made=$out/${name%.*}.$to
  case $(cat "$file") in
    locked) touch "$out/.~lock.${name%.*}.$to#"; echo half > "$made"; kill -SEGV $$ ;;
    bad) echo 'Error: source file could not be loaded' >&2 ;;
    nothing) echo "convert $file -> $made using filter : x" ;;
    mute) ;;
    crash) kill -SEGV $$ ;;
    quits) [ "$file" = "$1" ] || exit 0; cp "$file" "$made" ;;
    full) [ "$file" = "${1}" ] || kill -SEGV $$; cp "$file" "$made" ;;
    hang) sleep 3600 ;;
    spin) while :; do :; done ;;
    *) echo "convert $file -> $made using filter : x"; cp "$file" "$made" ;;
  esac
done
"""
"""A program that does with each file what the file says."""


@pytest.fixture
def starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """LibreOffice is BEHAVES; the file says of each start how many files it was given."""
    program = tmp_path / "soffice"
    program.write_text(BEHAVES)
    program.chmod(0o755)
    monkeypatch.setenv("PERFDOC_SOFFICE", str(program))
    return tmp_path / "starts"


def converted(words: Sequence[str], seconds: float = 0.6) -> list[str]:
    """What becomes of files with these words: the result, `slow`, or `none`."""
    sources = [office.Source(word.encode(), "doc") for word in words]
    return [_told(one) for one in office.each(sources, "docx", timeout=seconds)]


def _told(result: bytes | ToolError) -> str:
    if isinstance(result, bytes):
        return result.decode()
    return "none" if isinstance(result, office.NotMadeError) else "slow"


def counts(starts: Path) -> list[int]:
    return [int(line) for line in starts.read_text().split()]


def test_all_files_share_one_start(starts: Path) -> None:
    assert converted("abcdefgh") == list("abcdefgh")
    assert counts(starts) == [8]


@pytest.mark.parametrize(
    ("word", "told", "given"),
    [
        ("bad", "none", [4]),
        ("nothing", "none", [4]),
        ("mute", "none", [4]),
        ("crash", "none", [4, 3, 2]),
        ("locked", "none", [4, 3, 2]),
        ("hang", "slow", [4, 2]),
        ("spin", "slow", [4, 2]),
    ],
)
def test_a_file_that_fails_is_the_only_one(starts: Path, word: str, told: str, given: list[int]) -> None:
    assert converted(["a", word, "b", "c"]) == ["a", told, "b", "c"]
    assert counts(starts) == given
    starts.unlink()
    assert converted([word]) == [told]
    assert counts(starts) == [1]


def test_each_of_many_failures_is_told_of_its_own_file(starts: Path) -> None:
    words = ["bad", "hang", "a", "bad", "crash", "bad", "bad", "b", "hang", "crash", "c", "bad"]
    told = ["none", "slow", "a", "none", "none", "none", "none", "b", "slow", "none", "c", "none"]
    assert converted(words) == told


def test_a_file_behind_a_damaged_one_pays_its_time_once(starts: Path) -> None:
    began = time.monotonic()
    assert converted(["bad", "hang", "a"], seconds=2) == ["none", "slow", "a"]
    assert time.monotonic() - began < 4, "once, and not for the damaged one too"
    assert counts(starts) == [3, 1]


@pytest.mark.parametrize("word", ["full", "quits"])
def test_a_file_that_meets_a_full_memory_gets_a_process_of_its_own(starts: Path, word: str) -> None:
    assert converted(["a", word, "b"]) == ["a", word, "b"]
    assert counts(starts) == [3, 2]


def test_files_that_are_alike_have_a_result_each(starts: Path) -> None:
    assert converted(["a", "a", "bad", "bad", "a"]) == ["a", "a", "none", "none", "a"]
    assert counts(starts) == [5]


def test_files_that_were_announced_need_not_be_asked_for(starts: Path) -> None:
    converter = office.Converter(0.6)
    converter.coming = lambda to: [office.Source(word, "doc") for word in (b"hang", b"b", b"c")]
    assert converter(office.Source(b"a", "doc"), "docx") == b"a"
    converter.coming = lambda to: [office.Source(b"c", "doc")]
    assert converter(office.Source(b"b", "doc"), "docx") == b"b", "what hung before it is not its fault"
    assert converter(office.Source(b"c", "doc"), "docx") == b"c"
    assert counts(starts) == [4, 2]


def test_each_format_has_a_process(starts: Path) -> None:
    converter = office.Converter(5)
    converter.coming = lambda to: [office.Source(to.encode(), "x")]
    for word, to in (("a", "docx"), ("b", "xlsx"), ("docx", "docx"), ("xlsx", "xlsx")):
        assert converter(office.Source(word.encode(), "x"), to) == word.encode()
    assert counts(starts) == [2, 2]


def test_nothing_is_left_behind(starts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert converted(["a", "crash", "hang", "b"]) == ["a", "none", "slow", "b"]
    assert not list(tmp_path.glob("perfdoc-*"))


def test_time_that_the_machine_did_not_give_is_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    now, processor, works = 100.0, 0.0, True
    monkeypatch.setattr(stopwatch, "_processor_of", lambda session: (processor, works))
    monkeypatch.setattr(time, "monotonic", lambda: now)
    watch = stopwatch.Stopwatch(0)
    now, processor = 102.0, 0.5
    assert watch.seconds() == 0.5, "it wanted more and got no more"
    now, works = 105.0, False
    assert watch.seconds() == 3.5, "it hangs"
    watch.restart()
    now, works = 145.0, True
    assert watch.seconds() == 4.0, "a tenth of the clock at the least"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the platform does not tell")
def test_a_program_that_hangs_or_works_without_end_is_counted() -> None:
    for command in ("sleep 60", "kill -STOP $$", "while :; do :; done"):
        running = subprocess.Popen(["sh", "-c", command], start_new_session=True)
        watch = stopwatch.Stopwatch(running.pid)
        try:
            until(partial(_counts, watch))
        finally:
            os.killpg(running.pid, signal.SIGKILL)
            running.wait()


def _counts(watch: stopwatch.Stopwatch) -> bool:
    return watch.seconds() > 0.4


@pytest.mark.skipif(sys.platform == "win32", reason="there is no shell")
def test_it_ends_with_who_started_it(starts: Path, tmp_path: Path) -> None:
    """However that one ends, and so does its folder."""
    pid = tmp_path / "pid"
    (tmp_path / "soffice").write_text(f"#!/bin/sh\necho $$ > {pid}.new\nmv {pid}.new {pid}\nsleep 3600\n")
    code = "from perfdoc import office; office.convert([b'a'], 'docx')"
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    env = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(temporary)}
    running = subprocess.Popen([sys.executable, "-c", code], env=env)
    try:
        until(pid.exists)
        assert list(temporary.iterdir())
    finally:
        running.kill()
        running.wait()
    until(lambda: not alive(int(pid.read_text())))
    until(lambda: not list(temporary.iterdir()))


def test_a_folder_is_removed_though_something_still_writes_into_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "PATIENCE", PATIENCE)
    folder = tmp_path / "x"
    code = "import pathlib, sys; [pathlib.Path(sys.argv[1], str(n)).mkdir(parents=not n) for n in range(5_000)]"
    writing = subprocess.Popen([sys.executable, "-c", code, str(folder)], stderr=subprocess.DEVNULL)
    try:
        until(folder.exists)
        keeper.remove(folder)
        assert not folder.exists()
    finally:
        writing.kill()
        writing.wait()
