"""The rows that a document's indicators shall have: one each, or one of each block where blocks stand side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from perfdoc.filling.lines import LEVELS, Key, Line, Says, Stretch, keyed, said, same
from perfdoc.model import Indicator


@dataclass
class Wish:
    """A row that shall be: what it says, its indicators by their blocks, and the one of the file whose row it takes."""

    says: Says = field(default_factory=dict)
    numbers: dict[int, int] = field(default_factory=dict)
    here: int | None = None


def wished_rows(
    found: Sequence[Stretch],
    old: Sequence[Indicator],
    new: Sequence[Indicator],
    partner: Mapping[int, int],
    period: Key,
) -> list[Wish] | None:
    """The rows, in the order of the indicators; None where it is open in which block one stands.

    `partner` has the indicator of the file that each new one is. An indicator that the file has not is of the block
    in which all are of its `period`. It stands in the row of the one before it where that has no other in its block
    and says the same of what both share.
    """
    held = {key for one in found for keys in one.keys.values() for key in keys}
    lines = {number: line for one in found for number, line in one.by_number.items()}
    blocks = {number: block for line in lines.values() for block, number in line.numbers.items()}
    periods: dict[str | None, set[int]] = {}
    for number, block in blocks.items():
        periods.setdefault(said(old[number]).get(period), set()).add(block)
    rows: list[Wish] = []
    taken: list[Line] = []
    for there, one in enumerate(new):
        here, says = partner.get(there, -1), said(one)
        known = {blocks[here]} if here in blocks else periods.get(says.get(period), set())
        if len(known) != 1 and any(blocks.values()):
            return None
        block = min(known) if any(blocks.values()) else 0
        says = {keyed(key, block, held): text for key, text in says.items()}
        shared = [name for name in LEVELS if keyed((name,), block, held) == (name,)]
        line, row = lines.get(here), rows[-1] if rows else None
        own = lines.get(row.here) if row is not None and row.here is not None else None
        apart = own is not None and line is not None and own is not line
        if row is None or apart or block <= max(row.numbers) or not same(row.says, says, shared):
            rows.append(row := Wish())
        row.says, row.numbers[block] = {**says, **row.says}, there
        if here >= 0 and row.here is None and not any(line is one for one in taken):
            row.here = here
            taken += [line] if line is not None else []
    return rows
