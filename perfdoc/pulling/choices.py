"""The changes of a file that came back, one by one, and the version that only some of them make."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

from perfdoc.comparison import By, Change, Difference, IndicatorChange, ProjectChange, Value
from perfdoc.merging import Version
from perfdoc.model import Indicator, Project
from perfdoc.texts import say

One = TypeVar("One", bound=Project | Indicator)


class Choice(NamedTuple):
    """A change that is taken or left: `key` names it, `project` and `where` say in words what it is about.

    `old` and `new` are the texts of a value; of a project or indicator that came or went one of them is what it says.
    """

    key: str
    change: Change
    project: str
    where: str
    old: str
    new: str
    by: tuple[By, ...] = ()


def choices(difference: Difference) -> Iterator[Choice]:
    """Every change between a base and what a file makes of it; the keys are the same for the same two."""
    yield from (_of(value, "d", "", "") for value in difference.values)
    if any(one.moved for one in difference.projects):
        yield Choice("d>", Change.moved, "", say("pulling.choice.projects"), "", "")
    for at, one in enumerate(difference.projects):
        key, name = f"p{at}", one.either.name or ""
        if one.old is None or one.new is None:
            yield _whole(one, key, name, "", name)
            continue
        yield from (_of(value, key, name, "") for value in one.values)
        if any(row.moved for row in one.indicators):
            yield Choice(f"{key}>", Change.moved, name, say("pulling.choice.indicators"), "", "")
        for number, row in enumerate(one.indicators):
            where = _levels(row.either)
            if row.old is None or row.new is None:
                yield _whole(row, f"{key}i{number}", name, where, row.either.target or where)
            else:
                yield from (_of(value, f"{key}i{number}", name, where) for value in row.values)


def _of(value: Value, key: str, project: str, where: str) -> Choice:
    about = " · ".join(filter(None, (where, value.title)))
    return Choice(f"{key}:{'.'.join(value.path)}", Change.changed, project, about, value.old, value.new, value.by)


def _whole(one: ProjectChange | IndicatorChange, key: str, project: str, where: str, text: str) -> Choice:
    old, new = (text, "") if one.new is None else ("", text)
    return Choice(key, one.kind, project, where, old, new, one.by)


def _levels(one: Indicator) -> str:
    return " / ".join(filter(None, (one.level1, one.level2, one.level3)))


def taken(version: Version, difference: Difference, keys: Collection[str]) -> Version:
    """The version with the changes of these keys alone; the version itself where all of them are taken."""
    if all(one.key in keys for one in choices(difference)):
        return version
    projects: list[tuple[Project, int | None]] = []
    for at, one in enumerate(difference.projects):
        if _stays(one, f"p{at}", keys):
            projects.append((_project(one, f"p{at}", keys), one.old_index))
    if "d>" not in keys:
        projects = _as_before(projects)
    title = version.document.title if "d:title" in keys else version.base.title
    made = version.document.model_copy(update={"title": title, "projects": tuple(one for one, _ in projects)})
    pairs = [(old, at) for at, (_, old) in enumerate(projects) if old is not None]
    return version._replace(document=made, pairs=pairs)


def _stays(one: ProjectChange | IndicatorChange, key: str, keys: Collection[str]) -> bool:
    """Whether a record is there: one that came only if that is taken, one that went only if that is left."""
    if one.old is None:
        return key in keys
    return one.new is not None or key not in keys


def _project(one: ProjectChange, key: str, keys: Collection[str]) -> Project:
    if one.old is None or one.new is None:
        return one.either
    made = _with(one.old, one.new, one.values, key, keys)
    rows = [
        (_with(row.old, row.new, row.values, f"{key}i{at}", keys) if row.old and row.new else row.either, row.old_index)
        for at, row in enumerate(one.indicators)
        if _stays(row, f"{key}i{at}", keys)
    ]
    if f"{key}>" not in keys:
        rows = _as_before(rows)
    return made.model_copy(update={"indicators": tuple(row for row, _ in rows)})


def _with(old: One, new: One, values: Sequence[Value], key: str, keys: Collection[str]) -> One:
    """The new record, with the old text of each value whose change is left."""
    made = new
    for value in values:
        if f"{key}:{'.'.join(value.path)}" not in keys:
            made = _put(made, old, value.path)
    return made


def _put(record: Any, source: Any, path: Sequence[str]) -> Any:
    name, *rest = path
    if name == "extra":
        label = rest[0]
        kept = {one: text for one, text in record.extra.items() if one != label}
        return record.model_copy(
            update={"extra": kept | ({label: source.extra[label]} if label in source.extra else {})}
        )
    value = getattr(source, name)
    return record.model_copy(update={name: _put(getattr(record, name), value, rest) if rest else value})


def _as_before(rows: list[tuple[One, int | None]]) -> list[tuple[One, int | None]]:
    """Records in the old order; a new one stays behind the one that it follows."""
    places: list[tuple[int, int]] = []
    for number, (_, old) in enumerate(rows):
        places.append((old if old is not None else places[-1][0] if places else -1, number))
    return [rows[number] for _, number in sorted(places)]
