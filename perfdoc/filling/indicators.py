"""The indicators of a project in a received file: in which table each goes, and whose row it takes or copies."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.filling.bare_rows import with_bare
from perfdoc.filling.cell_texts import OpenError, Row
from perfdoc.filling.found_rows import stretches
from perfdoc.filling.lines import LEVELS, Key, Line, Says, Stretch, block_of, keyed, said, same
from perfdoc.filling.plan import Change, OpenValue, Plan, TableRows, names_of
from perfdoc.filling.target_rows import TargetRows
from perfdoc.filling.values import Texts
from perfdoc.filling.wished_rows import wished_rows
from perfdoc.filling.wording import Wanted
from perfdoc.model import Indicator
from perfdoc.pairing import out_of_order, pair_indicators
from perfdoc.report import Path, Place


def indicator_plan(known: Texts, project: int, new: Sequence[Indicator], words: Vocabulary) -> Plan:
    """The plan for the project of that number, whose indicators shall be `new`."""
    return _Planning(known, project, new, words).plan()


_NEAR = 40
"""Rows before and behind that are looked at for one to copy."""


class _Planning:
    def __init__(self, known: Texts, project: int, new: Sequence[Indicator], words: Vocabulary) -> None:
        self.known, self.new = known, new
        self.base: Path = ("projects", project, "indicators")
        self.period: Key = ("extra", words.tables.period)
        self.old = known.reading.document.projects[project].indicators
        self.found = stretches(known, project, words) if tuple(self.old) != tuple(new) else []
        self.pairs = pair_indicators(self.old, new)
        self.partner = {there: here for here, there in self.pairs}
        self.homes = {number: at for at, one in enumerate(self.found) for number in one.by_number}
        self.held = {key for one in self.found for keys in one.keys.values() for key in keys}
        wished = wished_rows(self.found, self.old, new, self.partner, self.period)
        self.wishes, self.is_open = wished or [], wished is None
        self.made = Plan([], [], {}, [], [])

    def plan(self) -> Plan:
        """The whole plan."""
        if tuple(self.old) == tuple(self.new):
            return self.made
        structural = [*self.partner.items()] != [(n, n) for n in range(len(self.old))] or len(self.old) != len(self.new)
        if not self.found or self.is_open or (structural and self._is_transposed()):
            place = self.found[0].grid.place if self.found else self._somewhere()
            self.made.open.append(OpenValue(self.base, place, "side_by_side" if self.found else "no_rows"))
            return self.made
        placed = self._placed()
        before: Row | None = None
        for at, stretch in enumerate(self.found):
            numbered = placed[at]
            rows = numbered or [Row({}, (stretch.lines or stretch.blanks)[0])]
            if stretch.lines or numbered:
                self._table(stretch, with_bare(stretch, rows), before)
            before = rows[-1] if numbered else before
        self._say(placed)
        return self.made

    def _somewhere(self) -> Place:
        own = (place for path, place in self.known.reading.places.items() if path[:2] == self.base[:2])
        return next(own, Place(""))

    def _is_transposed(self) -> bool:
        """Whether the indicators are columns: their names stand above, their values in one row."""
        lines = [line for one in self.found for line in one.lines]
        own = any(key[0] in LEVELS and block_of(key) for line in lines for key in line.away)
        return own or (bool(lines) and all(("level3",) in line.away for line in lines))

    # Which row each indicator has

    def _placed(self) -> list[list[Row]]:
        """For each stretch its rows to be."""
        moved = out_of_order(self.pairs)
        fixed = {
            at: self.homes[one.here]
            for at, one in enumerate(self.wishes)
            if one.here is not None and one.here not in moved and one.here in self.homes
        }
        placed: list[list[Row]] = [[] for _ in self.found]
        last = 0
        for at, wish in enumerate(self.wishes):
            home = fixed.get(at)
            if home is None:
                home = self._home(at, last, placed, fixed)
            stretch, last = self.found[home], home
            if wish.here is not None and self.homes.get(wish.here) == home:
                row = Row(wish.says, stretch.by_number[wish.here])
            else:
                row = self._added(wish.says, stretch, placed[home], at)
            placed[home].append(replace(row, numbers=wish.numbers))
        return placed

    def _home(self, at: int, last: int, placed: Sequence[Sequence[Row]], fixed: Mapping[int, int]) -> int:
        """The stretch of an added or moved row: that of its group, between those of its neighbours."""
        new = self.wishes[at].says
        end = next((fixed[n] for n in range(at, len(self.wishes)) if n in fixed), len(self.found) - 1)
        for names in (LEVELS, LEVELS[:1]):
            if placed[last] and same(placed[last][-1].new, new, names):
                return last
            for home in range(last, max(end, last) + 1):
                if any(same(line.says, new, names) for line in self.found[home].lines):
                    return home
        return last

    def _added(self, new: Says, stretch: Stretch, above: Sequence[Row], at: int) -> Row:
        """A blank row of its group, or a copy of the row that is likest: of its group, merged as it will be, near."""
        blank = self._blank(new, stretch, above, at) if stretch.blanks else None
        if blank is not None:
            return Row(new, blank)
        goes_on = bool(above) and same(above[-1].new, new, LEVELS)
        near = above[-1].line.row if above else 0
        group = tuple(new.get((name,), "") for name in LEVELS)
        found: list[Line] = []
        for lines in (stretch.of_group.get(group), stretch.of_group.get(group[:1]), stretch.lines or stretch.blanks):
            first = bisect_left(lines or (), near, key=lambda line: line.row)
            found = [*(lines or ())[max(first - _NEAR, 0) : first + _NEAR]] or found
            if fit := [line for line in found if _fits(new, line)]:
                found = fit
                break

        def likeness(line: Line) -> tuple[bool, int]:
            cell = stretch.cell(line.row, line.cells.get(("level2",), 0))
            return (cell is not None and cell.continues) == goes_on, -abs(line.row - near)

        return Row(new, max(found, key=likeness), copied=True)

    def _blank(self, new: Says, stretch: Stretch, above: Sequence[Row], at: int) -> Line | None:
        """A blank row for an indicator, between the rows that its neighbours have."""
        taken = {row.line.row for row in above}
        least = max((row.line.row for row in above if not row.copied), default=0)
        below = (stretch.by_number.get(-1 if one.here is None else one.here) for one in self.wishes[at:])
        most = min((line.row for line in below if line is not None), default=len(stretch.grid.rows) + 1)
        for line in stretch.blanks:
            if line.row not in taken and least < line.row < most and self._is_open_to(new, stretch, line):
                return line
        return None

    def _is_open_to(self, new: Says, stretch: Stretch, line: Line) -> bool:
        """Whether a blank row stands in the group of an indicator, or in none."""
        for name in LEVELS:
            cell = stretch.cell(line.row, line.cells.get((name,), 0))
            if cell is not None and cell.continues:
                cell = stretch.anchors.get((cell.row, cell.column), cell)
            if cell is not None and cell.text.strip() not in ("", new.get((name,), "").strip()):
                return False
        return True

    # What is done to a table, and what is said of it

    def _table(self, stretch: Stretch, rows: Sequence[Row], before: Row | None) -> None:
        for row in rows:
            self._levels(row)
        try:
            made = TargetRows(stretch, rows, before).made()
        except OpenError as error:
            line = error.line
            place = stretch.grid.place._replace(row=line.row, column=line.cells.get(error.key, 0))
            self.made.open.append(OpenValue((*self.base, *line.path(error.key)), place, "part"))
            return
        blanks = [row.line.row for row in rows if row.line.is_blank and not row.copied]
        replaced = sorted({*(line.row for line in stretch.lines), *blanks})
        table = TableRows(stretch.grid, tuple(replaced), made, tuple(blanks))
        if table.is_other or any(row.cells for row in made):
            self.made.tables.append(table)

    def _levels(self, row: Row) -> None:
        """Values of an indicator that stand on a row of their own: one text for all the rows below it."""
        for key, place in row.line.away.items():
            if row.numbers and key[0] not in LEVELS and block_of(key) not in row.numbers:
                continue  # of an indicator that the row shall not have
            old, new = row.line.says.get(key, ""), row.new.get(key, "")
            path = (*self.base, *row.line.path(key))
            said = self.made.levels.setdefault((place, key), Wanted(path, old, new))
            if said.new != new or (row.copied and old != new):
                self.made.open.append(OpenValue(path, place, "level_row"))

    def _say(self, placed: Sequence[Sequence[Row]]) -> None:
        moved, paired = out_of_order(self.pairs), {here for here, _ in self.pairs}
        for number, at in self.homes.items():
            if number not in paired:
                stretch = self.found[at]
                self._changed("removed", stretch, stretch.by_number[number].row, number, names_of(self.old[number]))
        for stretch, rows in zip(self.found, placed, strict=True):
            for row, block, there in ((one, *each) for one in rows for each in one.numbers.items()):
                here = self.partner.get(there)
                self._homeless(stretch, row, block, there)
                if here is None:
                    self._changed("added", stretch, row.line.row, there, "", names_of(self.new[there]))
                    continue
                if here in moved or row.copied or here not in row.line.numbers.values():
                    line = stretch.by_number.get(here, row.line)
                    self._changed("moved", stretch, line.row, here, "", names_of(self.new[there]))
                self.made.changes.extend(self._differing(stretch, row, block, here, there))

    def _changed(self, kind: str, stretch: Stretch, row: int, number: int, old: str, new: str = "") -> None:
        place = stretch.grid.place._replace(row=row)
        self.made.changes.append(Change(kind, place, (*self.base, number), old, new))

    def _differing(self, stretch: Stretch, row: Row, block: int, here: int, there: int) -> Iterator[Change]:
        before, after = said(self.old[here]), said(self.new[there])
        for key in _keys(before, after):
            old, new, own = before.get(key, ""), after.get(key, ""), keyed(key, block, self.held)
            column = row.line.cells.get(own, 0)
            if old != new and (column or own in row.line.away):
                place = row.line.away.get(own) or stretch.grid.place._replace(row=row.line.row, column=column)
                yield Change("changed", place, (*self.base, here, *key), old, new)

    def _homeless(self, stretch: Stretch, row: Row, block: int, there: int) -> None:
        """Values that no column shows; a block says its period."""
        held = {*row.line.away, *(key for keys in stretch.keys.values() for key in keys)}
        here, new = self.partner.get(there), said(self.new[there])
        old = said(self.old[here]) if here is not None else {}
        for key in _keys(new):
            lost = keyed(key, block, self.held) not in held and new.get(key) != old.get(key)
            implied = key == ("description",) and self.new[there].description is None
            if new.get(key) and lost and not implied and not (key == self.period and any(map(block_of, self.held))):
                self.made.homeless.append(Wanted((*self.base, there, *key), old.get(key, ""), new[key]))


def _keys(*says: Says) -> list[Key]:
    """The values that indicators have, what is described last."""
    return sorted(dict.fromkeys(key for one in says for key in one), key=lambda key: key == ("description",))


def _fits(new: Says, line: Line) -> bool:
    """Whether what shares a cell in a row is one text."""
    texts_of: dict[int, set[str]] = {}
    for key, column in line.cells.items():
        texts_of.setdefault(column, set()).add(new.get(key, "") if key[0] in LEVELS else "")
    return all(len(found - {""}) < 2 for found in texts_of.values())
