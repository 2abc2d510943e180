"""Peak memory of reading one file, each way in a process of its own: what it takes over the interpreter."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.documents import document, word
from benchmarks.families import Plan
from benchmarks.families.reading import is_here
from benchmarks.report import Table, Target, number

_WAYS = ("floor", "read", "_walk", "_docx2python", "_mammoth")
_NAMES = {
    "floor": "floor: the tree alone",
    "read": "perfdoc: Document, places, account",
    "_walk": "python-docx, _tr and _tc",
    "_docx2python": "docx2python",
    "_mammoth": "mammoth",
}
_LARGEST = {"_walk": 500, "_docx2python": 50, "_mammoth": 50}
_PROBE = """
import pathlib, resource, sys
from benchmarks.families import reading
def peak():
    try:
        status = pathlib.Path("/proc/self/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) / 1024
    except (OSError, IndexError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 1024)
reading.read(pathlib.Path(sys.argv[2]).read_bytes())
data = pathlib.Path(sys.argv[3]).read_bytes()
before = peak()
result = getattr(reading, sys.argv[1])(data)
print(peak() - before)
"""


def run(plan: Plan) -> Iterator[Table]:
    """Peaks in MB; all of a way's imports, and the reading of one small file, are the interpreter's."""
    small = plan.folder / "1.docx"
    small.write_bytes(word(document(1)))
    sizes = [size for size in plan.sizes if size >= 50] or plan.sizes[-1:]
    peaks = {}
    for size in sizes:
        file = plan.folder / f"{size}.docx"
        file.write_bytes(word(document(size)))
        for way in _WAYS:
            if size <= _LARGEST.get(way, size) and is_here(way.removeprefix("_")):
                peaks[way, size] = _peak(way, small, file)
    rows = [[_NAMES[way], *(_cell(peaks.get((way, size))) for size in sizes)] for way in _WAYS]
    largest = sizes[-1]
    target = Target(f"read, {largest} projects: peak memory", peaks["read", largest], 250, unit=" MB")
    yield Table(
        "Memory of reading, MB over the interpreter", ["way", *(f"{n} projects" for n in sizes)], rows, [target]
    )


def _peak(way: str, small: Path, file: Path) -> float:
    command = [sys.executable, "-c", _PROBE, way, str(small), str(file)]
    root = Path(__file__).parents[2]
    return float(subprocess.run(command, capture_output=True, text=True, check=True, cwd=root).stdout)


def _cell(peak: float | None) -> str:
    return "–" if peak is None else number(peak)
