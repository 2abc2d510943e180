"""Whether loops and choices are closed and nested, and whether tags are whole and stand alone where they must."""

import re
from collections.abc import Iterator, Sequence

from perfdoc.form_lint.advice import fault
from perfdoc.rendering.word.tags import Stretch, Tag
from perfdoc.report import Diagnostic, Place, Severity
from perfdoc.texts import listed, say
from perfdoc.visible import fitted

_OPENS = ("for", "if")
_ENDS = {"endfor": "for", "endif": "if"}
_BROKEN = re.compile(r"[{｛]\s*[{%｛％]|[}%｝％]\s*[}｝]|[{｛]\s*(?:project|indicator|document|line)\b")


def structure(parts: Sequence[Stretch]) -> list[Diagnostic]:
    """PD077, PD078, PD083, PD084, PD088 and PD089 of a template."""
    found = [*broken(parts), *_split(parts)]
    open_: list[Tag] = []
    unbound: dict[str, Tag] = {}
    for stretch in parts:
        if stretch.bookmarks and any(tag.word == "for" for tag in open_):
            found.append(fault("PD083", "form_lint.bookmark", stretch.place, listed(stretch.bookmarks)))
        for tag in stretch.tags:
            found += _by_itself(tag)
            found += _nested(tag, open_)
            bound = {one.binds for one in open_}
            for root in {name.partition(".")[0] for name in tag.names} - bound:
                unbound.setdefault(root, tag)
    found += [_end(tag, "form_lint.end.open") for tag in open_]
    body = (tag for one in parts if not one.place.part for tag in one.tags)
    if not any(tag.word == "for" and "document.projects" in tag.names for tag in body):
        unbound.pop("project", None)  # without a loop over the projects the whole file is one of them
    return [*found, *_missing(unbound)]


def broken(parts: Sequence[Stretch]) -> Iterator[Diagnostic]:
    """PD089: text that is what is left of a tag."""
    for one in parts:
        if _BROKEN.search(one.plain):
            yield fault("PD089", "form_lint.tag.broken", one.place, fitted(one.plain.strip(), 80))


def _split(parts: Sequence[Stretch]) -> Iterator[Diagnostic]:
    """PD077, once for all tags: they work. Word parts Chinese from Latin by itself and would do so again: an info."""
    tags = [tag for one in parts for tag in one.tags if tag.runs > 1]
    retyped = [tag for tag in tags if tag.text.isascii()]
    for first in (retyped or tags)[:1]:
        severity = Severity.warning if retyped else Severity.info
        key = "form_lint.tag.several_split" if len(tags) > 1 else "form_lint.tag.split"
        yield fault("PD077", key, first.place, first.text, severity, n=len(tags))


def _by_itself(tag: Tag) -> Iterator[Diagnostic]:
    if tag.level and not tag.alone:
        yield fault("PD088", f"form_lint.takes.{tag.level}", tag.place, tag.text)


def _nested(tag: Tag, open_: list[Tag]) -> Iterator[Diagnostic]:
    """PD078: take a tag to what is open; what it does not fit is told once."""
    if tag.word in _OPENS:
        open_.append(tag)
    elif tag.word in ("else", "elif"):
        if not open_ or open_[-1].word not in _OPENS:
            yield _end(tag, "form_lint.end.no_choice")
        elif open_[-1].level != tag.level:
            yield _end(tag, "form_lint.end.other_choice", open_[-1])
    elif tag.word in _ENDS:
        fitting = [n for n, one in enumerate(open_) if one.word == _ENDS[tag.word]]
        at = max(fitting, key=lambda n: (_same_table(open_[n], tag), open_[n].level == tag.level, n), default=None)
        if at is None:
            yield _end(tag, "form_lint.end.nothing")
            return
        for left in open_[at + 1 :]:
            yield _end(left, "form_lint.end.open_before", tag)
        if open_[at].level != tag.level:
            yield _end(tag, "form_lint.end.other", open_[at])
        elif not _within(open_[at].place, tag.place, tag.level):
            yield _across(open_[at], tag)
        del open_[at:]


def _within(begin: Place, end: Place, level: str) -> bool:
    """Whether what two tags enclose is whole: texts of a paragraph (or cell), paragraphs of a cell, rows of a table."""
    if level == "tr":
        return (begin.part, begin.table) == (end.part, end.table)
    if level == "p":
        return begin._replace(paragraph=0) == end._replace(paragraph=0)
    return begin == end


def _across(begin: Tag, end: Tag) -> Diagnostic:
    """PD078: a loop or a choice that would cut what it goes around."""
    level, key = ("tr", "form_lint.elsewhere.row") if begin.place.table else ("p", "form_lint.elsewhere.line")
    opened, closed = (re.sub(r"\{%[-+]?\s*(?:(?:p|tr|tc|r)\s+)?", f"{{%{level} ", tag.text) for tag in (begin, end))
    return fault("PD078", key, begin.place, begin.text, place=end.place, opened=opened, closed=closed)


def _same_table(one: Tag, other: Tag) -> bool:
    return (one.place.part, one.place.table) == (other.place.part, other.place.table)


def _end(tag: Tag, key: str, other: Tag | None = None) -> Diagnostic:
    """PD078: a tag that does not end as another one needs it."""
    about = {"other": other.text, "place": other.place} if other is not None else {}
    return fault("PD078", "form_lint.ends", tag.place, tag.text, fault=say(key, text=tag.text, **about))


def _missing(unbound: dict[str, Tag]) -> Iterator[Diagnostic]:
    """PD084, at the first tag that stands outside of the loop that it needs."""
    for name, over, level in (("project", "document.projects", "p"), ("indicator", "project.indicators", "tr")):
        if name in unbound:
            tag, loop = unbound[name], f"{{%{level} for {name} in {over} %}}"
            yield fault("PD084", "form_lint.no_loop", tag.place, tag.text, over=over, loop=loop)
