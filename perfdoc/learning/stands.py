"""What stands where in a file that has been read: the values of each cell and paragraph, with the text they are in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from perfdoc.layout import Cell, Grid, Layout, Paragraph
from perfdoc.learning.written import Span, tag_of
from perfdoc.model import Document
from perfdoc.report import Path, Place, Reading, Role


class Value(NamedTuple):
    """A value: its path in the Document, its text, and the piece of text that it was found in (`""`: all there is).

    `goes_on` marks the next line of a value that has begun elsewhere.
    """

    path: Path
    text: str
    piece: str
    goes_on: bool = False


class Stand(NamedTuple):
    """A cell or paragraph of the file, what it holds, and the roles of its texts."""

    block: Paragraph | Grid
    cell: Cell | None
    values: tuple[Value, ...]
    roles: frozenset[Role]

    @property
    def number(self) -> int:
        """Its number in its part, 0 where the file has no element for it."""
        return self.cell.number if self.cell is not None else self.block.number  # type: ignore[union-attr]

    @property
    def text(self) -> str:
        """Its text as read."""
        return self.cell.text if self.cell is not None else self.block.text  # type: ignore[union-attr]

    @property
    def part(self) -> str:
        """The part that it stands in: `""` for the body, `header1`."""
        return self.block.place.part


def stands(layout: Layout, reading: Reading, period: str) -> dict[Place, Stand]:
    """Every cell and paragraph by its place, in the file's order.

    What an indicator has under the label `period` because of the block that it stands in is no text of the file's.
    """
    values: dict[Place, list[Value]] = {}
    roles: dict[Place, set[Role]] = {}
    said: set[Path] = set()
    for claim in reading.claims:
        roles.setdefault(claim.place, set()).add(claim.role)
        text = value_at(reading.document, claim.path) if claim.path and claim.role is not Role.label else None
        if text is not None or claim.path[-1:] == ("heading",):
            line = text is not None and claim.path in said  # the next line of a text that has begun
            said.add(claim.path)
            piece = claim.text
            found_text = piece if line or text is None else text
            values.setdefault(claim.place, []).append(Value(claim.path, found_text, piece, line))
    for path, place in reading.places.items():
        text = value_at(reading.document, path)
        if path not in said and text is not None and path[4:] != ("extra", period):
            values.setdefault(place, []).append(Value(path, text, ""))
    _divide(values)
    found: dict[Place, Stand] = {}
    for block, cell, place in _all(layout):
        found[place] = Stand(block, cell, tuple(values.get(place, ())), frozenset(roles.get(place, ())))
    return found


def _divide(values: Mapping[Place, list[Value]]) -> None:
    """Have cells hold the rest of a 指标值 where columns beside say its operator and its unit: `target.value`."""
    targets = [one for held in values.values() for one in held if one.path[4:] == ("target",)]
    parts = (one.piece.strip() for one in targets)
    if any(one.goes_on for one in targets) or not any(
        part and part != one.text.strip() and part in one.text for part, one in zip(parts, targets, strict=True)
    ):
        return
    for held in values.values():
        held[:] = [
            Value((*one.path, "value"), one.piece.strip(), "") if one.path[4:] == ("target",) else one for one in held
        ]


def _all(layout: Layout) -> Iterator[tuple[Paragraph | Grid, Cell | None, Place]]:
    for block in layout.blocks:
        if isinstance(block, Paragraph):
            yield block, None, block.place
        else:
            yield from ((block, cell, place) for place, cell in block.placed())


def value_at(document: Document, path: Path) -> str | None:
    """The text at a path of a Document, a description as it is shown; None where there is none."""
    at: Any = document
    for step in path:
        if step == "description":
            at = at.described
        elif isinstance(at, Mapping) or isinstance(step, int):
            try:
                at = at[step]
            except (KeyError, IndexError):
                return None
        else:
            at = getattr(at, str(step), None)
    return at if isinstance(at, str) else None


class Located(NamedTuple):
    """The spans of a text's values as tags, the values not found in it, and those that others of it tell."""

    spans: tuple[Span, ...]
    missing: tuple[Value, ...]
    implied: tuple[Value, ...]


def located(text: str, values: Sequence[Value]) -> Located:
    """Where values stand in a text, each at a place of its own.

    One that stands within another's text says nothing of its own: a code in front of a department's name.
    """
    spans: list[Span] = []
    missing: list[Value] = []
    implied: list[Value] = []
    cursor = 0
    taken: list[tuple[int, int]] = []
    for value in sorted(values, key=lambda one: -len(one.text)) if _overlap(values) else values:
        start, end = _piece(text, value.piece, cursor)
        at = _within(text, value.text, start, end, taken) if value.text else (end, end)
        if at is None and "\n" in value.text:  # its other lines stand elsewhere
            at = _within(text, value.text.partition("\n")[0], start, end, taken)
        if at is None and value.text and not spans and len(values) == 1 and _same(value.piece, value.text):
            at = _trimmed(text)
        if at is None:
            (implied if any(value.text in text[a:b] for a, b in taken) else missing).append(value)
            continue
        if value.piece:
            cursor = max(cursor, start)
        taken.append(at)
        name = tag_of(value.path)
        if name:
            spans.append(Span(*at, f"{{{{ {name} }}}}"))
        else:
            missing.append(value)
    return Located(tuple(sorted(spans)), tuple(missing), tuple(implied))


def _overlap(values: Sequence[Value]) -> bool:
    return any(one is not other and one.text and one.text in other.text for one in values for other in values)


def _same(piece: str, text: str) -> bool:
    return "".join(piece.split()) in ("", "".join(text.split()))


def _piece(text: str, piece: str, cursor: int) -> tuple[int, int]:
    """From where to where a piece stands; the whole text where it is not found."""
    if piece:
        for start in (text.find(piece, cursor), text.find(piece)):
            if start >= 0:
                return start, start + len(piece)
    return 0, len(text)


def _trimmed(text: str) -> tuple[int, int]:
    start = len(text) - len(text.lstrip())
    return start, max(start, len(text.rstrip()))


def _within(text: str, value: str, start: int, end: int, taken: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """The last place of a value between two positions that no other value has; white space may differ."""
    at = text.rfind(value, start, end)
    while at >= 0:
        if all(at >= b or at + len(value) <= a for a, b in taken):
            return at, at + len(value)
        at = text.rfind(value, start, at + len(value) - 1)
    places = [n for n in range(start, end) if not text[n].isspace()]
    at = "".join(text[n] for n in places).rfind("".join(value.split()))
    if at < 0 or not value.strip():
        return None
    first, last = places[at], places[at + len("".join(value.split())) - 1] + 1
    return (first, last) if all(first >= b or last <= a for a, b in taken) else None
