"""Whole commands, from the start of the process to its end."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

from benchmarks.documents import document
from benchmarks.families import Plan
from benchmarks.report import Table, Target, ratios
from benchmarks.timing import Measured, in_turns
from perfdoc.specs import dump_project

VERSION = "perfdoc --version"
FMT = "perfdoc fmt --check FILE"
_ROUGH = "perfdoc fmt -n FILE, to be rewritten"
_MODEL = "class One(pydantic.BaseModel):\n    text: str | None = None"
_WHY = (
    "`fmt` reads with perfdoc's one description of the model, which is pydantic's. The limit is four times the bare "
    "imports: a second description by keys saved 0.12 s of a start, which no person notices at one file; hooks give it "
    "many files in one start."
)


def run(plan: Plan) -> Iterator[Table]:
    """Two commands, each against the imports that it can't do without."""
    spec = plan.folder / "spec.yaml"
    spec.write_text(dump_project(document(1).projects[0]), encoding="utf-8")
    rough = plan.folder / "rough.yaml"
    rough.write_text(spec.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    click = {"floor: import click": "import click", "nothing (python -c pass)": "pass"}
    version = _commands(click, {VERSION: ["--version"]}, plan)
    libraries = "import click, pydantic, yaml"
    fmt = _commands(
        {f"floor: {libraries}": libraries, "… and a model of one text": f"{libraries}\n{_MODEL}"},
        {FMT: ["fmt", "--check", str(spec)], _ROUGH: ["fmt", "-n", str(rough)]},
        plan,
    )
    least = Target(f"{VERSION}: × import click", version[VERSION].ratio or 0, 2)
    yield ratios("The start of a command", {VERSION: version}, [least])
    small = Target(f"{FMT}: × importing click, pydantic and yaml", fmt[FMT].ratio or 0, 4)
    yield ratios("A small command", {FMT: fmt}, [small], [_WHY])


def _commands(programs: dict[str, str], verbs: dict[str, list[str]], plan: Plan) -> dict[str, Measured]:
    python = [sys.executable, "-X", "utf8"]
    commands = {way: [*python, "-c", program] for way, program in programs.items()}
    commands |= {way: [*python, "-m", "perfdoc", *arguments] for way, arguments in verbs.items()}
    ways = {way: (lambda command=command: _call(command)) for way, command in commands.items()}
    return in_turns(ways, plan.turns * 2, budget=60)


def _call(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
