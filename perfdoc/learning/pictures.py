"""Pictures of the old file that a template must not have."""

from __future__ import annotations

from lxml import etree

from perfdoc.learning.simplified import remove
from perfdoc.reading.docx.namespaces import R, w


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
