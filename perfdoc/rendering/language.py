"""Jinja as every template gets it: strict, always escaping, and with nothing that could run code."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator

from perfdoc.rendering.text import lines, written

_FILTERS = (
    *("capitalize", "count", "d", "default", "first", "items", "join", "last", "length", "list", "lower"),
    *("rejectattr", "replace", "reverse", "selectattr", "string", "title", "trim", "unique", "upper"),
)


class _Printing(CodeGenerator):
    """Prints a value by `written` alone, which escapes.

    Jinja would escape once more around it, which only makes a `Markup` of each value: nearly half of what
    filling a template takes. (The two methods are those that Jinja's own `NativeCodeGenerator` has different.)
    """

    def _output_child_pre(self, node: nodes.Expr, frame: Any, finalize: Any) -> None:
        self.write(finalize.src)

    def _output_child_post(self, node: nodes.Expr, frame: Any, finalize: Any) -> None:
        self.write(")")


class _Language(Environment):
    code_generator_class = _Printing


def environment() -> Environment:
    """A new environment of this language. Texts that templates put together stay escaped: `autoescape` is on."""
    made = _Language(
        autoescape=True, undefined=StrictUndefined, finalize=written, keep_trailing_newline=True, cache_size=0
    )
    made.globals.clear()
    made.filters = {name: made.filters[name] for name in _FILTERS} | {"lines": lines}
    return made
