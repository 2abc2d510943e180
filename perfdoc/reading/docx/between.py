"""The markup between two texts of a table, and what it does to rows and cells.

Between two texts a program writes nearly always the same bytes: the end of one cell, the properties of the next.
What such a stretch of markup does is worked out once, by the parser and by `plain_rows`, from the stretch set into
a table of two texts; from then on its bytes are looked up. So nothing here knows a grammar of its own, and what is
not well formed, or asks for more than `plain_rows` gives, is never known.

A stretch is known by its bytes and by the elements that are open around the text before it: as a rule
`w:tbl/w:tr/w:tc/w:p/w:r/w:t` (ECMA-376 part 1, 17.3.3.31, 17.4) and nothing else, now and then a smart tag or a link
too. It says which are open around the text behind it, so that known stretches in a row, of which each begins where
the one before it ends, are a table that is well formed whatever the texts are.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from perfdoc.reading.docx.names import PPR, PSTYLE, RPR, RSTYLE, SPACE, TBL, VAL, R, T, w
from perfdoc.reading.docx.plain import ASKING, PLAIN, PlainCell, PlainRows, plain_rows
from perfdoc.reading.docx.styles import Styles
from perfdoc.reading.package import PARSER_OPTIONS

Around = tuple[bytes, ...]
"""The elements that are open around a text, by their names from `w:tbl` to `w:t`; none before a table."""
USUAL: Around = (b"w:tbl", b"w:tr", b"w:tc", b"w:p", b"w:r", b"w:t")
_DEEPEST = 40  # elements that may be open around a text
_TAG = re.compile(rb"<(/?)([\w:.-]+)(?:\s+[\w:.-]+\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'))*\s*(/?)>")
BEGIN, END, TEXT_END = b"<w:tbl>", b"</w:tbl>", b"</w:t>"
_TAGS = (*(tag for tag in PLAIN if tag != RSTYLE), *ASKING)
_FIRST, _LAST = "A", "B"
"""The two texts. One letter each, for which `plain_rows` asks whether the run is set in a symbol font."""
_NO_STYLES = Styles()
_WRITTEN = (w("br"), w("tab"))
LONGEST = 8192
"""Bytes of a stretch that is looked at; the first of a table, with all its borders, has some 1,500."""
_KEPT = 2**20  # bytes of stretches that are remembered for one kind of root element


class Line(NamedTuple):
    """A row that begins in a stretch: its whole cells; the columns that it leaves out."""

    cells: tuple[PlainCell, ...]
    header: bool
    before: int
    after: int


class Between(NamedTuple):
    """What a stretch does.

    `within`: the text that it adds to the open cell, where that stays open; else None, and `tail` is what the open
    cell still gets, `cells` the whole cells that follow in its row, `rows` the rows that begin; then a cell opens
    with the text `prefix`, `span` and `vertical` as of `PlainCell`. `preserve`: of the text that comes; `style`: of
    its run, which is an id until `in_styles` makes it a name, or `""`. `breaks`: a run writes a break or a tab, or the
    run of the text before goes on. `paragraphs` and `runs` are the ids of all styles that the stretch names. `around`
    is open around the text that comes.
    """

    within: str | None
    tail: str
    cells: tuple[PlainCell, ...]
    rows: tuple[Line, ...]
    prefix: str
    span: int
    vertical: str | None
    preserve: bool
    style: str
    breaks: bool
    paragraphs: frozenset[str]
    runs: frozenset[str]
    around: Around

    def in_styles(self, styles: Styles) -> Between | None:
        """What it does in a document of these styles; None where they hide or number a text."""
        paragraphs, runs = map(styles.of, self.paragraphs), [styles.of(name) for name in self.runs]
        if any(style.hidden or style.number for style in paragraphs) or any(style.hidden for style in runs):
            return None
        if self.breaks and not all(style.plain for style in runs):
            return None
        style = styles.of(self.style) if self.style else None
        return self._replace(style="" if style is None or style.plain else style.name)


Here = dict[bytes | tuple[Around, bytes], Between | None]
"""What stretches do in a document, by what is around and their bytes; by the bytes alone where both ends are usual."""


class Known:
    """Stretches below one kind of root element, whose prefixes they use; None for one that is not plain."""

    def __init__(self, root: bytes) -> None:
        self._root = root
        self._end = b"</" + re.split(rb"[\s>]", root[1:], maxsplit=1)[0] + b">"
        self._found: dict[tuple[Around, bytes], Between | None] = {}
        self._size = 0
        self._styled: tuple[Styles | None, Here] = (None, {})

    def in_styles(self, styles: Styles) -> Here:
        """What is known of stretches in a document of these styles, to look up and to add to."""
        held, found = self._styled
        if held is not styles:
            found = {}
            self._styled = (styles, found)
        return found

    def get(self, around: Around, stretch: bytes) -> Between | None:
        """What a stretch does, which ends before the `>` that the next text stands behind, or with the table."""
        key = around, stretch
        if key in self._found:
            return self._found[key]
        if len(stretch) > LONGEST:
            return None
        if self._size > _KEPT:
            self._found, self._size, self._styled = {}, 0, (None, {})
        self._size += len(stretch) + 500
        found = self._found[key] = self._learn(around, stretch)
        return found

    def _learn(self, around: Around, stretch: bytes) -> Between | None:
        begins, ends = not around, stretch.endswith(END)
        tags = stretch if ends else stretch + b">"
        after = _open_behind(around[:-1], tags)
        if after is None or ends == bool(after) or (after and after[-1] != USUAL[-1]):
            return None
        before = b"" if begins else b"<%s>%s%s" % (b"><".join(around), _FIRST.encode(), TEXT_END)
        behind = b"" if ends else b"%s</%s>" % (_LAST.encode(), b"></".join(reversed(after)))
        try:
            root = etree.fromstring(self._root + before + tags + behind + self._end, etree.XMLParser(**PARSER_OPTIONS))
        except etree.XMLSyntaxError:
            return None
        if len(root) != 1 or root[0].tag != TBL or root.text or root[0].tail:
            return None
        texts = list(root.iter(T))
        if not ends and (not texts or texts[-1].text != _LAST or len(texts[-1])):
            return None
        found = plain_rows(root[0], None, _NO_STYLES, _TAGS)
        if found is None or not found.rows or (begins and ends):
            return None
        nothing = _nothing(root, texts, after)
        return None if nothing is None else _between(found, begins, ends, nothing)


def _open_behind(around: Around, tags: bytes) -> Around | None:
    """The elements that are open behind tags, of which `around` are open before them; None where they do not nest.

    That the tags are what they look like is for the parser to say: it is given ends for just these elements.
    """
    still = [*around]
    for end, name, empty in _TAG.findall(tags):
        if end:
            if not still or still.pop() != name:
                return None
        elif not empty:
            still.append(name)
    return tuple(still) if len(still) <= _DEEPEST else None


def _nothing(root: etree._Element, texts: list[etree._Element], after: Around) -> Between | None:
    """A stretch of such styles that does nothing yet; None where a style is part of a tracked change."""
    named, ends = "", not after
    last = None if ends else texts[-1].getparent()
    for element in root.iter(RSTYLE):
        around = element.getparent()
        owner = None if around is None else around.getparent()
        if around is None or around.tag != RPR or owner is None or owner.tag not in (R, PPR):
            return None
        if owner is last:
            named = element.get(VAL, "")
    goes_on = not ends and len(texts) > 1 and texts[0].getparent() is last
    breaks = goes_on or next(root.iter(*_WRITTEN), None) is not None
    preserve = not ends and texts[-1].get(SPACE) == "preserve"
    paragraphs, runs = (frozenset(element.get(VAL, "") for element in root.iter(tag)) for tag in (PSTYLE, RSTYLE))
    return Between(None, "", (), (), "", 1, None, preserve, named, breaks, paragraphs, runs, after)


def _between(found: PlainRows, begins: bool, ends: bool, nothing: Between) -> Between | None:
    """The cells of a table of two texts, seen as what comes after the one and before the other."""
    rows = [
        Line(
            tuple(PlainCell(*cell) for cell in row),
            at in found.headers,
            found.before.get(at, 0),
            found.after.get(at, 0),
        )
        for at, row in enumerate(found.rows)
    ]
    last = PlainCell("", 1, None, None)
    if not ends:
        if not rows[-1].cells or not rows[-1].cells[-1].text.endswith(_LAST):
            return None
        last = rows[-1].cells[-1]
        last = last._replace(text=last.text[:-1])
        rows[-1] = rows[-1]._replace(cells=rows[-1].cells[:-1])
    opens = nothing._replace(prefix=last.text, span=last.span, vertical=last.vertical)
    if begins:
        return opens._replace(rows=tuple(rows))
    opened, *rest = rows
    if opened[1:] != (False, 0, 0):
        return None  # properties of a row after its cells
    first, *cells = opened.cells or (last,)
    if not first.text.startswith(_FIRST) or first[1:3] != (1, None):
        return None  # properties of a cell after its text
    if not opened.cells:  # the two texts share their cell
        return nothing._replace(within=first.text[1:])
    return opens._replace(tail=first.text[1:], cells=tuple(cells), rows=tuple(rest))


@lru_cache(maxsize=8)
def known(root: bytes) -> Known:
    """The stretches below a root element's start tag. Kept for the next file: programs write alike."""
    return Known(root)
