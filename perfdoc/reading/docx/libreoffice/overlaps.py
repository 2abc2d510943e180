"""Content controls and links that overlap other elements, as LibreOffice 7 writes them, put inside what they overlap.

Where a control begins in a hyperlink and ends behind it, or holds the place that a text box hangs on, LibreOffice
saves `<w:hyperlink>…<w:sdt><w:sdtContent>…</w:hyperlink>…</w:sdtContent></w:sdt>`: no XML, though nothing of the
text is missing. It does so too with a sound .odt that is read by way of it. A control, or a link, is only what stands
around text: where it ends makes no difference to what is read.
"""

import re

from lxml import etree

from perfdoc.errors import UnreadableError
from perfdoc.reading.package import MAX_TREE, Package, parse_xml

_TAG = re.compile(rb"<(/?)([A-Za-z_][\w:.-]*)[^<>]*?(/?)>")
_AROUND = (b":sdt", b":sdtContent", b":hyperlink")
_MISMATCH = 76  # xmlParserErrors XML_ERR_TAG_NAME_MISMATCH


def mend(package: Package, part: str, error: UnreadableError) -> int:
    """Give a part that could not be read another text, without overlaps; how many there were, 0 if that is not it."""
    cause = error.__cause__
    if not isinstance(cause, etree.XMLSyntaxError) or getattr(cause, "code", 0) != _MISMATCH:
        return 0
    try:
        mended, count = _without_overlaps(package.read(part, MAX_TREE))
        if count:
            parse_xml(mended, package.file, part)
    except UnreadableError:
        return 0
    package.replace(part, mended)
    return count


def _without_overlaps(data: bytes) -> tuple[bytes, int]:
    """XML whose controls and links end before what they began in does, and how many did not.

    It is no XML still where something else is wrong. The end of a control that stands where another element is open
    is left out: what it is the end of was ended before, or is by the end of the element around it.
    """
    out: list[bytes] = []
    opened: list[bytes] = []
    at = ended = left_out = 0
    for tag in _TAG.finditer(data):
        end, name, empty = tag.groups()
        if not end:
            if not empty:
                opened.append(name)
            continue
        out.append(data[at : tag.start()])
        at = tag.end()
        if opened[-1:] != [name] and name.endswith(_AROUND):
            left_out += not name.endswith(b":sdtContent")
            continue
        while opened and opened[-1] != name and opened[-1].endswith(_AROUND):
            ended += not opened[-1].endswith(b":sdtContent")
            out.append(b"</" + opened.pop() + b">")
        if opened:
            opened.pop()
        out.append(tag[0])
    out.append(data[at:])
    return b"".join(out), max(ended, left_out)
