"""The families of measurements, one file each: `run(plan)` gives the tables that were measured."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, cast

from benchmarks.report import Table

FAMILIES = ("reading", "memory", "rendering", "specs", "excel", "start", "growth", "workers")
"""The modules of this folder, in the order in which they run."""


@dataclass(frozen=True)
class Plan:
    """How much is measured. `sizes` (projects in a document) and `rows` (of a flat list) are what a family
    measures at most; `small` is how many documents of five projects stand for a batch; `turns` how often."""

    sizes: Sequence[int]
    rows: Sequence[int]
    small: int
    turns: int
    folder: Path
    """Where files may be put."""


class _Family(Protocol):
    def run(self, plan: Plan) -> Iterator[Table]: ...


def run(family: str, plan: Plan) -> Iterator[Table]:
    """Measure a family."""
    module = cast(_Family, importlib.import_module(f"benchmarks.families.{family}"))
    return module.run(plan)
