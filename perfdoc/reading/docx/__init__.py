"""Word files (.docx .docm .dotx .dotm, ISO strict) → Layout, as a person sees them."""

from dataclasses import replace

from perfdoc.errors import UnreadableError
from perfdoc.layout import Grid, Layout, Paragraph
from perfdoc.reading.codes import DAMAGED
from perfdoc.reading.docx.blocks import texts_of
from perfdoc.reading.docx.context import Context, Story
from perfdoc.reading.docx.libreoffice import LibreOffice, overlaps
from perfdoc.reading.docx.notes import Notes
from perfdoc.reading.docx.part import read_part
from perfdoc.reading.options import Options
from perfdoc.reading.package import Package
from perfdoc.report import Diagnostic, Place, Severity
from perfdoc.texts import say

__all__ = ["read"]

_USUAL_MAIN = "word/document.xml"


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
    said = Diagnostic(DAMAGED, Severity.warning, say("docx.overlaps", n=count), Place(file))
    return replace(layout, diagnostics=(said, *layout.diagnostics))


def _read(package: Package, main: str, options: Options) -> Layout:
    context, notes = Context(package, main, options), Notes()
    libreoffice = LibreOffice(context)
    context.mends = libreoffice.mends()
    try:
        body = read_part(main, Story(context), notes)
        margins = _margins(context, notes)
    except RecursionError as error:
        raise package.unreadable("docx.nested", part=main) from error
    blocks = libreoffice.after((*body.blocks, *context.tail, *margins))
    about = (context.program, context.template, package.trace())
    tracked = tuple(context.tracked.changes)
    return Layout(
        package.file, "docx", blocks, context.remarks(), *about, threads=notes.threads(context), tracked=tracked
    )


def _margins(context: Context, notes: Notes) -> list[Paragraph | Grid]:
    """Headers and footers in the order in which sections show them; those that say the same once."""
    found: list[Paragraph | Grid] = []
    seen: set[str] = set()
    targets = {relationship.id: relationship for relationship in context.relationships}
    for section in context.sections:
        relationship = targets.get(section)
        if relationship is None or relationship.external or relationship.target not in context.package:
            continue
        name = relationship.target.rpartition("/")[2].removesuffix(".xml")
        blocks = read_part(relationship.target, Story(context, name, relationship.kind), notes).blocks
        text = "\n".join("\n".join(texts_of(blocks)).split())
        if text and text not in seen:
            seen.add(text)
            found += [each for each in blocks if isinstance(each, Grid) or each.text.strip()]
    return found
