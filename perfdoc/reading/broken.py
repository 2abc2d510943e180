"""A file that can't be read as an error in one line, and what parsers of XML complain of, by its kind."""

from __future__ import annotations

from perfdoc.errors import UnreadableError
from perfdoc.texts import say

_MOST_SAID = 300  # characters of a message
_LIMITS = {
    "Excessive depth": "reading.limit.depth",
    "Text node too long": "reading.limit.text",
    "Buffer size limit": "reading.limit.attribute",
}
"""Limits of libxml2, by the words that it says."""
_KINDS = {
    "reading.xml.cut": (
        "Premature end",
        "no element found",
        "unclosed",
        "end of Start Tag",
        "tag expected",
        "is empty",
    ),
    "reading.xml.tags": ("mismatch",),
    "reading.xml.behind": ("Extra content", "junk after"),
    "reading.xml.encoding": ("encoding",),
    "reading.xml.prefix": ("prefix",),
    "reading.xml.entity": ("ntity", "CharRef", "character number"),
    "reading.xml.attribute": ("attribute", "AttValue"),
    "reading.xml.character": ("invalid token", "nvalid char", "element name", "Char 0x"),
}
"""Kinds of faults, by the words that libxml2 and expat say; the first that fits."""


def unreadable(file: str, key: str, /, **values: object) -> UnreadableError:
    """The error of a file. A parser may quote an attribute of a megabyte: a message is cut."""
    what = " ".join(say(key, **values).split())
    return UnreadableError(f"{file}: {what if len(what) <= _MOST_SAID else f'{what[:_MOST_SAID]}…'}")


def broken_xml(error: Exception, file: str, part: str, line: int = 0) -> UnreadableError:
    """The error for XML that is not well formed, with its line; a plain ValueError is a reader's own, and says why."""
    line = line or getattr(error, "lineno", 0) or 0
    said = getattr(error, "msg", "") or str(error) or say("reading.not_xml")
    if limit := next((key for words, key in _LIMITS.items() if words in said), ""):
        return unreadable(
            file, "reading.beyond_line" if line else "reading.beyond", part=part, line=line, limit=say(limit)
        )
    if type(error) is not ValueError:
        kind = next(
            (kind for kind, words in _KINDS.items() if any(word in said for word in words)), "reading.xml.other"
        )
        said = say(kind, said=" ".join(said.split())[:_MOST_SAID])
    return unreadable(file, "reading.broken_line" if line else "reading.broken", part=part, line=line, said=said)
