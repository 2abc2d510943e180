"""Element and attribute names of WordprocessingML (ECMA-376 part 1, transitional) as lxml spells them.

Strict files (ISO/IEC 29500-1) are given transitional names before they are parsed (`part.py`), so every
other file knows one set of names.
"""

import re
from collections.abc import Iterable, Iterator

from perfdoc.reading.package import no_doctype

W_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R_NS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
M_NS = "http://schemas.openxmlformats.org/officeDocument/2006/math"
A_NS = "http://schemas.openxmlformats.org/drawingml/2006/main"

STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W_NS.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": R_NS.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/math": M_NS.encode(),
    b"http://purl.oclc.org/ooxml/drawingml/main": A_NS.encode(),
}
"""Namespaces of ISO strict and what they are called in transitional."""


def w(name: str) -> str:
    """A name in WordprocessingML's namespace."""
    return f"{{{W_NS}}}{name}"


def m(name: str) -> str:
    """A name in the namespace of formulas."""
    return f"{{{M_NS}}}{name}"


VAL, ID, AUTHOR, DATE, TYPE = w("val"), w("id"), w("author"), w("date"), w("type")
R_ID = f"{{{R_NS}}}id"
P, PPR, R, RPR, T = w("p"), w("pPr"), w("r"), w("rPr"), w("t")
TBL, TR, TRPR, TC, TCPR = w("tbl"), w("tr"), w("trPr"), w("tc"), w("tcPr")
VMERGE, HMERGE = w("vMerge"), w("hMerge")
SDT, SDTPR, SDTCONTENT = w("sdt"), w("sdtPr"), w("sdtContent")
DEL, MOVEFROM, DELTEXT = w("del"), w("moveFrom"), w("delText")
FLDCHAR, INSTRTEXT = w("fldChar"), w("instrText")
PSTYLE, RSTYLE, NUMPR, NUMID, ILVL = w("pStyle"), w("rStyle"), w("numPr"), w("numId"), w("ilvl")
OUTLINELVL, VANISH, RFONTS, SECTPR = w("outlineLvl"), w("vanish"), w("rFonts"), w("sectPr")
BOOKMARKSTART = w("bookmarkStart")
STRIKE, DSTRIKE, VERTALIGN = w("strike"), w("dstrike"), w("vertAlign")


def is_on(value: str | None) -> bool:
    """An on/off property (ECMA-376 part 1, 17.17.4): on unless its value says off."""
    return value not in ("0", "false", "off")


_HEAD = 16384  # bytes in which the root's namespaces stand
_DECLARATION = re.compile(
    rb"(<[^<>]*?\sxmlns(?::[\w.-]+)?\s*=\s*[\"'])(" + b"|".join(map(re.escape, STRICT)) + rb")(?=[\"'])"
)


def transitional(pieces: Iterable[bytes], file: str, part: str) -> Iterator[bytes]:
    """The bytes of a part in UTF-8 and in transitional names. Refuses a document type declaration."""
    pieces = iter(pieces)
    head = next(pieces, b"")
    no_doctype(head, file, part)
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head, pieces = _utf8(head + b"".join(pieces)), iter(())
    if b"purl.oclc.org/ooxml" in head[:_HEAD]:
        yield from _renamed(head, pieces)
    else:
        if head:
            yield head
        yield from pieces


def _utf8(data: bytes) -> bytes:
    """A part in UTF-16 as UTF-8, its declaration dropped. Raises ValueError."""
    return re.sub(r"^\s*<\?xml.*?\?>", "", data.decode("utf-16"), count=1, flags=re.DOTALL).encode()


def _renamed(head: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Give the namespaces of ISO strict their transitional names, where they are declared."""
    rest = b""
    piece: bytes | None = head
    while piece is not None:
        text = rest + piece
        cut = text.rfind(b">") + 1
        rest, text, count = text[cut:], text[:cut], 1
        while count:
            text, count = _DECLARATION.subn(lambda match: match[1] + STRICT[match[2]], text)
        yield text
        piece = next(pieces, None)
    if rest:
        yield rest
