"""The checks by programs and files from outside of the project: the source document's text, sound files, samples.

python .ci/oracles.py SHARED
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from perfdoc.extraction import extract
from perfdoc.model import Project
from perfdoc.reading import read

SPECS = Path("specs/hexi-court-2023")
PERFDOC = Path(".venv/bin/perfdoc")


def run(*command: str | Path) -> str:
    """Standard output of a command; it must end well."""
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, timeout=900)
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def source_document(shared: Path, folder: Path) -> None:
    """The specs are what the source text says, and the rendered document prints as the source text."""
    seed = shared / "seed/hexi-court-2023.txt"
    run(PERFDOC, "import", seed, "-o", folder / "seed")
    run("diff", "-r", SPECS, folder / "seed")
    out = folder / "out.docx"
    run(PERFDOC, "render", SPECS, "-o", out)
    print(run(sys.executable, shared / "tools/check_docx.py", out).strip())
    text = run(sys.executable, shared / "tools/tika_text.py", out)
    want = seed.read_text(encoding="utf-8").removeprefix(" ")
    start = text.find(want[:40])
    if start < 0 or text[start:] != want:
        raise SystemExit("the rendered document's text differs from the source's")
    print("the rendered document's text equals the source's")


def rendered_forms(shared: Path) -> None:
    """Every Word file of the golden cases is sound."""
    files = sorted(Path("golden").glob("*/*/document.docx"))
    for file in files:
        run(sys.executable, shared / "tools/check_docx.py", file)
    if not files:
        raise SystemExit("there is no golden Word file")
    print(f"golden: {len(files)} Word files are sound")


def values(project: Project) -> list[str]:
    """A project's values in the order of a sample's truth."""
    agency, budget = project.agency, project.budget
    fixed = [agency.code, agency.name, project.money_unit, project.name]
    fixed += [budget.total, budget.fiscal, budget.other, project.purpose, project.goals]
    rows = [(i.level1, i.level2, i.level3, i.described, i.target) for i in project.indicators]
    return [text or "" for text in (*fixed, *(text for row in rows for text in row))]


def samples(folder: Path) -> None:
    """Every sample with its truth: the values, in order."""
    keys = ("code", "agency", "money_unit", "name", "total", "fiscal", "other", "purpose", "goals")
    good = total = 0
    for truth_file in sorted(folder.glob("*.json")):
        truth = json.loads(truth_file.read_text(encoding="utf-8"))
        file = folder / truth["file"]
        projects = extract(read(file.read_bytes(), file.name)).document.projects
        want = [[p[k] for k in keys] + [text for row in p["indicators"] for text in row] for p in truth["projects"]]
        got = [values(project) for project in projects]
        total += sum(map(len, want))
        right = sum(a == b for w, g in zip(want, got, strict=False) for a, b in zip(w, g, strict=False))
        good += right
        if want != got:
            print(f"{file.name}: {right} of {sum(map(len, want))} values")
    print(f"samples: {good} of {total} values right")
    if not total or good < 0.99 * total:
        raise SystemExit("fewer than 99 % of the samples' values are right")


if __name__ == "__main__":
    root = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as scratch:
        source_document(root, Path(scratch))
    rendered_forms(root)
    samples(root / "samples")
