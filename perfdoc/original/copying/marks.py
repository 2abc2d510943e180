"""What marks a range from one place to another: of elements that go, the ends whose other end stays."""

from collections.abc import Iterable

from perfdoc.original.spans import Spans

_RANGES = tuple(
    f"w:{kind}{end}"
    for kind in ("bookmark", "perm", "commentRange", "moveFromRange", "moveToRange")
    for end in ("Start", "End")
)


def unpaired(spans: Spans, elements: Iterable[int]) -> bytes:
    """The marks in some elements that begin or end a range whose other end is in none of them, as they are written.

    They may stand between rows and between paragraphs (EG_RangeMarkupElements).
    """
    begun: dict[tuple[str, str | None], int] = {}
    for element in elements:
        for index in (element, *spans.inside(element, *_RANGES)):
            if spans.names[index] in _RANGES:
                key = spans.names[index].removesuffix("Start").removesuffix("End"), spans.value(index, "id")
                if begun.pop(key, None) is None:
                    begun[key] = index
    return b"".join(map(spans.bytes_of, begun.values()))
