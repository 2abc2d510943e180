"""A project as the fields of a form, in the form's own order, and what was typed into them as a project."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pydantic import BaseModel

from perfdoc.accounts.html.texts import way
from perfdoc.form_definition import TARGET_PARTS, Form
from perfdoc.model import INDICATOR_PATHS, PROJECT_PATHS, Indicator, Project, texts, title
from perfdoc.report import Path
from perfdoc.specs.listing import Entry, Listing
from perfdoc.target import Kind, parse
from perfdoc.target.in_words import in_words

_USUAL = ("level1", "level2", "level3", "target")
_LONG = frozenset(("purpose", "goals", "results", "reason"))
_A_ROW = re.compile("[rn][0-9]{1,6}")
PROJECT = "p"
"""How the names of a project's own fields begin; those of an indicator begin with its row's."""
ROW = "row"
"""The name under which each row is sent, in order: `r3` for the project's fourth indicator, `n1` for a new one."""


class Field(NamedTuple):
    """A field: the name under which it is sent, its label, and its text; `at` is the value's path as an attribute has
    it, `kind` is long, money or text."""

    name: str
    label: str
    text: str
    at: str
    kind: str = "text"
    meaning: str = ""

    @property
    def lines(self) -> int:
        return sum(1 + len(line) // 34 for line in self.text.split("\n"))


class Line(NamedTuple):
    row: str
    number: int
    fields: tuple[Field, ...]


class Sheet(NamedTuple):
    """A project as a page has it; `heads` are the columns of its indicators."""

    fields: tuple[Field, ...]
    heads: tuple[str, ...]
    lines: tuple[Line, ...]


def sheet(project: Project, index: int, form: Form | None, rows: Sequence[str], year: int | None = None) -> Sheet:
    """The fields of a project, the one at `index` of its document; `rows` names the row of each indicator."""
    values = {".".join(path): text for path, text in texts(project)}
    own = tuple(_fields(project, index, form, values))
    columns = _columns(project.indicators, form)
    lines = tuple(
        Line(row, number, tuple(_line(one, row, ("projects", index, "indicators", number), columns, year)))
        for number, (row, one) in enumerate(zip(rows, project.indicators, strict=True))
    )
    return Sheet(own, tuple(columns.values()), lines)


def rows_of(project: Project) -> list[str]:
    """The names of the rows of a project as it is stored."""
    return [f"r{number}" for number in range(len(project.indicators))]


def _fields(project: Project, index: int, form: Form | None, values: Mapping[str, str]) -> Iterator[Field]:
    labels = _labels(form)
    for path in (*PROJECT_PATHS, *values):
        if path in values or (form is None and path in ("name", "goals")):
            labels.setdefault(path, title(_steps(path)))
    for path, label in labels.items():
        steps, text = _steps(path), values.get(path, "")
        kind = "long" if path in _LONG or "\n" in text else "money" if steps[0] in ("budget", "execution") else "text"
        yield Field(f"{PROJECT}.{path}", label, text, way(("projects", index, *steps)), kind)


def label_of(path: Path, form: Form | None) -> str:
    """What a form calls the value at a path of a file of specs; where it has none for it, what the field calls it."""
    if path[:1] == ("indicators",):
        steps = tuple(map(str, path[2:]))
        return _columns((), form).get(".".join(steps)) or title(steps, Indicator)
    steps = tuple(map(str, path))
    if path[0] in Listing.model_fields:
        return title(steps[-1:], Entry if len(path) > 1 else Listing)
    return _labels(form).get(".".join(steps)) or title(steps)


def _labels(form: Form | None) -> dict[str, str]:
    """The labels of a form's fields by their paths."""
    labels: dict[str, str] = {}
    for one in form.fields if form else ():
        for path in ("agency.code", "agency.name") if one.path == "agency" else (one.path,):
            labels[path] = one.labels[0] if one.labels and one.path != "agency" else title(_steps(path))
    return labels


def _columns(indicators: Sequence[Indicator], form: Form | None) -> dict[str, str]:
    """The labels of the indicators' columns by their paths: those of the form, and those that some value needs."""
    labels: dict[str, str] = {}
    for one in form.columns if form else ():
        path = "target" if one.path in TARGET_PARTS else one.path
        labels.setdefault(path, one.labels[0] if one.labels and path == one.path else title(_steps(path), Indicator))
    used = {".".join(path) for one in indicators for path, _ in texts(one)}
    for path in (*INDICATOR_PATHS, *sorted(used)):
        if path in used or (form is None and path in _USUAL):
            labels.setdefault(path, title(_steps(path), Indicator))
    return {path: label for path, label in labels.items() if path != "description" or path in used}


def _line(one: Indicator, row: str, at: Path, columns: Mapping[str, str], year: int | None) -> Iterator[Field]:
    values = {".".join(path): text for path, text in texts(one)}
    for path, label in columns.items():
        text = values.get(path, "")
        meaning = in_words(parse(text, one.level3 or ""), year) if path == "target" else ""
        yield Field(f"{row}.{path}", label, text, way((*at, *_steps(path))), "text", meaning)


def _steps(path: str) -> tuple[str, ...]:
    return tuple(path.split(".", 1)) if path.startswith("extra.") else tuple(path.split("."))


def typed(project: Project, pairs: Sequence[tuple[str, str]]) -> tuple[Project, list[str]]:
    """A project with what was typed into its fields, and the names of its rows; what was not sent stays as it is.

    A field that the project did not have and that was left empty is still none.
    """
    sent = dict(pairs)
    for name, text in sent.items():
        if name.startswith(f"{PROJECT}."):
            project = _with(project, _steps(name[len(PROJECT) + 1 :]), text)
    rows = [text for name, text in pairs if name == ROW and _A_ROW.fullmatch(text)]
    if "rows" not in sent:
        return project, rows_of(project)
    made: list[Indicator] = []
    for row in rows:
        known = row[0] == "r" and int(row[1:]) < len(project.indicators)
        one = project.indicators[int(row[1:])] if known else Indicator()
        for name, text in sent.items():
            if name.startswith(f"{row}."):
                one = _with(one, _steps(name[len(row) + 1 :]), text)
        made.append(one)
    return project.model_copy(update={"indicators": tuple(made)}), rows


def _with(record: Any, steps: Path, text: str) -> Any:
    """A record with one text changed. A name that it has no field for is left alone."""
    name, *rest = steps
    if name == "extra" and rest:
        return (
            record
            if record.extra.get(rest[0], "") == text
            else record.model_copy(update={"extra": {**record.extra, str(rest[0]): text}})
        )
    if name not in type(record).model_fields:
        return record
    old = getattr(record, str(name))
    if isinstance(old, BaseModel):
        return record.model_copy(update={name: _with(old, tuple(rest), text)}) if rest else record
    if rest or not (old is None or isinstance(old, str)) or (old or "") == text:
        return record
    return (
        type(record).model_validate({**dict(record), name: text})
        if name == "description"
        else record.model_copy(update={name: text})
    )


def reshaped(project: Project, rows: list[str], action: str, row: str) -> tuple[Project, list[str]]:
    """A project with a row added behind another, moved, removed, or split; an unknown row changes nothing."""
    lines = list(zip(rows, project.indicators, strict=True))
    at = rows.index(row) if row in rows else len(rows) - 1
    new = f"n{max((int(one[1:]) for one in rows if one[0] == 'n'), default=0) + 1}"
    if action == "add":
        levels = {name: getattr(lines[at][1], name) for name in ("level1", "level2")} if lines else {}
        lines.insert(at + 1, (new, Indicator(**levels)))
    elif action in ("up", "down") and row in rows:
        other = at + (1 if action == "down" else -1)
        if 0 <= other < len(lines):
            lines[at], lines[other] = lines[other], lines[at]
    elif action == "remove" and row in rows:
        del lines[at]
    elif action == "split" and row in rows:
        first, second = _split(lines[at][1])
        lines[at : at + 1] = [(row, first), (new, second)]
    return project.model_copy(update={"indicators": tuple(one for _, one in lines)}), [name for name, _ in lines]


def _split(one: Indicator) -> tuple[Indicator, Indicator]:
    """An indicator as two: of a value with several parts the first, and the rest; else the same twice."""
    target = parse(one.target or "")
    if target.kind is not Kind.compound or len(target.spans.parts) < 2:
        return one, one
    second = target.spans.parts[1]
    first, rest = target.written(target.spans.parts[0]), target.text[second[0] :]
    return one.model_copy(update={"target": first}), one.model_copy(update={"target": rest})
