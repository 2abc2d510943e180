"""Meaning and advice for the codes that are not rules: PD001 to PD089, from `diagnostics.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple, cast

from perfdoc.yamltree import packaged

Both = tuple[str, str]
"""A text in Chinese and in English."""


class Meaning(NamedTuple):
    """A code, the group that it is of, what it means, and what to do about it."""

    code: str
    family: str
    means: Both
    do: Both


@cache
def meanings() -> Mapping[str, Meaning]:
    """Every diagnostic that reading, rendering and `form lint` can print, by its code, in order."""
    return {
        code: Meaning(code, family, _both(texts["means"]), _both(texts["do"]))
        for family, group in packaged("perfdoc.meanings", "diagnostics.yaml").items()
        for code, texts in cast("dict[str, dict[str, dict[str, str]]]", group).items()
    }


def _both(texts: Mapping[str, str]) -> Both:
    return texts["zh"], texts["en"]
