"""One tag of a template by itself: what it asks for, what it prints, and what no template may do.

A template names values, repeats (for) and chooses (if). What docxtpl and Jinja can do beyond that is refused, both
when a form is looked at (`form lint`) and when it is compiled: raw tags (`{{r …}}`, `{{p …}}`), which put a value in
as Word's own markup, would give files that are not sound.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from jinja2 import Environment, TemplateSyntaxError, nodes

from perfdoc.errors import FormError
from perfdoc.form_definition.blocks import alike, blocks_in
from perfdoc.rendering.word.variables import RECORDS
from perfdoc.texts import listed, say

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.S)
STATEMENT = re.compile(r"\{%-?\s*(?:(p|tr|tc|r)\s+)?(\w+)\b(.*?)-?%\}", re.S)
_RAW = re.compile(r"\{\{-?\s*(?:p|tr|tc|r)\s+(?=[A-Za-z_])")
_COUNTS = frozenset({"count", "length"})
_KINDS = (
    *(nodes.Call, nodes.CallBlock, nodes.Getattr, nodes.Getitem),
    *(nodes.Import, nodes.FromImport, nodes.Include, nodes.Extends),
    *(nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow),
)
CANONICAL = {"document.projects": "project", "project.indicators": "indicator"}
"""What a loop goes over, and what its items are called everywhere but in the template itself."""
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")
"""Word's quotes as a template may have them; docxtpl makes them straight too."""
_CLOSED = {
    "for": "{{% for{0}%}}{{% endfor %}}",
    "if": "{{% if{0}%}}{{% endif %}}",
    "elif": "{{% if x %}}{{% elif{0}%}}{{% endif %}}",
}


class Asked(NamedTuple):
    """The names that a tag asks for, the variable that it binds, of the names the one that it prints; its fault."""

    names: tuple[str, ...] = ()
    binds: str = ""
    prints: str = ""
    fault: str = ""


def asked(language: Environment, text: str) -> Asked:
    """What one tag asks for; its fault is that it is no tag, or does what a template may not do."""
    try:
        return _asked(language, text)
    except TemplateSyntaxError as error:
        return Asked(fault=say("rendering.syntax", said=error.message))
    except FormError as error:
        return Asked(fault=str(error).removeprefix(": "))


def _asked(language: Environment, text: str) -> Asked:
    statement = STATEMENT.fullmatch(text)
    if _RAW.match(text):
        plain = _RAW.sub("{{ ", text)
        raise FormError(say("rendering.raw_tag", plain=plain))
    if statement is None:
        source = text.translate(_STRAIGHT)
    elif statement[2] in _CLOSED:
        source = _CLOSED[statement[2]].format((statement[3] or " ").translate(_STRAIGHT))
    elif statement[2] in ("else", "endif", "endfor"):
        return Asked()
    else:
        raise FormError(say("rendering.statement", name=repr(statement[2])))
    tree = language.parse(source)
    refuse(tree, "")
    for one in tree.find_all(nodes.Filter):
        if one.name not in language.filters:
            known = listed(sorted(language.filters))
            raise FormError(say("rendering.filter.unknown", name=repr(one.name), known=known))
    loop = next(tree.find_all(nodes.For), None)
    bound = loop.target.name if loop is not None and isinstance(loop.target, nodes.Name) else ""
    found = [alike(dotted(node)) for node in tree.find_all((nodes.Getattr, nodes.Getitem))]
    if (within := blocks_in(source)) is not None:
        found.append(f"indicator.extra.{within.label}")
    bare = [one.name for one in tree.find_all(nodes.Name) if one.ctx == "load"]
    longest = [name for name in (*found, *bare) if name and not any(other.startswith(f"{name}.") for other in found)]
    own = {"x"} if statement is not None and statement[2] == "elif" else set()
    names = tuple(dict.fromkeys(name for name in longest if name not in own))
    return Asked(names, bound, alike(next(printed(tree), "")))


def printed(tree: nodes.Node) -> Iterator[str]:
    """The names that are printed, be it through filters; what those count is none."""
    for output in tree.find_all(nodes.Output):
        for one in output.nodes:
            filters = []
            while isinstance(one, nodes.Filter) and one.node is not None:
                filters.append(one.name)
                one = one.node
            if not _COUNTS.intersection(filters) and (name := dotted(one)):
                yield name


def is_record(name: str) -> bool:
    """Whether a name is that of a record or a list, which has no text of its own to be printed."""
    return name in RECORDS


def refuse(tree: nodes.Template, where: str) -> None:
    """FormError, which begins with `where`, for a tag that does more than name values.

    A template is data from a bureau: no calls, no private attributes, no way round to them.
    """
    for node in tree.find_all(_KINDS):
        private = isinstance(node, nodes.Getattr) and node.attr.startswith("_")
        if isinstance(node, nodes.Getitem):
            key = node.arg.value if isinstance(node.arg, nodes.Const) else "_"
            private = isinstance(key, str) and key.startswith("_")
        if private or not isinstance(node, nodes.Getattr | nodes.Getitem):
            raise FormError(say("rendering.computes", where=where))
    for filtering in tree.find_all(nodes.Filter):
        given = [one.value for one in filtering.args if isinstance(one, nodes.Const)]
        if filtering.kwargs or len(given) < len(filtering.args) or any("_" in str(one) for one in given):
            raise FormError(say("rendering.filter.words", where=where, name=repr(filtering.name)))


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
