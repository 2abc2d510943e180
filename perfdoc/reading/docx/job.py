"""What the readers of one file's parts share: options, styles, lists, limits, and what there is to say."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from perfdoc.layout import Block
from perfdoc.reading.codes import MORE, NUMBERING
from perfdoc.reading.docx.ahead import Ahead
from perfdoc.reading.docx.changes import TRACKS, Changes
from perfdoc.reading.docx.copies import Copies
from perfdoc.reading.docx.names import NUMPR, RSTYLE, VAL, VANISH
from perfdoc.reading.docx.notes import Notes
from perfdoc.reading.docx.numbering import Lists
from perfdoc.reading.docx.numbering import parse as parse_lists
from perfdoc.reading.docx.plain import ASKING, tags_to_look_at
from perfdoc.reading.docx.properties import Properties
from perfdoc.reading.docx.styles import Styles
from perfdoc.reading.docx.styles import parse as parse_styles
from perfdoc.reading.options import Options
from perfdoc.reading.package import Package, Relationship
from perfdoc.report import Diagnostic, Place, Severity

_PARAGRAPH_MARKS = frozenset((NUMPR, VANISH, *TRACKS))
OFFICE = "LibreOffice"
"""How the program is named that files of other formats come through."""
MAX_CELLS = 2_000_000
"""Cells of one file: about 14,000 projects; a cell takes some 200 bytes."""
MAX_PARAGRAPHS = 1_000_000
"""Paragraphs outside of tables; one takes some 400 bytes."""
MAX_DIAGNOSTICS = 5_000
"""Remarks on one file; one more says that there were others."""


class Job:
    """One file being read."""

    def __init__(self, package: Package, main: str, options: Options) -> None:
        self.package = package
        self.file = package.file
        self.main = main
        self.program, self.template = package.properties()
        self.changes = Changes(options.track_changes)
        self.copies = Copies()
        self.relationships: Sequence[Relationship] = package.relationships(main)
        styles, numbering = self.related("styles"), self.related("numbering")
        self.styles = parse_styles(package.read(styles), self.file, styles) if styles else Styles()
        self.lists = Lists(parse_lists(package.read(numbering), self.file, numbering) if numbering else None)
        self.notes = Notes()
        self.ahead = Ahead(self.styles)
        self.plain_properties: dict[str, Properties] = {}
        """What paragraphs are that have nothing but a style, by the style's id."""
        self.runs_matter = self.styles.any_hidden
        """Do the properties of runs count anywhere? Only then are they looked at."""
        self.paragraphs_matter = self.styles.any_hidden or self.styles.any_numbered
        """Do the properties of paragraphs count inside cells?"""
        self.plain_tags = tags_to_look_at(self.styles, ())
        """The tags that `plain_rows` is to look at; those that ask for more only once the file has them."""
        self._unseen = set(ASKING)
        self.of_libreoffice = self.program.startswith(OFFICE)
        """Did LibreOffice save it, which has its own ways of losing text?"""
        self.diagnostics: list[Diagnostic] = []
        self.tail: list[Block] = []
        """Blocks that stand after the body: notes and comments in the order of their references."""
        self.sections: list[str] = []
        """Relationship ids of the headers and footers that sections show, in order."""
        self.boxes = 0
        self._cells = 0
        self._paragraphs = 0
        self._unsaid = 0

    def related(self, kind: str) -> str:
        """Name of the part that stands in a relationship of this kind to the main part, or `""`."""
        for relationship in self.relationships:
            if relationship.kind == kind and not relationship.external and relationship.target in self.package:
                return relationship.target
        return ""

    def say(self, code: str, severity: Severity, message: str, place: Place, quote: str = "") -> None:
        """Remark on the content of the file."""
        if len(self.diagnostics) < MAX_DIAGNOSTICS:
            self.diagnostics.append(Diagnostic(code, severity, " ".join(message.split()), place, quote))
        else:
            self._unsaid += 1

    def remarks(self) -> tuple[Diagnostic, ...]:
        """All that was said, and the remark on tracked changes. Raises ContentLostError (policy `fail`)."""
        said = [*self.changes.remarks(self.file), *self.diagnostics]
        if self._unsaid:
            message = f"{self._unsaid} more remarks on this file are not listed"
            said.append(Diagnostic(MORE, Severity.warning, message, Place(self.file)))
        return tuple(said)

    def number(self, place: Place, number: tuple[str, int | None], style: str) -> str:
        """The next number of a list, as it is displayed."""
        unknown = len(self.lists.unknown_formats)
        text = self.lists.next(*number, style)
        if len(self.lists.unknown_formats) > unknown:
            names = ", ".join(sorted(self.lists.unknown_formats))
            message = f"numbers in a format that is not known ({names}) are written in digits"
            self.say(NUMBERING, Severity.warning, message, place, text)
        return text

    def notice(self, element: etree._Element) -> None:
        """Look what of that which makes reading slower stands in what was just parsed."""
        while self._unseen:
            found = next(element.iter(*self._unseen), None)
            if found is None:
                break
            self._unseen.discard(str(found.tag))
            self.plain_tags = (*self.plain_tags, str(found.tag))
            self.paragraphs_matter = self.paragraphs_matter or found.tag in _PARAGRAPH_MARKS
            self.runs_matter = self.runs_matter or found.tag == VANISH
        if not self.runs_matter:
            self.runs_matter = any(not self.styles.of(style.get(VAL, "")).plain for style in element.iter(RSTYLE))

    def count_cells(self, more: int) -> None:
        """Raises UnreadableError when the file has more cells than may be."""
        self._cells += more
        if self._cells > MAX_CELLS:
            raise self.package.unreadable(f"its tables have more than {MAX_CELLS:,} cells")

    def count_paragraph(self) -> None:
        """Raises UnreadableError when the file has more paragraphs than may be."""
        self._paragraphs += 1
        if self._paragraphs > MAX_PARAGRAPHS:
            raise self.package.unreadable(f"it has more than {MAX_PARAGRAPHS:,} paragraphs")
