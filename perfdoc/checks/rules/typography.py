"""PD602, PD603, PD608, PD612: half-width punctuation, spaces, and characters that can't be seen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfdoc.checks.finding import Edit, Hit, Rule
from perfdoc.checks.subject import Case, Subject
from perfdoc.report import Path

_HAN = "㐀-鿿"
_WIDE = f"{_HAN}，。；：？！、（）《》“”‘’【】"
_HALF = re.compile(
    rf"(?:(?<=[{_HAN}”）》])[ ]*|(?<=[%％0-9A-Za-z])(?=[,;:?!(][ ]*[{_HAN}]))"
    r"(?P<after>[,;:?!(])(?![0-9]{3}(?![0-9]))"
    rf"|(?P<before>[,;?!)])(?=[ ]*[{_HAN}])(?<![0-9][)])|(?<=[{_HAN}])(?P<close>\))"
    rf"|(?<=[{_HAN}])(?P<stop>\.)(?=$|[\s{_HAN}])"
)
_FULL = dict(zip(",;:?!().", "，；：？！（）。", strict=True))
_SPACES = re.compile(r"(?m)^[^\S\n]+|[^\S\n]+$|[^\S\n]{2,}|[　\xa0\t]")
_BETWEEN = re.compile(rf"(?<=[{_WIDE}]) (?=[{_WIDE}])")
_UNSEEN = re.compile(
    "[\u200b-\u200f\u2060-\u2064\ufeff\u00ad\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f\x7f-\x9f\ufffd]+"
)
_QUOTES = re.compile(rf'"([^"\n]*[{_HAN}][^"\n]*)"')


def _texts(case: Case) -> Iterator[tuple[Path, str]]:
    yield from case.texts
    for name in ("code", "name"):
        text = getattr(case.project.agency, name)
        if text:
            yield case.at("agency", name), text


def half_width(subject: Subject) -> Iterator[Hit]:
    """PD602: half-width punctuation in Chinese text."""
    for case in subject.cases:
        for path, text in _texts(case):
            if text.isalnum():
                continue
            edits = []
            for found in _HALF.finditer(text):
                at, end = found.span(found.lastgroup or 0)
                if path[-1] == "name" and text[at] in "()":
                    continue  # a name is an identifier; its brackets are as they were registered
                edits.append(Edit(path, at, end, _FULL[text[at]]))
            for found in _QUOTES.finditer(text):
                edits.append(Edit(path, found.start(), found.start() + 1, "“"))
                edits.append(Edit(path, found.end() - 1, found.end(), "”"))
            if edits:
                edits.sort(key=lambda each: each.start)
                marks = "".join(dict.fromkeys(text[each.start] for each in edits))
                full = "".join(dict.fromkeys(each.text for each in edits))
                first = edits[0]
                yield Hit(path, (first.start, first.end), {"marks": marks, "full": full}, tuple(edits))


def spaces(subject: Subject) -> Iterator[Hit]:
    """PD603: superfluous spaces."""
    for case in subject.cases:
        for path, text in _texts(case):
            found = list(_SPACES.finditer(text)) if not text.isalnum() else []
            if found:
                edits = tuple(Edit(path, *each.span(), _space(text, each)) for each in found)
                first = found[0]
                at_edge = first.start() == 0 or first.end() == len(text)
                yield Hit(path, first.span(), {}, edits, variant="edge" if at_edge else "")


def _space(text: str, found: re.Match[str]) -> str:
    """One space between Latin words or numbers, none beside Chinese."""
    before, after = text[: found.start()][-1:], text[found.end() :][:1]
    if not before or not after or "\n" in (before, after):
        return ""
    return " " if before.isascii() and after.isascii() else ""


def space_between(subject: Subject) -> Iterator[Hit]:
    """PD612: a space between Chinese characters."""
    for case in subject.cases:
        for path, text in _texts(case):
            found = list(_BETWEEN.finditer(text))
            if found:
                edits = tuple(Edit(path, *each.span(), "") for each in found)
                at = found[0].start()
                yield Hit(path, (at, at + 1), {"text": text[max(0, at - 4) : at + 5]}, edits)


def unseen(subject: Subject) -> Iterator[Hit]:
    """PD608: characters that can't be seen."""
    for case in subject.cases:
        for path, text in _texts(case):
            for found in _UNSEEN.finditer(text):
                codes = " ".join(f"U+{ord(char):04X}" for char in found[0])
                lost = "\ufffd" in found[0]
                edits = () if lost else (Edit(path, *found.span(), ""),)
                yield Hit(path, found.span(), {"codes": codes}, edits, variant="lost" if lost else "")


RULES = (
    Rule("PD602", half_width),
    Rule("PD603", spaces),
    Rule("PD608", unseen),
    Rule("PD612", space_between),
)
