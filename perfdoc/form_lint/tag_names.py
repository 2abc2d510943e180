"""PD076: a tag that names a value which does not exist, with its place and the nearest name that exists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from perfdoc.form_definition import EXTRA
from perfdoc.form_lint.advice import fault
from perfdoc.rendering.word.tags import Stretch, Tag
from perfdoc.rendering.word.variables import is_value, values_of
from perfdoc.rendering.word.word_template import CANONICAL
from perfdoc.report import Diagnostic

_CONDITION = re.compile(r"\bin\s+[\w.]+(?:\s*\|\s*\w+)*\s+if\b")


def names(parts: Sequence[Stretch]) -> Iterator[Diagnostic]:
    """Every tag whose names, filters or statement are not those of a template."""
    scopes: list[str] = []
    for stretch in parts:
        for tag in stretch.tags:
            if tag.fault:
                yield fault("PD076", f"{tag.text}: {tag.fault}", tag.place, tag.text)
            if tag.word == "endfor" and scopes:
                scopes.pop()
            if tag.word == "for":
                yield from _loop(tag)
                scopes.append(tag.binds)
            yield from _asked(tag, scopes)


def _loop(tag: Tag) -> Iterator[Diagnostic]:
    """PD084: a loop whose items are called as those of another are, and are something else; one with a condition."""
    if tag.binds == "indicator" and _CONDITION.search(tag.text):
        message = f"{tag.text} leaves out what does not meet its condition"
        do = "repeat all, and choose between rows by {%tr if … %}, {%tr else %} and {%tr endif %} within the loop"
        yield fault("PD084", message, tag.place, tag.text, do)
    over = {name: of for of, name in CANONICAL.items()}.get(tag.binds)
    if over and over not in tag.names[:1]:
        do = f"write {{%… for {tag.binds} in {over} %}}"
        yield fault("PD084", f"{tag.text} goes over something else than {over}", tag.place, tag.text, do)


def _asked(tag: Tag, scopes: Sequence[str]) -> Iterator[Diagnostic]:
    for name in tag.names:
        root, _, _ = name.partition(".")
        known = {"document", *(("loop",) if scopes else ()), *scopes}
        if root not in (*known, *CANONICAL.values()):
            near = get_close_matches(root, [*known, *CANONICAL.values()], n=1)
            yield _unknown(tag, name, name.replace(root, near[0], 1) if near else _full(name))
        elif leaf := _leaf_within(name):
            yield _unknown(tag, name, leaf)
        elif not is_value(name):
            yield _unknown(tag, name, _nearest(name))


def _nearest(name: str) -> str:
    """The value that a name may mean whose first wrong step is misspelt: `project.budgett.total`."""
    steps = name.split(".")
    for n in range(1, len(steps)):
        known = values_of(".".join(steps[:n]))
        if known and steps[n] not in known:
            steps[n] = next(iter(get_close_matches(steps[n], sorted(known), n=1)), steps[n])
    return ".".join(steps) if is_value(".".join(steps)) else ""


def _leaf_within(name: str) -> str:
    """The value, a text, that a name goes on behind as if it were a record: `project.name` of `project.name.first`."""
    steps = name.split(".")
    for end in range(2, len(steps)):
        record, last = ".".join(steps[: end - 1]), steps[end - 1]
        if last in values_of(record) and not values_of(f"{record}.{last}") and last != EXTRA:
            return f"{record}.{last}"
    return ""


def _full(name: str) -> str:
    """The value that a name without its record may mean: `purpose` → `project.purpose`."""
    whole = (f"{record}.{name}" for record in ("project", "indicator", "document"))
    return next(
        (one for one in whole if is_value(one) and one.rpartition(".")[2] in values_of(one.rpartition(".")[0])), ""
    )


def _unknown(tag: Tag, name: str, near: str) -> Diagnostic:
    do = f"did you mean {near}?" if near else "docs/en/forms.md lists the names"
    return fault("PD076", f"{tag.text} asks for {name}, and there is no such value", tag.place, tag.text, do)
