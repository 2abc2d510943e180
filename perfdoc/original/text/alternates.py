"""`mc:AlternateContent` (ECMA-376 part 3, 9.3): what one version says, the others say too."""

from __future__ import annotations

from collections.abc import Iterator

from perfdoc.original.refusals import refused
from perfdoc.original.spans import Spans
from perfdoc.reading.sources import Source
from perfdoc.report import Place

_VERSIONS = ("Choice", "Fallback")


def other_versions(spans: Spans, source: Source, place: Place) -> Iterator[Source]:
    """What wrote the same text in the other versions of what stands around a cell or paragraph.

    A version without any such place (a picture of the text box) has nothing to say. Raises RefusedError where another
    version is built in another way.
    """
    name = "w:tc" if source.is_cell else "w:p"
    container = spans.numbered(name, source.number)
    for version in spans.around(container):
        if spans.names[version] not in _VERSIONS:
            continue
        at = source.number - spans.numbers(name, version)[0]
        for other in spans.children(spans.parents[version]):
            numbers = spans.numbers(name, other)
            if other == version or spans.names[other] not in _VERSIONS or not numbers:
                continue
            if len(numbers) != len(spans.numbers(name, version)):
                raise refused("versions", place)
            yield _moved(spans, source, container, spans.numbered(name, numbers[at]), place)


def _moved(spans: Spans, source: Source, container: int, other: int, place: Place) -> Source:
    """The source of a text in another container, which is built alike."""
    leaves, others = spans.leaf_numbers(container), spans.leaf_numbers(other)
    paragraphs, other_paragraphs = spans.numbers("w:p", container), spans.numbers("w:p", other)
    if _said(spans, leaves) != _said(spans, others) or len(paragraphs) != len(other_paragraphs):
        raise refused("versions", place)
    leaf, paragraph = others.start - leaves.start, other_paragraphs.start - paragraphs.start
    name = "w:tc" if source.is_cell else "w:p"
    pieces = tuple(
        piece._replace(leaf=piece.leaf and piece.leaf + leaf, paragraph=piece.paragraph and piece.paragraph + paragraph)
        for piece in source.pieces
    )
    return Source(source.part, source.is_cell, spans.numbers(name, other).start, pieces)


def _said(spans: Spans, leaves: range) -> list[tuple[str, bytes]]:
    """The elements that stand for characters, and what is in them."""
    found = []
    for number in leaves:
        index = spans.leaf(number)
        span = spans.at(index)
        found.append((spans.names[index], spans.data[span.inner : span.close]))
    return found


def mirrors(spans: Spans, leaf: int, container: int) -> Iterator[int]:
    """The elements, by number, that say in other versions inside of a container what one says.

    An element of a version that says something else is none of them.
    """
    index = spans.leaf(leaf)
    for version in spans.around(index):
        if version <= container:
            return
        if spans.names[version] in _VERSIONS:
            own = spans.leaf_numbers(version)
            for other in spans.children(spans.parents[version]):
                numbers = spans.leaf_numbers(other)
                if other != version and _said(spans, own) == _said(spans, numbers):
                    yield numbers[leaf - own.start]
