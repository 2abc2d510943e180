"""No verb that looks at documents goes on for ever: each document has the time of a file, a spec as well."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_support import folder, run

from perfdoc.cli.files import batch, checked
from perfdoc.cli.verbs import diff
from perfdoc.jobs.limits import HAS_TIMERS, Limits

pytestmark = pytest.mark.skipif(not HAS_TIMERS, reason="timers of POSIX")


def endless(*_: object) -> None:
    while True:
        pass


@pytest.mark.parametrize(
    ("verb", "module", "work"),
    [("check", checked, "findings"), ("summary", checked, "findings"), ("diff", diff, "compare")],
)
def test_a_spec_has_the_time_of_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verb: str, module: object, work: str
) -> None:
    monkeypatch.setattr(batch, "Limits", lambda seconds: Limits(0.1))
    monkeypatch.setattr(module, work, endless)
    specs = [folder(tmp_path / name) for name in ("a", "b")][: 2 if verb == "diff" else 1]
    done = run(verb, *specs)
    assert done.code == 3
    assert "timed out: not read within 0.1 seconds" in done.err
