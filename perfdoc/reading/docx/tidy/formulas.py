"""Formulas (ECMA-376 part 1, 22.1) in one line: `a/b`, `x^2`; a remark where one had more than one."""

from lxml import etree

from perfdoc.reading.codes import FORMULA
from perfdoc.reading.docx.context import Story
from perfdoc.reading.docx.marks import MARK, TEXT, Remark, replace, shorten, written
from perfdoc.reading.docx.namespaces import M_NS, T, m
from perfdoc.report import Severity
from perfdoc.texts import say

TAGS = (m("oMath"), m("oMathPara"))
_BETWEEN = {m("f"): ("/",), m("sSup"): ("^",), m("sSub"): ("_",), m("sSubSup"): ("_", "^"), m("rad"): ("√",)}
"""What is written between the parts of a structure (22.1.2)."""
_FENCES = (("begChr", "("), ("sepChr", "|"), ("endChr", ")"))


def formulas(block: etree._Element, story: Story) -> None:
    """Write each as a text."""
    for formula in list(block.iter(*TAGS)):
        if formula is block or next(formula.iterancestors(*TAGS), None) is not None:
            continue
        pieces: list[str] = []
        flat = _write(formula, pieces)
        text = "".join(pieces)
        marks = list(formula.iter(MARK))
        if text and not flat:
            message = say("docx.formula", text=shorten(text))
            marks.append(story.marks.element(Remark(FORMULA, Severity.info, message, text)))
        replace(formula, written(text), *marks)


def _write(element: etree._Element, pieces: list[str]) -> bool:
    """Write a formula's text; was it one line already?"""
    tag = str(element.tag)
    before, between, after = _marks(element, tag)
    flat = tag not in _BETWEEN
    pieces.append(before)
    parts = 0
    for child in element:
        name = str(child.tag)
        if name in (m("t"), T, TEXT):
            pieces.append(child.text or "")
        elif name != MARK and not name.endswith("Pr"):  # as the names of all property elements do
            if parts and name.startswith(f"{{{M_NS}}}"):
                pieces.append(between[min(parts, len(between)) - 1] if between else "")
            parts += 1
            flat = _write(child, pieces) and flat
    pieces.append(after)
    return flat


def _marks(element: etree._Element, tag: str) -> tuple[str, tuple[str, ...], str]:
    """The characters before, between and after the parts of a structure, which its properties may name."""
    if tag == m("d"):
        begin, between, end = (_mark(element, name, usual) for name, usual in _FENCES)
        return begin, (between,), end
    if tag == m("nary"):
        return _mark(element, "chr", "∫"), (), ""
    return "", _BETWEEN.get(tag, ()), ""


def _mark(element: etree._Element, name: str, usual: str) -> str:
    mark = element.find(f"{element.tag}Pr/{m(name)}")
    return usual if mark is None else mark.get(m("val"), "")
