"""`docProps/custom.xml` (ECMA-376 part 1, 22.3): the property by which a file says what it was made from."""

from collections.abc import Mapping
from typing import NamedTuple
from xml.sax.saxutils import escape

from lxml import etree

from perfdoc.layout import TRACE, Trace
from perfdoc.rendering.template_file import part_of, root_of, with_part

CUSTOM = "docProps/custom.xml"
_MARK = "\ue000"  # in place of a trace
_NAMES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_NONE = f'<Properties xmlns="{_NAMES}" xmlns:vt="{_VALUES}"/>'.encode()
_USERS = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # the set of properties that users define
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"


class Custom(NamedTuple):
    """The `docProps/custom.xml` of a template."""

    name: str
    text: str

    def content(self, trace: Trace | None) -> bytes:
        """The part for a document; a template for anonymous files has no place for a trace."""
        return self.text.replace(_MARK, escape(str(trace or ""))).encode()


def traceable(parts: Mapping[str, bytes], file: str, *, anonymous: bool) -> dict[str, bytes]:
    """The parts of a template with a property that stands for a trace, or, for anonymous files, without one.

    FormError where the template's own properties are not sound.
    """
    return traced(parts, None if anonymous else _MARK, file)


def traced(parts: Mapping[str, bytes], trace: Trace | str | None, file: str) -> dict[str, bytes]:
    """The parts of a package with a trace in place of the one that it has, or without any; other properties stay.

    What changes is `docProps/custom.xml`, and where there was none `[Content_Types].xml` and `_rels/.rels`.
    FormError, which begins with `file`, where one of these is not sound XML.
    """
    if CUSTOM not in parts and trace is None:
        return dict(parts)
    root = root_of(parts.get(CUSTOM, _NONE), f"{file}: {CUSTOM}")
    for old in [one for one in root if one.get("name") == TRACE]:
        root.remove(old)
    if trace is not None:
        taken = [int(one.get("pid", "1")) for one in root if one.get("pid", "1").isdecimal()]
        about = {"fmtid": _USERS, "pid": str(max([1, *taken]) + 1), "name": TRACE}  # 1 is the code page
        named = etree.SubElement(root, f"{{{_NAMES}}}property", about)
        etree.SubElement(named, f"{{{_VALUES}}}lpwstr").text = str(trace)
    return with_part(parts, CUSTOM, part_of(root), (_TYPE, _RELATION, "rIdTrace"))
