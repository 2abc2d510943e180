"""Meaning and advice for the codes that are not rules: PD001 to PD099, from `diagnostics.yaml`."""

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from perfdoc.texts import Both
from perfdoc.yamltree import both, packaged


class Meaning(NamedTuple):
    """A code, the group that it is of, what it means, and what to do about it."""

    code: str
    family: str
    means: Both
    do: Both


@cache
def meanings() -> Mapping[str, Meaning]:
    """Every diagnostic that reading, rendering and `form lint` can print, by its code, in order."""
    families: dict[str, Any] = packaged("perfdoc.meanings", "diagnostics.yaml")
    return {
        code: Meaning(code, family, both(texts["means"]), both(texts["do"]))
        for family, group in families.items()
        for code, texts in group.items()
    }
