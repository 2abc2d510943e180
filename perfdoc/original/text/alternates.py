"""`mc:AlternateContent` (ECMA-376 part 3, 9.3): what one version says, the others say too."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from perfdoc.original.edits import Edit
from perfdoc.original.refusals import refused
from perfdoc.original.spans import Spans
from perfdoc.report import Place

_VERSIONS = ("Choice", "Fallback")
_HOLDERS = ("w:drawing", "w:pict", "w:object")
"""What holds a text box, in one version otherwise than in another."""


def other_versions(spans: Spans, containers: Iterable[int], edits: Sequence[Edit], place: Place) -> Iterator[Edit]:
    """The edits of other versions which edits in containers ask for: those of what stands around them, or in them.

    A version that says nothing (a picture of the text box) stays. Raises RefusedError where another one is built in
    another way.
    """
    near = [each for one in containers for each in (*spans.around(one), *spans.inside(one, *_VERSIONS))]
    for version in dict.fromkeys(each for each in near if spans.names[each] in _VERSIONS):
        span = spans.at(version)
        own = [edit for edit in edits if span.inner <= edit.start <= edit.end <= span.close]
        for other in spans.children(spans.parents[version]) if own else ():
            if other != version and spans.names[other] in _VERSIONS and spans.leaf_numbers(other):
                yield from _mirrored(spans, own, version, other, place)


def _mirrored(spans: Spans, edits: Iterable[Edit], version: int, other: int, place: Place) -> Iterator[Edit]:
    """The edits of a version as those of another one, which has the same elements of WordprocessingML."""
    names, bounds = zip(*_bounds(spans, version), strict=True)
    others, moved = zip(*_bounds(spans, other), strict=True)
    if names != others:
        raise refused("versions", place)
    for edit in edits:
        at = bisect_right(bounds, edit.start) - 1
        start, end = (moved[at] + each - bounds[at] for each in edit[:2])
        if spans.data[bounds[at] : edit.end] != spans.data[moved[at] : end]:
            raise refused("versions", place)
        yield Edit(start, end, edit.data)


def _bounds(spans: Spans, version: int) -> list[tuple[str, int]]:
    """Where tags of elements begin and end in a version, in order, each with its element's name."""
    found = [("", spans.at(version).inner)]
    for index in spans.inside(version):
        name = spans.names[index]
        if name.startswith("w:") and name not in _HOLDERS:
            found += [(name, at) for at in sorted(set(spans.at(index)))]
    return sorted(found, key=lambda each: each[1])
