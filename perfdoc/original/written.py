"""Texts written at places of a Word file, and the proof: read back, they stand there, and nothing else has changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import NamedTuple

from perfdoc.layout import Block, Grid, Layout
from perfdoc.original.opened import Original
from perfdoc.original.refusals import refused
from perfdoc.reading import read
from perfdoc.report import Place, TrackedChange
from perfdoc.visible import shown


class Change(NamedTuple):
    """A text that was written: its place, what stood there, what stands there now.

    `settled` are the tracked changes in it, which were accepted.
    """

    place: Place
    before: str
    after: str
    settled: tuple[TrackedChange, ...] = ()


class Written(NamedTuple):
    """A file that was written into, and a change a text, in the file's order; none where every text stood there."""

    data: bytes
    changes: tuple[Change, ...]


def write_texts(data: bytes, texts: Mapping[Place, str], *, file: str = "document.docx") -> Written:
    """Write texts at places of a Word file's cells and paragraphs, and change nothing else of it.

    `texts` has the places of `perfdoc.read(data, file)`; a `\\n` is a line's end, a `\\t` a tab. What says the same
    already is not touched; where all does, the very bytes come back. Every other entry of the zip, and every byte of a
    part outside of the cells and paragraphs that change, stays as it is.

    Raises RefusedError (a place that can't be written right, a file that may not be changed; `reason` and
    `diagnostics` say why and where), UnreadableError (no sound Word file). Nothing is returned that does not read back
    as it should.
    """
    original = Original(data, file)
    before = dict(original.layout.texts())
    wanted = {place._replace(file=file): text for place, text in texts.items()}
    for place in wanted.keys() - before.keys():
        raise refused("nowhere", place)
    changes = tuple(
        Change(place, before[place], wanted[place])
        for place in before
        if wanted.get(place, before[place]) != before[place]
    )
    for change in changes:
        original.write(change.place, change.after)
    new = original.data()
    if changes:
        prove(original.layout, new, {change.place: change.after for change in changes})
    return Written(new, tuple(one._replace(settled=original.settled[one.place]) for one in changes))


def prove(layout: Layout, data: bytes, texts: Mapping[Place, str]) -> Layout:
    """Read what was written: the layout it has. Raises RefusedError if a text of `texts` does not stand at its place,
    or if any other cell or paragraph differs from what it was.
    """
    now = read(data, layout.file)
    wanted = ((place, texts.get(place, text), shape) for block in layout.blocks for place, text, shape in _said(block))
    found = (each for block in now.blocks for each in _said(block))
    for old, new in zip_longest(filter(_is_read, wanted), filter(_is_read, found)):
        if old != new:
            said = old or new
            raise refused("proof", said[0] if said else Place(layout.file), text=shown(new[1] if new else ""))
    return now


def _is_read(said: _Said) -> bool:
    """A blank paragraph of a header or a footer is not."""
    return said[1].strip() != "" or said[2][-1] not in ("header", "footer")


_Said = tuple[Place, str, tuple[object, ...]]


def _said(block: Block) -> Iterator[_Said]:
    """Each text of a block, its place, and how it stands there; numbers in the part may differ."""
    if isinstance(block, Grid):
        for row in block.rows:
            for place, cell in zip(block.places_of(row.cells), row.cells, strict=True):
                yield place, cell.text, (cell.colspan, cell.rowspan, cell.continues, row.header, row.hidden)
    else:
        yield block.place, block.text, (block.style, block.outline, block.bookmarks, block.contents, block.story)
