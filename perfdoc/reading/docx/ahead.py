"""Plain tables taken out of a part before it is parsed: the parser gets a mark in the place of each.

A table whose every stretch of markup is known (`between.py`) needs no tree: it is cut at the ends of its texts,
which C does, and each stretch is looked up. Any other table stays in the part, and is parsed and read as ever.
Rows come out as `plain_rows` gives them; a test holds that both ways read the same.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Iterator

from perfdoc.reading.docx.between import BEGIN, END, TEXT_END, USUAL, Around, Between, Here, Known, known
from perfdoc.reading.docx.plain import PlainRows
from perfdoc.reading.docx.sewn import rows_of, texts_of
from perfdoc.reading.docx.styles import Styles

_ATTRIBUTE = rb"\s+[\w:.-]+\s*=\s*\"[^\"<]*\""
_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml\s+version=[\"']1\.0[\"'](?:\s+encoding=[\"'](?:utf|UTF)-8[\"'])?"
    rb"(?:\s+standalone=[\"']\w+[\"'])?\s*\?>)?\s*"
    rb"(<[\w:]+(?:" + _ATTRIBUTE + rb")*\s*>)"
)
_DECLARED = re.compile(rb"\sxmlns(:[\w.-]+)?\s*=")
_EACH = re.compile(rb"( (?:w:rsid\w*|w14:(?:paraId|textId))=\")[0-9A-F]{8}\"")
"""Numbers that Word gives to each row, paragraph and run (17.3.2.25, [MS-DOCX] 2.2.4): one is as good as another.

