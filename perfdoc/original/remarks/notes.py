"""Notes put into a workbook at cells of it (ECMA-376 part 1, 18.7); every other byte stays as it is.

A note is a text in the sheet's part of comments and a shape in its VML drawing (part 4, 19.2), which the sheet names as
its legacy drawing. A cell has one note at the most: where there is one already, another hangs at the next free cell of
its row, and says which one it is about.
"""

import re
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from perfdoc.original.edits import Edit
from perfdoc.original.parts import Parts
from perfdoc.original.refusals import refused
from perfdoc.original.remarks.note_cells import Note, merges, placed
from perfdoc.original.spans import Spans
from perfdoc.reading.excel.book import Sheet, read_book
from perfdoc.reading.excel.diagnostics import Diagnostics
from perfdoc.report import Place, Thread
from perfdoc.unholdable import UNHOLDABLE

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_BEHIND = (
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
)  # fmt: skip
"""What may follow the legacy drawing in a sheet (18.3.1.99)."""
_SHAPE = re.compile(rb"_x0000_s(\d+)")
_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)


def noted(data: bytes, threads: Iterable[Thread], file: str = "workbook.xlsx") -> bytes:
    """The workbook with threads as notes, each at the cell of its `place`; those of one cell are one note.

    The notes that it has stay. Author, date and replies stand in the text. RefusedError for a workbook that is signed;
    UnreadableError for no sound one.
    """
    given = list(threads)
    if not given:
        return data
    parts = Parts(data, file)
    sheets = read_book(parts.package, Diagnostics(file), keep_struck=True).sheets
    by_name = {one.name: one for one in reversed(sheets)}
    on: dict[str, list[Thread]] = {}
    for thread in given:
        on.setdefault(thread.place.sheet if thread.place.sheet in by_name else sheets[0].name, []).append(thread)
    for name, those in on.items():
        _put(parts, by_name[name], those)
    return parts.data()


def _put(parts: Parts, sheet: Sheet, threads: Sequence[Thread]) -> None:
    """Put threads into the parts of a sheet."""
    spans, relations = parts.part(sheet.part), parts.relations(sheet.part)
    legacy = spans.child(0, "legacyDrawing")
    targets = {one.id: one.target for one in parts.package.relationships(sheet.part)}
    drawing = targets.get(spans.value(legacy, "id") or "", "")
    if legacy and drawing not in parts.package:
        raise refused("notes", Place(parts.file, sheet=sheet.name))
    known = parts.related(sheet.part, "comments")
    noted = parts.part(known) if known else None
    taken = {noted.value(each, "ref") or "" for each in noted.inside(0, "comment")} if noted else set()
    notes = placed(threads, taken, merges(spans))
    author = threads[0].author
    if noted:
        parts.change(known, _note_edits(noted, notes, author))
    else:
        space = _STRICT if _STRICT.encode() in spans.head(0) else _MAIN
        inner = f"<authors><author>{_said(author)}</author></authors><commentList>{_notes(notes, 0)}</commentList>"
        content = f'<comments xmlns="{space}">{inner}</comments>'
        parts.add(sheet.part, "../comments.xml", content, _COMMENTS, f"{relations}/comments")
    if drawing:
        parts.put(drawing, _with_shapes(parts.package.read(drawing), notes, Place(parts.file, part=drawing)))
    else:
        content = f"<xml {_SPACES}>{_TYPE}{_shapes(notes, 1025)}</xml>"
        name = parts.add(sheet.part, "../drawings/vmlDrawing.vml", content, _VML, f"{relations}/vmlDrawing")
        parts.change(sheet.part, [_drawing_edit(spans, name, relations)])


def _note_edits(spans: Spans, notes: Sequence[Note], author: str) -> list[Edit]:
    """The edits by which a part of comments has more of them."""
    authors, listed = spans.child(0, "authors"), spans.child(0, "commentList")
    if authors is None or listed is None:
        raise refused("notes", spans.place)
    number, prefix = sum(1 for _ in spans.children(authors)), spans.tag(0, "").decode()
    name = f"<{prefix}author>{_said(author)}</{prefix}author>"
    return [spans.appended(authors, name.encode()), spans.appended(listed, _notes(notes, number, prefix).encode())]


def _with_shapes(data: bytes, notes: Sequence[Note], place: Place) -> bytes:
    """A drawing with shapes at its end; it need not be sound XML."""
    end = data.rfind(b"</xml>")
    if end < 0:
        raise refused("notes", place)
    first = 1 + max((int(found) for found in _SHAPE.findall(data)), default=1024)
    made = ("" if b"_x0000_t202" in data else _TYPE) + _shapes(notes, first)
    return data[:end] + re.sub(r"<v:shape(type)? ", rf"<v:shape\1 {_SPACES} ", made).encode() + data[end:]


def _notes(notes: Iterable[Note], author: int, prefix: str = "") -> str:
    return "".join(
        f'<{prefix}comment ref="{one.cell}" authorId="{author}"><{prefix}text><{prefix}t xml:space="preserve">'
        f"{_said(one.text)}</{prefix}t></{prefix}text></{prefix}comment>"
        for one in notes
    )


def _shapes(notes: Iterable[Note], first: int) -> str:
    """A box beside each cell, hidden until one points at it."""
    made = ""
    for number, one in enumerate(notes, first):
        lines = min(2 + sum(1 + len(line) // 24 for line in one.text.split("\n")), 24)
        anchor = f"{one.column}, 15, {max(one.row - 2, 0)}, 2, {one.column + 4}, 15, {one.row + lines}, 4"
        made += (
            f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;visibility:hidden" '
            'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:path o:connecttype="none"/>'
            '<v:textbox style="mso-direction-alt:auto"/><x:ClientData ObjectType="Note"><x:MoveWithCells/>'
            f"<x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
            f"<x:Row>{one.row - 1}</x:Row><x:Column>{one.column - 1}</x:Column></x:ClientData></v:shape>"
        )
    return made


def _said(text: str) -> str:
    return escape(UNHOLDABLE.sub("", text))


def _drawing_edit(spans: Spans, name: str, space: str) -> Edit:
    """The edit by which a sheet has a legacy drawing, before what must follow it."""
    made = f'<{spans.tag(0, "legacyDrawing").decode()} xmlns:r="{space}" r:id="{name}"/>'.encode()
    behind = next((each for each in spans.children(0) if spans.names[each] in _BEHIND), None)
    return spans.appended(0, made) if behind is None else Edit(spans.at(behind).begin, spans.at(behind).begin, made)
