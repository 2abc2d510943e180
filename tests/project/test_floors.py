"""An import goes down only, and each outside library has one door."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from checkout import ROOT

PACKAGE = ROOT / "perfdoc"
FLOORS: dict[str, float] = {
    "model": 0, "report": 0, "errors": 0, "visible": 0, "page": 0, "collector": 0, "first_use": 0,
    "target": 1, "layout": 1, "yamltree": 1, "office": 1, "years": 1,
    "meanings": 2, "form_definition": 2, "specs": 2, "reading": 2, "pairing": 2,
    "extraction": 3, "accounts": 3, "comparison": 3, "rendering": 3, "checks": 3, "merging": 3, "rollover": 3,
    "scoring": 3.5, "summary": 3.5, "form_lint": 3.5,
    "__init__": 4, "jobs": 4,
    "cli": 5, "__main__": 6,
}  # fmt: skip
DOORS = {
    "yaml": {"yamltree"},
    "docxtpl": {"rendering"},
    "docx": {"rendering"},
    "jinja2": {"rendering"},
    "markupsafe": {"rendering"},
    "click": {"cli", "__main__"},
    "lxml": {"reading", "rendering"},
    "pypdf": {"rendering"},
    "distributed": {"jobs"},
    "fsspec": {"jobs"},
    "olefile": {"reading"},
    "xlrd": {"reading"},
    "zlib_ng": {"rendering"},
}
MODELS = {"pydantic"}
"""What the model is made of; a Document goes everywhere, and so does its base class."""
FILES = sorted(PACKAGE.rglob("*.py"))


def unit(file: Path) -> str:
    first = file.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imports(file: Path) -> Iterator[tuple[str, bool]]:
    """(module, only for types) of every import of a file, those inside of functions included."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    typing_only = {
        id(node)
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and isinstance(block.test, ast.Name) and block.test.id == "TYPE_CHECKING"
        for node in ast.walk(block)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, id(node) in typing_only) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, id(node) in typing_only
            if node.module == "perfdoc":
                yield from ((f"perfdoc.{alias.name}", id(node) in typing_only) for alias in node.names)


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(PACKAGE)))
def test_imports_go_down_only(file: Path) -> None:
    here = FLOORS[unit(file)]
    for module, typing_only in imports(file):
        if module.startswith("perfdoc.") and not typing_only:
            there = module.split(".")[1]
            if there in FLOORS and there != unit(file):
                assert FLOORS[there] < here, f"{file.name} (floor {here}) imports {module} (floor {FLOORS[there]})"


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(PACKAGE)))
def test_each_library_has_one_door(file: Path) -> None:
    for module, _ in imports(file):
        door = DOORS.get(module.split(".")[0])
        assert door is None or unit(file) in door, f"{file.name} imports {module}"


def test_what_is_imported_is_declared_and_has_a_door() -> None:
    """pyproject.toml names each library that a file imports, with its reason, and none besides."""
    used = {module.split(".")[0] for file in FILES for module, _ in imports(file)}
    foreign = used - sys.stdlib_module_names - {"perfdoc"}
    project = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    every = project["dependencies"] + [
        one for name, some in extras.items() if name not in ("dev", "bench") for one in some
    ]
    declared = {re.split(r"[^\w-]", one)[0].replace("pyyaml", "yaml").replace("-", "_") for one in every}
    assert foreign == declared
    assert foreign <= DOORS.keys() | MODELS


def test_every_file_has_a_floor() -> None:
    assert {unit(file) for file in FILES} <= FLOORS.keys()
    assert len(FILES) > 20
