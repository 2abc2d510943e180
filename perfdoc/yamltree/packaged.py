"""The YAML files that are part of perfdoc: label words, rules, texts in two languages."""

from pkgutil import get_data
from typing import Any

from perfdoc.texts import Both
from perfdoc.yamltree.tree import Value, parse


def packaged(package: str, name: str) -> dict[str, Value]:
    """The mapping in a YAML file of one of perfdoc's packages (`"perfdoc.checks"`), read anew at each call."""
    data = get_data(package, name)
    assert data is not None, name
    tree = parse(data.decode(), name)
    assert not tree.diagnostics, tree.diagnostics
    assert isinstance(tree.value, dict)
    return tree.value


def both(texts: Any) -> Both:
    """The Chinese and the English text of a mapping in such a file."""
    return texts["zh"], texts["en"]
