"""What a project lacks and may have in `extra`, under a label that is not known: told at its place."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from perfdoc.extraction.by_labels.heads.columns import BESIDE, LEVELS, OVER
from perfdoc.extraction.result.claims import quoted
from perfdoc.extraction.vocabulary.keys import is_number, key
from perfdoc.extraction.vocabulary.tables import Entry
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.model import Indicator, Project
from perfdoc.report import Diagnostic, Path, Place, Reading, Role, Severity
from perfdoc.texts import say

_FEWEST = 2
"""Indicators without a 指标值 that are more than an oversight."""


def with_missed(reading: Reading, whole: Sequence[bool], words: Vocabulary) -> Reading:
    """The reading with a warning for each core value that is missing and may be one of `extra`.

    `whole` says of each project whether its form knows each of its values, so that nothing is missed.
    """
    labelled = frozenset(one.place._replace(column=0) for one in reading.claims if one.role is Role.label)
    found = [
        one
        for n, (project, known) in enumerate(zip(reading.document.projects, whole, strict=True))
        if not known
        for one in (*_of_project(reading, project, n, labelled, words), *_of_indicators(reading, project, n, words))
    ]
    if not found:
        return reading
    ordered = sorted((*reading.diagnostics, *found), key=lambda one: one.place.order)
    return replace(reading, diagnostics=tuple(ordered))


def _of_project(
    reading: Reading, project: Project, position: int, labelled: frozenset[Place], words: Vocabulary
) -> Iterator[Diagnostic]:
    """For each field that is missing the first text of `extra` that is like it, by its label and what it says.

    `labelled` are the rows that have a label.
    """
    has = {
        "name": project.name,
        "agency.name": "" if _is_of_department(reading, position) else project.agency.name,
        "budget.total": project.budget.total,
        "budget.fiscal": project.budget.fiscal,
        "goals": project.goals,
        "year": project.year,
    }
    if any(one.actual for one in project.indicators):
        has |= {"results": project.results, "score": project.score}
    lacks = [field for field, text in has.items() if not (text or "").strip()]
    listed = _listed(reading, position, labelled) if lacks else set()
    for label, text in project.extra.items() if lacks else ():
        if label in listed:
            continue
        field = next((one for one in lacks if _is_like(one, label, text, words)), None)
        if field is not None:
            lacks.remove(field)
            path: Path = ("projects", position, "extra", label)
            message = say("extraction.missed", field=field, label=label, text=quoted(text))
            yield Diagnostic("PD054", Severity.warning, message, reading.places[path], text, path)


def _is_of_department(reading: Reading, position: int) -> bool:
    """Whether nothing but the 主管部门 names a project's agency."""
    places, project = reading.places, ("projects", position)
    return places.get((*project, "agency", "name")) == places.get((*project, "department"))


def _listed(reading: Reading, position: int, labelled: frozenset[Place]) -> set[str]:
    """The labels in `extra` of what stands in a row of a list: texts and amounts under heads, with no label beside."""
    rows: dict[Place, list[str]] = {}
    extra = reading.document.projects[position].extra
    for label in extra:
        place = reading.places[("projects", position, "extra", label)]
        rows.setdefault(place._replace(column=0), []).append(label)
    return {
        label
        for row, labels in rows.items()
        if row not in labelled and not all(is_number(extra[one]) for one in labels)
        for label in labels
        if row.row and len(labels) > 1
    }


def _is_like(field: str, label: str, text: str, words: Vocabulary) -> bool:
    """Whether a text under a label without a field may be the value of one."""
    said = words.meaning(label)
    parts = [words.meaning(one) for one in label.split(OVER)]
    other = parts[-1].column in BESIDE or any(one.is_like("one_government") for one in parts)  # 合计·分值
    if said.label == Entry() or said.is_past or other:
        return False
    like_label, like_text = words.tables.resembling[field]
    return bool(like_label.fullmatch(key(label)) and like_text.fullmatch("".join(text.split())))


def _of_indicators(reading: Reading, project: Project, position: int, words: Vocabulary) -> Iterator[Diagnostic]:
    """Where most indicators have no 指标值, no level, or a score but no actual value, the columns of `extra` that have
    a text like it in most of these rows.
    """
    scored = any(one.score for one in project.indicators)
    for name in (*LEVELS[:2], "target", *["actual"] * scored):
        rows = [(n, one) for n, one in enumerate(project.indicators) if not (getattr(one, name) or "").strip()]
        if len(rows) < _FEWEST or 2 * len(rows) <= len(project.indicators):
            continue
        labels = list(dict.fromkeys(label for _, one in rows for label in one.extra))
        columns = [one for one in labels if _holds(name, one, [row for _, row in rows], words)]
        if columns:
            at = next(n for n, one in rows if columns[0] in one.extra)
            path: Path = ("projects", position, "indicators", at, "extra", columns[0])
            column = Indicator.model_fields[name].title
            message = say("extraction.no_column", column=column, text=quoted("，".join(columns)))
            yield Diagnostic("PD053", Severity.warning, message, reading.places[path], columns[0], path)


def _holds(name: str, label: str, rows: Sequence[Indicator], words: Vocabulary) -> bool:
    """Whether a column may be that of a field: it has a text like it in most rows, whatever its head says."""
    said = words.meaning(label)
    if said.is_past or label == words.tables.period or (said.column is not None and said.column != name):
        return False
    texts = ["".join(row.extra.get(label, "").split()) for row in rows]
    if name in LEVELS:
        return 2 * sum(words.meaning(text).is_level for text in texts) > len(rows)
    return 2 * sum(map(bool, map(words.tables.patterns["target"].fullmatch, texts))) > len(rows)
