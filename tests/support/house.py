"""What can be counted of how perfdoc is laid out: lines, folders, names, circles of imports. `make house` prints it."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "perfdoc"
FILES = sorted(PACKAGE.rglob("*.py"))
MOST_FILES = 15
"""A folder with more modules than this has no listing that tells what it is about."""


class Import(NamedTuple):
    """What a file imports, and whether it does so inside of a function; imports for types only count like any other."""

    module: str
    in_function: bool


def name_of(file: Path) -> str:
    """The dotted name of a module: `perfdoc.specs.scalar`, `perfdoc.specs` for its `__init__.py`."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(file): file for file in FILES}


@cache
def imports(file: Path) -> tuple[Import, ...]:
    """Every import of a file. `from perfdoc.specs import scalar` imports a module, so that is what it counts for."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    within = {id(inner) for outer in ast.walk(tree) if isinstance(outer, _FUNCTIONS) for inner in ast.walk(outer)}
    found: list[Import] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += (Import(alias.name, id(node) in within) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                found.append(Import(whole if whole in MODULES else node.module, id(node) in within))
    return tuple(found)


_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


@cache
def graph() -> Mapping[str, frozenset[str]]:
    """The modules of perfdoc that each module imports."""
    return {
        name: frozenset(one.module for one in imports(file) if one.module in MODULES) - {name}
        for name, file in MODULES.items()
    }


def circle(edges: Mapping[str, frozenset[str]]) -> list[str]:
    """The nodes of one circle, `[]` where there is none."""
    try:
        TopologicalSorter(edges).prepare()
    except CycleError as error:
        found: list[str] = error.args[1]
        return found
    return []


def circles() -> list[list[str]]:
    """Modules that import one another, the largest group first: what none of them can be read without."""
    reach: dict[str, set[str]] = {}
    for start in graph():
        seen: set[str] = set()
        waiting = [start]
        while waiting:
            new = graph()[waiting.pop()] - seen
            seen |= new
            waiting += new
        reach[start] = seen
    groups = {frozenset({one, *(other for other in reach[one] if one in reach[other])}) for one in reach}
    return sorted((sorted(group) for group in groups if len(group) > 1), key=len, reverse=True)


def children(folder: str) -> Mapping[str, frozenset[str]]:
    """The modules and packages directly in a package, and which of these each imports; `__init__` is one of them."""

    def child(module: str) -> str:
        return module.removeprefix(folder).removeprefix(".").partition(".")[0] or "__init__"

    inside = [module for module in MODULES if module == folder or module.startswith(f"{folder}.")]
    edges: dict[str, set[str]] = {child(module): set() for module in inside}
    for module in inside:
        edges[child(module)].update(child(other) for other in graph()[module] if other in inside)
    return {name: frozenset(below - {name}) for name, below in edges.items()}


def packages() -> list[str]:
    """All packages: `perfdoc`, `perfdoc.specs`, …"""
    return [name for name, file in MODULES.items() if file.name == "__init__.py"]


def modules_in(folder: Path) -> list[Path]:
    """The modules of a folder, those of its subfolders not among them."""
    return [file for file in FILES if file.parent == folder]


def crowded() -> dict[str, int]:
    """The folders with more than fifteen modules, and how many they have."""
    counts = Counter(str(file.parent.relative_to(ROOT)) for file in FILES)
    return {folder: count for folder, count in sorted(counts.items()) if count > MOST_FILES}


def repeated() -> dict[str, int]:
    """The base names that more than two modules have, and how many have it."""
    counts = Counter(file.stem for file in FILES if not file.stem.startswith("__"))
    return {name: count for name, count in sorted(counts.items()) if count > 2}


def imports_inside_functions(package: str) -> Iterator[str]:
    """What the modules of a package import inside of functions, as `module: imported`."""
    for module, file in MODULES.items():
        if module.startswith(f"{package}."):
            yield from (f"{module}: {one.module}" for one in imports(file) if one.in_function)


def lines() -> int:
    """The lines of all modules."""
    return sum(file.read_text(encoding="utf-8").count("\n") for file in FILES)


def main() -> None:
    """Print the numbers, with what is behind those that should be small."""
    tangled = circles()
    mixed = {one: circle(children(one)) for one in packages() if circle(children(one))}
    print(f"lines of perfdoc/                          {lines():,} in {len(FILES)} files")
    print(f"folders with over {MOST_FILES} modules               {len(crowded())} {crowded() or ''}")
    print(f"base names of more than two modules        {len(repeated())} {repeated() or ''}")
    print(f"circles of modules                         {len(tangled)} {tangled or ''}")
    print(f"packages with a circle of their parts      {len(mixed)} {mixed or ''}")
    print(f"imports inside of functions in cli/        {len(list(imports_inside_functions('perfdoc.cli')))}")


if __name__ == "__main__":
    main()
