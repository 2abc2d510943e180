"""Jinja as every template gets it: strict, always escaping, and with nothing that could run code."""

from __future__ import annotations

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from perfdoc.rendering.characters import UNHOLDABLE, UnholdableError

_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'

_FILTERS = (
    *("capitalize", "count", "d", "default", "first", "items", "join", "last", "length", "list", "lower"),
    *("rejectattr", "replace", "reverse", "selectattr", "string", "title", "trim", "unique", "upper"),
)


def environment() -> Environment:
    """A new environment of this language. Texts that templates put together stay escaped: `autoescape` is on."""
    made = Environment(
        autoescape=True, undefined=StrictUndefined, finalize=written, keep_trailing_newline=True, cache_size=0
    )
    made.globals.clear()
    made.filters = {name: made.filters[name] for name in _FILTERS} | {"lines": lines}
    return made


def written(value: object) -> object:
    """A value before it is escaped: nothing for None, breaks and tabs as Word's elements within text runs.

    UnholdableError for a character that XML has no way to write.
    """
    if value is None:
        return ""
    if type(value) is not str or value.isprintable():  # no break, no tab, nothing that a Word file can't hold
        return value
    if UNHOLDABLE.search(value):
        raise UnholdableError
    return Markup(str(escape(value)).replace("\n", _BREAK).replace("\t", _TAB))


def lines(value: str | None) -> list[str]:
    """The filter `lines`: a text line by line, at least one, so that a cell keeps a paragraph."""
    return (value or "").split("\n")
