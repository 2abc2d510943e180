"""Automatic numbers and bullets of lists: what stands before a paragraph without being typed.

The number is written directly against the text where Word puts a tab between them: the gap is an indent,
not content, and official forms are typed `1.对…`. A list whose suffix is a space gives a space.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from perfdoc.reading.docx import characters, numerals
from perfdoc.reading.docx.namespaces import ILVL, NUMID, PSTYLE, RFONTS, RPR, VANISH, w
from perfdoc.reading.docx.styles import integer_of, is_set, value_of, with_names
from perfdoc.reading.package import parse_xml

_PLACEHOLDER = re.compile(r"%([1-9])")
LEVELS = 9  # ECMA-376 part 1, 17.9.6
MAX_TEXT = 64
"""Characters of a level's text, and of a number written out; Word's own limit is 31."""


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list: `text` is `第%1条`, `restart` the level (from 1) whose number begins it anew."""

    start: int = 1
    number_format: str = "decimal"
    text: str = ""
    space: bool = False
    legal: bool = False
    restart: int | None = None
    font: str = ""
    style: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Instance:
    """A `w:num`: the list it counts in, the levels it replaces, and those it starts anew."""

    abstract: str
    levels: tuple[Level, ...]
    starts: dict[int, int] = field(default_factory=dict)


class Lists:
    """The lists of a document (numbering.xml) and how far each has counted."""

    def __init__(self, instances: Mapping[str, Instance] | None = None) -> None:
        self.unknown_formats: set[str] = set()
        self._counts: dict[str, list[int | None]] = {}
        self._started: set[tuple[str, int]] = set()
        self._instances = instances or {}

    def next(self, number_id: str, level: int | None, style_id: str = "") -> str:
        """Count one paragraph on; what stands before its text, `""` where the list is not declared.

        A paragraph without a level of its own has the one that its style is linked to (17.9.23), or the first.
        """
        instance = self._instances.get(number_id)
        if instance is None:
            return ""
        if level is None:
            level = next((n for n, each in enumerate(instance.levels) if each.style == style_id != ""), 0)
        if not 0 <= level < len(instance.levels):
            return ""
        counts = self._counts.setdefault(instance.abstract, [None] * LEVELS)
        self._begin(number_id, instance, counts, level)
        definition = instance.levels[level]
        current = counts[level]
        counts[level] = definition.start if current is None else current + 1
        for deeper in range(level + 1, LEVELS):
            restart = instance.levels[deeper].restart if deeper < len(instance.levels) else None
            if restart is None or level < restart:
                counts[deeper] = None
        return "" if definition.hidden else self._text(instance, counts, level)

    def _begin(self, number_id: str, instance: Instance, counts: list[int | None], level: int) -> None:
        """An instance's own start (w:startOverride, 17.9.26) holds the first time the level is used."""
        if (number_id, level) not in self._started:
            self._started.add((number_id, level))
            if level in instance.starts:
                counts[level] = instance.starts[level] - 1

    def _text(self, instance: Instance, counts: list[int | None], level: int) -> str:
        definition = instance.levels[level]
        if definition.number_format == "bullet":
            return _bullet(definition) + (" " if definition.space else "")

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            if at >= len(instance.levels):
                return ""
            count = counts[at]
            value = instance.levels[at].start if count is None else count
            shape = "decimal" if definition.legal else instance.levels[at].number_format
            text = numerals.write(value, shape)
            if text is None:
                self.unknown_formats.add(shape)
                return str(value)
            return text

        text = _PLACEHOLDER.sub(number, definition.text)
        return (text + " " if definition.space and text else text)[:MAX_TEXT]


def _bullet(level: Level) -> str:
    """A bullet as it looks; where its font's code is not known, a bullet."""
    text = level.text
    if characters.is_symbol_font(level.font) or any(0xE000 <= ord(c) <= 0xF8FF for c in text):
        text = characters.translate(level.font or "wingdings", text)
    return "•" if characters.UNKNOWN in text or not text else text


def parse(data: bytes, file: str, part: str) -> Mapping[str, Instance]:
    """The lists that a part declares, by `w:numId`. Raises UnreadableError."""
    return with_names(_parse, data, file, part)


@lru_cache(maxsize=8)
def _parse(data: bytes) -> Mapping[str, Instance]:
    """Kept for the next file, as its styles are."""
    root = parse_xml(data, "", "")
    abstracts: dict[str, tuple[Level, ...]] = {}
    links: dict[str, str] = {}
    for element in root.iter(w("abstractNum")):
        abstract = element.get(w("abstractNumId"), "")
        abstracts[abstract] = _levels(element)
        # A list may only name the style that defines it (17.9.21); that style's list has the levels.
        if style := value_of(element.find(w("styleLink"))):
            links[style] = abstract
    for element in root.iter(w("abstractNum")):
        linked = links.get(value_of(element.find(w("numStyleLink"))) or "")
        if linked is not None:
            abstracts[element.get(w("abstractNumId"), "")] = abstracts[linked]
    return {
        element.get(NUMID, ""): _instance(element, abstracts) for element in root.iter(w("num")) if element.get(NUMID)
    }


def _levels(parent: etree._Element) -> tuple[Level, ...]:
    levels = [Level(number_format="none")] * LEVELS
    for element in parent.iterchildren(w("lvl")):
        at = _index(element)
        if at is not None:
            levels[at] = _level(element)
    return tuple(levels)


def _instance(element: etree._Element, abstracts: dict[str, tuple[Level, ...]]) -> Instance:
    abstract = value_of(element.find(w("abstractNumId"))) or ""
    levels = list(abstracts.get(abstract, ()))
    starts: dict[int, int] = {}
    for override in element.iterchildren(w("lvlOverride")):
        at = _index(override)
        own = override.find(w("lvl"))
        if at is None or at >= len(levels):
            continue
        if own is not None:
            levels[at] = _level(own)
        start = integer_of(override.find(w("startOverride")))
        if start is not None:
            starts[at] = start
    return Instance(abstract, tuple(levels), starts)


def _index(element: etree._Element) -> int | None:
    value = element.get(ILVL, "")
    return int(value) if len(value) == 1 and value in "012345678" else None


def _level(element: etree._Element) -> Level:
    start = integer_of(element.find(w("start")))
    fonts = element.find(f"{RPR}/{RFONTS}")
    return Level(
        start=0 if start is None else start,
        number_format=_format(element),
        text=(value_of(element.find(w("lvlText"))) or "")[:MAX_TEXT],
        space=value_of(element.find(w("suff"))) == "space",
        legal=is_set(element.find(w("isLgl"))),
        restart=integer_of(element.find(w("lvlRestart"))),
        font="" if fonts is None else fonts.get(w("ascii")) or fonts.get(w("hAnsi")) or "",
        style=value_of(element.find(PSTYLE)) or "",
        hidden=is_set(element.find(f"{RPR}/{VANISH}")),
    )


def _format(level: etree._Element) -> str:
    """`w:numFmt`, also where a newer one stands in `mc:AlternateContent`; a picture bullet is a bullet."""
    element = next(level.iter(w("numFmt")), None)
    if level.find(w("lvlPicBulletId")) is not None:
        return "bullet"
    shape = value_of(element) or "decimal"
    if shape == "custom" and element is not None:
        return element.get(w("format"), "decimal").partition(",")[0]
    return shape
