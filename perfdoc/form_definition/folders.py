"""Where forms are found."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

DEFAULT_FORM = "tianjin"
SEARCH = "PERFDOC_TEMPLATES"
"""The environment variable that names further folders of forms, separated as in PATH."""


def template_folders(extra: Sequence[Path] = ()) -> tuple[Path, ...]:
    """Where forms are looked for, first found wins: `extra`, PERFDOC_TEMPLATES, ./templates, perfdoc's own."""
    here = os.getcwd()  # noqa: PTH109 - a Path is slow to make and to compare, and asked for with each file
    return _template_folders(tuple(extra), os.environ.get(SEARCH, ""), here)


def form_folders(extra: Sequence[Path] = ()) -> dict[str, Path]:
    """The folder of each form by its name, in the order of names; of two with one name the first that is found."""
    found: dict[str, Path] = {}
    for folder in template_folders(extra):
        for file in folder.glob("*/form.yaml"):
            found.setdefault(file.parent.name, file.parent)
    return dict(sorted(found.items()))


@lru_cache(maxsize=8)  # asked for each file of a run; looking where they really are takes longer than a small file
def _template_folders(extra: tuple[Path, ...], search: str, here: str) -> tuple[Path, ...]:
    packaged = Path(__file__).parents[1] / "templates"
    beside = Path(__file__).resolve().parents[2] / "templates"
    named = [Path(here, one) for one in search.split(os.pathsep) if one]
    folders = [*extra, *named, Path(here, "templates"), packaged if packaged.is_dir() else beside]
    return tuple(dict.fromkeys(folder.resolve() for folder in folders))
