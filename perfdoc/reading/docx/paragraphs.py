"""One pass over a tidied paragraph of a story: its text, and what its properties say."""

from lxml import etree

from perfdoc.layout import Paragraph
from perfdoc.reading.codes import HIDDEN, SYMBOL
from perfdoc.reading.docx.characters import CHARACTERS, UNKNOWN, leaf_of, unknown_symbols
from perfdoc.reading.docx.context import Story
from perfdoc.reading.docx.marks import CONTENTS, JOINS, LABEL, MARK, NUMBER, Hidden, Meet, shorten
from perfdoc.reading.docx.namespaces import BOOKMARKSTART, OUTLINELVL, PPR, PSTYLE, R_ID, SECTPR, VAL, P, w
from perfdoc.reading.docx.styles import integer_of, outline_of
from perfdoc.reading.sources import Piece, Source
from perfdoc.report import Place, Severity
from perfdoc.texts import say

_Element = etree._Element
_TAGS = (*map(str, CHARACTERS), P, MARK, BOOKMARKSTART)


class Paragraphs:
    """The paragraphs of a story, between its tables."""

    def __init__(self, story: Story, meet: Meet) -> None:
        self._story = story
        self._meet = meet
        self._count = 0
        self._text: list[str] | None = None
        """What was read of a paragraph whose end is deleted or hidden, so that it goes on in the next."""
        self._pieces: list[Piece] = []
        """What wrote it."""
        self._hidden = ""
        self._bookmarks: list[str] = []

    def place(self) -> Place:
        """Where reading stands."""
        return Place(self._story.context.file, paragraph=self._count + 1, part=self._story.part)

    def read(self, element: _Element) -> Paragraph | None:
        """Read a paragraph, or runs where only paragraphs may stand; None where it goes on in the next one."""
        style_id, outline = "", None
        for each in element[0] if len(element) and element[0].tag == PPR else ():
            if each.tag == PSTYLE:
                style_id = each.get(VAL, "")
            elif each.tag == OUTLINELVL:
                outline = integer_of(each)
            elif each.tag == SECTPR:
                self.section(each)
            for mark in each.iter(MARK) if self._story.tidied else ():
                self.mark(mark)
        number = self._number_of(element)
        text = self._text if self._text is not None else [""]
        for properties in list(element.iterchildren(PPR)):
            element.remove(properties)  # what is left writes text
        self._pieces.append(Piece("", paragraph=number))
        self._inline(element, text)
        self._text = text
        if element.get(JOINS) is not None:
            return None
        text[0] = element.get(LABEL, "")
        self._pieces.insert(0, Piece(text[0]))
        style = self._story.context.styles.of(style_id)
        contents = style.contents or element.get(CONTENTS) is not None
        level = style.outline if outline is None else outline_of(outline)
        return self._made(style.name if style_id else "", level, contents, number)

    def end(self) -> Paragraph | None:
        """A table, or the end of the story, ends a paragraph whose own end was deleted."""
        found = self._made() if any(self._text or ()) or self._hidden.strip() else None
        self._begin()
        return found

    def _begin(self) -> None:
        """Nothing has been read of the next paragraph."""
        self._text, self._pieces, self._hidden, self._bookmarks = None, [], "", []

    def section(self, element: _Element) -> None:
        """w:sectPr: remember which headers and footers are shown."""
        sections = self._story.context.sections
        for each in element.iterchildren(w("headerReference"), w("footerReference")):
            if (target := each.get(R_ID)) and target not in sections:
                sections.append(target)

    def bookmark(self, element: _Element) -> None:
        """One between blocks belongs to the paragraph that follows."""
        name = element.get(w("name"))
        if name and name != "_GoBack":  # Word's own mark of where one left off
            self._bookmarks.append(name)

    def mark(self, element: _Element) -> None:
        """Do what a mark stands for."""
        mark = self._story.marks.of(element)
        if isinstance(mark, Hidden):
            self._hidden += mark.text
        else:
            self._meet(mark, self.place())

    def _number_of(self, element: _Element) -> int:
        if self._story.tidied:
            return int(element.get(NUMBER, 0))
        if element.tag != P:
            return 0
        self._story.paragraphs += 1
        return self._story.paragraphs

    def _inline(self, element: _Element, text: list[str]) -> None:
        for each in element.iterdescendants(*_TAGS):
            tag = each.tag
            if tag == MARK:
                self.mark(each)
            elif tag == P:  # where none may stand: it begins a line
                text.append("\n")
                self._pieces.append(Piece("\n", paragraph=self._number_of(each)))
            elif tag == BOOKMARKSTART:
                self.bookmark(each)
            else:
                text.append(CHARACTERS[tag](each))
                if self._story.context.sources is not None:
                    self._pieces.append(Piece(text[-1], leaf_of(each)))
                for said, unknown in unknown_symbols(text[-1], each) if UNKNOWN in text[-1] else ():
                    self._story.context.say(SYMBOL, Severity.warning, said, self.place(), unknown)

    def _made(self, style: str = "", outline: int = 0, contents: bool = False, number: int = 0) -> Paragraph:
        context, place = self._story.context, self.place()
        if self._hidden.strip():
            message = say("docx.hidden", text=shorten(self._hidden))
            context.say(HIDDEN, Severity.warning, message, place, self._hidden)
        context.count_paragraph()
        text, bookmarks = "".join(self._text or ()), tuple(self._bookmarks)
        if context.sources is not None:
            context.sources.add(place, Source(self._story.source, False, number, tuple(self._pieces)))
        self._count += 1
        self._begin()
        return Paragraph(text, place, style, outline, bookmarks, contents, self._story.kind, number)
