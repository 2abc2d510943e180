"""What a repository says for its specs: the folders in which forms and settings are looked for, and its settings.

They are found from the spec's folder, then from the current one, upwards to the root of the repository, which is the
folder with `.git` in it. What lies above is foreign and never read.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from perfdoc.errors import UsageError
from perfdoc.yamltree import decode, parse

SETTINGS = "perfdoc.yaml"


def root_of(folder: Path) -> Path | None:
    """The root of the repository that a folder is in: `.git` is a folder there, or a file (a worktree, a submodule)."""
    folder = folder.resolve()
    return next((one for one in (folder, *folder.parents) if (one / ".git").exists()), None)


def folders_near(folder: Path | None = None) -> tuple[Path, ...]:
    """The folders in which the forms and settings of a spec in `folder` are looked for; the first that has some wins.

    Without a repository the current folder is the root of what is in it, and any other folder stands for itself.
    """
    here = Path.cwd()
    return tuple(dict.fromkeys(one for start in (folder or here, here) for one in _upwards(start.resolve(), here)))


def _upwards(start: Path, here: Path) -> Iterator[Path]:
    root = root_of(start) or (here.resolve() if start.is_relative_to(here.resolve()) else start)
    for folder in (start, *start.parents):
        yield folder
        if folder == root:
            return


def given_near(folder: Path | None, group: str) -> tuple[object, str]:
    """What the nearest settings that have a group say in it, and their file; None where none has it.

    In one folder `perfdoc.yaml` comes before `pyproject.toml`. UsageError for a file that can't be read.
    """
    for one in folders_near(folder):
        for name in (SETTINGS, "pyproject.toml"):
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
        raise UsageError(f"{file}: {error}") from error
    tool = value.get("tool", {}).get("perfdoc")
    return dict(tool) if isinstance(tool, dict) else {}
