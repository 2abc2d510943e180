"""`mc:AlternateContent`: content in several versions, of which a reader takes one (ECMA-376 part 3, 9.3)."""

from lxml import etree

from perfdoc.reading.docx.context import Story

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_ALTERNATE = f"{_MC}AlternateContent"
TAGS = (_ALTERNATE,)
_KNOWN = (
    "http://schemas.microsoft.com/",
    "http://schemas.openxmlformats.org/",
    "http://www.wps.cn/",
    "urn:schemas-microsoft-com:",
)
"""Whose namespaces are taken as understood: Word and WPS show these versions, not the fallback."""


def alternates(block: etree._Element, story: Story) -> None:
    """Keep the version that is read: the first whose namespaces are known, or the fallback."""
    for alternate in list(block.iter(_ALTERNATE)):
        kept = _chosen(alternate)
        for version in list(alternate):
            if version is not kept:
                alternate.remove(version)


def _chosen(alternate: etree._Element) -> etree._Element | None:
    for version in alternate.iterchildren(f"{_MC}Choice"):
        required = [version.nsmap.get(prefix, "") for prefix in version.get("Requires", "").split()]
        if all(namespace.startswith(_KNOWN) for namespace in required):
            return version
    return alternate.find(f"{_MC}Fallback")
