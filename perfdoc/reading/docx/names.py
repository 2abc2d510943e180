"""Element and attribute names of WordprocessingML (ECMA-376 part 1, transitional) as lxml spells them.

Strict files (ISO/IEC 29500-1) are given transitional names before they are parsed (`stream.py`), so every
other file knows one set of names.
"""

from __future__ import annotations

W_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R_NS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
M_NS = "http://schemas.openxmlformats.org/officeDocument/2006/math"
A_NS = "http://schemas.openxmlformats.org/drawingml/2006/main"
MC_NS = "http://schemas.openxmlformats.org/markup-compatibility/2006"

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


VAL = w("val")
ID = w("id")
NAME = w("name")
CHAR = w("char")
FONT = w("font")
TYPE = w("type")
AUTHOR = w("author")
INSTR = w("instr")
R_ID = f"{{{R_NS}}}id"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

BODY, HDR, FTR = w("body"), w("hdr"), w("ftr")
FOOTNOTES, ENDNOTES, COMMENTS = w("footnotes"), w("endnotes"), w("comments")
P, PPR, R, RPR, T = w("p"), w("pPr"), w("r"), w("rPr"), w("t")
TBL, TBLGRID, TR, TRPR, TC, TCPR = w("tbl"), w("tblGrid"), w("tr"), w("trPr"), w("tc"), w("tcPr")
GRIDSPAN, VMERGE, HMERGE = w("gridSpan"), w("vMerge"), w("hMerge")
CELLINS, CELLDEL, CELLMERGE = w("cellIns"), w("cellDel"), w("cellMerge")
GRIDBEFORE, GRIDAFTER, TBLHEADER = w("gridBefore"), w("gridAfter"), w("tblHeader")
SDT, SDTPR, SDTCONTENT, CUSTOMXML, SMARTTAG = (
    w("sdt"),
    w("sdtPr"),
    w("sdtContent"),
    w("customXml"),
    w("smartTag"),
)
INS, DEL, MOVEFROM, MOVETO = w("ins"), w("del"), w("moveFrom"), w("moveTo")
DELTEXT, INSTRTEXT, DELINSTRTEXT = w("delText"), w("instrText"), w("delInstrText")
FLDCHAR, FLDSIMPLE, FFDATA = w("fldChar"), w("fldSimple"), w("ffData")
PSTYLE, RSTYLE, NUMPR, NUMID, ILVL, OUTLINELVL = (
    w("pStyle"),
    w("rStyle"),
    w("numPr"),
    w("numId"),
    w("ilvl"),
    w("outlineLvl"),
)
VANISH, RFONTS, SECTPR = w("vanish"), w("rFonts"), w("sectPr")
BOOKMARKSTART, ALTCHUNK = w("bookmarkStart"), w("altChunk")
TXBXCONTENT = w("txbxContent")
ALTERNATE, CHOICE, FALLBACK = f"{{{MC_NS}}}AlternateContent", f"{{{MC_NS}}}Choice", f"{{{MC_NS}}}Fallback"


def is_on(value: str | None) -> bool:
    """An on/off property (ECMA-376 part 1, 17.17.4): on unless its value says off."""
    return value not in ("0", "false", "off")
