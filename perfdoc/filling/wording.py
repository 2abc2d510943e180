"""The whole text of a cell or a paragraph once values in it are others: what stands beside them stays.

A value can be the whole text, a part beside its label (`填报单位：某局　　金额单位：万元`), or lines of several cells.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

from perfdoc.report import Path

_BEFORE, _BEHIND = re.compile(r"[\s：:（(【\[_]"), re.compile(r"[\s）)】\]，,；;_]")
_COLON = re.compile(r"[：:]")
_RULED = re.compile(r"[\s_＿]*")
_NUMBERED = re.compile(r" \(\d+\)$")
"""How a label of `extra` ends that stands more than once."""


class Wanted(NamedTuple):
    """A value that becomes another: its path, the text that is read now, and the one that shall be."""

    path: Path
    old: str
    new: str


class _Stretch(NamedTuple):
    start: int
    end: int
    new: str


def reworded(text: str, values: Sequence[Wanted]) -> str | None:
    """The text with these values in it changed; None where it does not show which part of it a value is."""
    taken: list[_Stretch] = []
    for one in sorted(values, key=lambda each: -len(each.old.strip())):
        found = _place(text, one, values)
        if found is None:
            return None
        if not any(other.start < found.end and found.start < other.end for other in taken):
            taken.append(found)
    made, at = "", 0
    for start, end, new in sorted(taken, key=lambda each: (each.start, each.end)):
        made, at = made + text[at:start] + new, end
    return made + text[at:]


def _place(text: str, one: Wanted, values: Sequence[Wanted]) -> _Stretch | None:
    """Where the value stands in the text, or where it is to stand; None where that is open."""
    old = one.old if one.old in text else one.old.strip()
    if old and old in text:
        start = max(_all(text, old), key=lambda at: _likely(text, at, old, one))
        return _Stretch(start, start + len(old), one.new)
    if old:
        return _Stretch(0, len(text), one.new) if _squeezed(text) == _squeezed(old) else None
    if not text.strip():
        return _Stretch(0, len(text), one.new)
    if one.path[2:] == ("agency", "code"):
        beside = next((each for each in values if each.path[2:] == ("agency", "name") and each.old in text), None)
        at = text.rfind(beside.old) if beside is not None else 0
        return _Stretch(at, at, one.new)
    return _blank(text, one)


def _all(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def _likely(text: str, at: int, old: str, one: Wanted) -> tuple[bool, bool, bool, int]:
    """How likely an occurrence is the value: behind its label, between what parts values, the last one."""
    label = _label(one)
    labelled = bool(label) and _squeezed(text[:at]).rstrip("：:").endswith(_squeezed(label))
    end = at + len(old)
    begins = at == 0 or bool(_BEFORE.match(text[at - 1]))
    return labelled, begins and (end == len(text) or bool(_BEHIND.match(text[end]))), begins, at


def _blank(text: str, one: Wanted) -> _Stretch | None:
    """Where the text leaves a value blank: behind its label, or behind the only colon with nothing behind it."""
    label, open_ends = _squeezed(_label(one)), []
    for match in _COLON.finditer(text):
        ruled = _RULED.match(text, match.end())
        end = ruled.end() if ruled else match.end()
        if label and _squeezed(text[: match.start()]).endswith(label):
            return _ruled(text, match.end(), end, one.new)
        if end == len(text) or _COLON.search(text, end):
            open_ends.append((match.end(), end))
    return _ruled(text, *open_ends[0], one.new) if len(open_ends) == 1 else None


def _ruled(text: str, start: int, end: int, new: str) -> _Stretch:
    """A stretch of drawn underlines gives way to the value; blanks stay behind it."""
    drawn = text[start:end].strip()
    return _Stretch(start, start + text[start:end].find(drawn) + len(drawn) if drawn else start, new)


def _label(one: Wanted) -> str:
    return _NUMBERED.sub("", str(one.path[-1])) if one.path[-2:-1] == ("extra",) else ""


def _squeezed(text: str) -> str:
    return "".join(text.split())


def spread(old: str, new: str, texts: Sequence[str]) -> list[str] | None:
    """The lines of a value over the containers that hold it one after another; None where these are not its lines.

    A line that stays stands where it stood, a new one with the line before it.
    """
    homes = [number for number, text in enumerate(texts) for _ in text.split("\n")]
    before, after = [line for text in texts for line in text.split("\n")], new.split("\n")
    if [line.strip() for line in before if line.strip()] != [line.strip() for line in old.split("\n") if line.strip()]:
        return None
    found: list[list[str]] = [[] for _ in texts]
    matching = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    ends = [(0, 0, 0), *matching]
    for (a, b, size), (next_a, next_b, same) in pairwise(ends):
        for n, line in enumerate(after[b + size : next_b]):
            found[homes[min(a + size + n, max(next_a - 1, 0), len(homes) - 1)]].append(line)
        for n in range(same):
            found[homes[next_a + n]].append(after[next_b + n])
    return ["\n".join(lines) for lines in found]
