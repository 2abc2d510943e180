"""Two workers: how many times faster `perfdoc import -j 2` is than `-j 1`, against what two bare processes gain."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from benchmarks.documents import document, word
from benchmarks.families import Plan
from benchmarks.report import Table, Target, number

_FLOOR = """
import pathlib, sys
from benchmarks.families.reading import floor
for name in sys.argv[3:]:
    for _ in range(int(sys.argv[2])):
        for file in sorted(pathlib.Path(sys.argv[1]).glob("*.docx"))[int(name)::2]:
            floor(file.read_bytes())
"""
_REPEATS = 5  # of the floor's work, so that it takes about as long as perfdoc, and starting weighs the same
_WHY = (
    "What keeps two workers from twice the speed is what a first document must wait for: of an import of 500 by one "
    "worker (3.0 s, 2026-11-29) the first answer comes after 0.32 s: 0.08 s for the command to start its workers, "
    "0.16 s for a worker's imports (pydantic and the models' classes are half of them) and the forms, 0.08 s for what "
    "a first document imports. Workers do that side by side, so that it is not shared out. The command itself works "
    "0.3 s for 2,000 documents, and a worker waits less than 0.02 s in 500 for its next ones. On ext4 the kernel "
    "looks long for inodes right after thousands of files were deleted (2.5 s for 3,000 new ones where 0.3 s is "
    "usual), so that nothing is deleted here between runs. Wall time of a shared machine swings by a tenth and more "
    "from run to run, the floor's too."
)


def run(plan: Plan) -> Iterator[Table]:
    """Wall time here: what is asked is whether two processors are kept busy."""
    turns = {plan.small: plan.turns, plan.small * 4: max(3, plan.turns // 3)}
    measured = {size: _measured(plan, size, count) for size, count in turns.items()}
    rows = [
        ["floor: inflate and parse, two processes", *(number(floor) for floor, _, _ in measured.values())],
        ["perfdoc import -j 2", *(number(ours) for _, ours, _ in measured.values())],
    ]
    targets = [
        Target(f"two workers, {size} documents: share of the floor's own scaling", share, 95, at_least=True, unit=" %")
        for size, (_, _, share) in measured.items()
    ]
    header = ["× one worker", *(f"{size} documents of 5 projects" for size in measured)]
    yield Table("Two workers", header, rows, targets, [_WHY])


def _measured(plan: Plan, size: int, turns: int) -> tuple[float, float, float]:
    """How many times faster two are: the floor's processes, perfdoc's workers; and perfdoc's share in percent.

    Each way has its median over the turns: a ratio of a turn is spoilt where any one of the four was disturbed.
    """
    folder = plan.folder / f"received-{size}"
    folder.mkdir()
    for seed in range(size):
        (folder / f"{seed:04}.docx").write_bytes(word(document(5, seed)))
    ways = (
        lambda: _bare(folder, ["0", "1"]),
        lambda: _bare(folder, ["0"], ["1"]),
        lambda: _import(folder, 1),
        lambda: _import(folder, 2),
    )
    every = [[_wall(way) for way in ways] for _ in range(turns)]
    one, two, ours_by_one, ours_by_two = (median(times) for times in zip(*every, strict=True))
    floor, ours = one / two, ours_by_one / ours_by_two
    return floor, ours, ours / floor * 100


def _wall(way: Callable[[], None]) -> float:
    start = time.perf_counter()
    way()
    return time.perf_counter() - start


def _bare(folder: Path, *shares: list[str]) -> None:
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", _FLOOR, str(folder), str(_REPEATS)]
    running = [subprocess.Popen([*command, *share], cwd=root) for share in shares]
    if any(process.wait() for process in running):
        raise RuntimeError("the floor failed")


def _import(folder: Path, jobs: int) -> None:
    # A new folder each time: ext4 looks long for inodes right after thousands were deleted, and others wait for it.
    out = Path(tempfile.mkdtemp(dir=folder.parent)) / "specs"
    command = [sys.executable, "-m", "perfdoc", "import", "-r", str(folder), "-o", str(out), "-j", str(jobs)]
    subprocess.run(command, check=True, capture_output=True)
