"""What styles.xml adds to a paragraph or a run: outline, list, hidden, struck and raised text, table of contents."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple, TypeVar

from lxml import etree

from perfdoc import errors
from perfdoc.reading.docx.namespaces import (
    DSTRIKE,
    ILVL,
    NUMID,
    NUMPR,
    OUTLINELVL,
    PPR,
    PSTYLE,
    RPR,
    RSTYLE,
    STRIKE,
    TYPE,
    VAL,
    VANISH,
    VERTALIGN,
    P,
    is_on,
    w,
)
from perfdoc.reading.package import parse_xml

_HEADING = re.compile(r"(?:heading|标题) ?([1-9])$", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录) ?[1-9]$", re.IGNORECASE)
_PLAIN = re.compile(
    r"(default paragraph font|默认段落字体|(followed)? ?hyperlink|placeholder text|page number"
    r"|annotation reference|footnote reference|endnote reference)$",
    re.IGNORECASE,
)
_Parsed = TypeVar("_Parsed")
MAX_CHAIN = 32
"""Styles that are followed through `basedOn`; Word itself allows ten or so."""


@dataclass(frozen=True, slots=True)
class Style:
    """A style with what it inherits: `outline` 0 for body text, `number` (numId, level) or None."""

    name: str = ""
    outline: int = 0
    number: tuple[str, int | None] | None = None
    hidden: bool = False
    struck: bool = False
    raised: bool = False
    contents: bool = False
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document by id. `default` is the paragraph style of what names none."""

    by_id: dict[str, Style] = field(default_factory=dict)
    default: Style = Style()
    any_numbered: bool = False
    any_toggles: bool = False
    """One hides text, strikes it through, or raises it."""

    def of(self, style_id: str) -> Style:
        """The style of a paragraph or run; an id that is not declared is taken for its name."""
        if not style_id:
            return self.default
        return self.by_id.get(style_id) or _by_name(style_id)


@lru_cache(maxsize=256)
def _by_name(name: str) -> Style:
    heading = _HEADING.match(name)
    return Style(
        name=name,
        outline=int(heading[1]) if heading else 0,
        contents=_CONTENTS.match(name) is not None,
        plain=_PLAIN.match(name) is not None,
    )


def parse(data: bytes, file: str, part: str) -> Styles:
    """The styles of a part. Raises UnreadableError."""
    return with_names(_parse, data, file, part)


def with_names(parse_part: Callable[[bytes], _Parsed], data: bytes, file: str, part: str) -> _Parsed:
    """What a parser that remembers parts by their bytes makes of one; its UnreadableError names this file's part."""
    try:
        return parse_part(data)
    except errors.UnreadableError:
        parse_xml(data, file, part)
        raise


@lru_cache(maxsize=8)
def _parse(data: bytes) -> Styles:
    """Kept for the next file: a bureau's files share their styles to the byte."""
    root = parse_xml(data, "", "")
    elements = {style_id: e for e in root.iter(w("style")) if (style_id := e.get(w("styleId")))}
    own = {style_id: _own(element) for style_id, element in elements.items()}
    by_id = {style_id: _inherit(own, style_id) for style_id in own}
    default = next((by_id[i] for i, e in elements.items() if e.get(TYPE) == "paragraph" and is_default(e)), Style())
    numbered = any(style.number for style in by_id.values())
    return Styles(by_id, default, numbered, any(one.hidden or one.struck or one.raised for one in by_id.values()))


def is_default(style: etree._Element) -> bool:
    """The style of its type that what names no style has."""
    value = style.get(w("default"))
    return value is not None and is_on(value)


class _Own(NamedTuple):
    """What a style says itself; None for what it does not."""

    name: str
    based_on: str
    outline: int | None
    number_id: str | None
    level: int | None
    hidden: bool | None
    struck: bool | None
    raised: bool | None


