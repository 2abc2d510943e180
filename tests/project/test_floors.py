"""The claims of the architecture: imports go down, no circle, one door a library, folders whose listing can be read."""

from __future__ import annotations

import re
import sys
import tomllib

import pytest
from house import (
    FILES,
    MODULES,
    ROOT,
    children,
    circle,
    circles,
    crowded,
    graph,
    imports,
    imports_inside_functions,
    main,
    packages,
    repeated,
)

FLOORS: tuple[tuple[str, ...], ...] = (
    ("texts",),
    ("model", "visible", "page", "unholdable"),
    ("report",),
    ("errors", "layout"),
    ("target", "yamltree", "office", "years", "storage", "git"),
    ("repository",),
    ("meanings", "form_definition", "specs", "reading", "pairing"),
    ("extraction", "accounts", "comparison", "rendering", "checks", "merging", "rollover", "original", "reviews"),
    ("scoring", "summary", "filling", "form_lint", "round_trip", "new_project", "samples"),
    ("learning", "pulling"),
    ("labelling",),
    ("__init__",),
    ("jobs",),
    ("importing",),
    ("web",),
    ("cli",),
    ("__main__",),
)
"""The parts of perfdoc from the ground up: each may import those below it, and none beside it."""
DOORS = {
    "yaml": {"yamltree", "texts"},
    "docxtpl": {"rendering"},
    "docx": {"rendering"},
    "jinja2": {"rendering", "page"},
    "markupsafe": {"rendering"},
    "click": {"cli", "__main__"},
    "lxml": {"reading", "rendering", "learning"},
    "pypdf": {"rendering"},
    "distributed": {"jobs"},
    "fsspec": {"storage"},
    "tqdm": {"cli"},
    "olefile": {"reading"},
    "xlrd": {"reading"},
    "openpyxl": {"rendering"},
    "zlib_ng": {"rendering", "original"},
    "starlette": {"web"},
    "uvicorn": {"web"},
    "pypdfium2": {"web"},
}
USED_BY_OTHERS = {"python_multipart", "pillow"}
"""Declared, and imported by a library: starlette reads forms by the one, pypdfium2 writes pictures by the other."""
MODELS = {"pydantic"}
"""What the model is made of; a Document goes everywhere, and so does its base class."""
MOST_REPEATED_NAMES = 0
MOST_IMPORTS_IN_CLI = 14


def part(module: str) -> str:
    """The part of perfdoc that a module belongs to: `specs` for `perfdoc.specs.scalar`, `__init__` for `perfdoc`."""
    return module.split(".")[1] if "." in module else "__init__"


def test_imports_go_down_only() -> None:
    floor = {name: number for number, names in enumerate(FLOORS) for name in names}
    every = [
        (part(module), part(other), f"{module} imports {other}") for module in MODULES for other in graph()[module]
    ]
    assert [said for one, other, said in every if one != other and floor[other] >= floor[one]] == []


def test_every_file_has_a_floor() -> None:
    assert {part(module) for module in MODULES} == {name for names in FLOORS for name in names}
    assert len(FILES) > 20


def test_no_modules_import_one_another() -> None:
    """Those for types and those inside of functions count too: what one file says, it says with those below it."""
    assert circles() == []


def test_the_parts_of_a_package_do_not_import_one_another() -> None:
    """A subfolder stands for all that is in it: it is above or below what stands beside it, never both."""
    assert [(package, found) for package in packages() if (found := circle(children(package)))] == []


def test_each_library_has_one_door() -> None:
    every = [(module, one.module) for module, file in MODULES.items() for one in imports(file)]
    doors = ((module, name, DOORS.get(name.split(".")[0])) for module, name in every)
    assert [f"{module} imports {name}" for module, name, door in doors if door and part(module) not in door] == []


def test_what_is_imported_is_declared_and_has_a_door() -> None:
    """pyproject.toml names each library that a file imports, with its reason, and none besides."""
    used = {one.module.split(".")[0] for file in FILES for one in imports(file)}
    foreign = used - sys.stdlib_module_names - {"perfdoc", "pydantic_core"}  # the one half of pydantic
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    every = project["dependencies"] + [
        one for name, some in extras.items() if name not in ("dev", "bench") for one in some
    ]
    declared = {re.split(r"[^\w-]", one)[0].replace("pyyaml", "yaml").replace("-", "_") for one in every}
    assert foreign == declared - USED_BY_OTHERS
    assert foreign <= DOORS.keys() | MODELS


def test_a_folder_can_be_read_at_a_glance() -> None:
    assert crowded() == {}


def test_few_names_are_given_to_more_than_two_modules() -> None:
    assert len(repeated()) <= MOST_REPEATED_NAMES, repeated()


def test_verbs_import_at_the_top() -> None:
    assert len(list(imports_inside_functions("perfdoc.cli"))) <= MOST_IMPORTS_IN_CLI


def test_no_module_can_be_called() -> None:
    for module, file in MODULES.items():
        assert "ModuleType" not in file.read_text(encoding="utf-8"), module


def test_the_numbers_of_the_house_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    main()
    printed = capsys.readouterr().out
    assert f"in {len(FILES)} files" in printed
    assert len(printed.splitlines()) == 6


def test_the_map_names_every_part_and_nothing_that_is_not_there() -> None:
    """ARCHITECTURE.md: a package that is new has its place in it, a path in it leads somewhere."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    for name in {part(one) for one in MODULES} - {"__init__", "__main__"}:
        assert re.search(rf"\b{name}\b", text), f"ARCHITECTURE.md does not name {name}"
    for path in re.findall(r"\b((?:perfdoc|tests|docs|templates|golden|benchmarks)/[\w./-]*\w)", text):
        assert (ROOT / path).exists(), f"ARCHITECTURE.md names {path}"
