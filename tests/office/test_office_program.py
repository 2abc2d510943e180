"""LibreOffice as a program that may be missing, fail, hang, or leave children behind; and as it is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from waiting import until

from perfdoc import office
from perfdoc.errors import ToolError

FAILS = "echo some noise >&2; echo the reason >&2; exit 1"
COPIES = 'for last; do :; done; out=$(dirname "$(dirname "$last")")/out; cp "$last" "$out/1.odt"'
HANGS = 'sleep 3600 & echo $! > "$PIDFILE"; wait'


@pytest.fixture
def pretend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A script that stands in for soffice; the test writes it."""
    program = tmp_path / "soffice"
    program.touch(mode=0o755)
    monkeypatch.setenv("PERFDOC_SOFFICE", str(program))
    return program


def test_nothing_to_convert_needs_no_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PERFDOC_SOFFICE", "")
    assert office.convert([], "pdf") == []


@pytest.mark.parametrize("named", ["", "/nowhere/soffice"])
def test_a_missing_program_is_said_with_how_to_install_it(monkeypatch: pytest.MonkeyPatch, named: str) -> None:
    monkeypatch.setenv("PERFDOC_SOFFICE", named)
    assert office.find() is None
    with pytest.raises(ToolError, match="not on this machine; install LibreOffice"):
        office.convert([b"x"], "pdf")


def test_the_result_is_the_file_that_was_made(pretend: Path) -> None:
    pretend.write_text(f"#!/bin/sh\n{COPIES}\n")
    assert office.find() == pretend
    assert office.convert([b"content"], "odt:writer8", suffix="doc") == [b"content"]


def test_a_failure_says_why(pretend: Path) -> None:
    pretend.write_text(f"#!/bin/sh\n{FAILS}\n")
    with pytest.raises(ToolError, match=r"^LibreOffice made no pdf: the reason$"):
        office.convert([b"a", b"b"], "pdf")


def test_a_program_that_hangs_is_ended_with_its_children(pretend: Path, tmp_path: Path) -> None:
    pidfile = tmp_path / "child"
    pretend.write_text(f"#!/bin/sh\nPIDFILE={pidfile}\n{HANGS}\n")
    with pytest.raises(ToolError, match=r"did not finish within 0\.5 seconds"):
        office.convert([b"a"], "pdf", timeout=0.5)
    until(lambda: not running(int(pidfile.read_text())))


def running(pid: int) -> bool:
    """Whether a process still works; one that has ended and was not asked for yet does not."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.office
def test_text_comes_through_another_format() -> None:
    (made,) = office.convert(["第一行\n第二行\n".encode()], "txt:Text (encoded):UTF8", suffix="txt")
    assert made.decode("utf-8-sig").split() == ["第一行", "第二行"]


@pytest.mark.office
def test_what_is_no_document_is_a_clean_failure() -> None:
    with pytest.raises(ToolError, match="LibreOffice made no pdf"):
        office.convert([b"PK\x03\x04 cut off"], "pdf")
