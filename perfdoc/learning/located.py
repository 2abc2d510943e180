"""Where values stand in a text, and the tags that ask for them."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from perfdoc.learning.stands import Value
from perfdoc.original.text.differing import Stretch

_NAME = re.compile(r"[^\W\d_]\w*")


class Located(NamedTuple):
    """The spans of a text's values as tags, the values not found in it, and those that others of it tell."""

    spans: tuple[Stretch, ...]
    missing: tuple[Value, ...]
    implied: tuple[Value, ...]


def located(text: str, values: Sequence[Value]) -> Located:
    """Where values stand in a text, each at a place of its own.

    One that stands within another's text says nothing of its own: a code in front of a department's name.
    """
    spans: list[Stretch] = []
    missing: list[Value] = []
    implied: list[Value] = []
    cursor = 0
    taken: list[tuple[int, int]] = []
    for value in sorted(values, key=lambda one: -len(one.text)) if _overlap(values) else values:
        start, end = _piece(text, value.piece, cursor)
        at = _within(text, value.text, start, end, taken) if value.text else (end, end)
        if at is None and "\n" in value.text:  # its other lines stand elsewhere
            at = _within(text, value.text.partition("\n")[0], start, end, taken)
        if at is None and value.text and not spans and len(values) == 1 and _same(value.piece, value.text):
            at = _trimmed(text)
        if at is None:
            (implied if any(value.text in text[a:b] for a, b in taken) else missing).append(value)
            continue
        if value.piece:
            cursor = max(cursor, start)
        taken.append(at)
        name = tag_of(value.path)
        if name:
            spans.append(Stretch(*at, f"{{{{ {name} }}}}"))
        else:
            missing.append(value)
    return Located(tuple(sorted(spans)), tuple(missing), tuple(implied))


def _overlap(values: Sequence[Value]) -> bool:
    return any(one is not other and one.text and one.text in other.text for one in values for other in values)


def _same(piece: str, text: str) -> bool:
    return "".join(piece.split()) in ("", "".join(text.split()))


def _piece(text: str, piece: str, cursor: int) -> tuple[int, int]:
    """From where to where a piece stands; the whole text where it is not found."""
    if piece:
        for start in (text.find(piece, cursor), text.find(piece)):
            if start >= 0:
                return start, start + len(piece)
    return 0, len(text)


def _trimmed(text: str) -> tuple[int, int]:
    start = len(text) - len(text.lstrip())
    return start, max(start, len(text.rstrip()))


def _within(text: str, value: str, start: int, end: int, taken: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """The last place of a value between two positions that no other value has; white space may differ."""
    at = text.rfind(value, start, end)
    while at >= 0:
        if all(at >= b or at + len(value) <= a for a, b in taken):
            return at, at + len(value)
        at = text.rfind(value, start, at + len(value) - 1)
    places = [n for n in range(start, end) if not text[n].isspace()]
    at = "".join(text[n] for n in places).rfind("".join(value.split()))
    if at < 0 or not value.strip():
        return None
    first, last = places[at], places[at + len("".join(value.split())) - 1] + 1
    return (first, last) if all(first >= b or last <= a for a, b in taken) else None


def tag_of(path: Sequence[str | int]) -> str:
    """The name that a tag asks for a value by its path in a Document; `""` where no tag can (quotes of both kinds)."""
    steps = list(path)
    if steps[:1] == ["projects"]:
        record = "indicator" if steps[2:3] == ["indicators"] else "project"
        steps = [record, *steps[4 if record == "indicator" else 2 :]]
    elif steps == ["title"]:
        steps = ["document", "title"]
    name = ".".join(map(str, steps[:2])) if steps[1:2] != ["extra"] else f"{steps[0]}.extra"
    for step in map(str, steps[2:]):
        if _NAME.fullmatch(step) and not hasattr(dict, step):
            name += f".{step}"
        elif '"' not in step or "'" not in step:
            name += f'["{step}"]' if '"' not in step else f"['{step}']"
        else:
            return ""
    return name