They are made alike, not left out, so that an attribute that stands twice still does.
"""
_ALIKE = b'="00000000"'
LONGEST = 2**19
"""Bytes of a table that are waited for; a longer one is read row by row while it is parsed."""
MOST_HELD = 2**24
"""Bytes of tables that may be taken out and not read yet. Some never are: those of a version that is not shown."""
_UNKNOWN = 150  # stretches that may be unknown before a file is taken for one in which none repeats
_WORTH = 32  # known stretches that save as much as an unknown one takes: 1 to 2 µs each, against 40
_LEFT = 20  # tables that may be left in the part, beyond as many as were taken out, before no more are tried
_USUAL = ((), USUAL)  # what is open before a table and behind it, and between its texts
_MARK = secrets.token_hex(8)  # a file can't know it


class Ahead:
    """The tables of one file that were taken out: `rows` gives each, once, by its mark."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._known: Known | None = None
        self._here: Here = {}
        """Stretches met with these styles; None for those that the styles, or they themselves, make not plain."""
        self._taken: dict[str, tuple[PlainRows, int]] = {}
        """The rows of each table, by its mark, and how many bytes it had."""
        self._held = 0
        self._count = 0
        self._misses = 0
        self._left = 0
        self._seen = 0
        self._root = b""
        self._off = False
        """From here on, tables stay in the part."""

    @property
    def any_taken(self) -> bool:
        """Was any table taken out of what went to the parser?"""
        return self._count > 0

    def rows(self, mark: str | None) -> PlainRows | None:
        """The rows of the table that the `w:val` of a w:tbl stands for; None for a table that is as it was."""
        if not mark or mark not in self._taken:
            return None
        rows, size = self._taken.pop(mark)
        self._held -= size
        return rows

    def out_of(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """The pieces of a part, with a mark for each plain table."""
        pieces = iter(pieces)
        rest = b""
        first = True
        for piece in pieces:
            text = rest + piece
            rest = b""
            if first:
                self._begin_part(text)
                first = False
            if self._off:
                yield text
                yield from pieces
                return
            out, rest = self._taken_out(text)
            if out:
                yield out
        if rest:
            yield rest

    def _begin_part(self, text: bytes) -> None:
        """Look at the start tag of the root: is the part such that tables can be taken out?"""
        found = _ROOT.match(text)
        plain = not (self._styles.default.hidden or self._styles.default.number)
        self._off = found is None or not plain or b' xmlns:w="' not in found[1]
        if found is not None:
            self._root, self._known = found[1], known(found[1])
            self._here = self._known.in_styles(self._styles)

    def _taken_out(self, text: bytes) -> tuple[bytes, bytes]:
        """A text with marks for the tables that are whole and plain; what is to be looked at with what follows."""
        out: list[bytes] = []
        done = looked = 0
        at = text.find(BEGIN)
        while at >= 0 and self._looks_usual(text[looked:at]):
            looked = at
            end = text.find(END, at) + len(END)
            if end < len(END):
                if len(text) - at >= LONGEST:
                    break
                out.append(text[done:at])
                return b"".join(out), text[at:]
            if end - at < LONGEST and text.rfind(BEGIN, at, end) == at:
                mark = self._take(text[at:end])
                if mark:
                    out += text[done:at], mark
                    done = looked = end
            at = text.find(BEGIN, end)
        cut = max(text.rfind(b">") + 1, done)
        if (
            len(text) - cut >= LONGEST
        ):  # of a text or a tag without end: to look at it anew with each piece takes squares
            self._off, cut = True, len(text)
        self._looks_usual(text[looked:cut])
        out.append(text[done:cut])
        return b"".join(out), text[cut:]

    def _looks_usual(self, text: bytes) -> bool:
        """May tables be taken out that stand after this text? What it says once counts for all that follow.

        Comments and CDATA may hide a table, a prefix declared anew may give it another meaning, and the text of a
        prompt is quoted.
        """
        rare = self._misses > _UNKNOWN + self._seen // _WORTH or self._left > _LEFT + self._count
        if rare or b"<!" in text or b"showingPlcHdr" in text:
            self._off = True
        elif b"xmlns" in text:
            own = text.find(self._root)
            start = own + len(self._root) if own >= 0 else 0
            declared = (found[1] for found in _DECLARED.finditer(text, start))
            self._off = self._off or any(prefix is None or prefix + b"=" in self._root for prefix in declared)
        return not self._off

    def _take(self, table: bytes) -> bytes:
        """The mark of a table that is plain; `b""` for one that is not."""
        if self._held > MOST_HELD:
            return b""
        rows = self._read(table)
        if rows is None:
            self._left += 1
            return b""
        self._count += 1
        mark = f"{_MARK}.{self._count}"
        self._taken[mark] = rows, len(table)
        self._held += len(table)
        # What looks for rows, paragraphs or texts anywhere below an element finds them.
        return b'<w:tbl w:val="%s"><w:tr><w:tc><w:p><w:t/></w:p></w:tc></w:tr></w:tbl>' % mark.encode()

    def _read(self, table: bytes) -> PlainRows | None:
        head = table[: table.find(TEXT_END)]
        numbered = b' w14:paraId="' in head or b" w:rsid" in head
        if numbered:
            table = _EACH.sub(rb'\g<1>00000000"', table)
        *pieces, last = table.split(TEXT_END)
        if not pieces:
            return None
        parts = [piece.rpartition(b">") for piece in pieces]
        steps = self._steps([part[0] for part in parts], last)
        if steps is None:
            return None
        written = b"<".join([part[2] for part in parts])
        if numbered and _ALIKE in written:
            return None
        self._seen += len(steps)
        texts = texts_of(written, steps)
        return None if texts is None else rows_of(steps, texts)

    def _steps(self, stretches: list[bytes], last: bytes) -> list[Between] | None:
        """What each stretch does; None if one of them is not plain."""
        stretches.append(last)
        here = self._here
        steps = [here.get(stretch) for stretch in stretches]
        return self._met_all(stretches) if None in steps else [step for step in steps if step is not None]

    def _met_all(self, stretches: list[bytes]) -> list[Between] | None:
        """As `_steps`, of stretches that are new, or that begin or end where more than usual is open."""
        steps: list[Between] = []
        around: Around = ()
        for stretch in stretches:
            step = self._met(around, stretch)
            if step is None:
                return None
            steps.append(step)
            around = step.around
        return steps

    def _met(self, around: Around, stretch: bytes) -> Between | None:
        here, key, usual = self._here, (around, stretch), around in _USUAL
        if usual and stretch in here:
            return here[stretch]
        if key in here or self._known is None:
            return here.get(key)
        self._misses += 1
        found = self._known.get(around, stretch)
        met = here[key] = None if found is None else found.in_styles(self._styles)
        if usual and met is not None and met.around in _USUAL:
            here[stretch] = met
        return met
