"""The ledger: true, locked, and told from files that are none."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from waiting import PATIENCE

from perfdoc.errors import UsageError
from perfdoc.jobs.ledger import NAME, Entry, Ledger

FULL = Entry(
    "甲/a.docx", "甲/A", b"h" * 32, b"o" * 32, True, "read cleanly", 0, "docx", 2, 14, 1, "ours", "f0", b"t", "said"
)


def test_what_is_put_is_got_by_this_run_and_the_next(tmp_path: Path) -> None:
    with Ledger(tmp_path / "out") as ledger:
        assert ledger.get(FULL.source) is None
        ledger.put([FULL])
        ledger.put([Entry("b", outcome="not recognised")])
        assert ledger.get(FULL.source) == FULL
        assert list(ledger.met()) == [Entry("b", outcome="not recognised"), FULL]
    with Ledger(tmp_path / "out") as ledger:
        assert ledger.get(FULL.source) == FULL
        assert ledger.folder(FULL.source) == "甲/A"
        assert ledger.folder("b") is None
        assert ledger.owner("甲/a") == FULL.source, "asked for as a file system that ignores case would"
        assert ledger.owner("b") is None
        assert list(ledger.met()) == [], "this run has met none"
        ledger.put([FULL._replace(again=True)])
        assert [entry.again for entry in ledger.met()] == [True]


@given(st.text(st.characters(), min_size=1), st.text())
def test_any_name_and_any_message_is_held(name: str, message: str) -> None:
    with Ledger(Path("/nowhere/at/all"), scratch=True) as ledger:
        ledger.put([FULL._replace(source=name, message=message)])
        found = ledger.get(name)
        assert found is not None
        assert found.hash == FULL.hash
        assert list(ledger.met()) == [found]


def test_scratch_knows_what_is_there_and_writes_nothing(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.put([FULL])
    before = (tmp_path / NAME).read_bytes()
    with Ledger(tmp_path, scratch=True) as ledger:
        assert ledger.get(FULL.source) == FULL
        ledger.put([FULL._replace(doubts=7)])
    assert (tmp_path / NAME).read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == [NAME]
    with Ledger(tmp_path / "new", scratch=True) as ledger:
        ledger.put([FULL])
    assert not (tmp_path / "new").exists()


def test_one_run_at_a_time(tmp_path: Path) -> None:
    with Ledger(tmp_path), pytest.raises(UsageError, match="another run is writing to this output"):
        Ledger(tmp_path)
    with Ledger(tmp_path), pytest.raises(UsageError, match="another run"):
        Ledger(tmp_path, scratch=True)
    Ledger(tmp_path).close()


@pytest.mark.parametrize("content", [b"not a database, but long enough to be looked at" * 50, b"SQLite format 3\0xx"])
def test_a_file_that_is_no_ledger_is_left_alone(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    with pytest.raises(UsageError, match="move it away"):
        Ledger(tmp_path)
    assert (tmp_path / NAME).read_bytes() == content


def test_a_database_of_something_else_is_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / NAME) as base:
        base.execute("CREATE TABLE file (x)")
    base.close()
    with pytest.raises(UsageError, match="not a ledger that this version of perfdoc writes"):
        Ledger(tmp_path)


def test_an_output_that_cannot_be_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UsageError, match=r"can't be (written|used)"):
        Ledger(tmp_path / "file")
    (tmp_path / "out" / NAME).mkdir(parents=True)
    with pytest.raises(UsageError, match="can't be used"):
        Ledger(tmp_path / "out")


def test_a_run_that_is_killed_leaves_a_ledger_that_is_true(tmp_path: Path) -> None:
    """What was committed is there, what was not is not, and the lock is gone."""
    code = f"""
import os, sys, pathlib, perfdoc.jobs.ledger as ledger
ledger._EVERY = -1
one = ledger.Ledger(pathlib.Path({str(tmp_path)!r}))
one.put([ledger.Entry("first", "folder-1")])
ledger._EVERY = 1000
one.put([ledger.Entry("second", "folder-2")])
os.kill(os.getpid(), 9)
"""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    assert subprocess.run([sys.executable, "-c", code], env=env, timeout=PATIENCE).returncode == -9
    with Ledger(tmp_path) as ledger:
        assert ledger.folder("first") == "folder-1"
        assert ledger.folder("second") is None
        assert ledger.run == 2
