"""A file that can't be read as an error in one line, and what parsers of XML complain of, by its kind."""

from collections.abc import Mapping, Sequence

from perfdoc.errors import UnreadableError
from perfdoc.texts import say

_MOST_SAID = 300  # characters of a message
_MOST_QUOTED = 200  # characters of what a library says in it
_LIMITS = {
    "reading.limit.depth": ("Excessive depth",),
    "reading.limit.text": ("Text node too long",),
    "reading.limit.attribute": ("Buffer size limit",),
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
    "reading.xml.other": ("",),
}
"""Kinds of faults, by the words that libxml2 and expat say; the first that fits."""


class NotSoundError(ValueError):
    """A value that no sound part has, as its reader says in words."""


def unreadable(file: str, key: str, /, **values: object) -> UnreadableError:
    """The error of a file. A message is one line, and cut: it may name a part or a sheet of any length."""
    return UnreadableError(f"{file}: {brief(say(key, **values), _MOST_SAID)}")


def brief(said: object, most: int = _MOST_QUOTED) -> str:
    """What a library says, in one line that can be read: it may quote an attribute of a megabyte."""
    line = " ".join(str(said).split())
    return line if len(line) <= most else f"{line[:most]}…"


def broken_xml(error: Exception, file: str, part: str, line: int = 0) -> UnreadableError:
    """The error for XML that is not well formed, with its line."""
    line = line or getattr(error, "lineno", 0) or 0
    said = getattr(error, "msg", "") or str(error) or say("reading.not_xml")
    if limit := _kind(said, _LIMITS):
        key = "reading.beyond_line" if line else "reading.beyond"
        return unreadable(file, key, part=part, line=line, limit=say(limit))
    if not isinstance(error, NotSoundError):
        said = say(_kind(said, _KINDS), said=brief(said))
    return unreadable(file, "reading.broken_line" if line else "reading.broken", part=part, line=line, said=said)


def _kind(said: str, kinds: Mapping[str, Sequence[str]]) -> str:
    return next((kind for kind, words in kinds.items() if any(word in said for word in words)), "")
