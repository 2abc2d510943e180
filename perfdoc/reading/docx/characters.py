"""The characters that the elements of a run write (ECMA-376 part 1, 17.3.3), those of symbol fonts as they look.

Symbol after Adobe's mapping; the Wingdings after the code charts of Unicode 7 where a common character looks the same
(`□`, `√`: the ones that Chinese forms use). What is not listed has no agreed look-alike.
"""

from collections.abc import Callable, Iterator

from lxml import etree

from perfdoc.reading.docx.marks import LEAF, TEXT
from perfdoc.reading.docx.namespaces import DELTEXT, RFONTS, RPR, TYPE, R, T, w
from perfdoc.texts import say

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
WHITE = " \t\r\n"
_LATIN = (w("ascii"), w("hAnsi"), w("cs"))
_EAST_ASIAN = (w("eastAsia"),)


def _from(first: int, characters: str) -> dict[int, str]:
    return {first + n: character for n, character in enumerate(characters) if character != "\0"}


_SYMBOL = (
    _from(0x20, " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾")
    | _from(0x61, "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼")
    | _from(0xA0, "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑")
    | _from(0xF1, "〉∫")
)
_WINGDINGS = (
    {0x20: " ", 0x22: "✂", 0x28: "☎", 0x29: "✆", 0x2A: "✉", 0x36: "⌛", 0x3F: "✍", 0x41: "✌"}
    | _from(0x45, "☜☞☝☟")
    | {0x4A: "☺", 0x4C: "☹", 0x51: "✈", 0x52: "☼", 0x54: "❄", 0x58: "✠", 0x59: "✡", 0x5B: "☯"}
    | _from(0x6C, "●❍■□❐❑❒⬧⧫◆❖⬥☒")
    | _from(0x81, "①②③④⑤⑥⑦⑧⑨⑩")
    | _from(0x8C, "❶❷❸❹❺❻❼❽❾❿·•▪○")
    | {0xA4: "◉", 0xA5: "◎", 0xA7: "▪", 0xA8: "□", 0xAB: "★", 0xB5: "✪", 0xB6: "✰", 0xD8: "➢", 0xDC: "➲"}
    | _from(0xDF, "←→↑↓↖↗↙↘⬅➔⬆⬇")
    | _from(0xEF, "⇦⇨⇧⇩⬄⇳")
    | _from(0xFA, "▫✗√☒☑")
)
_WINGDINGS_2 = (
    {0x20: " ", 0xA2: "■", 0xA3: "□"} | _from(0x4F, "✗√☒☑☒☒") | _from(0x96, "•●●") | _from(0x6A, "①②③④⑤⑥⑦⑧⑨⑩")
)
_WINGDINGS_3 = {0x20: " ", 0x7D: "▶", 0x7E: "◀"} | _from(0x70, "▲▼△▽◀▶◁▷")
_WEBDINGS = {0x20: " ", 0x61: "√", 0x63: "□", 0x67: "■", 0x6E: "●", 0x72: "✗"} | _from(0x33, "◀▶▲▼")

FONTS: dict[str, dict[int, str]] = {
    "symbol": _SYMBOL,
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": _WINGDINGS_3,
    "webdings": _WEBDINGS,
}
"""Fonts (names in lower case) whose codes 20 to FF are pictures: code → the character that it looks like."""

UNKNOWN = "\ufffd"


def is_symbol_font(font: str) -> bool:
    """A font whose letters are pictures."""
    return font.lower() in FONTS


def character(font: str, code: int) -> str:
    """What a code of a font looks like; U+FFFD where that is not known.

    Word writes codes of symbol fonts at F000 to F0FF (ECMA-376 part 1, 17.3.3.30); a code of any other font
    above them is a Unicode character.
    """
    table = FONTS.get(font.lower())
    low = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    if table is not None and low <= 0xFF:
        return table.get(low, UNKNOWN)
    if 0xE000 <= code <= 0xF8FF or not 0x20 <= code <= 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return UNKNOWN
    return chr(code)


def translate(font: str, text: str) -> str:
    """A text set in a symbol font as it looks; white space stays."""
    return "".join(c if c.isspace() else character(font, ord(c)) for c in text)


def unknown_symbol(font: str, code: int) -> str:
    """What is said of a code without a known meaning."""
    return say("docx.symbol", code=code, font=font)


def trimmed(text: str, element: etree._Element) -> str:
    """The text of a w:t without the white space that only stands in its XML."""
    if element.get(_SPACE) != "preserve":
        text = text.strip(WHITE)
    # A line end inside w:t is white space of the XML, and shows as a space.
    return text if text.isprintable() else text.replace("\r", "").replace("\n", " ")


