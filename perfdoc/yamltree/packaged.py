"""The YAML files that are part of perfdoc: label words, rules, texts in two languages."""

from __future__ import annotations

from pkgutil import get_data
from typing import Any

from perfdoc.texts import language
from perfdoc.yamltree.tree import Value, parse

Both = tuple[str, str]
"""A text in Chinese and in English."""


def packaged(package: str, name: str) -> dict[str, Value]:
    """The mapping in a YAML file of one of perfdoc's packages (`"perfdoc.checks"`), read anew at each call."""
    data = get_data(package, name)
    assert data is not None, name
    tree = parse(data.decode(), name)
    assert not tree.diagnostics, tree.diagnostics
    assert isinstance(tree.value, dict)
    return tree.value


def in_language(texts: Both) -> str:
    """The one of the two that is spoken now."""
    return texts[0 if language() == "zh" else 1]


def both(texts: Any) -> Both:
    """The Chinese and the English text of a mapping in such a file."""
    return texts["zh"], texts["en"]
