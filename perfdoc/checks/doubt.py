"""Where the reading of a received file was in doubt, what is found there is in doubt, too, and says so."""

from collections import defaultdict

from perfdoc.report import Place, Reading, Severity
from perfdoc.texts import listed


class Doubts:
    """What `import` counts as doubts of a reading, by the cells that they stand at."""

    def __init__(self, reading: Reading) -> None:
        self._at: defaultdict[tuple[object, ...], set[str]] = defaultdict(set)
        for one in reading.diagnostics if reading.claims else ():
            if one.severity is not Severity.info:
                self._at[_cell(one.place)].add(one.code)
                self._at[_block(one.place)].add(one.code)

    def codes(self, place: Place, wide: bool) -> str:
        """The codes of the doubts at a cell; if `wide`, of all of its table, and of all tables at what is in none."""
        if wide and not (place.table or place.sheet):
            return listed(sorted(set().union(*self._at.values())))
        return listed(sorted(self._at.get(_block(place) if wide else _cell(place), ())))


def _cell(place: Place) -> tuple[object, ...]:
    return (place.part, place.sheet, place.table, place.row, place.column, place.paragraph)


def _block(place: Place) -> tuple[object, ...]:
    """The table or worksheet that a place is in, or all that is in none."""
    return (place.part, place.sheet, place.table)
