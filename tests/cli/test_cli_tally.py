"""How a long run tells how it goes: a bar on a terminal, plain lines otherwise, a table at the end."""

from __future__ import annotations

import io
import json
import os
import sys

import pytest

from perfdoc.cli.codes import Code
from perfdoc.cli.terminal.printing import Printer
from perfdoc.cli.terminal.progress import Pace, Progress
from perfdoc.cli.verbs.import_ import tally
from perfdoc.cli.verbs.import_.tally import Tally, summary
from perfdoc.importing.order import Ending
from perfdoc.jobs.ledger import Entry

GOOD = Entry("a", "f", outcome=Ending.clean, projects=2, indicators=9)
BAD = Entry("b", outcome=Ending.unreadable, code=Code.unreadable)
KNOWN = GOOD._replace(again=True)


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 100.0
        monkeypatch.setattr("time.monotonic", lambda: self.now)
        monkeypatch.setattr("tqdm.std.time", lambda: self.now)


class Terminal(io.StringIO):
    """A stream that calls itself a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def test_a_bar_on_a_terminal(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    width = 200
    monkeypatch.setattr(stream, "fileno", lambda: 2)
    monkeypatch.setattr("os.get_terminal_size", lambda *_: os.terminal_size((width, 50)))
    printer = Printer()
    run = Tally(printer, 8)
    run.add(GOOD)
    run.tell()
    assert stream.getvalue() == "", "a quick run shows none"
    clock.now += 2
    run.add(BAD)
    run.tell()
    bar = "\r[######                  ] 2/8   1.00/s  00:06 left  1 read cleanly, 1 unreadable"
    assert stream.getvalue() == bar
    run.add(KNOWN)
    run.tell()
    assert stream.getvalue() == bar, "drawn ten times a second at most"
    printer.status("a line")
    written = stream.getvalue().removeprefix(bar)
    assert written.endswith("\ra line\n"), "nothing is printed into it"
    assert not written.removesuffix("a line\n").strip("\r ")
    width = 30
    clock.now += 1
    run.tell()
    assert len(stream.getvalue().rpartition("\r")[2]) <= 30, "one line, however narrow"


def test_plain_lines_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str], clock: Clock) -> None:
    run = Tally(Printer(), 100)
    for _ in range(30):
        clock.now += 1
        run.add(GOOD)
        run.tell()
    lines = capsys.readouterr().err.splitlines()
    assert [line.split()[-3:] for line in lines] == [[n, "read", "cleanly"] for n in ("10", "20", "30")]
    assert all("\r" not in line and " left " in line for line in lines)


def test_a_run_over_a_few_files_has_no_lines(capsys: pytest.CaptureFixture[str], clock: Clock) -> None:
    for pace in (Pace(Progress(), 3), Pace(Progress(), 1, Printer().status)):
        clock.now += 60
        pace.add("rendered")
        pace.tell()
        pace.end()
    assert capsys.readouterr().err == ""


def test_a_terminal_that_can_not_redraw_a_line_gets_plain_ones(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "dumb")
    run = Tally(Printer(), 100)
    clock.now += 11
    run.add(GOOD)
    run.tell()
    assert stream.getvalue() == "[                        ] 1/100   0.09/s  18:09 left  1 read cleanly\n"


def test_nothing_is_coloured(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    """With NO_COLOR or without: a bar is redrawn, and has no colours to leave out."""
    drawn = []
    for value in ("1", ""):
        stream = Terminal()
        monkeypatch.setattr(sys, "stderr", stream)
        monkeypatch.setenv("NO_COLOR", value)
        run = Tally(Printer(), 8)
        clock.now += 2
        run.add(GOOD)
        run.tell()
        drawn.append(stream.getvalue())
    assert drawn[0] == drawn[1]
    assert "\x1b[3" not in drawn[0]


def test_the_rate_is_that_of_the_last_minutes(capsys: pytest.CaptureFixture[str], clock: Clock) -> None:
    """What an earlier run has done goes by in no time; the rest takes as long as it takes."""
    printer = Printer()
    pace = Pace(printer.progress, 10_000, printer.status)
    for _ in range(11):
        for _ in range(400):
            pace.add("again")
        clock.now += 1
        pace.tell()
    for _ in range(240):
        pace.add("clean")
        clock.now += 1
        pace.tell()
    last = capsys.readouterr().err.splitlines()[-1]
    assert "4400 already done, 239 read cleanly" in last, last
    assert 1.0 <= float(last.partition("/s")[0].split()[-1]) < 1.2, last


def test_json_has_no_lines_between(capsys: pytest.CaptureFixture[str], clock: Clock) -> None:
    printer = Printer()
    printer.format = "json"
    run = Tally(printer, 2)
    clock.now += 60
    run.add(GOOD)
    run.tell()
    assert capsys.readouterr().err == ""


def test_the_table_and_the_worst_code(clock: Clock) -> None:
    run = Tally(Printer(), 5, 60.0)
    for entry in (GOOD, KNOWN, BAD._replace(outcome=Ending.differs, code=Code.findings), GOOD):
        run.add(entry)
    assert int(run.code) == 1
    run.add(BAD)
    run.add(GOOD)
    assert int(run.code) == 3
    clock.now += 15
    assert list(run.table()) == [
        "6 files in 1 min 15 s:",
        "  read cleanly              3",
        "  with doubts               0",
        "  not recognised            0",
        "  unreadable                1",
        "  left alone: specs differ  1",
        "  already done              1",
        "  8 projects, 36 indicators",
    ]


def test_every_ending_has_a_row() -> None:
    assert {one.name for one in Ending} | {"again"} == set(tally._ORDER)


def test_the_summary_is_json_whatever_a_file_is_called() -> None:
    odd = Entry("\udce4/\n\x1b", hash=b"\1" * 32, outcome=Ending.unreadable, code=3, message="“x”")
    text = "".join(summary([GOOD, odd], {"read cleanly": 1}, 3)).encode("utf-8", "backslashreplace")
    found = json.loads(text)
    assert (found["version"], found["code"], found["counts"]) == (1, 3, {"read cleanly": 1})
    assert found["files"][0]["folder"] == "f"
    assert found["files"][1]["file"] == "\udce4/\n\x1b"
    assert found["files"][1]["sha256"] == "01" * 32
    assert json.loads("".join(summary([], {}, 0)))["files"] == []
