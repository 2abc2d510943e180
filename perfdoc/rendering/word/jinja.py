"""Jinja as every template gets it: strict, always escaping, and with nothing that could run code."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator
from markupsafe import escape

from perfdoc.rendering.characters import UNHOLDABLE, UnholdableError

_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'

_FILTERS = (
    *("capitalize", "count", "d", "default", "first", "items", "join", "last", "length", "list", "lower"),
    *("rejectattr", "replace", "reverse", "selectattr", "string", "title", "trim", "unique", "upper"),
)


class _Printing(CodeGenerator):
    """Prints a value by `written` alone, which escapes.

    Jinja would escape once more around it, which makes a `Markup` of each value and rendering a third slower. (The
    two methods are those that Jinja's own `NativeCodeGenerator` has different.)
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


def written(value: object) -> str:
    """A value as the XML of a template's text runs: nothing for None, breaks and tabs as Word's elements.

    Called for every `{{ … }}`. What a template has escaped already (a `{% set %}` block) stays as it is.
    UnholdableError for a character that XML has no way to write.
    """
    if value is None:
        return ""
    if value.__class__ is not str:
        return escape(value)
    text: str = value
    if text.isprintable():  # no break, no tab, nothing that a Word file can't hold; a plain text makes no `Markup`
        return escape(text) if "&" in text or "<" in text or ">" in text or '"' in text or "'" in text else text
    if UNHOLDABLE.search(text):
        raise UnholdableError
    return str(escape(text)).replace("\n", _BREAK).replace("\t", _TAB)


def lines(value: str | None) -> list[str]:
    """The filter `lines`: a text line by line, at least one, so that a cell keeps a paragraph."""
    return (value or "").split("\n")