def _own(element: etree._Element) -> _Own:
    list_of = element.find(f"{PPR}/{NUMPR}")
    raised = value_of(element.find(f"{RPR}/{VERTALIGN}"))
    return _Own(
        name=_name_of(element),
        based_on=value_of(element.find(w("basedOn"))) or "",
        outline=_outline(element),
        number_id=None if list_of is None else value_of(list_of.find(NUMID)),
        level=None if list_of is None else integer_of(list_of.find(ILVL)),
        hidden=_switch(element, VANISH),
        struck=_switch(element, STRIKE, DSTRIKE),
        raised=None if raised is None else raised == "superscript",
    )


def _switch(style: etree._Element, *tags: str) -> bool | None:
    """Does a style switch a property of text on or off; None where it does neither."""
    found = [each for tag in tags if (each := style.find(f"{RPR}/{tag}")) is not None]
    return any(map(is_set, found)) if found else None


def _inherit(own: Mapping[str, _Own], style_id: str) -> Style:
    """Follow `basedOn` (ECMA-376 part 1, 17.7.4.3) until each property is found; a circle ends it."""
    chain: list[str] = []
    at = style_id
    while at in own and at not in chain and len(chain) < MAX_CHAIN:
        chain.append(at)
        at = own[at].based_on
    said = zip(*(own[each][2:] for each in chain), strict=True)
    outline, number_id, level, hidden, struck, raised = (
        next((value for value in values if value is not None), None) for values in said
    )
    named = _by_name(own[style_id].name or style_id)
    return Style(
        name=named.name,
        outline=int(outline or 0),
        number=(str(number_id), level) if number_id not in (None, "0") else None,
        hidden=bool(hidden),
        struck=bool(struck),
        raised=bool(raised),
        contents=named.contents,
        plain=named.plain,
    )


def _outline(style: etree._Element) -> int | None:
    """The outline level that a style sets itself, or that its name says; None for neither."""
    value = integer_of(style.find(f"{PPR}/{OUTLINELVL}"))
    return _by_name(_name_of(style)).outline or None if value is None else outline_of(value)


def outline_of(value: int) -> int:
    """`w:outlineLvl` counts from 0, and 9 is body text (ECMA-376 part 1, 17.3.1.20)."""
    return value + 1 if 0 <= value <= 8 else 0


def _name_of(style: etree._Element) -> str:
    return value_of(style.find(w("name"))) or ""


def value_of(element: etree._Element | None) -> str | None:
    """The `w:val` of an element that may be absent."""
    return None if element is None else element.get(VAL)


def is_set(element: etree._Element | None) -> bool:
    """Is an on/off property there, and not switched off?"""
    return element is not None and is_on(element.get(VAL))


def integer_of(element: etree._Element | None) -> int | None:
    """The `w:val` of an element as a number from 0 to 99,999; None for anything else."""
    value = value_of(element)
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 6 else None


class Toggle(NamedTuple):
    """A toggle property of runs (17.7.3) by its tags, and by the name that `Style` has for it."""

    tags: tuple[str, ...]
    name: str

    def by_style(self, style_id: str, styles: Styles) -> bool:
        """Does a style set it?"""
        return bool(getattr(styles.of(style_id), self.name))

    def is_on(self, run: etree._Element, styles: Styles) -> bool:
        """Does a run show it?"""
        properties = run[0] if len(run) and run[0].tag == RPR else None
        direct = [] if properties is None else list(properties.iterchildren(*self.tags))
        if direct:
            return any(map(is_set, direct))
        if not styles.any_toggles:
            return False
        paragraph = next(run.iterancestors(P), None)
        around = None if paragraph is None else value_of(paragraph.find(f"{PPR}/{PSTYLE}"))
        own = None if properties is None else value_of(properties.find(RSTYLE))
        # Set by both styles, they cancel out.
        return self.by_style(around or "", styles) != (bool(own) and self.by_style(own or "", styles))


HIDDEN = Toggle((VANISH,), "hidden")
STRUCK = Toggle((STRIKE, DSTRIKE), "struck")
