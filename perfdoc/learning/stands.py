"""What stands where in a file that has been read: the values of each cell and paragraph, with the text they are in."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from perfdoc.layout import Cell, Grid, Layout, Paragraph
from perfdoc.model import Document, Project
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


def heading_of(projects: Sequence[Project], texts: Sequence[str], default: str | None = None) -> str:
    """The rule of the headings of all projects, with `{position}` and `{name}`.

    Where there is none, `default`, by default the text of the first.
    """
    rules = []
    for position, (project, text) in enumerate(zip(projects, texts, strict=False), 1):
        rule = text.replace("{", "{{").replace("}", "}}")
        if project.name:
            rule = rule.replace(project.name, "{name}")
        number = str(position)
        rules.append("{position}" + rule.removeprefix(number) if rule.startswith(number) else rule)
    if rules and len(set(rules)) == 1:
        return rules[0]
    return next(iter(texts), "") if default is None else default


def headed(found: dict[Place, Stand], projects: Sequence[Project]) -> dict[Place, Stand]:
    """The same with the headings of several projects that a title parts from their tables: they were read as outside.

    Such a line has its project's name, and all of them follow one rule.
    """
    if len(projects) < 2:
        return found
    places, lines, before = list(found), [], -1
    for number, project in enumerate(projects):
        own = [n for n, one in enumerate(found.values()) if any(v.path[:2] == ("projects", number) for v in one.values)]
        above = places[before + 1 : min(own, default=0)]
        lines += [place for place in above if project.name and _may_head(found[place], project.name)][-1:]
        before = max(own, default=before)
    texts = [found[place].text.strip() for place in lines]
    if len(lines) < len(projects) or "{name}" not in heading_of(projects, texts, ""):
        return found
    values = {place: (Value(("projects", n, "heading"), found[place].text, ""),) for n, place in enumerate(lines)}
    return {place: one._replace(values=values.get(place, one.values)) for place, one in found.items()}


def _may_head(stand: Stand, name: str) -> bool:
    block = stand.block
    outside = isinstance(block, Paragraph) and not block.place.part and not block.contents and not stand.values
    return outside and name in stand.text
