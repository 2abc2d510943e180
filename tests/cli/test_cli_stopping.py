"""A command that is told to stop leaves nothing running and nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from batch_support import alive
from checkout import ROOT
from cli_support import folder
from waiting import PATIENCE, until

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")]


def soffice(where: Path) -> tuple[dict[str, str], Path]:
    """An environment whose LibreOffice hangs, and the file that it writes its number to."""
    program, pid = where / "soffice", where / "pid"
    program.write_text(f"#!/bin/sh\necho $$ > {pid}.new; mv {pid}.new {pid}; exec sleep 3600\n", encoding="utf-8")
    program.chmod(0o755)
    temporary = where / "tmp"
    temporary.mkdir()
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PERFDOC_SOFFICE": str(program), "TMPDIR": str(temporary)}
    return env, pid


@pytest.fixture
def heard(number: signal.Signals) -> Iterator[None]:
    """A signal that whoever runs the tests may ignore, as nohup does, and the processes that they start with it."""
    before = signal.signal(number, signal.SIG_DFL)
    yield
    signal.signal(number, before)


@pytest.mark.usefixtures("heard")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("verb", ["import", "import -j 1", "render"])
def test_a_stopped_command_tidies_up(tmp_path: Path, number: signal.Signals, verb: str) -> None:
    env, pid = soffice(tmp_path)
    (tmp_path / "a.rtf").write_bytes(rb"{\rtf1 x}")
    given = tmp_path / "a.rtf" if verb != "render" else folder(tmp_path / "specs")
    out = tmp_path / ("x.docx" if verb == "render" else "out")
    command = [sys.executable, "-m", "perfdoc", *verb.split(), str(given), "-o", str(out), "--time-limit", "3600"]
    if verb == "render":
        command[-2:] = ["--pages", "office"]
    with subprocess.Popen(command, env=env, stderr=subprocess.PIPE, text=True) as running:
        until(pid.exists)
        running.send_signal(number)
        said = running.communicate(timeout=PATIENCE)[1]
    assert (running.returncode, said) == (-number, "")
    until(lambda: not alive(int(pid.read_text(encoding="utf-8"))))
    until(lambda: not list((tmp_path / "tmp").iterdir()))
    left = [path.name for path in out.iterdir()] if out.is_dir() else []
    assert left in ([], [".perfdoc-import.sqlite"])
    assert out.is_dir() or not out.exists()


def test_a_signal_that_is_ignored_stays_so(tmp_path: Path) -> None:
    """As under nohup."""
    code = """
import os, signal
from perfdoc.cli.program import StoppedError, stopping_tidily
signal.signal(signal.SIGHUP, signal.SIG_IGN)
with stopping_tidily():
    os.kill(os.getpid(), signal.SIGHUP)
print("goes on")
with stopping_tidily():
    try:
        os.kill(os.getpid(), signal.SIGTERM)
    finally:
        print("tidied up", flush=True)
"""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=PATIENCE)
    assert (ran.returncode, ran.stdout, ran.stderr) == (-signal.SIGTERM, "goes on\ntidied up\n", "")
