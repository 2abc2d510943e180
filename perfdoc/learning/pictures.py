"""Pictures of the old file: seals and signatures, which a template must not have, and those that stay."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from perfdoc.learning.simplified import remove
from perfdoc.reading.docx.namespaces import TC, TR, P, R, T, w
from perfdoc.rendering.word.one_tag import TAG

_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_PICTURES = (w("drawing"), w("pict"))
_SHOWS = ("}pic", "}imagedata", "}chart", "}relIds", "}OLEObject")
_SEAL = re.compile(r"[（(]\s*章\s*[）)]|公章|盖章|印章|签章|签字|签名")
_NEAR = 2  # paragraphs above and below one with a floating picture


def pictures(root: etree._Element) -> Iterator[etree._Element]:
    """The pictures of a part: drawings and objects that are no mere text boxes or lines."""
    for element in root.iter(*_PICTURES, w("object")):
        if any(str(one.tag).endswith(_SHOWS) for one in element.iter(etree.Element)) or element.tag == w("object"):
            yield element


def is_seal(picture: etree._Element) -> bool:
    """Whether a picture in the body lies over text, or stands where the form asks for a seal or a signature."""
    paragraph = next(picture.iterancestors(P), None)
    if paragraph is None:
        return False
    floats = _floats(picture)
    if floats == "over":
        return True
    cell = next(picture.iterancestors(TC), None)
    around = [paragraph] if cell is None else [cell]
    if floats:
        row = next(picture.iterancestors(TR), None)
        around += [row] if row is not None else [*_beside(paragraph)]
    return any(_SEAL.search(_text(one)) for one in around)


def take_out(picture: etree._Element) -> None:
    """Remove a picture, with the run that holds nothing else."""
    run = next(picture.iterancestors(R), None)
    outer = picture
    parent = outer.getparent()
    while parent is not None and parent.tag != R and len(parent) == 1:
        outer, parent = parent, parent.getparent()
    remove(outer)
    if run is not None and not any(child.tag != w("rPr") for child in run):
        remove(run)


def _floats(picture: etree._Element) -> str:
    """`over` for a picture that lies over text, `beside` for one that text goes around, `""` for one in the line."""
    anchor = picture.find(f"{_DRAWN}anchor")
    if anchor is not None:
        free = anchor.find(f"{_DRAWN}wrapNone") is not None
        return "over" if free and anchor.get("behindDoc") not in ("1", "true") else "beside"
    styles = [one.get("style", "") for one in picture.iter(etree.Element)]
    if any("position:absolute" in style.replace(" ", "") for style in styles):
        wraps = any(str(one.tag).endswith("}wrap") for one in picture.iter(etree.Element))
        behind = any(re.search(r"z-index:\s*-", style) for style in styles)
        return "beside" if wraps or behind else "over"
    return ""


def _beside(paragraph: etree._Element) -> Iterator[etree._Element]:
    for step in (True, False):
        for number, one in enumerate(paragraph.itersiblings(P, preceding=step)):
            if number < _NEAR:
                yield one


def _text(element: etree._Element) -> str:
    return TAG.sub("", "".join(one.text or "" for one in element.iter(T)))
