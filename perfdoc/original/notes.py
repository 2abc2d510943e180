"""Notes put into a workbook at cells of it (ECMA-376 part 1, 18.7); every other byte stays as it is.

A note is a text in the sheet's part of comments and a shape in its VML drawing (part 4, 19.2), which the sheet names as
its legacy drawing. A cell has one note at the most: where there is one already, another hangs at the next free cell of
its row, and says which one it is about.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from perfdoc.original.note_cells import Note, merges, placed
from perfdoc.original.package import with_parts
from perfdoc.original.refusals import refused
from perfdoc.original.related import HEAD, RELATED, RELATED_STRICT, TYPES, at_end
from perfdoc.original.spans import Edit, Spans, spliced
from perfdoc.reading.excel.book import Sheet, read_book
from perfdoc.reading.excel.diagnostics import Diagnostics
from perfdoc.reading.package import CONTENT_TYPES, RELATIONSHIPS, Package, rels_of
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
    package = Package(data, file)
    if any(one.kind == "origin" for one in package.relationships()):
        raise refused("signed", Place(file))
    writer = _Writer(package)
    sheets = read_book(package, Diagnostics(file), keep_struck=True).sheets
    by_name = {one.name: one for one in reversed(sheets)}
    on: dict[str, list[Thread]] = {}
    for thread in given:
        on.setdefault(thread.place.sheet if thread.place.sheet in by_name else sheets[0].name, []).append(thread)
    for name, those in on.items():
        writer.put(by_name[name], those)
    return with_parts(data, file, writer.parts)


class _Writer:
    def __init__(self, package: Package) -> None:
        self.parts: dict[str, bytes] = {}
        """The parts that are new or changed, by their names."""
        self._package = package

    def put(self, sheet: Sheet, threads: Sequence[Thread]) -> None:
        """Put threads into the parts of a sheet."""
        related = self._package.relationships(sheet.part)
        spans = self._spans(sheet.part)
        legacy = spans.child(0, "legacyDrawing")
        comments = next((one.target for one in related if one.kind == "comments" and one.target in self._package), "")
        drawing = next((one.target for one in related if legacy and one.id == spans.value(legacy, "id")), "")
        if legacy and drawing not in self._package:
            raise refused("notes", Place(self._package.file, sheet=sheet.name))
        notes = placed(threads, self._taken(comments), merges(spans))
        strict = _STRICT.encode() in _root(spans)
        author = threads[0].author
        if comments:
            self._add_notes(comments, notes, author)
        else:
            comments = self._new_part("xl/comments", "xml")
            space = _STRICT if strict else _MAIN
            inner = f"<authors><author>{_said(author)}</author></authors><commentList>{_notes(notes, 0)}</commentList>"
            self.parts[comments] = f'{HEAD.decode()}<comments xmlns="{space}">{inner}</comments>'.encode()
            self._name_type("Override", f'PartName="/{comments}"', _COMMENTS)
            self._relate(sheet.part, "comments", comments, strict)
        if drawing:
            self._add_shapes(drawing, notes)
        else:
            drawing = self._new_part("xl/drawings/vmlDrawing", "vml")
            self.parts[drawing] = f"<xml {_SPACES}>{_TYPE}{_shapes(notes, 1025)}</xml>".encode()
            self._name_type("Default", 'Extension="vml"', _VML)
            name = self._relate(sheet.part, "vmlDrawing", drawing, strict)
            self.parts[sheet.part] = _with_drawing(spans, name, RELATED_STRICT if strict else RELATED)

    def _spans(self, part: str) -> Spans:
        data = self.parts.get(part)
        return Spans(self._package.read(part) if data is None else data, self._package.file, part)

    def _taken(self, comments: str) -> set[str]:
        """The cells that have a note."""
        spans = self._spans(comments) if comments else None
        return {spans.value(each, "ref") or "" for each in spans.inside(0, "comment")} if spans else set()

    def _add_notes(self, part: str, notes: Sequence[Note], author: str) -> None:
        spans = self._spans(part)
        authors, listed = spans.child(0, "authors"), spans.child(0, "commentList")
        if authors is None or listed is None:
            raise refused("notes", Place(self._package.file, part=part))
        number, prefix = sum(1 for _ in spans.children(authors)), _prefix(spans)
        edits = [at_end(spans, authors, f"<{prefix}author>{_said(author)}</{prefix}author>")]
        self.parts[part] = spliced(spans.data, [*edits, at_end(spans, listed, _notes(notes, number, prefix))])

    def _add_shapes(self, part: str, notes: Sequence[Note]) -> None:
        """Shapes at the end of a drawing, which need not be sound XML."""
        data = self.parts.get(part) or self._package.read(part)
        end = data.rfind(b"</xml>")
        if end < 0:
            raise refused("notes", Place(self._package.file, part=part))
        first = 1 + max((int(found) for found in _SHAPE.findall(data)), default=1024)
        made = f"<xml {_SPACES}>{'' if b'_x0000_t202' in data else _TYPE}{_shapes(notes, first)}"
        inner = re.sub(r"<v:shape(type)? ", rf"<v:shape\1 {_SPACES} ", made.partition(">")[2])
        self.parts[part] = data[:end] + inner.encode() + data[end:]

    def _new_part(self, stem: str, suffix: str) -> str:
        known = {*(name.lower() for name in self._package.names()), *map(str.lower, self.parts)}
        return next(
            name for number in range(1, len(known) + 2) if (name := f"{stem}{number}.{suffix}").lower() not in known
        )

    def _name_type(self, element: str, key: str, kind: str) -> None:
        """A content type of the package, unless it is named already."""
        spans = self._spans(TYPES)
        if key.lower().encode() not in spans.data.lower():
            made = f'<{element} xmlns="{CONTENT_TYPES}" {key} ContentType="{kind}"/>'
            self.parts[TYPES] = spliced(spans.data, [at_end(spans, 0, made)])

    def _relate(self, part: str, kind: str, target: str, strict: bool) -> str:
        """A relationship of a sheet to a new part; its id."""
        folder, rels = posixpath.dirname(part), rels_of(part)
        if rels not in self._package and rels not in self.parts:
            self.parts[rels] = f'{HEAD.decode()}<Relationships xmlns="{RELATIONSHIPS}"></Relationships>'.encode()
        spans = self._spans(rels)
        taken = {spans.value(each, "Id") for each in spans.children(0)}
        own = next(one for number in range(1, len(taken) + 2) if (one := f"rIdPerfdoc{number}") not in taken)
        base, way = RELATED_STRICT if strict else RELATED, posixpath.relpath(target, folder)
        made = f'<Relationship xmlns="{RELATIONSHIPS}" Id="{own}" Type="{base}/{kind}" Target="{way}"/>'
        self.parts[rels] = spliced(spans.data, [at_end(spans, 0, made)])
        return own


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


def _root(spans: Spans) -> bytes:
    return spans.data[spans.at(0).begin : spans.at(0).inner]


def _prefix(spans: Spans) -> str:
    """The prefix, with its colon, of the root's name."""
    name = re.match(rb"<([^\s/>:]+:)?", _root(spans))
    return (name[1] or b"").decode() if name else ""


def _with_drawing(spans: Spans, name: str, space: str) -> bytes:
    """A sheet with its legacy drawing, before what must follow it."""
    made = f'<{_prefix(spans)}legacyDrawing xmlns:r="{space}" r:id="{name}"/>'
    behind = next((each for each in spans.children(0) if spans.names[each] in _BEHIND), None)
    if behind is None:
        return spliced(spans.data, [at_end(spans, 0, made)])
    at = spans.at(behind).begin
    return spliced(spans.data, [Edit(at, at, made.encode())])
