"""The names that the tags of a template ask for, whatever it calls the items of its loops."""

from __future__ import annotations

from collections.abc import Mapping

from jinja2 import nodes

CANONICAL = {"document.projects": "project", "project.indicators": "indicator"}
"""What a loop goes over, and what its items are called everywhere but in the template itself."""


def name_alike(node: nodes.Node, names: Mapping[str, str] | None = None) -> None:
    """Rename the variables of a template's loops: each over the projects is `project`, over indicators `indicator`.

    So a template may call them as it likes, and what stands for a bookmark's name is always `project.section`.
    """
    names = names or {}
    if isinstance(node, nodes.Name):
        node.name = names.get(node.name, node.name)
        return
    if isinstance(node, nodes.For) and isinstance(node.target, nodes.Name):
        name_alike(node.iter, names)
        over = node.iter
        while isinstance(over, nodes.Filter) and over.node is not None:
            over = over.node
        own = node.target.name
        node.target.name = CANONICAL.get(dotted(over), own)
        inner = {**names, own: node.target.name}
        for child in (*([node.test] if node.test is not None else []), *node.body):
            name_alike(child, inner)
        for child in node.else_:
            name_alike(child, names)
        return
    for child in node.iter_child_nodes():
        name_alike(child, names)


def dotted(node: nodes.Node) -> str:
    """The name that a tag asks for, `project.budget.total`; `""` for what is none."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        step: object = node.attr
    elif isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        step = node.arg.value
    else:
        return ""
    before = dotted(node.node)
    return f"{before}.{step}" if before else ""
