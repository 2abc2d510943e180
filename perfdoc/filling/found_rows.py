"""Where the indicators of a project stand in a received file: rows of its tables, one or several in a row."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from perfdoc.extraction.by_labels.table import recognised
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.filling.lines import LEVELS, OWN, Key, Line, Says, Stretch, keyed, said
from perfdoc.filling.values import Texts
from perfdoc.model import INDICATOR_PATHS, Indicator
from perfdoc.report import Place


def stretches(known: Texts, project: int, words: Vocabulary) -> list[Stretch]:
    """The stretches of a project's indicators, one for each table, in the file's order.

    Where it has no indicators, the blank rows under a head in its tables are stretches of no lines.
    """
    found: dict[Place, list[_Stood]] = defaultdict(list)
    for number, indicator in enumerate(known.reading.document.projects[project].indicators):
        one = _stood(known, project, number, indicator)
        if one.table in known.grids:
            found[one.table].append(one)
    made = [Stretch(known.grids[table], _lines(stood)) for table, stood in found.items()]
    made = made or [Stretch(grid, ()) for grid in known.grids_of(project)]
    for stretch in made:
        _add_blanks(stretch, words)
    return [stretch for stretch in made if stretch.lines or stretch.blanks]


def _add_blanks(stretch: Stretch, words: Vocabulary) -> None:
    """Name the columns that no line says anything in, and find the blank rows among and below the lines."""
    grid = stretch.grid
    heads = recognised(grid, words).heads
    lines = {line.row for line in stretch.lines}
    above = [head for index, head in heads.items() if index < min(lines, default=len(grid.rows))]
    if not above or above[-1].flat or above[-1].blocks:
        return
    head = above[-1]
    for one in head.cells:
        key: Key = (one.role,) if one.role in INDICATOR_PATHS else ("extra", one.label)
        known = any(key in keys for keys in stretch.keys.values())
        if one.first not in stretch.keys and not known and one.role not in ("index", "group") and not one.field:
            stretch.keys[one.first] = [key]
    own = [column for column, keys in stretch.keys.items() if keys[0] in OWN]
    for row in grid.rows[head.row + head.depth :]:
        cells = {cell.column: cell for cell in row.cells}
        blank = all(
            column in cells and not cells[column].text.strip() and not cells[column].continues for column in own
        )
        if row.cells and row.cells[0].row not in lines:
            if not (own and blank):
                break
            here = {keys[0]: column for column, keys in stretch.keys.items() if column in cells}
            stretch.blanks.append(Line(row.cells[0].row, cells=here))


class _Stood(NamedTuple):
    """Where an indicator stands: its table, the row and the first column of what is its own, the places of all."""

    number: int
    says: Says
    table: Place
    row: int
    column: int
    places: Mapping[Key, Sequence[Place]]


def _stood(known: Texts, project: int, number: int, indicator: Indicator) -> _Stood:
    base = ("projects", project, "indicators", number)
    keys: list[Key] = [(name,) for name in INDICATOR_PATHS]
    keys += [("extra", label) for label in indicator.extra]
    places = {key: at for key in keys if (at := known.shown((*base, *key)))}
    own = next((places[key][0] for key in OWN if key in places), None)
    if own is None:
        own = Counter(at[0]._replace(column=0) for at in places.values()).most_common(1)[0][0] if places else Place("")
    return _Stood(number, said(indicator), own._replace(row=0, column=0), own.row, own.column, places)


def _lines(stood: Sequence[_Stood]) -> list[Line]:
    """The rows of a table, each with all indicators that stand in it."""
    by_row: dict[int, list[_Stood]] = defaultdict(list)
    for one in stood:
        by_row[one.row].append(one)
    begins = sorted(one.column for one in max(by_row.values(), key=len))
    first = [one for one in stood if len(begins) < 2 or one.column < begins[1]]
    columns = {name: {at.column for one in first for at in one.places.get((name,), ())} for name in LEVELS}
    lines = []
    for row, beside in by_row.items():
        lines.append(line := Line(row))
        for one in beside:
            block = max(bisect_right(begins, one.column) - 1, 0) if len(begins) > 1 else 0
            while block in line.numbers:
                block += 1
            line.numbers[block] = one.number
            for key, at in one.places.items():
                shared = key[0] in LEVELS and not columns[str(key[0])].isdisjoint(place.column for place in at)
                _put(line, key if shared or not block else (*key, block), at, one)
            held = {*line.cells, *line.away}
            line.says = {keyed(key, block, held): text for key, text in one.says.items()} | {**line.says}
    return lines


def _put(line: Line, key: Key, at: Sequence[Place], one: _Stood) -> None:
    """The columns of a value in its row, or its place elsewhere."""
    here = [place for place in at if place._replace(row=0, column=0) == one.table and place.row == one.row]
    if here and key[0] in LEVELS and len(at) > len(here):
        here = here[:1]
    if not here:
        line.away[key] = at[0]
    elif key not in line.cells:
        line.cells[key], *rest = sorted(place.column for place in here)
        line.parts |= {key: rest} if rest else {}
