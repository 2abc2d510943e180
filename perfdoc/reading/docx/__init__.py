"""Word files (.docx .docm .dotx .dotm, ISO strict) → Layout, as a person sees them."""

from __future__ import annotations

from dataclasses import replace

from perfdoc.errors import UnreadableError
from perfdoc.layout import Grid, Layout, Paragraph
from perfdoc.reading.codes import DAMAGED
from perfdoc.reading.docx import overlaps, soft_hyphens
from perfdoc.reading.docx.job import Job
from perfdoc.reading.docx.notes import text_of
from perfdoc.reading.docx.story import Story
from perfdoc.reading.docx.stream import read_part
from perfdoc.reading.options import Options
from perfdoc.reading.package import Package
from perfdoc.report import Diagnostic, Place, Severity

__all__ = ["read"]

_USUAL_MAIN = "word/document.xml"
_OVERLAPS = (
    "the XML is broken: {count} content controls or links overlap other elements, as LibreOffice writes them; the "
    "text was read in its order"
)


def read(data: bytes, file: str, options: Options) -> Layout:
    """Read the bytes of a Word package.

    The body comes first, then footnotes, endnotes and comments in the order of their references, then
    headers and footers, each distinct text once. Raises UnreadableError (broken, cut off, over a limit),
    ContentLostError (policy `fail` and tracked changes).
    """
    package = Package(data, file)
    main = package.main_part()
    if main not in package:
        main = _USUAL_MAIN
    try:
        return _read(package, main, options)
    except UnreadableError as error:
        count = overlaps.mend(package, main, error)
        if not count:
            raise
    layout = _read(package, main, options)
    said = Diagnostic(DAMAGED, Severity.warning, _OVERLAPS.format(count=count), Place(file))
    return replace(layout, diagnostics=(said, *layout.diagnostics))


def _read(package: Package, main: str, options: Options) -> Layout:
    job = Job(package, main, options)
    body = Story(job)
    try:
        read_part(package, main, body)
        margins = _margins(job)
    except RecursionError as error:
        raise package.unreadable(f"{main} is nested too deep") from error
    blocks = job.copies.settle((*body.blocks, *job.tail, *margins), job)
    blocks = soft_hyphens.without(blocks) if job.of_libreoffice else blocks
    return Layout(package.file, "docx", blocks, job.remarks(), job.program, job.template)


def _margins(job: Job) -> list[Paragraph | Grid]:
    """Headers and footers in the order in which sections show them; those that say the same once."""
    found: list[Paragraph | Grid] = []
    seen: set[str] = set()
    targets = {relationship.id: relationship for relationship in job.relationships}
    for section in job.sections:
        relationship = targets.get(section)
        if relationship is None or relationship.external or relationship.target not in job.package:
            continue
        name = relationship.target.rpartition("/")[2].removesuffix(".xml")
        story = Story(job, name, relationship.kind)
        read_part(job.package, relationship.target, story)
        text = "\n".join(text_of(story.blocks).split())
        if text and text not in seen:
            seen.add(text)
            found += [each for each in story.blocks if isinstance(each, Grid) or each.text.strip()]
    return found
