"""The folders in which forms are looked for."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

DEFAULT_FORM = "tianjin"
SEARCH = "PERFDOC_TEMPLATES"
"""The environment variable that names further folders of forms, separated as in PATH."""


def template_folders(extra: Sequence[Path] = ()) -> tuple[Path, ...]:
    """Where forms are looked for, first found wins: `extra`, PERFDOC_TEMPLATES, ./templates, perfdoc's own."""
    here = Path.cwd()
    packaged = Path(__file__).parents[1] / "templates"
    beside = Path(__file__).resolve().parents[2] / "templates"
    named = [here / one for one in os.environ.get(SEARCH, "").split(os.pathsep) if one]
    folders = [*extra, *named, here / "templates", packaged if packaged.is_dir() else beside]
    return tuple(dict.fromkeys(folder.resolve() for folder in folders))


def form_folders(extra: Sequence[Path] = ()) -> dict[str, Path]:
    """The folder of each form by its name, in the order of names; of two with one name the first that is found."""
    found: dict[str, Path] = {}
    for folder in template_folders(extra):
        for file in folder.glob("*/form.yaml"):
            found.setdefault(file.parent.name, file.parent)
    return dict(sorted(found.items()))
