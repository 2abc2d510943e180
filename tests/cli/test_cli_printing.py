"""Lines and JSON on stderr; colours, bars and diffs for a terminal only."""

from __future__ import annotations

import io
import itertools
import json
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdoc import errors
from perfdoc.cli.codes import Code, code_of, worst
from perfdoc.cli.terminal.difference import difference
from perfdoc.cli.terminal.printing import Printer, coloured, paint, shortened, shown
from perfdoc.cli.terminal.progress import Progress
from perfdoc.report import Diagnostic, Place, Severity

ODD = Diagnostic(
    "PD041", Severity.warning, "not placed", Place("a.docx", table=2, row=3, column=1), "合计\n\x1b[31m", ("title",)
)
BAD = Diagnostic("PD003", Severity.error, "wrong type", Place("a.yaml", 4, 7))


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def a_terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal as standard error. Not a fixture: pytest puts its own stream back before the test runs."""
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    return stream


def test_a_diagnostic_is_one_line_with_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    assert Printer().diagnostics([ODD, BAD]) == Code.findings
    assert capsys.readouterr().err == (
        "a.docx: table 2 row 3 column 1: warning PD041: not placed: “合计\\n\\x1b[31m”\n"
        "a.yaml:4:7: error PD003: wrong type\n"
    )
    assert Printer().diagnostics([ODD]) == Code.clean


def test_json_is_one_array(capsys: pytest.CaptureFixture[str]) -> None:
    printer = Printer()
    printer.format = "json"
    printer.diagnostics([ODD])
    printer.failure(errors.UnreadableError("b.docx: cut off"), "b.docx")
    printer.status("not said")
    first = capsys.readouterr().err
    assert first.startswith("[\n  {"), "each object is written when it is there"
    printer.finish()
    found: list[dict[str, Any]] = json.loads(first + capsys.readouterr().err)
    assert json.dumps(found, ensure_ascii=False, indent=2) == first + "\n]"
    assert found[0] == {
        "file": "a.docx",
        "line": None,
        "column": 1,
        "table": 2,
        "row": 3,
        "paragraph": None,
        "sheet": None,
        "part": None,
        "code": "PD041",
        "severity": "warning",
        "message": "not placed",
        "quote": "合计\n\x1b[31m",
        "path": ["title"],
    }
    assert found[1].keys() == found[0].keys()
    assert (found[1]["code"], found[1]["severity"], found[1]["file"]) == ("unreadable", "error", "b.docx")
    printer.finish()
    assert json.loads(capsys.readouterr().err) == []


@pytest.mark.parametrize(
    ("error", "code", "word"),
    [
        (errors.UsageError("x"), 2, "usage"),
        (errors.NotRecognisedError("x"), 3, "not-recognised"),
        (errors.UnreadableError("x"), 3, "unreadable"),
        (errors.SpecError("x"), 3, "spec"),
        (errors.FormError("x"), 3, "form"),
        (errors.ToolError("x"), 3, "tool"),
        (errors.ConflictError("x"), 1, "conflict"),
        (errors.ContentLostError("x"), 4, "lost"),
        (PermissionError(13, "Permission denied", "x"), 3, "unreadable"),
        (MemoryError(), 3, "unreadable"),
        (KeyError("x"), 70, "bug"),
    ],
)
def test_each_failure_has_a_code_and_a_word(
    error: Exception, code: int, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    printer = Printer()
    assert printer.failure(error, "f.docx") == code == code_of(error)
    text = capsys.readouterr().err
    assert text.startswith("perfdoc: ")
    assert text.count("\n") == 1
    assert "x" in text
    printer.format = "json"
    printer.failure(error, "f.docx")
    printer.finish()
    assert json.loads(capsys.readouterr().err)[0]["code"] == word


def test_diagnostics_of_an_error_are_not_said_twice(capsys: pytest.CaptureFixture[str]) -> None:
    Printer().failure(errors.SpecError(diagnostics=[BAD]), "a.yaml")
    assert capsys.readouterr().err == "a.yaml:4:7: error PD003: wrong type\n"
    Printer().failure(errors.NotRecognisedError("a.docx: no form", [ODD]), "a.docx")
    assert capsys.readouterr().err.splitlines()[1] == "perfdoc: a.docx: no form"


def test_a_bug_says_where_and_how_to_report_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PERFDOC_DEBUG", raising=False)
    try:
        Progress().over(None)  # type: ignore[arg-type]
        worst([object()])  # type: ignore[list-item]
    except (TypeError, ValueError) as error:
        Printer().failure(error, "x.docx")
    text = capsys.readouterr().err
    assert text.count("\n") == 1
    assert "x.docx: a bug of perfdoc" in text
    assert "at cli/codes.py:" in text
    monkeypatch.setenv("PERFDOC_DEBUG", "1")
    Printer().failure(KeyError("x"))
    assert "KeyError: 'x'" in capsys.readouterr().err.splitlines()[0]


def test_the_worst_code_never_a_sum() -> None:
    assert worst([]) == Code.clean
    assert worst([1, 1, 3, 2]) == Code.unreadable
    assert worst([4, 70, 0]) == Code.bug


@given(st.text())
def test_what_is_shown_is_one_line_that_steers_no_terminal(text: str) -> None:
    one = shown(text)
    assert len(one.splitlines()) <= 1
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or 0x202A <= ord(c) <= 0x202E for c in one)
    if text.isprintable():
        assert one == text
    assert len(shortened("x" * 100)) == 60


def test_colours_only_on_a_terminal_that_wants_them(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = a_terminal(monkeypatch)
    assert paint("x", "31", terminal) == "\x1b[31mx\x1b[0m"
    Printer().diagnostics([BAD])
    assert "\x1b[31;1merror\x1b[0m" in terminal.getvalue()
    monkeypatch.setenv("NO_COLOR", "1")
    assert not coloured(terminal)
    monkeypatch.setenv("NO_COLOR", "")
    assert coloured(terminal)
    monkeypatch.setenv("TERM", "dumb")
    assert not coloured(terminal)
    assert not coloured(io.StringIO())


def test_a_bar_only_on_a_terminal_and_only_when_it_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = a_terminal(monkeypatch)
    assert list(Progress().over([1, 2, 3])) == [1, 2, 3]
    assert terminal.getvalue() == ""
    clock = itertools.count()
    monkeypatch.setattr("time.monotonic", lambda: next(clock))
    monkeypatch.setattr("tqdm.std.time", lambda: next(clock))
    printer = Printer()
    for item in printer.progress.over(["a", "b", "c"]):
        printer.status(f"done {item}")
    text = terminal.getvalue()
    assert "2/3" in text
    assert "\rdone c\n" in text
    file = io.StringIO()
    monkeypatch.setattr(sys, "stderr", file)
    assert list(Progress().over(["a", "b", "c"])) == ["a", "b", "c"]
    assert file.getvalue() == ""


def test_difference_is_a_unified_diff(monkeypatch: pytest.MonkeyPatch) -> None:
    assert difference("a\n", "a\n", "x", "y") == ""
    assert difference("a\nb\n", "a\nc", "x", "y") == (
        "--- x\n+++ y\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n\\ No newline at end of file\n"
    )
    assert "-b\x85c\n" in difference("b\x85c\n", "", "x", "y")  # one line: only LF ends one
    stream = Terminal()
    monkeypatch.setattr(sys, "stdout", stream)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert "\x1b[31m-b\x1b[0m\n\x1b[32m+c\x1b[0m\n" in difference("b\n", "c\n", "x", "y")
