"""Fields whose results Word works out anew whenever it shows them (ECMA-376 part 1, 17.16.5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from perfdoc.original.spans import Spans
from perfdoc.original.text.glyphs import Glyph

_LIVE = frozenset(("PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "DATE", "TIME"))


class Field(NamedTuple):
    """The bytes of a field, and of the runs in which it begins and ends."""

    begin: int
    end: int
    before: int
    behind: int


class LiveFields:
    """The fields of which nothing that is written stays, where they begin and end in one paragraph of containers."""

    def __init__(self, spans: Spans, containers: Iterable[int]) -> None:
        self._spans = spans
        self._containers = containers

    def of(self, glyph: Glyph) -> Field | None:
        """The one that shows a character, if it is a result."""
        return next((each for each in self._found if glyph.leaf and each.begin <= glyph.start < each.end), None)

    @cached_property
    def _found(self) -> list[Field]:
        spans = self._spans
        found = (spans.numbered("w:p", n) for each in self._containers for n in spans.numbers("w:p", each))
        return [field for paragraph in dict.fromkeys(found) for field in self._fields(paragraph)]

    def _fields(self, paragraph: int) -> Iterator[Field]:
        """The outermost ones of a paragraph."""
        spans, depth, first, code = self._spans, 0, 0, ""
        for each in spans.inside(paragraph, "w:fldSimple", "w:fldChar", "w:instrText"):
            span, kind = spans.at(each), spans.value(each, "fldCharType")
            if spans.names[each] == "w:fldSimple":
                if not depth and _is_live(spans.value(each, "instr") or ""):
                    yield Field(span.begin, span.end, span.begin, span.end)
            elif spans.names[each] == "w:instrText":
                code += spans.text(each) if depth == 1 else ""
            elif kind == "begin":
                depth += 1
                first, code = (each, "") if depth == 1 else (first, code)
            elif kind == "end" and depth:
                depth -= 1
                if not depth and _is_live(code):
                    runs = spans.at(spans.parents[first]), spans.at(spans.parents[each])
                    yield Field(spans.at(first).begin, span.end, runs[0].begin, runs[1].end)


def _is_live(code: str) -> bool:
    return bool(_LIVE.intersection(code.upper().split()[:1]))
