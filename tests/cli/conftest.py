"""What every test of the command line has."""

from __future__ import annotations

import pytest

from perfdoc.jobs import pool


@pytest.fixture(autouse=True)
def _one_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run over many files starts one process, as on the smallest machine, unless the test asks for more (`-j`).

    To start one takes longer than to read a dozen of files.
    """
    monkeypatch.setattr(pool, "cores", lambda: 1)
