"""A summary for programs: one JSON object (docs/en/diagnostics.md)."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from perfdoc.summary.row import Group, ProjectRow, Summary, Totals


def pieces(summary: Summary) -> Iterator[str]:
    yield '{\n  "version": 1,\n  "unit": "万元",\n  "projects": ['
    separator = "\n    "
    for row in summary.rows:
        yield separator + _dumped(_row(row))
        separator = ",\n    "
    yield "\n  ],\n" if summary.rows else "],\n"
    agencies = [{"agency": name, **_totals(totals)} for name, totals in summary.agencies.items()]
    rest = {
        "agencies": agencies,
        "total": _totals(summary.whole),
        "groups": _groups(summary.groups, summary.known),
        "not_added": [one._asdict() for one in summary.not_added],
    }
    yield ",\n".join(f'  "{name}": {_dumped(value)}' for name, value in rest.items()) + "\n}\n"


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _row(row: ProjectRow) -> dict[str, Any]:
    return {
        "file": row.file,
        "name": row.name,
        "agency": row.agency,
        "year": row.year or None,
        "money": _money(row.money),
        "indicators": row.indicators,
        "groups": _groups(row.groups, row.known),
        "score": row.score or None,
        "findings": dict(sorted(row.findings.items())),
    }


def _totals(totals: Totals) -> dict[str, Any]:
    return {
        "projects": totals.projects,
        "indicators": totals.indicators,
        "money": _money(totals.money),
        "findings": dict(sorted(totals.findings.items())),
    }


def _money(money: Mapping[str, Decimal]) -> dict[str, str]:
    return {path: f"{number:f}" for path, number in money.items()}


def _groups(groups: Counter[Group], known: set[Group] | frozenset[Group]) -> list[dict[str, Any]]:
    return [
        {"level1": level1, "level2": level2, "count": count, "known": (level1, level2) in known}
        for (level1, level2), count in groups.items()
    ]
