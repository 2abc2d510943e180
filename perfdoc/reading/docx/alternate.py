"""`mc:AlternateContent`: content in several versions, of which a reader takes one (ECMA-376 part 3, 9.3)."""

from __future__ import annotations

from lxml import etree

from perfdoc.reading.docx.names import CHOICE, FALLBACK

_KNOWN = (
    "http://schemas.microsoft.com/",
    "http://schemas.openxmlformats.org/",
    "http://www.wps.cn/",
    "urn:schemas-microsoft-com:",
)
"""Whose namespaces are taken as understood: Word and WPS show these versions, not the fallback."""


def chosen(alternate: etree._Element) -> etree._Element | None:
    """The one version that is read: the first whose namespaces are known, or the fallback."""
    for branch in alternate.iterchildren(CHOICE):
        required = [branch.nsmap.get(prefix, "") for prefix in branch.get("Requires", "").split()]
        if all(namespace.startswith(_KNOWN) for namespace in required):
            return branch
    return alternate.find(FALLBACK)
