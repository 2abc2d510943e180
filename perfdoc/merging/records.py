"""Three-way merge of a project, and of a document.yaml."""

from collections.abc import Sequence, Set
from typing import Any, NamedTuple

from perfdoc.merging.items import Indices, Row, merged
from perfdoc.merging.same import rewritten
from perfdoc.merging.sides import Sides, record
from perfdoc.model import Indicator, Project
from perfdoc.pairing import pair_indicators
from perfdoc.specs.listing import Entry, Listing


class Made(NamedTuple):
    """The record as each side would have it, and of each item of its list the indices in base, ours and theirs.

    `rows` are those of the items that ours, theirs and base have, in the same order.
    """

    sides: Sides[Any]
    rows: Sides[tuple[Indices, ...]]


def project(base: Project, ours: Project, theirs: Project) -> Made:
    three = (base, ours, theirs)
    indicators = [each.indicators for each in three]
    rows = merged(
        indicators, pair_indicators, lambda one: (one.level1, one.level2, one.level3), _indicator, guess=rewritten
    )
    return _made(three, "indicators", rows)


def listing(base: Listing, ours: Listing, theirs: Listing, touched: Set[str] = frozenset()) -> Made:
    """Two versions of a document.yaml; a project is known by its file.

    `touched` are files that one side has changed: where the other one has no such project any more, that is a conflict.
    """
    three = (base, ours, theirs)
    entries = [each.projects for each in three]
    rows = merged(entries, _same_files, lambda one: one.spec, _entry, lambda a, b: a == b and a.spec not in touched)
    return _made(three, "projects", rows)


def _indicator(base: Indicator | None, ours: Indicator, theirs: Indicator) -> Sides[Indicator]:
    return record((base or Indicator(), ours, theirs))


def _entry(base: Entry | None, ours: Entry, theirs: Entry) -> Sides[Entry]:
    return record((base or Entry(spec=ours.spec), ours, theirs))


def _same_files(old: Sequence[Entry], new: Sequence[Entry]) -> list[tuple[int, int]]:
    at = {entry.spec: index for index, entry in enumerate(new)}
    return [(index, at[entry.spec]) for index, entry in enumerate(old) if entry.spec in at]


def _made(three: Sequence[Any], name: str, rows: Sequence[Row[Any]]) -> Made:
    kept = [[row for row in rows if row.sides[at] is not None] for at in range(3)]
    items = Sides(*(tuple(row.sides[at] for row in some) for at, some in enumerate(kept)))
    return Made(record(three, **{name: items}), Sides(*(tuple(row.indices for row in some) for some in kept)))
