"""A block in one plain shape, by rewrites: each a file that names the elements which it is about, and one function.

After them a block holds paragraphs, tables, rows, cells and their properties, elements that write characters
(`characters.py`), and marks (`marks.py`); whatever else there is only surrounds them. To add an element: a file with
`TAGS` and one function, and a row below.
"""

from lxml import etree

from perfdoc.reading.docx.characters import number_leaves
from perfdoc.reading.docx.context import Rewrite, Story
from perfdoc.reading.docx.marks import NUMBER
from perfdoc.reading.docx.namespaces import PSTYLE, RSTYLE, TBL, TC, P
from perfdoc.reading.docx.tidy import (
    alternates,
    changes,
    controls,
    drawings,
    fields,
    formulas,
    list_numbers,
    nested,
    references,
    ruby,
    symbols,
)
from perfdoc.reading.docx.tidy.formats import hidden, raised, struck

_FIRST = (
    Rewrite(alternates.TAGS, alternates.alternates),
    Rewrite(changes.FORMATS, changes.formats),
    Rewrite(drawings.TAGS, drawings.drawings),
)
"""Those before the mends of what LibreOffice broke (`Context.mends`)."""
_REWRITES = (
    Rewrite(changes.TAGS, changes.changes),
    Rewrite(references.DOCUMENTS, references.documents),
    Rewrite(references.TAGS, references.references),
    Rewrite(ruby.TAGS, ruby.ruby),
    Rewrite(controls.TAGS, controls.controls),
    Rewrite(symbols.TAGS, symbols.symbols),
    Rewrite(hidden.TAGS, hidden.hidden),
    Rewrite(struck.TAGS, struck.struck),
    Rewrite(raised.TAGS, raised.raised),
    Rewrite(formulas.TAGS, formulas.formulas),
    Rewrite(fields.TAGS, fields.fields),
    Rewrite(list_numbers.TAGS, list_numbers.list_numbers),
    Rewrite(nested.TAGS, nested.nested),
)
_STYLED = frozenset((P, PSTYLE, RSTYLE))
"""Styles, and paragraphs without one, matter only in some files (`Context.tags`)."""


def notice(element: etree._Element, story: Story) -> None:
    """Look which tags of rewrites stand in what was just parsed."""
    known = story.context.tags
    unknown = {tag for tags, _ in (*_FIRST, *story.context.mends, *_REWRITES) for tag in tags} - _STYLED - known
    while (found := next(element.iter(*unknown), None)) is not None:
        known.add(str(found.tag))
        unknown.discard(str(found.tag))


def tidy(block: etree._Element, story: Story) -> None:
    """Bring a block to its plain shape. What has none of the tags of rewrites is left as it is."""
    known = story.context.tags
    found: set[object] = {each.tag for each in block.iterdescendants(*known)} if known else set()
    if block.tag != TBL and block.tag in known:
        found.add(block.tag)
    if story.fields:
        found.update(fields.TAGS)
    story.tidied = story.numbered or bool(found) or story.context.sources is not None
    if story.tidied and not story.numbered:
        number(block, story)
    if not found:
        return
    for tags, rewrite in (*_FIRST, *story.context.mends, *_REWRITES):
        if not found.isdisjoint(tags):
            rewrite(block, story)


def number(block: etree._Element, story: Story) -> None:
    """Give paragraphs and cells their numbers in the part: each start tag of w:p and w:tc counts, from 1."""
    for cell in block.iter(TC):
        story.cells += 1
        cell.set(NUMBER, str(story.cells))
    for paragraph in block.iter(P):
        story.paragraphs += 1
        paragraph.set(NUMBER, str(story.paragraphs))
    if story.context.sources is not None:
        story.leaves = number_leaves(block, story.leaves)
