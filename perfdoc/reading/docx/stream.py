"""A part's XML → a story, while it is parsed: what has been read is freed, so a long part stays small.

A short part is parsed whole. For a long one the parser is fed piece by piece: after each piece, the children of
the story that are complete are read and dropped from the tree; of a table that still grows, its complete rows.
One reader (`Story`, `Table`) serves both. Plain tables are taken out of the bytes before (`ahead.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from lxml import etree

from perfdoc.reading.docx.names import (
    BODY,
    CUSTOMXML,
    FTR,
    HDR,
    SDT,
    SDTCONTENT,
    STRICT,
    TBL,
)
from perfdoc.reading.docx.story import Story
from perfdoc.reading.docx.tables import Table
from perfdoc.reading.package import MAX_TREE, PARSER_OPTIONS, Package, broken_xml, no_doctype

_Element = etree._Element
_GROWING = frozenset((SDT, SDTCONTENT, CUSTOMXML))
_ROOTS = (BODY, HDR, FTR)
SHORT = 2**17
"""Bytes of a part that is parsed whole, which saves a third of the time of parsing; beyond it a stream is faster,
since what it frees stays in the processor's cache."""
_MOUTHFUL = 2**15  # bytes that libxml2 is fed at once: with twice as many it takes half as long again
PATIENCE = 2**20
"""Bytes of one content control that are waited for, before it is read as far as it goes."""


class _Frame(NamedTuple):
    """An element that is still growing, what reads its children, and what is to be done at its end."""

    element: _Element
    reader: Story | Table
    end: Callable[[], None]

    def take(self, count: int | None) -> None:
        """Read the first `count` children, or all of them."""
        if isinstance(self.reader, Table) and self.element.tag == TBL:
            self.reader.take(self.element, count)
        else:
            self.reader.walk(islice(self.element, count))


def read_part(package: Package, part: str, story: Story) -> None:
    """Read a part into a story. Raises UnreadableError: broken XML (with its line), over a limit."""
    try:
        if package.size(part) <= SHORT:
            whole = b"".join(story.job.ahead.out_of(_pieces(package, part)))
            root = etree.fromstring(whole, etree.XMLParser(**PARSER_OPTIONS))
            frames = [_Frame(element, story, _nothing) for element in islice(root.iter(*_ROOTS), 1)]
            if frames:
                story.job.notice(frames[0].element)
        else:
            root, frames = _streamed(package, part, story)
    except (etree.XMLSyntaxError, ValueError) as error:
        if story.job.ahead.any_taken:
            _complain(package, part)
        raise broken_xml(error, package.file, part) from error
    if not frames:
        name = etree.QName(root).localname
        raise package.unreadable(f"{part} is not a part of a Word document (its root is <{name}>)")
    _advance(frames, 0, story, closed=True)
    story.end()


class _Nobody:
    """A parser's target that builds nothing."""

    def close(self) -> None:
        """The end."""


def _complain(package: Package, part: str) -> None:
    """Parse a part as it is, with all tables in it: for the line and column that a person finds in the file."""
    nobody: Any = _Nobody()
    parser = etree.XMLParser(target=nobody, **PARSER_OPTIONS)
    try:
        for piece in _pieces(package, part):
            parser.feed(piece)
        parser.close()
    except (etree.XMLSyntaxError, ValueError) as error:
        raise broken_xml(error, package.file, part) from error


def _streamed(package: Package, part: str, story: Story) -> tuple[_Element, list[_Frame]]:
    """Read a part but for what is open at its end; its root, and the frames of what is open."""
    parser = etree.XMLPullParser(events=("start",), tag=_ROOTS, **PARSER_OPTIONS)
    frames: list[_Frame] = []
    waiting = 0
    for piece in story.job.ahead.out_of(_pieces(package, part)):
        for start in range(0, len(piece), _MOUTHFUL):
            parser.feed(piece[start : start + _MOUTHFUL])
        if not frames:
            frames = _roots(parser, story)
        if frames:
            story.job.notice(frames[0].element)
            moved = _advance(frames, 0, story, closed=False, open_controls=waiting > PATIENCE)
            waiting = 0 if moved else waiting + len(piece)
        if waiting > MAX_TREE:
            raise package.unreadable(f"{part} has a paragraph or cell of more than {MAX_TREE >> 20} MB")
    return parser.close(), frames


