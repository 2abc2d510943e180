"""Comments put into a Word file at cells of its tables (ECMA-376 part 1, 17.13.4); all else stays as it is.

A comment is a range in the document (`commentRangeStart`, `commentRangeEnd`, `commentReference`) and its text
in a part of its own, which the document's relationships and the package's content types name.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lxml import etree

from perfdoc.errors import UnreadableError
from perfdoc.reading.package import PARSER_OPTIONS, Package
from perfdoc.rendering.archive import archive, moment_of_build, packed
from perfdoc.rendering.template_file import part_of
from perfdoc.texts import say

_TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_KINDS = {
    _TRANSITIONAL: "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments",
    _STRICT: "http://purl.oclc.org/ooxml/officeDocument/relationships/comments",
}
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_HIDDEN = frozenset(("Fallback", "del", "moveFrom"))


class Remark(NamedTuple):
    """A comment and the cell it belongs to: table, row and column as a Place counts them. `quote` is a text that the
    cell holds, by which a cell is known again; table 0 is the document's beginning."""

    table: int
    row: int
    column: int
    quote: str
    text: str


def annotated(data: bytes, remarks: Sequence[Remark], file: str, author: str = "perfdoc") -> bytes:
    """The Word file with its comments. UnreadableError where it is not a sound one.

    A remark whose cell is not found stands at the document's first paragraph. The bytes depend on nothing else.
    """
    package = Package(data, file)
    main = package.main_part()
    if not main:
        raise UnreadableError(say("rendering.comments.not_word", file=file))
    document = _tree(package.read(main), file)
    space = etree.QName(document).namespace or _TRANSITIONAL
    if space not in _KINDS:
        raise UnreadableError(say("rendering.comments.not_word", file=file))
    part, known = _comments_part(package, main)
    comments = _tree(package.read(part), file) if known else etree.Element(f"{{{space}}}comments", nsmap={"w": space})
    ids = [int(each.get(f"{{{space}}}id", "-1")) for each in comments.iter(f"{{{space}}}comment")]
    number = max(ids, default=-1) + 1
    for cell, remark in _at_cells(document, space, remarks):
        _mark(cell, space, str(number))
        comments.append(_comment(space, str(number), author, remark.text))
        number += 1
    new = {main: part_of(document), part: part_of(comments)}
    if not known:
        rels = f"{posixpath.dirname(main)}/_rels/{posixpath.basename(main)}.rels".lstrip("/")
        new[rels] = part_of(
            _related(package, rels, _KINDS[space], posixpath.relpath(part, posixpath.dirname(main)), file)
        )
        new["[content_types].xml"] = part_of(_typed(package, part, file))
    return _rewritten(data, new)


def _tree(content: bytes, file: str) -> etree._Element:
    """A part as it stands, comments of the XML and all; no entities, no network."""
    if b"<!DOCTYPE" in content:
        raise UnreadableError(say("rendering.comments.doctype", file=file))
    options = {**PARSER_OPTIONS, "remove_comments": False, "remove_pis": False}
    try:
        return etree.fromstring(content, etree.XMLParser(**options))
    except etree.XMLSyntaxError as error:
        raise UnreadableError(say("rendering.comments.xml", file=file, why=error.msg)) from error


def _comments_part(package: Package, main: str) -> tuple[str, bool]:
    """The name of the part that holds comments, and whether it is there."""
    for each in package.relationships(main):
        if each.kind == "comments" and not each.external and each.target in package:
            return each.target, True
    folder = posixpath.dirname(main)
    for name in ("comments.xml", "perfdoc-comments.xml"):
        part = posixpath.join(folder, name)
        if part not in package:
            return part, False
    raise UnreadableError(say("rendering.comments.taken", file=package.file))


def _at_cells(
    document: etree._Element, space: str, remarks: Sequence[Remark]
) -> Iterator[tuple[etree._Element, Remark]]:
    """Each remark with its cell, in the order of the document; the first paragraph for one without."""
    wanted: defaultdict[int, list[Remark]] = defaultdict(list)
    for each in remarks:
        wanted[each.table].append(each)
    body = document.find(f"{{{space}}}body")
    if body is None:
        return
    lost = list(wanted.pop(0, ()))
    for number, table in enumerate(_tables(body, space), 1):
        cells = _cells(table, space) if number in wanted else {}
        for remark in wanted.pop(number, ()):
            cell = cells.get((remark.row, remark.column))
            if cell is None or not _holds(cell, space, remark.quote):
                cell = next((each for each in cells.values() if _holds(each, space, remark.quote)), None)
            if cell is None or not any(True for _ in cell.iter(f"{{{space}}}p")):
                lost.append(remark)
            else:
                yield cell, remark
    lost += [each for those in wanted.values() for each in those]
    first = next(body.iter(f"{{{space}}}p"), None)
    if first is not None:
        yield from ((first, remark) for remark in lost)


