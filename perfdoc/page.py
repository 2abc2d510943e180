"""HTML pages from templates: `accounts/html/page.html.j2` and the like, packaged beside the code that fills them.

A page is one file: its style is in it, no script, and a policy that lets a browser fetch nothing (`page.html.j2`).
Whatever a template prints is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from perfdoc.texts import language, say

if TYPE_CHECKING:
    from jinja2 import Environment

# Controls (but for tab and line feed), lone surrogates, noncharacters, and what turns the direction of writing.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def rendered(template: str, **values: object) -> Iterator[str]:
    """A template of the package filled with values, in pieces as they come: a large page is never in memory whole."""
    return _environment().get_template(template).generate(values, language=language())


def seen(value: object) -> object:
    """A value as a page prints it: what can't be seen of a text stands as its number, `⟦U+202E⟧`."""
    return _UNSEEN.sub(lambda found: f"⟦U+{ord(found[0]):04X}⟧", value) if type(value) is str else value


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # 50 ms, which only those pay who want a page

    made = Environment(
        loader=PackageLoader("perfdoc", ""),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=seen,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["thousands"] = "{:,}".format
    made.globals["say"] = say
    return made
