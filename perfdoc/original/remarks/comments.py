"""Comments put into a Word file at places of it (ECMA-376 part 1, 17.13.4); every other byte stays as it is.

A comment is a range in the document (`commentRangeStart`, `commentRangeEnd`, `commentReference`) and its text in a part
of its own. What answers what, and what is resolved, says another part by the id of a comment's last paragraph
([MS-DOCX] 2.5.4); who wrote, a third. Parts that are new are named by the document's relationships and the package's
content types.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

from perfdoc.original.copying.copies import unused
from perfdoc.original.edits import Edit
from perfdoc.original.opened import Original
from perfdoc.original.remarks.comment_parts import CommentParts
from perfdoc.original.remarks.standing import Ends, Standing
from perfdoc.original.text.runs import texts
from perfdoc.reading.package import part_name
from perfdoc.report import Place, Reply, Thread
from perfdoc.unholdable import UNHOLDABLE

_PARAGRAPH_ID = re.compile(rb'paraId=["\']([0-9A-Fa-f]{8})')
_BEFORE_TEXT = ("w:pPr", "w:bookmarkStart")
"""A range begins behind them: LibreOffice would change the order of bookmarks in it."""
_RANGES = ("w:commentRangeStart", "w:commentRangeEnd", "w:commentReference", "w:comment")


class _Comment(NamedTuple):
    """A comment or a reply: its number in the document, the id of its last paragraph, and that of what it answers."""

    said: Reply
    number: int
    id: str
    parent: str
    resolved: bool


def commented(data: bytes, threads: Iterable[Thread], file: str = "document.docx") -> bytes:
    """The Word file with threads as its comments, each at its `place`; those that it has stay.

    A thread that the file has, known by author, minute and words, gets the replies that it lacks, and its state.
    Places are those of `perfdoc.read(data, file)`; a thread whose place is none of the document's cells and paragraphs
    hangs at the first paragraph. Ids depend on what is said and nothing else. RefusedError for a file that may not be
    changed; UnreadableError for no sound Word file.
    """
    given = list(threads)
    return _Writer(Original(data, file)).written(given) if given else data


class _Writer:
    def __init__(self, original: Original) -> None:
        self._original = original
        self._parts = CommentParts(original)
        self._document = self._parts.document
        self._ids = set(self._paragraph_ids())
        self._standing = Standing(original, self._parts)
        self._number = 1 + max(self._numbers(), default=-1)

    def written(self, threads: Sequence[Thread]) -> bytes:
        """The file with the threads."""
        opened: dict[Ends, list[_Comment]] = {}
        states: list[_Comment] = []
        for thread in threads:
            ends = self._paragraphs(thread.place)
            known = self._standing.take(thread.said, ends)
            if known is None:
                first = self._made(thread.said, "", bool(thread.resolved))
                made = [first, *(self._made(reply, first.id, first.resolved) for reply in thread.replies)]
                states += made
            else:
                made = self._answers(known, thread, ends)
                states += self._states_of(known, thread, made)
                ends = (self._standing.paragraph(known),) * 2
            opened.setdefault(ends, []).extend(made)
        every = [each for made in opened.values() for each in made]
        self._mark(opened)
        self._parts.append("comments", map(_text, every))
        if states and (self._parts["commentsExtended"] or any(each.parent or each.resolved for each in states)):
            self._parts.append("commentsExtended", map(_state, states))
            self._people(each.said.author for each in every)
        return self._original.data(remarks_only=True)

    def _answers(self, known: int, thread: Thread, ends: Ends) -> list[_Comment]:
        """The replies that a comment of the file lacks."""
        new = [reply for reply in thread.replies if self._standing.take(reply, ends) is None]
        return [self._made(reply, self._standing.id_of(known, self._id), bool(thread.resolved)) for reply in new]

    def _states_of(self, known: int, thread: Thread, made: list[_Comment]) -> list[_Comment]:
        """The states that the file lacks: those of new replies, and of what they answer where it has none."""
        told = bool(made or thread.resolved)  # one without a state is open
        id_ = self._standing.id_of(known, self._id if told else lambda _: "")
        if self._standing.settled(id_, thread.resolved) or not told:
            return made
        return [_Comment(thread.said, 0, id_, "", bool(thread.resolved)), *made]

    def _made(self, said: Reply, parent: str, resolved: bool) -> _Comment:
        number, self._number = self._number, self._number + 1
        return _Comment(said, number, self._id(said, parent), parent, resolved)

    def _id(self, said: Reply, parent: str = "") -> str:
        """An id of a paragraph that the file does not have; it is below 0x80000000, and not 0 ([MS-DOCX] 2.6.2.3)."""
        return f"{unused(self._ids, chr(0).join((*said, parent)).encode('utf-8', 'surrogatepass')):08X}"

    # The document

    def _paragraphs(self, place: Place) -> Ends:
        """The first and the last paragraph of the cell or paragraph at a place."""
        spans = self._document
        for source in self._original.sources.of(place._replace(file=self._original.file)):
            if not source.number or part_name(source.part) != part_name(self._document.part):
                continue
            index = spans.numbered("w:tc" if source.is_cell else "w:p", source.number)
            cell = self._shown(index) if source.is_cell else index
            found = [p for p in spans.inside(cell, "w:p") if self._own(p, cell)] if source.is_cell else [index]
            if found:
                return found[0], found[-1]
        first = spans.numbered("w:p", 1)
        return first, first

    def _shown(self, cell: int) -> int:
        """A cell, or for one that a vertical merge hides the next one of its row that is shown."""
        spans = self._document
        row = next(each for each in spans.around(cell) if spans.names[each] == "w:tr")
        for each in spans.inside(row, "w:tc"):
            merge = spans.child(each, "w:tcPr", "w:vMerge")
            if each >= cell and (merge is None or spans.value(merge) == "restart"):
                return each
        return cell

    def _own(self, paragraph: int, cell: int) -> bool:
        """Is a paragraph the cell's, and not of a table or a text box in it?"""
        around = self._document.around(paragraph)
        return next(each for each in around if self._document.names[each] in ("w:tc", "w:txbxContent")) == cell

    def _mark(self, opened: dict[Ends, list[_Comment]]) -> None:
        """The ranges of comments around the texts of places."""
        starts: dict[int, bytes] = {}
        ends: dict[int, bytes] = {}
        space = self._parts.declared(self._document, "w")
        for (first, last), comments in opened.items():
            for each in comments:
                start = f'<w:commentRangeStart{space} w:id="{each.number}"/>'
                end = f'<w:commentRangeEnd{space} w:id="{each.number}"/>'
                end += f'<w:r{space}><w:commentReference w:id="{each.number}"/></w:r>'
                starts[first] = starts.get(first, b"") + start.encode()
                ends[last] = ends.get(last, b"") + end.encode()
        every = starts.keys() | ends.keys()
        edits = (edit for each in every for edit in self._around(each, starts, ends))
        self._original.change(self._document.part, edits)

    def _around(self, paragraph: int, starts: dict[int, bytes], ends: dict[int, bytes]) -> list[Edit]:
        spans = self._document
        before, behind = starts.get(paragraph, b""), ends.get(paragraph, b"")
        span = spans.at(paragraph)
        if span.is_empty:
            return [spans.appended(paragraph, before + behind)]
        before_text = takewhile(lambda each: spans.names[each] in _BEFORE_TEXT, spans.children(paragraph))
        at = max((spans.at(each).end for each in before_text), default=span.inner)
        behind_text = (spans.at(each).end for each in spans.children(paragraph) if spans.names[each] != "w:bookmarkEnd")
        end = max(behind_text, default=span.close)
        return [Edit(at, at, before + behind)] if at >= end else [Edit(at, at, before), Edit(end, end, behind)]

    # The parts beside it

    def _people(self, authors: Iterable[str]) -> None:
        """Those who wrote and are not yet among the people."""
        spans = self._parts["people"]
        known = {spans.value(each, "author") for each in spans.inside(0, "person")} if spans else set()
        new = [each for each in dict.fromkeys(map(_clean, authors)) if each and each not in known]
        self._parts.append(
            "people",
            (
                f"<w15:person w15:author={quoteattr(one)}>"
                f'<w15:presenceInfo w15:providerId="None" w15:userId={quoteattr(one)}/></w15:person>'
                for one in new
            ),
        )

    # What is taken

    def _numbers(self) -> Iterator[int]:
        """The numbers that comments of the file have, or ranges of comments that are not there."""
        for spans in filter(None, (self._document, self._parts["comments"])):
            found = (spans.value(each, "id") or "" for each in spans.inside(0, *_RANGES))
            yield from (int(each) for each in found if each.isascii() and each.isdigit() and len(each) < 10)

    def _paragraph_ids(self) -> Iterator[int]:
        for spans in filter(None, (self._document, self._parts["comments"])):
            yield from (int(each, 16) for each in _PARAGRAPH_ID.findall(spans.data))


def _text(one: _Comment) -> str:
    """A comment with a paragraph for each line; the last one has the id."""
    author, date = _clean(one.said.author), one.said.date.replace(" ", "T")
    date = f' w:date="{date}{":00" * (len(date) == 16)}Z"' if date else ""
    *lines, last = one.said.text.split("\n")
    paragraphs = "".join(_paragraph(line, "") for line in lines) + _paragraph(last, f' w14:paraId="{one.id}"')
    named = f'w:id="{one.number}" w:author={quoteattr(author)}{date} w:initials={quoteattr(author[:2].upper())}'
    return f"<w:comment {named}>{paragraphs}</w:comment>"


def _state(one: _Comment) -> str:
    parent = f' w15:paraIdParent="{one.parent}"' if one.parent else ""
    return f'<w15:commentEx w15:paraId="{one.id}"{parent} w15:done="{int(one.resolved)}"/>'


def _paragraph(line: str, named: str) -> str:
    written = texts(_clean(line), b"w:t").decode()
    return f"<w:p{named}><w:r>{written}</w:r></w:p>" if written else f"<w:p{named}/>"


def _clean(text: str) -> str:
    """A text without what XML can't hold."""
    return UNHOLDABLE.sub("", text)
