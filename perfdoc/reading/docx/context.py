"""What the readers of one file's parts share: options, styles, lists, limits, and what there is to say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from lxml import etree

from perfdoc.layout import Block
from perfdoc.reading.codes import MORE
from perfdoc.reading.docx.marks import Doubtful, Marks
from perfdoc.reading.docx.namespaces import PSTYLE, RSTYLE, P, T, transitional, w
from perfdoc.reading.docx.numbering import Lists
from perfdoc.reading.docx.numbering import parse as parse_lists
from perfdoc.reading.docx.styles import Styles, value_of
from perfdoc.reading.docx.styles import parse as parse_styles
from perfdoc.reading.docx.tracked import Tracked
from perfdoc.reading.options import Options
from perfdoc.reading.package import MAX_TREE, Package, Relationship, parse_xml
from perfdoc.report import Diagnostic, Place, Severity
from perfdoc.texts import say

MAX_CELLS = 2_000_000
"""Cells of one file: about 14,000 projects; a cell takes some 200 bytes."""
MAX_PARAGRAPHS = 1_000_000
"""Paragraphs outside of tables; one takes some 400 bytes."""
MAX_DIAGNOSTICS = 5_000
"""Remarks on one file; one more says that there were others."""


class Rewrite(NamedTuple):
    """A rewrite of blocks, and the tags of which one must stand in a block."""

    tags: tuple[str, ...]
    rewrite: Callable[[etree._Element, Story], None]


class Context:
    """One file being read."""

    def __init__(self, package: Package, main: str, options: Options) -> None:
        self.package = package
        self.file = package.file
        self.program, self.template = package.properties()
        self.tracked = Tracked(options.track_changes)
        self.sources = options.sources
        self.relationships: Sequence[Relationship] = package.relationships(main)
        styles, numbering = self.related("styles"), self.related("numbering")
        self.styles = parse_styles(self.read(styles), self.file, styles) if styles else Styles()
        self.lists = Lists(parse_lists(self.read(numbering), self.file, numbering) if numbering else None)
        self.mends: tuple[Rewrite, ...] = ()
        """Rewrites that come before all others: those of `libreoffice`, in its files."""
        self.doubtful: list[tuple[Doubtful, Place]] = []
        """What they found, and where."""
        self.tags: set[str] = _tags_that_matter(self.styles)
        """The tags that a rewrite is about, of those that the file has so far."""
        self.diagnostics: list[Diagnostic] = []
        self.tail: list[Block] = []
        """Blocks that stand after the body: notes and comments in the order of their references."""
        self.sections: list[str] = []
        """Relationship ids of the headers and footers that sections show, in order."""
        self.boxes = 0
        self._cells = 0
        self._paragraphs = 0
        self._unsaid = 0

    def read(self, part: str) -> bytes:
        """A whole part, in transitional names."""
        return b"".join(transitional(self.package.chunks(part, MAX_TREE), self.file, part))

    @cached_property
    def prompts(self) -> Mapping[str, str]:
        """The prompts of content controls that the file's glossary has, by the names of its parts."""
        part = self.related("glossaryDocument")
        if not part:
            return {}
        names, found = f"{w('docPartPr')}/{w('name')}", parse_xml(self.read(part), self.file, part).iter(w("docPart"))
        named = ((value_of(each.find(names)), each) for each in found)
        return {name: "".join(text.text or "" for text in each.iter(T)) for name, each in named if name}

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
        said = [*self.tracked.remarks(self.file), *self.diagnostics]
        if self._unsaid:
            message = say("docx.more", n=self._unsaid)
            said.append(Diagnostic(MORE, Severity.warning, message, Place(self.file)))
        return tuple(said)

    def count_cells(self, more: int) -> None:
        """Raises UnreadableError when the file has more cells than may be."""
        self._cells += more
        if self._cells > MAX_CELLS:
            raise self.package.unreadable("reading.many_cells", most=MAX_CELLS)

    def count_paragraph(self) -> None:
        """Raises UnreadableError when the file has more paragraphs than may be."""
        self._paragraphs += 1
        if self._paragraphs > MAX_PARAGRAPHS:
            raise self.package.unreadable("docx.many_paragraphs", most=MAX_PARAGRAPHS)


class Story:
    """A story of the file being read (ECMA-376 part 1, 17.10, 17.11): its body, a header, a note, a text box.

    `part` is the name that its places carry, `source` that of the package's part it stands in. What spans blocks
    stands here. `numbered`: its paragraphs and cells have their numbers already. `tidied`: those of the block that is
    being read have theirs as attributes.
    """

    def __init__(
        self, context: Context, part: str = "", kind: str = "body", *, source: str = "", numbered: bool = False
    ) -> None:
        self.context = context
        self.source = source
        self.numbered = self.tidied = numbered
        self.part = part
        self.kind = kind
        self.marks = Marks()
        """Those in the block that is being read."""
        self.fields: list[Field] = []
        """Fields that go on from earlier paragraphs."""
        self.cells = 0
        self.paragraphs = 0
        self.leaves = 0
        """How many of each were numbered, or met, in the part so far."""


@dataclass(slots=True)
class Field:
    """A complex field that has begun.

    `mark` counts what wrote text in the paragraph before it; `form` is what a form shows that has no result.
    """

    mark: int
    form: str = ""
    code: list[str] = field(default_factory=list)
    in_result: bool = False
    goes_on: bool = False
    """It began in an earlier paragraph."""


def _tags_that_matter(styles: Styles) -> set[str]:
    """The tags of paragraphs and runs that have a style which hides, strikes, raises or numbers them."""
    tags: set[str] = set()
    if styles.default.hidden or styles.default.struck or styles.default.raised or styles.default.number:
        tags.add(P)
    if styles.any_toggles:
        tags |= {PSTYLE, RSTYLE}
    if styles.any_numbered:
        tags.add(PSTYLE)
    return tags
