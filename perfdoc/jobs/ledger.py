"""What was done to which file, in an SQLite file beside the output.

A row is written after the file's result stands, and committed within a second: a run that is killed may have
done more than its ledger says, never less. One run at a time may write to it.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from perfdoc.errors import UsageError
from perfdoc.storage.naming import key_of
from perfdoc.texts import reason, say

NAME = ".perfdoc-import.sqlite"
"""The ledger's name in the folder of the output."""
_ID = 0x70646F63  # PRAGMA application_id: "pdoc"
_VERSION = 2
_EVERY = 1.0  # seconds between two commits
_TABLE = """
CREATE TABLE file (
  source TEXT PRIMARY KEY,     -- the file, from the folder that was given
  folder TEXT,                 -- where its result is, from the output; NULL for what has none
  folder_key TEXT,             -- the same for a file system that ignores case
  hash BLOB,                   -- SHA-256 of its content, NULL where it could not be read
  options BLOB,                -- SHA-256 of all that the result depends on beside the content
  final INTEGER NOT NULL,      -- 1: the same content and options always give this result
  outcome TEXT NOT NULL,
  code INTEGER NOT NULL,
  kind TEXT NOT NULL,
  projects INTEGER NOT NULL,
  indicators INTEGER NOT NULL,
  doubts INTEGER NOT NULL,
  form TEXT NOT NULL DEFAULT '',    -- the form that the document names
  layout TEXT NOT NULL DEFAULT '',  -- the fingerprint of its layout, '' where a form of perfdoc's own drew it
  taught BLOB NOT NULL DEFAULT x'', -- SHA-256 of the learnt form's files that it was read with, x'' for none
  message TEXT NOT NULL,
  run INTEGER NOT NULL,        -- the run that met it last
  again INTEGER NOT NULL       -- 1: that run found it done already
) WITHOUT ROWID
"""

_WRITTEN = """
CREATE TABLE written (
  source TEXT PRIMARY KEY,
  texts BLOB NOT NULL               -- what was made of the file, packed by who did the work
) WITHOUT ROWID
"""


class Entry(NamedTuple):
    """What became of a file: a row of the ledger, each field a column. Digests are 32 bytes, or empty for none.

    `written`, which is kept in a table of its own, is what was made of the file, if that is to be known later.
    """

    source: str
    folder: str = ""
    hash: bytes = b""
    options: bytes = b""
    final: bool = False
    outcome: str = ""
    code: int = 0
    kind: str = ""
    projects: int = 0
    indicators: int = 0
    doubts: int = 0
    form: str = ""
    layout: str = ""
    taught: bytes = b""
    message: str = ""
    again: bool = False
    written: bytes = b""


_COLUMNS = ", ".join(Entry._fields[:-1])
_PUT = f"INSERT OR REPLACE INTO file ({_COLUMNS}, folder_key, run) VALUES ({'?, ' * len(Entry._fields)}?)"


