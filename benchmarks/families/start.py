"""Whole commands, from the start of the process to its end."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

from benchmarks.documents import document
from benchmarks.families import Plan
from benchmarks.report import Table, Target, ratios
from benchmarks.timing import Measured, in_turns
from perfdoc.spec import dump_project

VERSION = "perfdoc --version"
FMT = "perfdoc fmt --check FILE"


def run(plan: Plan) -> Iterator[Table]:
    """Two commands, each against the imports that it can't do without."""
    spec = plan.folder / "spec.yaml"
    spec.write_text(dump_project(document(1).projects[0]), encoding="utf-8")
    version = _commands(
        {"floor: import click": "import click", "nothing (python -c pass)": "pass"}, VERSION, ["--version"], plan
    )
    libraries = "import click, pydantic, yaml"
    fmt = _commands({f"floor: {libraries}": libraries}, FMT, ["fmt", "--check", str(spec)], plan)
    yield ratios(
        "The start of a command",
        {VERSION: version},
        [Target(f"{VERSION}: × import click", version[VERSION].ratio or 0, 2)],
    )
    yield ratios(
        "A small command", {FMT: fmt}, [Target(f"{FMT}: × importing click, pydantic and yaml", fmt[FMT].ratio or 0, 2)]
    )


def _commands(programs: dict[str, str], name: str, arguments: list[str], plan: Plan) -> dict[str, Measured]:
    python = [sys.executable, "-X", "utf8"]
    commands = {way: [*python, "-c", program] for way, program in programs.items()}
    commands[name] = [*python, "-m", "perfdoc", *arguments]
    ways = {way: (lambda command=command: _call(command)) for way, command in commands.items()}
    return in_turns(ways, plan.turns * 2, budget=60)


def _call(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
