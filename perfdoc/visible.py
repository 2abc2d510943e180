"""A text as a terminal shows it: on one line, nothing in it that could steer the terminal, its width known."""

import re
import unicodedata
from functools import lru_cache

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Controls, separators of lines, characters that turn the direction of writing, halves of a surrogate pair."""


def shown(text: str) -> str:
    """A text on one line: what `CONTROL` finds as escapes, so that no file can steer a terminal."""
    return CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def width(text: str) -> int:
    """Screen columns that a text takes: wide and full-width characters two, marks and format characters none.

    By the Unicode tables of Python. `wcwidth` agrees for all characters of the forms, and takes half as long to import
    as click, yaml and pydantic together.
    """
    return len(text) if text.isascii() else sum(map(_columns, text))


@lru_cache(maxsize=4096)
def _columns(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def fitted(text: str, columns: int) -> str:
    """`text` as `shown`, cut with an ellipsis where it takes more than `columns` screen columns."""
    line = shown(text[: columns + 1])  # no character takes less than a column, but for marks and format characters
    if len(text) <= columns and width(line) <= columns:
        return line
    kept, used = 0, 1
    for char in line:
        used += width(char)
        if used > columns:
            break
        kept += 1
    return line[:kept] + "…"