class Ledger:
    """The ledger of an output folder; a context manager, whose end commits. Raises UsageError where it can't be used.

    With `scratch` nothing is written beside the output: the rows go to a temporary file, after those that are
    there already. `committed` is called when rows were committed, some time into a long run.
    """

    def __init__(self, output: Path, *, scratch: bool = False, committed: Callable[[], None] = lambda: None) -> None:
        self.path = output / NAME
        self._said_of = committed
        with self._said():
            if not scratch:
                output.mkdir(parents=True, exist_ok=True)
            # For scratch a temporary file that SQLite itself removes.
            self._base = sqlite3.connect("" if scratch else self.path, timeout=0)
            try:
                if scratch and self.path.is_file():
                    self._copy()
                self._open()
            except BaseException:
                self._base.close()
                raise
        self._committed = time.monotonic()

    def _copy(self) -> None:
        uri = f"{self.path.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True, timeout=0)) as old:
            old.execute("SELECT count(*) FROM sqlite_master")  # says that it is locked; backup would wait
            old.backup(self._base)

    def _open(self) -> None:
        base = self._base
        base.execute("PRAGMA locking_mode = EXCLUSIVE")
        base.execute("BEGIN EXCLUSIVE")
        known = base.execute("PRAGMA application_id").fetchone()[0]
        version = base.execute("PRAGMA user_version").fetchone()[0]
        tables = base.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if not tables:
            base.execute(_TABLE)
            base.execute(_WRITTEN)
            base.execute("CREATE INDEX folders ON file (folder_key)")
            base.execute(f"PRAGMA application_id = {_ID}")
            base.execute(f"PRAGMA user_version = {_VERSION}")
        elif known != _ID or version != _VERSION:
            raise UsageError(say("jobs.ledger.version", path=self.path))
        base.commit()
        self.run = 1 + (base.execute("SELECT max(run) FROM file").fetchone()[0] or 0)

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        with self._said():
            self._base.commit()
            self._base.close()

    @property
    def blank(self) -> bool:
        """Whether it knew nothing when it was opened."""
        return self.run == 1

    def get(self, source: str) -> Entry | None:
        row = self._base.execute(f"SELECT {_COLUMNS} FROM file WHERE source = ?", (_text(source),)).fetchone()
        return None if row is None else _entry(row)

    def folder(self, source: str) -> str | None:
        row = self._base.execute("SELECT folder FROM file WHERE source = ?", (_text(source),)).fetchone()
        return row[0] if row else None

    def owner(self, folder_key: str) -> str | None:
        """The file whose result is in a folder (as `key_of` gives it), or None."""
        row = self._base.execute("SELECT source FROM file WHERE folder_key = ?", (_text(folder_key),)).fetchone()
        return row[0] if row else None

    def written(self, source: str) -> bytes:
        """What was made of a file, as it was put; empty where that is not known."""
        row = self._base.execute("SELECT texts FROM written WHERE source = ?", (_text(source),)).fetchone()
        return row[0] if row else b""

    def taught(self) -> frozenset[bytes]:
        """The digests of the learnt forms that files were read with."""
        return frozenset(digest for (digest,) in self._base.execute("SELECT DISTINCT taught FROM file"))

    def put(self, entries: Iterable[Entry]) -> None:
        """Remember what became of files; call it when the results stand."""
        with self._said():
            entries = list(entries)
            self._base.executemany(_PUT, map(self._row, entries))
            made = ((_text(one.source), one.written) for one in entries if one.written)
            self._base.executemany("INSERT OR REPLACE INTO written VALUES (?, ?)", made)
            now = time.monotonic()
            if now - self._committed > _EVERY:
                self._base.commit()
                self._said_of()
                self._committed = time.monotonic()

    def _row(self, entry: Entry) -> tuple[object, ...]:
        folder = _text(entry.folder) or None
        row = (_text(entry.source), folder, *entry[2:-3], _text(entry.message), entry.again)
        return (*row, key_of(folder) if folder else None, self.run)

    def met(self) -> Iterator[Entry]:
        """The files that this run met, in order of their names."""
        query = f"SELECT {_COLUMNS} FROM file WHERE run = ? ORDER BY source"
        return map(_entry, self._base.execute(query, (self.run,)))

    @contextmanager
    def _said(self) -> Iterator[None]:
        """An error of SQLite as one that the user can do something about."""
        try:
            yield
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise UsageError(say("jobs.ledger.locked", path=self.path)) from error
            raise UsageError(say("jobs.ledger.unusable", path=self.path, why=error)) from error
        except sqlite3.DatabaseError as error:
            raise UsageError(say("jobs.ledger.unreadable", path=self.path, why=error)) from error
        except OSError as error:
            raise UsageError(say("storage.cant_write", path=self.path, why=reason(error))) from error


def _entry(row: tuple[object, ...]) -> Entry:
    found = Entry(*row)  # type: ignore[arg-type]
    return found._replace(folder=found.folder or "", final=bool(found.final), again=bool(found.again))


def _text(name: str) -> str:
    """A name that is no Unicode (its bytes stand in it as surrogates) as SQLite can hold it."""
    return name.encode("utf-8", "backslashreplace").decode() if not name.isascii() else name