def symbol_font(text: str, element: etree._Element) -> str | None:
    """The font in which a w:t shows pictures instead of its characters; None where it does not.

    Only codes of Word's private range are looked at, and one or two letters alone: an `R` in Wingdings 2 is
    how a ticked box is typed. In any other font a code of that range is a character like others, and kept.
    Letters beside a text that no picture can stand for are letters too: LibreOffice writes what follows a `w:sym` in
    the symbol's font, in runs of one script each (`≥A级` as ≥, A, 级).
    """
    private = not text.isprintable() and any("\uf000" <= c <= "\uf0ff" for c in text)
    if not private and (len(text) > 2 or not text or text.isspace()):
        return None
    run = element.getparent()
    font = _font(run)
    return font if is_symbol_font(font) and (private or not _among_words(run, font)) else None


def _among_words(run: etree._Element | None, font: str) -> bool:
    """Whether a run right before or behind it is set in the same font for Chinese too, and holds what it has none for.

    (What Word sets beside a ticked box has a font of its own for Chinese.)
    """
    beside = () if run is None else (run.getprevious(), run.getnext())
    alike = [one for one in beside if one is not None and _font(one, _EAST_ASIAN) == font]
    texts = [text.text or "" for one in alike for text in one.iter(T)]
    return any(c > "\xff" and not "\uf000" <= c <= "\uf0ff" for text in texts for c in text)


def _font(run: etree._Element | None, scripts: tuple[str, ...] = _LATIN) -> str:
    """The first font that a run names of those for `scripts`, by default for Latin letters and signs."""
    properties = None if run is None else next(run.iterchildren(RPR), None)
    fonts = None if properties is None else next(properties.iterchildren(RFONTS), None)
    if fonts is not None:
        for script in scripts:
            if font := fonts.get(script):
                return font
    return ""


def text(element: etree._Element) -> str:
    """The text of a w:t as it shows: without white space of the XML, letters of a symbol font as their pictures."""
    found = element.text
    if not found:
        return ""
    if len(found) < 3 or found[0] == " " or found[-1] == " " or not found.isprintable():
        found = trimmed(found, element)
        font = symbol_font(found, element)
        if font is not None:
            return translate(font, found)
    return found


def _line_break(element: etree._Element) -> str:
    return "\n" if element.get(TYPE, "textWrapping") == "textWrapping" else ""  # not one of a page or a column


def _tab(element: etree._Element) -> str:
    parent = element.getparent()
    return "\t" if parent is not None and parent.tag == R else ""  # a tab stop in w:pPr has the same name


CHARACTERS: dict[object, Callable[[etree._Element], str]] = {
    T: text,
    TEXT: lambda element: element.text or "",
    w("br"): _line_break,
    w("cr"): lambda element: "\n",
    w("tab"): _tab,
    w("ptab"): lambda element: "\t",
    # U+2011, as pandoc and mammoth have it: a plain hyphen would lose that it binds, and could not be told
    # from a minus when it is written back. (w:softHyphen shows only where a line happens to break.)
    w("noBreakHyphen"): lambda element: "\u2011",
}
"""What each element writes."""
WRITTEN = tuple(str(tag) for tag in CHARACTERS)

LEAVES = (*(str(tag) for tag in CHARACTERS if tag != TEXT), DELTEXT, w("sym"))
"""The elements that stand for characters; their start tags are counted, in the part's order and from 1."""


def text_of(*elements: etree._Element) -> str:
    """The text that is written inside elements."""
    return "".join(CHARACTERS[each.tag](each) for element in elements for each in element.iter(*WRITTEN))


def unknown_symbols(shown: str, element: etree._Element) -> Iterator[tuple[str, str]]:
    """What is to be said of the characters of a w:t that a symbol font shows as no one knows what."""
    before = trimmed(element.text or "", element) if element.tag == T else ""
    font = symbol_font(before, element)
    if font is not None:
        for code, after in zip(before, shown, strict=True):
            if after == UNKNOWN:
                yield unknown_symbol(font, ord(code)), UNKNOWN


def number_leaves(block: etree._Element, before: int) -> int:
    """Give the elements that stand for characters their numbers, from the one after `before`; the last number."""
    for leaf in block.iter(*LEAVES):
        before += 1
        leaf.set(LEAF, str(before))
    return before


def leaf_of(element: etree._Element) -> int:
    """The number of an element that stands for characters; 0 for one that a rewrite made."""
    return int(element.get(LEAF, 0))