def _roots(parser: etree.XMLPullParser, story: Story) -> list[_Frame]:
    for _, element in parser.read_events():
        if isinstance(element, etree._Element):
            return [_Frame(element, story, _nothing)]
    return []


def _nothing() -> None:
    pass


def _advance(frames: list[_Frame], depth: int, story: Story, *, closed: bool, open_controls: bool = False) -> bool:
    """Read what is complete below the frame at `depth`; was there anything?

    All children but the last are complete; the last is when its parent is (`closed`). Of the last, if it is
    a table, the complete rows are read; with `open_controls` also what a content control holds so far.
    """
    frame = frames[depth]
    element = frame.element
    moved = False
    if len(frames) > depth + 1:
        complete = closed or frames[depth + 1].element.getnext() is not None
        moved = _advance(frames, depth + 1, story, closed=complete, open_controls=open_controls)
        if not complete:
            return moved
        frames.pop().end()
        del element[0]
    if closed:
        frame.take(None)  # what is left goes with the whole tree, which is faster than bit by bit
        return True
    complete_ones = len(element) - 1
    if complete_ones > 0:
        moved = True
        frame.take(complete_ones)
        del element[:complete_ones]
    if len(element):
        inner = _grow(element[0], frame, story, open_controls)
        if inner is not None:
            frames.append(inner)
            moved = _advance(frames, depth + 1, story, closed=False, open_controls=open_controls) or moved
    return moved


def _grow(element: _Element, frame: _Frame, story: Story, open_controls: bool) -> _Frame | None:
    """A frame for the last child, which is still growing, if its own children can be read one by one."""
    tag = element.tag
    if tag == TBL and isinstance(frame.reader, Story):
        table = Table(story)
        return _Frame(element, table, table.end)
    if tag not in _GROWING or not open_controls:
        return None
    if tag == SDT and isinstance(frame.reader, Story):
        story.controls.append(False)
        return _Frame(element, story, lambda: _close_control(story))
    return _Frame(element, frame.reader, _nothing)


def _close_control(story: Story) -> None:
    story.controls.pop()


def _pieces(package: Package, part: str) -> Iterator[bytes]:
    """The bytes of a part: without a document type, in transitional names."""
    pieces = package.chunks(part)
    head = next(pieces, b"")
    no_doctype(head, package.file, part)
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        yield from _strict_to_transitional(iter((_utf8(head + b"".join(pieces)),)))
    elif b"purl.oclc.org/ooxml" in head[:_HEAD]:
        yield from _strict_to_transitional(_with(head, pieces))
    else:
        yield from _with(head, pieces)


_HEAD = 16384  # bytes in which the root's namespaces stand


def _with(head: bytes, rest: Iterable[bytes]) -> Iterator[bytes]:
    if head:
        yield head
    yield from rest


def _utf8(data: bytes) -> bytes:
    """A part in UTF-16 as UTF-8, its declaration dropped. Raises ValueError."""
    return re.sub(r"^\s*<\?xml.*?\?>", "", data.decode("utf-16"), count=1, flags=re.DOTALL).encode()


_DECLARATION = re.compile(
    rb"(<[^<>]*?\sxmlns(?::[\w.-]+)?\s*=\s*[\"'])(" + b"|".join(map(re.escape, STRICT)) + rb")(?=[\"'])"
)


def _strict_to_transitional(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Give the namespaces of ISO strict their transitional names, where they are declared."""
    rest = b""
    for piece in pieces:
        text = rest + piece
        cut = text.rfind(b">") + 1
        rest = text[cut:]
        yield _renamed(text[:cut])
    if rest:
        yield _renamed(rest)


def _renamed(text: bytes) -> bytes:
    while True:
        text, count = _DECLARATION.subn(lambda match: match[1] + STRICT[match[2]], text)
        if not count:
            return text
