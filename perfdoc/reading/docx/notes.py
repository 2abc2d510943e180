"""Footnotes, endnotes and comments: the parts that hold them, each note given once."""

from contextlib import suppress
from typing import NamedTuple

from lxml import etree

from perfdoc.errors import UnreadableError
from perfdoc.reading.docx.context import Context, Story
from perfdoc.reading.docx.marks import Note
from perfdoc.reading.docx.namespaces import AUTHOR, DATE, ID, P, T, is_on, w
from perfdoc.reading.docx.tidy import notice, number
from perfdoc.reading.package import parse_xml
from perfdoc.reading.threads import Remark, assembled, moment
from perfdoc.report import Place, Reply, Thread

_KINDS = {
    w("footnoteReference"): ("footnotes", w("footnote"), "footnote"),
    w("endnoteReference"): ("endnotes", w("endnote"), "endnote"),
    w("commentReference"): ("comments", w("comment"), "comment"),
}
"""Reference → relationship, element, story."""

_PARAGRAPH = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
_TELLS = "perfdoc"
"""The program that leaves the part for states out only where no comment is resolved: LibreOffice also does where it
got the file by way of a format that has none."""
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"


class Found(NamedTuple):
    """A note, and the name that its places carry. `ids` are those of its paragraphs, by which a reply names it."""

    element: etree._Element
    part: str
    kind: str
    author: str
    source: str
    ids: tuple[str, ...] = ()


class Notes:
    """The notes of a document, given in the order of their first references."""

    def __init__(self) -> None:
        self._elements: dict[str, dict[str, etree._Element]] = {}
        self._counts: dict[str, int] = {}
        self._remarks: list[tuple[Remark, tuple[str, ...]]] = []

    def next(self, reference: Note, context: Context) -> Found | None:
        """The note that a reference names; None for one that was given, or that is not there."""
        relationship, tag, kind = _KINDS[reference.tag]
        elements = self._elements.get(kind)
        if elements is None:
            elements = self._elements[kind] = _load(context, relationship, tag)
        # Taken out, so that a note which refers to itself ends.
        element = elements.pop(reference.id, None)
        if element is None:
            return None
        self._counts[kind] = self._counts.get(kind, 0) + 1
        ids = tuple(each.get(_PARAGRAPH, "") for each in element.iter(P))
        part = f"{kind}{self._counts[kind]}"
        return Found(element, part, kind, element.get(AUTHOR, ""), context.related(relationship), ids)

    def remark(self, note: Found, text: str, place: Place) -> None:
        """A comment has been read."""
        said = Reply(note.author, moment(note.element.get(DATE, "")), text)
        self._remarks.append((Remark(said, place), note.ids))

    def threads(self, context: Context) -> tuple[Thread, ...]:
        """The comments with their replies and states ([MS-DOCX] 2.5.4). One that nothing refers to hangs at the file.

        Word gives the state of a comment's last paragraph; a reply names any paragraph of what it answers.
        """
        if "comment" not in self._elements:  # nothing referred to one, so that nothing has failed yet
            with suppress(UnreadableError):
                self._elements["comment"] = _load(context, "comments", w("comment"))
        for element in self._elements.get("comment", {}).values():
            ids = tuple(each.get(_PARAGRAPH, "") for each in element.iter(P))
            text = "\n".join("".join(each.text or "" for each in p.iter(T)) for p in element.iter(P))
            self.remark(Found(element, "", "comment", element.get(AUTHOR, ""), "", ids), text, Place(context.file))
        part = context.related("commentsExtended")
        states = parse_xml(context.read(part), context.file, part).iter(f"{_W15}commentEx") if part else ()
        by_paragraph = {each.get(f"{_W15}paraId", ""): each for each in states}
        called = {name: str(at) for at, (_, ids) in enumerate(self._remarks) for name in ids if name}
        known = False if part or context.program == _TELLS else None
        found = []
        for at, (remark, ids) in enumerate(self._remarks):
            state = next((by_paragraph[name] for name in reversed(ids) if name and name in by_paragraph), None)
            if state is not None:
                parent = called.get(state.get(f"{_W15}paraIdParent", ""), "")
                remark = remark._replace(parent=parent, resolved=is_on(state.get(f"{_W15}done", "0")))
            else:
                remark = remark._replace(resolved=known)
            found.append(remark._replace(id=str(at)))
        return assembled(found)


def _load(context: Context, relationship: str, tag: str) -> dict[str, etree._Element]:
    part = context.related(relationship)
    if not part:
        return {}
    tree = parse_xml(context.read(part), context.file, part)
    story = Story(context)
    notice(tree, story)
    number(tree, story)
    return {each.get(ID, ""): each for each in tree.iter(tag)}
