"""The bound on time and memory of reading one file in this process."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from checkout import ROOT
from cli_support import start, word
from waiting import PATIENCE

from perfdoc.errors import UnreadableError
from perfdoc.jobs import limits
from perfdoc.jobs.bounds import bounded
from perfdoc.jobs.limits import Limits

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="the platform has no alarm"),
]


def spin() -> None:
    while True:
        pass


def swallow() -> None:
    """What a callback from C may do."""
    with contextlib.suppress(UnreadableError):
        time.sleep(PATIENCE)
    time.sleep(PATIENCE)


def test_what_takes_too_long_is_interrupted() -> None:
    with (
        pytest.raises(UnreadableError, match=r"^f\.docx: timed out: not read within 0\.2 seconds$"),
        bounded("f.docx", Limits(0.2)),
    ):
        spin()


def test_the_clock_ends_what_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PATIENCE", 2.0)
    with (
        pytest.raises(UnreadableError, match=r"^f: timed out: not read within 0\.2 seconds$"),
        bounded("f", Limits(0.1)),
    ):
        time.sleep(60)


def test_what_waits_has_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PATIENCE", 1000.0)
    with bounded("f", Limits(0.1)):
        time.sleep(0.3)


def test_a_bound_within_a_bound_changes_nothing() -> None:
    with (
        pytest.raises(UnreadableError, match=r"^outer: .* 0\.3 seconds$"),
        bounded("outer", Limits(0.3)),
        bounded("inner", Limits(0.1)),
    ):
        spin()


def test_an_exception_that_a_callback_swallows_comes_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PATIENCE", 1.0)
    with pytest.raises(UnreadableError), bounded("f", Limits(0.1)):
        swallow()


class Finalized:
    """Its end is where the alarm, or a lack of memory, is met."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def __del__(self) -> None:
        raise self.error


@pytest.mark.parametrize(("error", "said"), [(UnreadableError("x"), 0), (MemoryError(), 0), (KeyError("x"), 1)])
def test_what_a_finalizer_swallows_is_not_said(monkeypatch: pytest.MonkeyPatch, error: Exception, said: int) -> None:
    heard: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", heard.append)
    with bounded("f"):
        Finalized(error)
    assert len(heard) == said
    Finalized(error)
    assert len(heard) == said + 1


def test_nothing_rings_afterwards() -> None:
    numbers = (signal.SIGALRM, signal.SIGPROF)
    before = [signal.getsignal(number) for number in numbers]
    with bounded("f", Limits(PATIENCE)):
        pass
    assert [signal.getsignal(number) for number in numbers] == before
    assert signal.getitimer(signal.ITIMER_REAL) == signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)


def test_errors_pass_through() -> None:
    with pytest.raises(KeyError), bounded("f"):
        raise KeyError


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux holds a limit on address space")
def test_what_takes_too_much_memory_is_refused() -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_AS)
    with (
        pytest.raises(UnreadableError, match=r"^f: out of memory: it needs more than 64 MB$"),
        bounded("f", Limits(PATIENCE, 64 << 20)),
    ):
        bytearray(1 << 40)
    with pytest.raises(UnreadableError), bounded("f"):
        len(bytearray(2 << 30))
    assert resource.getrlimit(resource.RLIMIT_AS) == before
    assert len(bytearray(10 << 20))


def test_in_another_thread_there_is_no_alarm_and_no_error() -> None:
    found: list[int] = []

    def work() -> None:
        with bounded("f", Limits(0.05)):
            time.sleep(0.2)
            found.append(1)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(PATIENCE)
    assert found == [1]


def test_the_commands_that_read_a_file_are_bounded(tmp_path: Path) -> None:
    """A helper that hangs hangs no command."""
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nsleep 3600\n", encoding="utf-8")
    program.chmod(0o755)
    rtf = tmp_path / "a.rtf"
    rtf.write_bytes(rb"{\rtf1 x}")
    ran = start("import", rtf, "-o", tmp_path / "out", "--time-limit", "1", env={"PERFDOC_SOFFICE": str(program)})
    assert ran.returncode == 3
    assert "LibreOffice did not finish within 0.85 seconds" in ran.stderr
    code = """
import perfdoc.jobs.limits as limits
limits.SECONDS = 0.3
import sys
from perfdoc.cli.program import program
from perfdoc.reading import sniff
import perfdoc.reading.docx as docx
def hang(data, file, options):
    while True:
        pass
docx.read = hang
program.main(sys.argv[1:])
"""
    file = word(tmp_path)
    for args in (["inspect", file], ["verify", file], ["check", file], ["diff", file, file]):
        command = [sys.executable, "-c", code, *map(str, args)]
        done = subprocess.run(
            command, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, timeout=PATIENCE
        )
        said = done.stderr.decode()
        assert done.returncode in (2, 3), (args, said)
        assert "not read within 0.3 seconds" in said, (args, said)
        assert "Traceback" not in said


def test_what_hears_no_alarm_ends_with_the_same_words(tmp_path: Path) -> None:
    """A parser in C gives the processor to other threads, and its own thread no signal."""
    code = """
import hashlib, sys
from perfdoc.jobs import bounds
from perfdoc.cli.program import program
from perfdoc.reading import docx
bounds._DEAF = 0.2
docx.read = lambda data, file, options: hashlib.pbkdf2_hmac("sha256", b"x", b"x", 10**9)
program.main(sys.argv[1:])
"""
    file, out = word(tmp_path), tmp_path / "out"
    given = [sys.executable, "-c", code, "import", str(file), "-o", str(out), "--time-limit", "1"]
    for style in ([], ["--format", "json"]):
        done = subprocess.run(
            [*given, *style], env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, timeout=PATIENCE
        )
        assert done.returncode == 3
        message = f"{file}: timed out: not read within 1 seconds"
        said = done.stderr.decode()
        assert (
            said == f"perfdoc: {message}\n" if not style else [one["message"] for one in json.loads(said)] == [message]
        )
        assert not out.exists()
