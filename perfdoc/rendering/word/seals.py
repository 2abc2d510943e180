"""Pictures in a Word file's body that are seals or signatures, by where they stand."""

import re
from collections.abc import Iterator

from lxml import etree

from perfdoc.reading.docx.namespaces import TC, TR, P, T, w
from perfdoc.reading.package import parse_xml
from perfdoc.rendering.word.one_tag import TAG

_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_PICTURES = (w("drawing"), w("pict"))
_SHOWS = ("}pic", "}imagedata", "}chart", "}relIds", "}OLEObject")
_SEAL = re.compile(r"[（(]\s*章\s*[）)]|公章|盖章|印章|签章|签字|签名")
_NEAR = 2  # paragraphs above and below one with a floating picture


def seals(data: bytes, file: str, part: str) -> list[str]:
    """What is written where each seal or signature of a part stands."""
    if not any(name in data for name in (b"drawing", b"pict", b"object")):
        return []
    found = [one for one in pictures(parse_xml(data, file, part)) if is_seal(one)]
    return ["".join(_text(paragraph).split()) for one in found for paragraph in [*one.iterancestors(P)][:1]]


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
