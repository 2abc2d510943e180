"""A Layout and what was claimed of it, drawn as text and as JSON: what `perfdoc inspect` prints."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from perfdoc.accounts import Account, claims_by_place
from perfdoc.accounts.reports import roles_as_object
from perfdoc.accounts.words import path_words, place_words
from perfdoc.cli.terminal.drawing import Box, Line, draw
from perfdoc.cli.terminal.printing import shown
from perfdoc.layout import Cell, Grid, Layout, Paragraph, Row
from perfdoc.report import Claim, Path, Place, Role
from perfdoc.texts import listed, say

Claims = dict[Place, list[Claim]]
Paint = Callable[[str, str], str]
_MOST_AREA = 200_000
"""Rows times columns of a table that are drawn; a sheet may be a million rows long."""

STYLES = {
    Role.value: "32",
    Role.extra: "36",
    Role.label: "2",
    Role.boilerplate: "2",
    Role.outside: "2",
    Role.unclaimed: "31;1",
}


def mark(claim: Claim, within: Path = ()) -> str:
    """What a piece of text was taken for, in a few words; `within` is what goes without saying."""
    where = path_words(claim.path[len(within) :] if claim.path[: len(within)] == within else claim.path)
    if claim.role in (Role.value, Role.extra):
        return f"→ {where}" if where else say(f"cli.inspect.role.{claim.role}")
    if claim.role is Role.label and where:
        return say("cli.inspect.label_of", what=where)
    return say(f"cli.inspect.role.{claim.role}")


def lines(layout: Layout, claims: Claims, paint: Paint) -> Iterator[str]:
    """The whole Layout as text: each paragraph and table with its place, tables drawn."""
    for block in layout.blocks:
        if isinstance(block, Paragraph):
            yield from _paragraph(block, claims, paint)
        else:
            yield from _grid(block, claims, paint)


def _paragraph(one: Paragraph, claims: Claims, paint: Paint) -> Iterator[str]:
    traits = [
        say("cli.inspect.style", name=one.style) if one.style else "",
        say("cli.inspect.outline", level=one.outline) if one.outline else "",
        say("cli.inspect.bookmarks", names=" ".join(one.bookmarks)) if one.bookmarks else "",
        say("cli.inspect.contents") if one.contents else "",
        say(f"accounts.story.{one.story}") if one.story != "body" else "",
    ]
    about = listed(shown(trait) for trait in traits if trait)
    found = claims.get(one.place, ())
    if not one.text.strip() and not one.bookmarks:
        return
    yield f"{place_words(one.place)}: {shown(one.text)}" + (paint(f"  ({about})", "2") if about else "")
    for claim in found:
        said = f": {shown(claim.text)}" if len(found) > 1 else ""
        yield "    " + paint(mark(claim) + said, STYLES[claim.role])


def _grid(grid: Grid, claims: Claims, paint: Paint) -> Iterator[str]:
    found = [c for row in grid.rows for cell in row.cells for c in claims.get(grid.place_of(cell), ())]
    outside = {c.role for c in found} == {Role.outside}
    projects = {c.path[:2] for c in found if c.path[:1] == ("projects",) and len(c.path) > 2}
    within = projects.pop() if len(projects) == 1 else ()
    size = listed((say("counts.rows", n=len(grid.rows)), say("counts.columns", n=grid.columns)))
    outer = say("accounts.page.outside") if outside else ""
    plain = "" if grid.merges else say("accounts.page.plain")
    about = say("lists.semicolon").join(filter(None, (size, outer, plain, path_words(within))))
    yield f"{place_words(grid.place)} ({about})"
    drawn = min(len(grid.rows), max(_MOST_AREA // max(grid.columns, 1), 1))
    boxes = _boxes(grid.rows[:drawn], grid, {} if outside else claims, within)
    yield from draw(boxes, drawn, grid.columns, paint)
    if drawn < len(grid.rows):
        yield "  " + say("cli.inspect.not_drawn", n=len(grid.rows) - drawn)
    special = [(number, row) for number, row in enumerate(grid.rows[:drawn], 1) if row.header or row.hidden]
    for number, row in special:
        traits = (row.header, "cli.inspect.repeats"), (row.hidden, "cli.inspect.hidden")
        said = say("lists.and").join(say(key) for yes, key in traits if yes)
        yield "  " + say("cli.inspect.row", number=number, said=said)


def _boxes(rows: Sequence[Row], grid: Grid, claims: Claims, within: Path) -> list[Box]:
    boxes: list[Box] = []
    covering: dict[int, Box] = {}
    for number, row in enumerate(rows, 1):
        for cell in row.cells:
            above = covering.get(cell.column)
            marks = _marks(cell, claims.get(grid.place_of(cell), ()), within)
            if cell.continues and above is not None and above.row + above.rowspan > number:
                if cell.text.strip():
                    above.lines = [
                        *above.lines,
                        (say("cli.inspect.hidden_text", number=number, text=cell.text), ""),
                        *marks,
                    ]
                continue
            text: list[Line] = [(cell.text, "")] if cell.text else []
            if cell.continues:
                text = [(say("cli.inspect.goes_on"), "2"), *text]
            box = Box(number, cell.column, cell.rowspan, cell.colspan, [*text, *marks])
            boxes.append(box)
            covering[cell.column] = box
    return boxes


def _marks(cell: Cell, found: Iterable[Claim], within: Path) -> list[Line]:
    found = list(found)
    whole = len(found) == 1 and found[0].text.strip() == cell.text.strip()
    return [(mark(c, within) if whole else f"{mark(c, within)}: {c.text}", STYLES[c.role]) for c in found]


def as_object(layout: Layout, account: Account) -> dict[str, Any]:
    """The same for programs: see `perfdoc inspect --help`."""
    by_place = claims_by_place(account.claims)
    return {
        "file": layout.file,
        "kind": layout.kind,
        "recognised": account.recognised,
        "form": account.form,
        "projects": len(account.projects),
        "blocks": [_block(block, by_place) for block in layout.blocks],
        "counts": roles_as_object(account.counts),
        "diagnostics": [one.as_object() for one in account.diagnostics],
    }


def _block(block: Paragraph | Grid, claims: Claims) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        traits = {**block._asdict(), "place": place_words(block.place), "bookmarks": list(block.bookmarks)}
        return {"kind": "paragraph", **traits, "claims": _claimed(claims.get(block.place, ()))}
    cells = [
        {
            **{name: value for name, value in cell._asdict().items() if name != "runs"},
            "claims": _claimed(claims.get(block.place_of(cell), ())),
        }
        for row in block.rows
        for cell in row.cells
    ]
    return {
        "kind": "grid",
        "place": place_words(block.place),
        "rows": len(block.rows),
        "columns": block.columns,
        "merges": block.merges,
        "header_rows": [number for number, row in enumerate(block.rows, 1) if row.header],
        "hidden_rows": [number for number, row in enumerate(block.rows, 1) if row.hidden],
        "cells": cells,
    }


def _claimed(found: Iterable[Claim]) -> list[dict[str, Any]]:
    return [{"role": str(c.role), "path": list(c.path), "text": c.text} for c in found]
