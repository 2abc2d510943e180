"""Where the elements of a part stand in its bytes, by expat: a flat list of elements in the part's order.

`w:tbl`, `w:tr`, `w:tc`, `w:p`, `w:r` and what stands for characters have the numbers that `perfdoc.layout` and
`perfdoc.reading.sources` have. Names are those of transitional WordprocessingML also in a strict file, with `w:`
whatever the prefix; those of other namespaces are their local names alone.
"""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from html import unescape
from typing import NamedTuple
from xml.parsers import expat

from perfdoc.original.edits import Edit, spliced
from perfdoc.original.refusals import refused
from perfdoc.reading.broken import broken_xml, unreadable
from perfdoc.reading.docx.characters import LEAVES
from perfdoc.reading.docx.namespaces import STRICT, W_NS
from perfdoc.reading.package import no_doctype
from perfdoc.report import Place

MAX_BYTES = 128 * 2**20
"""Bytes of a part that can be written into; its elements take about as much memory again."""
MAX_DEPTH = 256
"""Elements inside one another, as the reader's parser allows."""
_STARTS = re.compile(rb"<[^<>\"']*(?:\"[^\"]*\"[^<>\"']*|'[^']*'[^<>\"']*)*>")
_ATTRIBUTE = re.compile(rb"\s+([^\s=<>/]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_WORD = frozenset(name.decode() for name, new in STRICT.items() if new == W_NS.encode()) | {W_NS}
_ROOTS = ("w:body", "w:hdr", "w:ftr")
NUMBERED = ("w:tbl", "w:tr", "w:tc", "w:p", "w:r")


class Span(NamedTuple):
    """The bytes of an element: it begins at `begin`, its content from `inner` to `close`, its end tag ends at `end`.

    An empty element (`<w:p/>`) has no content and no end tag: `inner`, `close` and `end` are the same.
    """

    begin: int
    inner: int
    close: int
    end: int

    @property
    def is_empty(self) -> bool:
        """`<w:p/>`."""
        return self.inner == self.end


class Spans:
    """A part's elements. They are known by their index, in document order from 0."""

    def __init__(self, data: bytes, file: str, part: str) -> None:
        self.data = data
        self.part = part
        self.place = Place(file, part=part)
        self.names: list[str] = []
        self.parents = array("l")
        self._begins, self._closes, self._lasts = array("q"), array("q"), array("l")
        self._numbered: dict[str, list[int]] = {name: [] for name in NUMBERED}
        self._leaves: list[int] = []
        if len(data) > MAX_BYTES:
            raise refused("large", self.place, most=MAX_BYTES >> 20)
        if data[:2] in (b"\xff\xfe", b"\xfe\xff") or data[:1] == b"\0" or data[1:2] == b"\0":
            raise refused("encoding", self.place, encoding="UTF-16")
        no_doctype(data[:4096], file, part)
        try:
            self._parse()
        except expat.ExpatError as error:
            raise broken_xml(error, file, part, error.lineno) from error

    def _parse(self) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        names, parents, begins, closes, lasts = self.names, self.parents, self._begins, self._closes, self._lasts
        known: dict[str, str] = {}
        lists: dict[str, list[int]] = {**self._numbered, **dict.fromkeys(_LEAF_NAMES, self._leaves)}
        opened = [-1]

        def start(name: str, _: object) -> None:
            short = known.get(name)
            if short is None:
                space, _, local = name.rpartition(" ")
                short = known[name] = f"w:{local}" if space in _WORD else local
            index = len(names)
            names.append(short)
            parents.append(opened[-1])
            begins.append(parser.CurrentByteIndex)
            closes.append(0)
            lasts.append(0)
            opened.append(index)
            if short in lists:
                lists[short].append(index)
            if len(opened) > MAX_DEPTH:
                raise unreadable(self.place.file, "docx.nested", part=self.part)

        def end(_: str) -> None:
            index = opened.pop()
            closes[index] = parser.CurrentByteIndex
            lasts[index] = len(names) - 1

        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.XmlDeclHandler = self._declared
        parser.Parse(self.data, True)
        root = next((index for index, name in enumerate(names) if name in _ROOTS), 0)
        for numbers in (*self._numbered.values(), self._leaves):  # the reader counts inside the story's element
            while numbers and numbers[0] < root:
                del numbers[0]

    def _declared(self, _: str, encoding: str | None, __: int) -> None:
        if encoding and encoding.upper() not in ("UTF-8", "UTF8", "US-ASCII", "ASCII"):
            raise refused("encoding", self.place, encoding=encoding)

    def at(self, index: int) -> Span:
        """The bytes of an element."""
        begin, close = self._begins[index], self._closes[index]
        found = _STARTS.match(self.data, begin)
        inner = found.end() if found else begin
        if close <= begin or self.data[inner - 2 : inner] == b"/>":
            return Span(begin, inner, inner, inner)
        return Span(begin, inner, close, self.data.index(b">", close) + 1)

    def head(self, index: int) -> bytes:
        """The start tag of an element."""
        return self.data[self._begins[index] : self.at(index).inner]

    def text(self, index: int) -> str:
        """What stands in an element that holds characters alone."""
        span = self.at(index)
        return unescape(self.data[span.inner : span.close].decode())

    def says(self, index: int) -> bool:
        """Whether an element holds characters of a text."""
        return any(self.text(each) for each in self.inside(index, "w:t"))

    def slice(self, span: Span, edits: Iterable[Edit] = ()) -> bytes:
        """The bytes of a span after edits inside it."""
        moved = (Edit(edit.start - span.begin, edit.end - span.begin, edit.data) for edit in edits)
        return spliced(self.data[span.begin : span.end], moved)

    def bytes_of(self, first: int, last: int | None = None) -> bytes:
        """The bytes of an element, or from a first to a last one."""
        return self.data[self.at(first).begin : self.at(first if last is None else last).end]

    def instead(self, index: int, data: bytes = b"", last: int | None = None) -> Edit:
        """The edit by which other bytes stand in the place of an element, or of a first to a last one."""
        return Edit(self.at(index).begin, self.at(index if last is None else last).end, data)

    def appended(self, index: int, data: bytes) -> Edit:
        """Bytes at the end of an element's content; an empty element is opened."""
        span = self.at(index)
        if not span.is_empty:
            return Edit(span.close, span.close, data)
        name = self.data[span.begin + 1 : span.inner].split(None, 1)[0].rstrip(b"/>")
        return Edit(span.inner - 2, span.inner, b">" + data + b"</" + name + b">")

    def numbered(self, name: str, number: int) -> int:
        """The element of a name of `NUMBERED` with a number, from 1."""
        return self._numbered[name][number - 1]

    def leaf(self, number: int) -> int:
        """The element that stands for characters with a number, from 1."""
        return self._leaves[number - 1]

    def leaf_numbers(self, index: int) -> range:
        """The numbers of the elements inside an element that stand for characters."""
        return self._within(self._leaves, index)

    def numbers(self, name: str, index: int) -> range:
        """The numbers of the elements of a name inside an element, itself included."""
        return self._within(self._numbered[name], index)

    def _within(self, numbers: list[int], index: int) -> range:
        return range(bisect_left(numbers, index) + 1, bisect_right(numbers, self._lasts[index]) + 1)

    def children(self, index: int) -> Iterator[int]:
        """The elements right inside an element."""
        at, last = index + 1, self._lasts[index]
        while at <= last:
            yield at
            at = self._lasts[at] + 1

    def child(self, index: int, *names: str) -> int | None:
        """The first element right inside an element, then inside that one, by their names; None for none."""
        for name in names:
            found = next((each for each in self.children(index) if self.names[each] == name), None)
            if found is None:
                return None
            index = found
        return index

    def inside(self, index: int, *names: str) -> Iterator[int]:
        """The elements of some names, or all, inside an element, at any depth."""
        for each in range(index + 1, self._lasts[index] + 1):
            if not names or self.names[each] in names:
                yield each

    def around(self, index: int) -> Iterator[int]:
        """The elements around an element, the innermost first."""
        while (index := self.parents[index]) >= 0:
            yield index

    def holds(self, index: int, other: int) -> bool:
        """Whether an element stands around another, or is the same."""
        return index <= other <= self._lasts[index]

    def value(self, index: int | None, name: str = "val") -> str | None:
        """An attribute of an element by its local name; None where it has none."""
        found = None if index is None else self._attribute(index, name)
        return None if found is None else unescape((found[2] or found[3] or b"").decode())

    def attribute(self, index: int, name: str) -> tuple[int, int] | None:
        """The bytes of an attribute, with the white space before it; None where there is none."""
        found = self._attribute(index, name)
        return None if found is None else found.span()

    def valued(self, index: int, name: str, value: bytes) -> Edit | None:
        """The edit by which an attribute has another value; None where there is none."""
        found = self._attribute(index, name)
        if found is None:
            return None
        end = found.end() - 1  # before the closing quote
        return Edit(end - len(found[2] or found[3] or b""), end, value)

    def _attribute(self, index: int, name: str) -> re.Match[bytes] | None:
        found = _ATTRIBUTE.finditer(self.data, self._begins[index], self.at(index).inner)
        return next((each for each in found if each[1].rpartition(b":")[2] == name.encode()), None)

    def tag(self, index: int, name: str) -> bytes:
        """A name of WordprocessingML with the prefix that an element of it has here: `w:t`."""
        found = re.match(rb"<([^\s/>:]+:)?", self.data[self._begins[index] : self._begins[index] + 256])
        return (found[1] or b"" if found else b"") + name.encode()


_LEAF_NAMES = tuple(f"w:{name.rpartition('}')[2]}" for name in LEAVES)
