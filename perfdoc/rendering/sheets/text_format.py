"""How text looks by a Word file's styles: fonts, sizes, alignment, spacing (ECMA-376 part 1, 17.7.2).

Document defaults, then the paragraph style with all it is based on, then what is set directly. Of a run's four
fonts a worksheet's cell can have one: the East Asian one.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lxml import etree

from perfdoc.rendering.workbook.sheet import Font

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = ("0", "false", "off", "none")


class ParagraphFormat(NamedTuple):
    """How a paragraph stands: `align` left, center, right or distributed; spaces in points.

    `line` is an exact height of its lines in points, or 0; `factor` stretches the font's own.
    """

    font: Font
    align: str = "left"
    before: float = 0
    after: float = 0
    line: float = 0
    factor: float = 1
    indent: float = 0


class Styles:
    """The styles part of a Word file."""

    def __init__(self, root: etree._Element) -> None:
        self._styles = {(one.get(f"{W}type"), one.get(f"{W}styleId")): one for one in root.iter(f"{W}style")}
        usual = (
            key for key, one in self._styles.items() if key[0] == "paragraph" and is_on(one.get(f"{W}default"), False)
        )
        self._default = next(usual, None)
        self._defaults = root.find(f"{W}docDefaults")

    def lines(self, paragraph: etree._Element) -> ParagraphFormat:
        """How the text of a paragraph stands, by its style, its own properties and those of its first run."""
        own = paragraph.find(f"{W}pPr")
        run = next((one for one in paragraph.iter(f"{W}r") if one.find(f"{W}t") is not None), None)
        around = [self._of_defaults("pPrDefault", "pPr"), *self._chain("paragraph", value(own, "pStyle"), "pPr")]
        properties = _joined([*around, own])
        inner = None if run is None else run.find(f"{W}rPr")
        fonts = [
            self._of_defaults("rPrDefault", "rPr"),
            *self._chain("paragraph", value(own, "pStyle"), "rPr"),
            *self._chain("character", value(inner, "rStyle"), "rPr"),
            inner if run is not None else own.find(f"{W}rPr") if own is not None else None,
        ]
        return _lines(properties, _font(_joined(fonts)))

    def table(self, properties: etree._Element | None) -> Iterator[etree._Element]:
        """The table properties that hold for a table, the most general first."""
        given = self._chain("table", value(properties, "tblStyle"), "tblPr")
        yield from (one for one in (*given, properties) if one is not None)

    def _chain(self, kind: str, style: str, part: str) -> list[etree._Element | None]:
        """A part of a style's properties and of all that it is based on, the most general first."""
        found: list[etree._Element | None] = []
        seen: set[str] = set()
        at = self._styles.get((kind, style))
        if at is None and kind == "paragraph" and self._default is not None:
            at = self._styles[self._default]
        while at is not None and (name := at.get(f"{W}styleId", "")) not in seen:
            seen.add(name)
            found.append(at.find(f"{W}{part}"))
            at = self._styles.get((kind, value(at, "basedOn")))
        return found[::-1]

    def _of_defaults(self, group: str, part: str) -> etree._Element | None:
        return None if self._defaults is None else self._defaults.find(f"{W}{group}/{W}{part}")


def is_on(value: str | None, default: bool) -> bool:
    """A switch as Word writes it (17.17.4): there without a value means on."""
    return default if value is None else value not in _OFF


def number(text: str | None, unit: float = 20) -> float:
    """A number of twips (or of other parts of a point) as points; what is none is 0."""
    try:
        return float(text or 0) / unit
    except ValueError:
        return 0


def value(parent: etree._Element | None, name: str) -> str:
    """The `val` of a child by its name; an empty text where there is none."""
    child = None if parent is None else parent.find(f"{W}{name}")
    return "" if child is None else child.get(f"{W}val", "")


def _joined(groups: list[etree._Element | None]) -> Mapping[str, Mapping[str, str]]:
    """Properties by name, each with its attributes; a later group goes over an earlier one, attribute by attribute."""
    joined: dict[str, dict[str, str]] = {}
    for group in groups:
        for one in () if group is None else group.iterchildren(etree.Element):
            own = {str(key).removeprefix(W): str(value) for key, value in one.attrib.items()}
            joined[str(one.tag).removeprefix(W)] = {**joined.get(str(one.tag).removeprefix(W), {}), **own}
    return joined


def _font(given: Mapping[str, Mapping[str, str]]) -> Font:
    fonts = given.get("rFonts", {})
    color = given.get("color", {}).get("val", "auto")

    def on(name: str) -> bool:
        return name in given and is_on(given[name].get("val"), True)

    return Font(
        fonts.get("eastAsia") or fonts.get("ascii") or "宋体",
        number(given.get("sz", {}).get("val"), 2) or 10,
        on("b"),
        on("i"),
        on("u"),
        color.upper() if len(color) == 6 and color.upper() != "000000" else "",
    )


_ALIGN = {"center": "center", "right": "right", "end": "right", "distribute": "distributed"}


def _lines(given: Mapping[str, Mapping[str, str]], font: Font) -> ParagraphFormat:
    spacing = given.get("spacing", {})
    exact = spacing.get("lineRule", "auto") != "auto"
    line = number(spacing.get("line"), 20 if exact else 240)
    indents = given.get("ind", {})
    return ParagraphFormat(
        font,
        _ALIGN.get(given.get("jc", {}).get("val", ""), "left"),
        number(spacing.get("before")),
        number(spacing.get("after")),
        line if exact else 0,
        1 if exact else line or 1,
        number(indents.get("left") or indents.get("start")),
    )
