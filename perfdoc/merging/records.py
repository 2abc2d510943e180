"""Three-way merge of a project, and of a document.yaml."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Any, NamedTuple

from perfdoc.merging.items import Indices, Row, merged
from perfdoc.merging.same import rewritten
from perfdoc.merging.sides import Sides, group, mapping, one, record, text
from perfdoc.model import INDICATOR_PATHS, PROJECT_PATHS, Indicator, Project
from perfdoc.pairing import pair_indicators
from perfdoc.specs.listing import Entry, Listing


class Made(NamedTuple):
    """The record as each side would have it, and of each item of its list the indices in base, ours and theirs.

    `rows` are those of the items that ours, theirs and base have, in the same order.
    """

    sides: Sides[Any]
    rows: Sides[tuple[Indices, ...]]
    items: str


def project(base: Project, ours: Project, theirs: Project) -> Made:
    three = (base, ours, theirs)
    indicators = [each.indicators for each in three]
    rows = merged(
        indicators, pair_indicators, lambda one: (one.level1, one.level2, one.level3), _indicator, guess=rewritten
    )
    fields: dict[str, Sides[Any]] = {
        name: text(*(getattr(each, name) for each in three)) for name in PROJECT_PATHS if "." not in name
    }
    for name in dict.fromkeys(path.partition(".")[0] for path in PROJECT_PATHS if "." in path):
        fields[name] = group(*(getattr(each, name) for each in three))
    fields["indicators"] = _listed(rows)
    fields["extra"] = mapping(*(each.extra for each in three))
    return Made(record(Project, fields), _indices(rows), "indicators")


def listing(base: Listing, ours: Listing, theirs: Listing, touched: Set[str] = frozenset()) -> Made:
    """Two versions of a document.yaml; a project is known by its file.

    `touched` are files that one side has changed: where the other one has no such project any more, that is a conflict.
    """
    three = (base, ours, theirs)
    entries = [each.projects for each in three]
    rows = merged(entries, _same_files, lambda one: one.spec, _entry, lambda a, b: a == b and a.spec not in touched)
    fields: dict[str, Sides[Any]] = {name: text(*(getattr(each, name) for each in three)) for name in ("form", "title")}
    fields["projects"] = _listed(rows)
    return Made(record(Listing, fields), _indices(rows), "projects")


def _indicator(base: Indicator | None, ours: Indicator, theirs: Indicator) -> Sides[Indicator]:
    three = (base or Indicator(), ours, theirs)
    fields: dict[str, Sides[Any]] = {
        name: text(*(getattr(each, name) for each in three)) for name in INDICATOR_PATHS if name != "description"
    }
    # What is shown is merged: a new name takes a description with it that only repeats the name.
    if all(each.description is None for each in three):
        fields["description"] = Sides(None, None, None)
    else:
        fields["description"] = text(*(each.description for each in three))
    fields["extra"] = mapping(*(each.extra for each in three))
    return record(Indicator, fields)


def _entry(base: Entry | None, ours: Entry, theirs: Entry) -> Sides[Entry]:
    three = (base or Entry(spec=ours.spec), ours, theirs)
    fields: dict[str, Sides[Any]] = {"spec": one(*(each.spec for each in three))}
    fields["heading"] = text(*(each.heading for each in three))
    fields["bookmarks"] = one(*(each.bookmarks for each in three))
    return record(Entry, fields)


def _same_files(old: Sequence[Entry], new: Sequence[Entry]) -> list[tuple[int, int]]:
    at = {entry.spec: index for index, entry in enumerate(new)}
    return [(index, at[entry.spec]) for index, entry in enumerate(old) if entry.spec in at]


def _listed(rows: Sequence[Row[Any]]) -> Sides[tuple[Any, ...]]:
    return Sides(*(tuple(row.sides[at] for row in rows if row.sides[at] is not None) for at in range(3)))


def _indices(rows: Sequence[Row[Any]]) -> Sides[tuple[Indices, ...]]:
    return Sides(*(tuple(row.indices for row in rows if row.sides[at] is not None) for at in range(3)))
