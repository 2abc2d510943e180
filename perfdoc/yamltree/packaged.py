"""The YAML files that come inside perfdoc: label words, rules, texts in two languages."""

from __future__ import annotations

from importlib import resources

from perfdoc.yamltree.tree import Value, parse


def packaged(package: str, name: str) -> dict[str, Value]:
    """The mapping in a YAML file of one of perfdoc's packages (`"perfdoc.check"`), read anew at each call."""
    tree = parse((resources.files(package) / name).read_text(encoding="utf-8"), name)
    assert not tree.diagnostics, tree.diagnostics
    assert isinstance(tree.value, dict)
    return tree.value
