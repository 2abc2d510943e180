"""Jinja as every template gets it: strict, with every text escaped, and with nothing that could run code."""

import re

from jinja2 import Environment, StrictUndefined
from markupsafe import escape

from perfdoc.rendering.characters import UnholdableError
from perfdoc.rendering.word.in_blocks import in_blocks
from perfdoc.unholdable import UNHOLDABLE

_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'

_MARKUP = re.compile("[&<>'\"]")

_FILTERS = (
    *("capitalize", "count", "d", "default", "first", "items", "join", "last", "length", "list", "lower"),
    *("rejectattr", "replace", "reverse", "selectattr", "string", "title", "trim", "unique", "upper"),
)


def environment() -> Environment:
    """A new environment of this language. What is printed is escaped by `written`, whatever it was put together of."""
    made = Environment(
        autoescape=False, undefined=StrictUndefined, finalize=written, keep_trailing_newline=True, cache_size=0
    )
    made.globals.clear()
    made.filters = {name: made.filters[name] for name in _FILTERS} | {"lines": lines, "blocks": in_blocks}
    return made


def written(value: object) -> str:
    """A value as it is printed: nothing for None, markup escaped, breaks and tabs as Word's elements within text runs.

    UnholdableError for a character that XML has no way to write.
    """
    if value is None:
        return ""
    text = str(value)
    if _MARKUP.search(text):
        text = str(escape(text))
    if text.isprintable():  # no break, no tab, nothing that a Word file can't hold
        return text
    if UNHOLDABLE.search(text):
        raise UnholdableError
    return text.replace("\n", _BREAK).replace("\t", _TAB)


def lines(value: str | None) -> list[str]:
    """The filter `lines`: a text line by line, at least one, so that a cell keeps a paragraph."""
    return (value or "").split("\n")
