"""The tags of a template one by one, each with its place, its names and what is wrong with it by itself.

`word_template` compiles a template and stops at the first fault; this looks at every tag on its own, for `form lint`.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from jinja2 import Environment
from lxml import etree

from perfdoc.rendering.template_file import parts_of, root_of
from perfdoc.rendering.word.jinja import environment
from perfdoc.rendering.word.one_tag import CANONICAL, STATEMENT, TAG, asked
from perfdoc.rendering.word.preparation import STAND_INS
from perfdoc.rendering.word.word_template import TAGGED
from perfdoc.report import Place

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OUT_OF_STORY = (f"{_W}txbxContent",)


class Tag(NamedTuple):
    """A tag as it stands in the template.

    `word` is its statement (for, if, elif, else, endfor, …), nothing for one that prints. `level` is what goes with
    it: `p` its paragraph, `tr` its row, nothing for itself alone. `names` are the values that it asks for
    (`project.budget.total`), `binds` the variable that a loop gives its items. `runs` is over how many runs it is
    spread, `alone` whether nothing else stands in what goes with it. `fault` is what is wrong with it,
    `prints` the name whose text it prints.
    """

    text: str
    place: Place
    word: str
    level: str
    names: tuple[str, ...]
    binds: str
    runs: int
    alone: bool
    fault: str
    prints: str = ""


class Box(NamedTuple):
    """A cell of a template's table: its first grid column, its merge (`restart`, `continue` or nothing), its text."""

    column: int
    merge: str
    text: str


class Stretch(NamedTuple):
    """A paragraph of a template, the tags in it, and what is left of its text without them.

    `bookmarks` are those that begin in it or right above it, `row` the cells of the table's row that it stands in.
    """

    place: Place
    tags: tuple[Tag, ...]
    plain: str
    bookmarks: tuple[str, ...]
    row: tuple[Box, ...]


def stretches(content: bytes, file: str) -> list[Stretch]:
    """Every paragraph of a template's parts, in order. FormError where it is no sound Word file."""
    parts = parts_of(content, file)
    found: list[Stretch] = []
    for name in sorted((n for n in parts if TAGGED.fullmatch(n)), key=lambda n: (n != "word/document.xml", n)):
        root = root_of(parts[name], f"{file}: {name}")
        part = "" if name == "word/document.xml" else name.removeprefix("word/")
        found += _Part(file, part, environment()).of(root)
    return list(_alike(found))


def _alike(found: list[Stretch]) -> Iterator[Stretch]:
    """The tags with the names of values in them, whatever the template calls the items of its loops."""
    scopes: list[tuple[str, str]] = []
    for stretch in found:
        tags: list[Tag] = []
        for tag in stretch.tags:
            binds = tag.binds
            if tag.word == "for":
                over = _called(tag.names[0], scopes) if tag.names else ""
                binds = CANONICAL.get(over, tag.binds)
                scopes.append((tag.binds, binds))
            elif tag.word == "endfor" and scopes:
                scopes.pop()
            names = tuple(_called(name, scopes) for name in tag.names)
            tags.append(tag._replace(binds=binds, names=names, prints=_called(tag.prints, scopes)))
        yield stretch._replace(tags=tuple(tags))


def _called(name: str, scopes: list[tuple[str, str]]) -> str:
    root, dot, rest = name.partition(".")
    return next((alike for own, alike in reversed(scopes) if own == root), root) + dot + rest


class _Part:
    """One part being walked: its paragraphs and tables counted as a reader counts them."""

    def __init__(self, file: str, part: str, language: Environment) -> None:
        self.file, self.part, self.language = file, part, language
        self.paragraphs = 0
        self.tables = 0

    def of(self, root: etree._Element) -> Iterator[Stretch]:
        body = root.find(f"{_W}body")
        yield from self._blocks(root if body is None else body, None, ())

    def _blocks(self, parent: etree._Element, cell: Place | None, row: tuple[Box, ...]) -> Iterator[Stretch]:
        between: list[str] = []
        for child in parent.iterchildren(etree.Element):
            if child.tag == f"{_W}bookmarkStart":
                between += _bookmarks(child)
            elif child.tag == f"{_W}tbl":
                yield from self._table(child)
            elif child.tag == f"{_W}p":
                if cell is None:
                    self.paragraphs += 1
                place = cell or Place(self.file, paragraph=self.paragraphs, part=self.part)
                found = self._stretch(child, place, row)
                yield found._replace(bookmarks=(*between, *found.bookmarks))
                between = []
            elif child.tag not in (f"{_W}sectPr", f"{_W}tcPr", f"{_W}sdtPr"):
                yield from self._blocks(child, cell, row)  # content controls and the like

    def _table(self, table: etree._Element) -> Iterator[Stretch]:
        self.tables += 1
        number = self.tables
        for at, row in enumerate(table.iterfind(f".//{_W}tr"), 1):
            if next(row.iterancestors(f"{_W}tbl")) is not table:
                continue
            boxes = tuple(_boxes(row))
            cells = [one for one in row.iterfind(f".//{_W}tc") if next(one.iterancestors(f"{_W}tr")) is row]
            for cell, box in zip(cells, boxes, strict=True):
                place = Place(self.file, table=number, row=at, column=box.column, part=self.part)
                yield from self._blocks(cell, place, boxes)

    def _stretch(self, paragraph: etree._Element, place: Place, row: tuple[Box, ...]) -> Stretch:
        texts = [one for one in paragraph.iter(f"{_W}t") if next(one.iterancestors(*_OUT_OF_STORY), None) is None]
        starts: list[int] = []
        whole = ""
        for one in texts:
            starts.append(len(whole))
            whole += one.text or ""
        tags = tuple(self._tag(found, whole, starts, place, row) for found in TAG.finditer(whole))
        return Stretch(place, tags, TAG.sub("", whole), tuple(_bookmarks(paragraph)), row)

    def _tag(self, match: re.Match[str], whole: str, starts: list[int], place: Place, row: tuple[Box, ...]) -> Tag:
        text = match[0]
        runs = 1 + sum(match.start() < start < match.end() for start in starts)
        statement = STATEMENT.fullmatch(text)
        level, word = (statement[1] or "", statement[2]) if statement else ("", "")
        around = "".join(box.text for box in row) if level == "tr" else whole
        alone = around.strip() == text.strip()
        found = asked(self.language, text)
        return Tag(text, place, word, level, found.names, found.binds, runs, alone, found.fault, found.prints)


def _bookmarks(within: etree._Element) -> Iterator[str]:
    """The names of the bookmarks that begin in it, but for those that stand for a project's and Word's own."""
    names = (one.get(f"{_W}name", "") for one in within.iter(f"{_W}bookmarkStart"))
    return (name for name in names if name not in STAND_INS and name != "_GoBack")


def _boxes(row: etree._Element) -> Iterator[Box]:
    before = row.find(f"{_W}trPr/{_W}gridBefore")
    column = 1 + int(before.get(f"{_W}val", "0") if before is not None else 0)
    for cell in row.iterfind(f".//{_W}tc"):
        if next(cell.iterancestors(f"{_W}tr")) is not row:
            continue
        merge = cell.find(f"{_W}tcPr/{_W}vMerge")
        state = "" if merge is None else merge.get(f"{_W}val") or "continue"
        yield Box(column, state, "".join(one.text or "" for one in cell.iter(f"{_W}t")))
        span = cell.find(f"{_W}tcPr/{_W}gridSpan")
        column += int(span.get(f"{_W}val", "1") if span is not None else 1)
