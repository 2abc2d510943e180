"""PD076: a tag that names a value which does not exist, with its place and the nearest name that exists."""

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from perfdoc.form_lint.advice import fault
from perfdoc.rendering.word.one_tag import CANONICAL, is_record
from perfdoc.rendering.word.tags import Stretch, Tag
from perfdoc.rendering.word.variables import TEXTS, is_value
from perfdoc.report import Diagnostic

_CONDITION = re.compile(r"\bin\s+[\w.]+(?:\s*\|\s*\w+)*\s+if\b")


def names(parts: Sequence[Stretch]) -> Iterator[Diagnostic]:
    """Every tag whose names, filters or statement are not those of a template."""
    scopes: list[str] = []
    for stretch in parts:
        for tag in stretch.tags:
            if tag.fault:
                yield fault("PD076", "form_lint.tag.fault", tag.place, tag.text, said=tag.fault)
            if tag.word == "endfor" and scopes:
                scopes.pop()
            if tag.word == "for":
                yield from _loop(tag)
                scopes.append(tag.binds)
            yield from _asked(tag, scopes)
            if is_record(tag.prints):
                yield fault("PD076", "rendering.whole_record", tag.place, tag.text, tag=tag.text)


def _loop(tag: Tag) -> Iterator[Diagnostic]:
    """PD084: a loop whose items are called as those of another are, and are something else; one with a condition."""
    if tag.binds == "indicator" and _CONDITION.search(tag.text):
        yield fault("PD084", "form_lint.condition", tag.place, tag.text)
    over = {name: of for of, name in CANONICAL.items()}.get(tag.binds)
    if over and over not in tag.names[:1]:
        yield fault("PD084", "form_lint.other_items", tag.place, tag.text, over=over, name=tag.binds)


def _asked(tag: Tag, scopes: Sequence[str]) -> Iterator[Diagnostic]:
    for name in tag.names:
        root, _, _ = name.partition(".")
        known = {"document", *(("loop",) if scopes else ()), *scopes, *CANONICAL.values()}
        behind = next((one for one in TEXTS if name.startswith(f"{one}.") and name not in TEXTS), "")
        if behind or root not in known or not is_value(name):
            yield _unknown(tag, name, behind or _nearest(name))


def _nearest(name: str) -> str:
    """The value that a name may mean: the one that it is without its record, or one that is spelt alike."""
    whole = (f"{record}.{name}" for record in ("project", "indicator", "document"))
    near = get_close_matches(name, TEXTS, n=1)
    return next((one for one in whole if one in TEXTS), near[0] if near else "")


def _unknown(tag: Tag, name: str, near: str) -> Diagnostic:
    key = "form_lint.tag.near" if near else "form_lint.tag.unknown"
    return fault("PD076", key, tag.place, tag.text, name=name, near=near)
