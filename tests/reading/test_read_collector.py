"""Reading many files in one process: what reading needed is gone when it ends, without Python's cyclic collector."""

from __future__ import annotations

import gc
import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from checkout import ROOT
from wordxml import zipped

from perfdoc import form, load, read, render
from perfdoc.errors import UnreadableError
from perfdoc.reading.package import Package

_SHEETS = ROOT / "golden" / "received"
_WORD = render(load(ROOT / "specs" / "hexi-court-2023").document, form("tianjin"))


def word_parts(data: bytes) -> dict[str, bytes | str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


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


@pytest.mark.parametrize(
    "name",
    ["openpyxl-3.1.5-workbook.xlsx", "libreoffice-7.4.7-workbook.xlsx", "libreoffice-7.4.7-central.html"],
)
def test_nor_does_reading_other_files(name: str) -> None:
    command = [sys.executable, "-c", _COUNT.format(work="read(word, 'a')"), str(_SHEETS / name)]
    assert subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout == "0\n"


def test_files_that_are_broken_do_not_pile_up() -> None:
    """What an error leaves behind holds the file's bytes; after some files it is looked for."""
    parts = word_parts(_WORD)
    parts["word/document.xml"] = parts["word/document.xml"][:-200]
    broken = zipped(parts)

    def left() -> int:
        return sum(isinstance(one, Package) for one in gc.get_objects())

    before = left()
    for _ in range(60):
        with pytest.raises(UnreadableError):
            read(broken, "a.docx")
    assert left() - before < 30


def test_the_collector_is_on_again_after_a_file() -> None:
    assert gc.isenabled()
    read(_WORD, "a.docx")
    assert gc.isenabled()
