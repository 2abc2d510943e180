"""A project with the scores that were computed written into it."""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel

from perfdoc.model import Project
from perfdoc.scoring.indicator import allowed
from perfdoc.scoring.sheet import Line, Sheet, score_of

R = TypeVar("R", bound=BaseModel)


def fill(project: Project, sheet: Sheet, *, replace: bool = False) -> Project:
    """The project with its scores, the rate of execution, and the total where every line has points.

    Only what the rules compute is filled in. A score that stands there stays, unless `replace` and it is one that
    the rules don't allow; the total then stays too, as long as such a score does.
    """
    wrong = {one.code for one in sheet.findings}
    texts = {one.path: _text(one, score_of(project, one), replace) for one in sheet.lines}
    update: dict[str, object] = {
        "indicators": tuple(
            _with(row, score=texts.get((*sheet.path, "indicators", at))) for at, row in enumerate(project.indicators)
        )
    }
    execution = project.execution
    paid = texts.get((*sheet.path, "execution"))
    new_rate = not execution.rate.total or (replace and "PD708" in wrong)
    rate = sheet.rate if sheet.execution is not None and new_rate else None
    columns = {"score": _with(execution.score, total=paid), "rate": _with(execution.rate, total=rate)}
    update["execution"] = execution.model_copy(update=columns)
    settled = sheet.total is not None and (replace or "PD701" not in wrong)
    if settled and (not project.score or (replace and "PD702" in wrong)):
        update["score"] = f"{sheet.total}"
    made = project.model_copy(update=update)
    return project if made == project else made


def _with(record: R, **texts: str | None) -> R:
    """The record with these texts; what is None or empty stays as it is."""
    return record.model_copy(update={name: text for name, text in texts.items() if text})


def _text(one: Line, given: str, replace: bool) -> str | None:
    """The score to write into a line, None where the one that is there stays."""
    if one.points is None or one.refused:
        return None
    if given and not (replace and not allowed(one)):
        return None
    return f"{one.points}"
