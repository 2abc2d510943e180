"""Reading many files in one process: what reading needed is gone when it ends, without Python's cyclic collector."""

from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path

import pytest
from cli_support import ROOT

from perfdoc import form, load, read, render

_WORD = render(load(ROOT / "specs" / "hexi-court-2023").document, form("tianjin"))

# A process of its own: other tests' threads (a cluster's client, a progress bar) leave garbage of their own, and when
# it comes is chance.
_COUNT = """
import gc, sys
from pathlib import Path
from perfdoc import extract, read

word = Path(sys.argv[1]).read_bytes()
{work}
gc.collect()
gc.disable()
for _ in range(3):
    {work}
print(gc.collect())
"""


@pytest.mark.parametrize("work", ["read(word, 'a.docx')", "extract(read(word, 'a.docx'))"])
def test_reading_leaves_no_cycles_behind(work: str, tmp_path: Path) -> None:
    word = tmp_path / "a.docx"
    word.write_bytes(_WORD)
    command = [sys.executable, "-c", _COUNT.format(work=work), str(word)]
    assert subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout == "0\n"


def test_the_collector_is_on_again_after_a_file() -> None:
    assert gc.isenabled()
    read(_WORD, "a.docx")
    assert gc.isenabled()