def _tables(body: etree._Element, space: str) -> Iterator[etree._Element]:
    """Tables as the reader counts them: one within another after it, fallbacks left out."""
    for table in body.iter(f"{{{space}}}tbl"):
        if not any(etree.QName(each).localname in _HIDDEN for each in table.iterancestors()):
            yield table


def _cells(table: etree._Element, space: str) -> dict[tuple[int, int], etree._Element]:
    """The cells of a table by row and column of its grid, both from 1."""
    found: dict[tuple[int, int], etree._Element] = {}
    rows = (row for row in table.iter(f"{{{space}}}tr") if next(row.iterancestors(f"{{{space}}}tbl")) is table)
    for number, row in enumerate(rows, 1):
        column = 1 + _number(row, space, "trPr", "gridBefore", 0)
        for cell in row.iter(f"{{{space}}}tc"):
            if next(cell.iterancestors(f"{{{space}}}tr")) is row:
                found[number, column] = cell
                column += _number(cell, space, "tcPr", "gridSpan", 1)
    return found


def _number(element: etree._Element, space: str, group: str, name: str, default: int) -> int:
    found = element.find(f"{{{space}}}{group}/{{{space}}}{name}")
    given = found.get(f"{{{space}}}val", "") if found is not None else ""
    return int(given) if given.isdigit() else default


def _holds(cell: etree._Element, space: str, quote: str) -> bool:
    """Whether the cell shows a text, white space left out of account."""
    text = "".join(each.text or "" for each in cell.iter(f"{{{space}}}t"))
    return "".join(quote.split()) in "".join(text.split())


def _mark(cell: etree._Element, space: str, number: str) -> None:
    """The range of a comment around the text of a cell, or of a paragraph."""
    tag = f"{{{space}}}p"
    paragraphs = [cell] if cell.tag == tag else [each for each in cell.iter(tag) if _own(each, cell, space)]
    first, last = paragraphs[0], paragraphs[-1]
    start = etree.Element(f"{{{space}}}commentRangeStart")
    start.set(f"{{{space}}}id", number)
    properties = first.find(f"{{{space}}}pPr")
    first.insert(0 if properties is None else first.index(properties) + 1, start)
    end = etree.SubElement(last, f"{{{space}}}commentRangeEnd")
    end.set(f"{{{space}}}id", number)
    run = etree.SubElement(last, f"{{{space}}}r")
    etree.SubElement(run, f"{{{space}}}commentReference").set(f"{{{space}}}id", number)


def _own(paragraph: etree._Element, cell: etree._Element, space: str) -> bool:
    """Whether a paragraph is the cell's, not one of a table or text box within it."""
    return next(paragraph.iterancestors(f"{{{space}}}tc", f"{{{space}}}txbxContent")) is cell


def _comment(space: str, number: str, author: str, text: str) -> etree._Element:
    comment = etree.Element(f"{{{space}}}comment", nsmap={"w": space})
    comment.set(f"{{{space}}}id", number)
    comment.set(f"{{{space}}}author", author)
    comment.set(f"{{{space}}}initials", author[:2].upper())
    for line in text.split("\n"):
        paragraph = etree.SubElement(comment, f"{{{space}}}p")
        run = etree.SubElement(paragraph, f"{{{space}}}r")
        words = etree.SubElement(run, f"{{{space}}}t")
        words.text = "".join(char for char in line if char >= " " and char not in "\ufffe\uffff")
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return comment


def _related(package: Package, rels: str, kind: str, target: str, file: str) -> etree._Element:
    """The document's relationships with one more, for its comments."""
    if rels in package:
        root = _tree(package.read(rels), file)
    else:
        root = etree.fromstring(f'<Relationships xmlns="{_RELATIONSHIPS}"/>')
    taken = {each.get("Id") for each in root}
    number = next(n for n in range(1, len(taken) + 2) if f"rIdPerfdoc{n}" not in taken)
    etree.SubElement(root, f"{{{_RELATIONSHIPS}}}Relationship", Id=f"rIdPerfdoc{number}", Type=kind, Target=target)
    return root


def _typed(package: Package, part: str, file: str) -> etree._Element:
    root = _tree(package.read("[Content_Types].xml"), file)
    etree.SubElement(root, f"{{{_TYPES}}}Override", PartName=f"/{part}", ContentType=_COMMENTS_TYPE)
    return root


def _rewritten(data: bytes, new: dict[str, bytes]) -> bytes:
    """The package with parts replaced under their own names, and new ones at its end."""
    members = []
    left = dict(new)
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        for entry in source.infolist():
            name = entry.filename.replace("\\", "/").lstrip("/")
            content = left.pop(name.lower(), None) or left.pop(name, None)
            members.append(packed(name, [content or source.read(entry)]))
    members += [packed(name, [content]) for name, content in left.items()]
    return archive(members, moment_of_build())
