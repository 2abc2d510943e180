"""What a run has to say of one file: a row of the ledger, without what keeps the ledger."""

from __future__ import annotations

from typing import NamedTuple


class Entry(NamedTuple):
    """What became of a file; the fields are columns of the ledger's table. Digests are 32 bytes, or empty for none."""

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
    message: str = ""
    again: bool = False
