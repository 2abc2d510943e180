"""The cells of a form as a tree of the model's names, and a record whose missing texts are made empty ones."""

import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

EXTRA = "extra"
_STEPS = re.compile(r"""\.([^.\[\]{}"']+)|\[["']([^"']+)["']\]""")
Cells = Mapping[str, "Cells | None"]
"""A leaf is None; under `extra` the leaves are labels."""


def nested(leaves: Mapping[str, str | None]) -> dict[str, Any]:
    """Leaves by their dotted paths as a tree; what stands behind `extra.` is one label, dots and all."""
    tree: dict[str, Any] = {}
    for path, value in leaves.items():
        head, _, label = path.partition(".")
        *groups, leaf = (head, label) if head == EXTRA else path.split(".")
        at = tree
        for group in groups:
            at = at.setdefault(group, {})
        at[leaf] = value
    return tree


def emptied(record: BaseModel, cells: Cells) -> dict[str, Any]:
    """What to change in a record so that every cell that the form has holds at least an empty text."""
    changed: dict[str, Any] = {}
    for name, below in cells.items():
        value = getattr(record, name)
        if below is None:
            if value is None:
                changed[name] = ""
        elif name == EXTRA:
            if any(label not in value for label in below):
                changed[name] = {**{label: value.get(label, "") for label in below}, **value}
        elif inner := emptied(value, below):
            changed[name] = value.model_copy(update=inner)
    return changed


def dotted(name: str) -> str:
    """What a tag asks for with all its steps after points: `project.extra["联系人"]` is `project.extra.联系人`."""
    root = name.partition(".")[0].partition("[")[0].strip()
    steps = [one or other for one, other in _STEPS.findall(name[len(root) :])]
    return ".".join((root, *(step.strip() for step in steps)))
