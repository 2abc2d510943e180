"""How scores are printed: a line each with the way to it, or JSON.

JSON: an object with `version` (1), `files`: an array of `file`, `projects` and `findings` (as `perfdoc check` has
them). A project has `name`, `total`, `lowest`, `highest` (points as texts, `total` null until every line has some),
`grade` (null where there is none), `weights`, `rate`, and `lines`: the execution first, then the indicators, each with
`name`, `path`, `target`, `actual`, `weight`, `points` (computed; null), `low`, `high`, `high_excluded` (what a person
may give), `given`, `counted` (what goes into the total), `rule`, `refused`, `reasoning`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from perfdoc.checks.report import Shown
from perfdoc.cli.terminal.findings import as_object
from perfdoc.cli.terminal.printing import json_text, paint
from perfdoc.scoring import Line, Sheet
from perfdoc.target import plain
from perfdoc.texts import say
from perfdoc.visible import fitted, width
from perfdoc.visible import shown as visible

_NAME = 28  # screen columns of a line's name
_POINTS = 14


def as_lines(file: str, sheet: Sheet) -> Iterator[str]:
    """A sheet as lines: the project, each line of the form with its points and the way to them, the total."""
    yield paint(f"{visible(file)}: {visible(sheet.name)}", "1", sys.stdout) + "\n"
    if not sheet.lines:
        return
    for one in sheet.lines:
        points = f"{_points(one)} / {_plain(one.weight)}"
        yield f"  {_padded(one.name, _NAME)} {points:>{_POINTS}}  {visible(one.reason)}\n"
    between = say("cli.score.between", lowest=sheet.lowest, highest=sheet.highest)
    said = between if sheet.total is None else f"{sheet.total}"
    grade = f"  {sheet.grade}" if sheet.grade else ""
    yield f"  {_padded(say('cli.score.total'), _NAME)} {f'{said} / {_plain(sheet.weights)}':>{_POINTS}}{grade}\n"


def _points(one: Line) -> str:
    return "-" if one.counted is None else f"{one.counted}"


def _plain(number: Decimal | None) -> str:
    return "-" if number is None else plain(number)


def _padded(text: str, columns: int) -> str:
    shown = fitted(text, columns)
    return shown + " " * (columns - width(shown))


def as_json_text(scored: Sequence[tuple[str, Sequence[Sheet], Sequence[Shown]]]) -> str:
    """All files as one object, which this module describes."""
    files = [
        {"file": file, "projects": [_project(sheet) for sheet in sheets], "findings": [as_object(one) for one in found]}
        for file, sheets, found in scored
    ]
    return json_text({"version": 1, "files": files})


def _project(sheet: Sheet) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "total": _text(sheet.total),
        "lowest": _text(sheet.lowest) if sheet.lines else None,
        "highest": _text(sheet.highest) if sheet.lines else None,
        "grade": sheet.grade or None,
        "weights": _text(sheet.weights),
        "rate": sheet.rate,
        "lines": [_line(one) for one in sheet.lines],
    }


def _line(one: Line) -> dict[str, Any]:
    numbers = {name: _text(getattr(one, name)) for name in ("weight", "points", "low", "high", "given", "counted")}
    return {
        "name": one.name,
        "path": list(one.path),
        "target": one.target,
        "actual": one.actual,
        **numbers,
        "high_excluded": one.below,
        "rule": one.rule,
        "refused": one.refused,
        "reasoning": one.reason,
    }


def _text(number: Decimal | None) -> str | None:
    return None if number is None else f"{number}"
