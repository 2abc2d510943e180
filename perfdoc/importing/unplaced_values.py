"""Values of a file that the form which was learnt for its layout has no place for."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from perfdoc.form_definition import TARGET_PARTS, Form
from perfdoc.model import Indicator, Project, texts, title
from perfdoc.report import Diagnostic, Path, Place, Reading, Severity
from perfdoc.texts import say


def unplaced_values(reading: Reading, form: Form) -> Iterator[Diagnostic]:
    """PD071 (warning) for each of them; of a column's the first. `render` leaves them out."""
    columns = {*form.column_paths, *(("target",) if form.column_paths & {*TARGET_PARTS} else ())}
    fields = {*form.paths, *(("agency.code", "agency.name") if "agency" in form.paths else ())}
    told: set[str] = set()
    for number, project in enumerate(reading.document.projects):
        yield from _of(project, fields, ("projects", number), reading, form, told)
        for row, indicator in enumerate(project.indicators):
            yield from _of(indicator, columns, ("projects", number, "indicators", row), reading, form, told)


def _of(
    record: Project | Indicator, placed: Collection[str], at: Path, reading: Reading, form: Form, told: set[str]
) -> Iterator[Diagnostic]:
    for steps, text in texts(record):
        name = ".".join(steps)
        variable = f"{'indicator' if isinstance(record, Indicator) else 'project'}.{name}"
        if not text or name in placed or (isinstance(record, Indicator) and variable in told):
            continue
        told.add(variable)
        field = title(steps, type(record))
        message = say("rendering.no_place", form=form.name, field=field, variable=variable)
        place = reading.places.get((*at, *steps)) or next(iter(reading.places.values()), Place(""))
        yield Diagnostic("PD071", Severity.warning, message, place, text, (*at, *steps))
