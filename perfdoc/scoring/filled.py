"""A project with the scores that were computed written into it."""

from __future__ import annotations

from perfdoc.model import Project
from perfdoc.scoring.indicator import allowed
from perfdoc.scoring.sheet import Line, Sheet, score_of


def fill(project: Project, sheet: Sheet, *, replace: bool = False) -> Project:
    """The project with its scores, the rate of execution, and the total where every line has points.

    Only what the rules compute is filled in. A score that stands there stays, unless `replace` and it is one that
    the rules don't allow; the total then stays too, as long as such a score does.
    """
    wrong = {one.code for one in sheet.findings}
    texts = {one.path: _text(one, score_of(project, one), replace) for one in sheet.lines}
    rows = tuple(
        row if (text := texts.get((*sheet.path, "indicators", at))) is None else row.model_copy(update={"score": text})
        for at, row in enumerate(project.indicators)
    )
    update: dict[str, object] = {"indicators": rows} if rows != project.indicators else {}
    execution = project.execution
    changed: dict[str, object] = {}
    paid = texts.get((*sheet.path, "execution"))
    if paid is not None:
        changed["score"] = execution.score.model_copy(update={"total": paid})
    if sheet.execution is not None and sheet.rate and (not execution.rate.total or (replace and "PD708" in wrong)):
        changed["rate"] = execution.rate.model_copy(update={"total": sheet.rate})
    if changed:
        update["execution"] = execution.model_copy(update=changed)
    settled = sheet.total is not None and (replace or "PD701" not in wrong)
    if settled and (not project.score or (replace and "PD702" in wrong)):
        update["score"] = f"{sheet.total}"
    return project.model_copy(update=update) if update else project


def _text(one: Line, given: str, replace: bool) -> str | None:
    """The score to write into a line, None where the one that is there stays."""
    if one.points is None or one.refused:
        return None
    if given and not (replace and not allowed(one)):
        return None
    return f"{one.points}"
