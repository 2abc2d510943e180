"""The settings of a repository: groups of perfdoc.yaml, or of `[tool.perfdoc]` in pyproject.toml."""

import tomllib
from functools import lru_cache
from pathlib import Path

from perfdoc.errors import UsageError
from perfdoc.repository.folders import IN_PYPROJECT, SETTINGS, folders_near
from perfdoc.texts import say
from perfdoc.yamltree import decode, parse


def given_near(folder: Path | None, group: str) -> tuple[object, str]:
    """What the nearest settings that have a group say in it, and their file; None where none has it.

    In one folder `perfdoc.yaml` comes before `pyproject.toml`. UsageError for a file that can't be read.
    """
    for one in folders_near(folder):
        for name in (SETTINGS, IN_PYPROJECT):
            file = one / name
            if file.is_file():
                about = file.stat()
                given = _groups(file, about.st_mtime_ns, about.st_size).get(group)
                if given is not None:
                    return given, str(file)
    return None, ""


@lru_cache(maxsize=64)
def _groups(file: Path, changed: int, size: int) -> dict[str, object]:
    """The groups of settings in a file, read once for each version of it."""
    if file.name == SETTINGS:
        text = decode(file.read_bytes(), str(file))
        if all(line.lstrip().startswith("#") for line in text.split("\n") if line.strip()):
            return {}  # nothing but comments, as `perfdoc init` writes it
        tree = parse(text, str(file))
        if tree.diagnostics:
            raise UsageError(str(tree.diagnostics[0]))
        return {str(key): value for key, value in tree.value.items()} if isinstance(tree.value, dict) else {}
    try:
        value = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(say("checks.settings.toml", file=file, why=error)) from error
    tool = value.get("tool", {}).get("perfdoc")
    return dict(tool) if isinstance(tool, dict) else {}
