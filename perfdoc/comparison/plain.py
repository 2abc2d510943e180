"""A difference as lines for a terminal, each in stretches with a style."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from perfdoc.comparison.change import By, Change, Counts, Difference, IndicatorChange, ProjectChange, Value
from perfdoc.comparison.pieces import Piece, lines, pieces
from perfdoc.model import Indicator, title
from perfdoc.report import Reply
from perfdoc.texts import listed, say
from perfdoc.visible import width

SIGNS = {Change.added: "+", Change.removed: "-", Change.changed: "~", Change.moved: "»", Change.same: " "}
RESOLVED = "✓"
"""Stands where the question of a comment is settled."""
_COMMENT = "¶"
_ON_ONE_LINE = 60  # screen columns of a value and what it became


class Stretch(NamedTuple):
    """A text and its style: `""`, `heading`, `added`, `removed`, `changed`, `moved`, or `…-strong` within a line."""

    text: str
    style: str = ""


Line = list[Stretch]


def text(difference: Difference) -> Iterator[Line]:
    """Everything that differs; nothing where nothing does."""
    for value in difference.values:
        yield from _value(value, "")
    for one in difference.changed():
        yield from _project(one)


def news(difference: Difference) -> Iterator[Line]:
    """The comments that the old side has not, or not so: where, who and what, replies below."""
    for one in difference.news():
        mark = f" {RESOLVED}" if one.thread.resolved else ""
        yield [Stretch(f"{SIGNS[one.change]} {_COMMENT}{mark} {one.where}", f"{one.change}-heading")]
        for sign, each in (("", one.thread.said), *(("↳ ", each) for each in one.thread.replies)):
            first, *more = said_by(each).split("\n")
            yield [Stretch(f"    {sign}{first}")]
            yield from ([Stretch(f"      {line}")] for line in more)


def said_by(one: Reply) -> str:
    """Who said it and when, then what: `财政局 2024-03-02 15:04: …`."""
    return say("comparison.said", who=str(By(one.author, one.date)) or say("comparison.nobody"), text=one.text)


def stat(difference: Difference) -> Iterator[Line]:
    """A line for each project that differs: how many of its values and indicators."""
    for value in difference.values:
        yield from _value(value, "")
    for one in difference.changed():
        counts = Counts.of(one.changed())._asdict()
        parts = [f"{SIGNS[Change(kind)]}{number}" for kind, number in counts.items() if number]
        said = [say("comparison.stat.indicators", counts=" ".join(parts))] if parts else []
        if one.values:
            said.append(listed(value.title for value in one.values))
        if one.moved:
            said.append(say("comparison.stat.moved"))
        yield [
            Stretch(f"{SIGNS[one.kind]} {_name(one)}", str(one.kind)),
            Stretch(f" | {'; '.join(said)}" if said else ""),
        ]


def summary(differences: Iterable[Difference]) -> str:
    projects = [one for each in differences for one in each.projects]
    indicators = Counts.of(row for one in projects for row in one.indicators)
    return say(
        "comparison.summary",
        projects=counted(Counts.of(projects), "comparison.projects"),
        indicators=counted(indicators, "comparison.indicators"),
    )


def told(value: Value) -> str:
    """What a value's difference is, in brackets (`+7万页`, `-0.01 万元`); nothing where there is none."""
    if value.amount is not None:
        return say("comparison.in_brackets", text=f"{value.amount:+f}{value.unit}")
    return say("comparison.in_brackets", text=f"{value.years[0]} → {value.years[1]}") if value.years else ""


def authors(by: Iterable[By]) -> str:
    """Who changed it, in square brackets after a blank; nothing where nobody is known."""
    names = "; ".join(filter(None, map(str, by)))
    return f"  [{names}]" if names else ""


def counted(counts: Counts, key: str) -> str:
    """`5 projects: 1 added, 2 changed, 2 the same`; `key` is that of the text that says how many."""
    total = say(key, n=sum(counts))
    parts = [say(f"comparison.count.{name}", n=number) for name, number in counts._asdict().items() if number]
    return say("comparison.counts", total=total, counts=listed(parts)) if parts else total


def _name(one: ProjectChange) -> str:
    new = one.either.name or say("comparison.no_name")
    old = one.old.name or say("comparison.no_name") if one.old else new
    return new if old == new else f"{old} → {new}"


def _project(one: ProjectChange) -> Iterator[Line]:
    where = _moved("comparison.project_moved", one)
    head = Stretch(f"{SIGNS[one.kind]} {_name(one)}", f"{one.kind}-heading")
    yield [head, Stretch(where, "moved"), Stretch(authors(one.by))]
    if one.kind in (Change.added, Change.removed):
        yield from _whole(one)
        return
    changed = list(one.changed())
    years = _by_years(one, changed)
    for value in one.values:
        if not value.years and value.path != ("name",):
            yield from _value(value, "    ")
    for (old, new), names in years.items():
        yield [Stretch(f"    {old} → {new}: ", "changed"), Stretch("、".join(names))]
    for row in changed:
        yield from _indicator(row)


def _moved(key: str, one: ProjectChange | IndicatorChange) -> str:
    """Where it stood and where it stands, counted from 1; nothing for what stands where it stood."""
    return say(key, old=(one.old_index or 0) + 1, new=(one.new_index or 0) + 1) if one.moved else ""


def _by_years(one: ProjectChange, changed: list[IndicatorChange]) -> dict[tuple[int, int], list[str]]:
    """What differs by its years and nothing else, told on one line a year."""
    found: dict[tuple[int, int], list[str]] = {}
    for value in one.values:
        if value.years:
            found.setdefault(value.years, []).append(value.title)
    for row in changed:
        for value in row.values:
            if value.years:
                what = "" if value.path == ("level3",) else f"（{value.title}）"
                found.setdefault(value.years, []).append(f"{row.either.level3}{what}")
    return found


def _whole(one: ProjectChange) -> Iterator[Line]:
    """What a project that only one side has says, in short."""
    project, sign = one.either, SIGNS[one.kind]
    if project.budget.total:
        amount = f"{project.budget.total} {project.money_unit or ''}".rstrip()
        yield [Stretch(f"    {sign} {title(('budget', 'total'))}: {amount}", str(one.kind))]
    for row in one.indicators:
        yield [Stretch(f"    {sign} {_placed(row.either)}", str(one.kind))]


def _placed(one: Indicator) -> str:
    return f"{_levels(one)}: {one.target or say('comparison.none')}"


def _levels(one: Indicator) -> str:
    return " / ".join(level for level in (one.level1, one.level2, one.level3) if level) or say("comparison.no_levels")


def _indicator(one: IndicatorChange) -> Iterator[Line]:
    sign, kind = SIGNS[one.kind], str(one.kind)
    if one.old is None or one.new is None:
        yield [Stretch(f"    {sign} {_placed(one.either)}", kind), Stretch(authors(one.by))]
        return
    values = [value for value in one.values if not value.years]
    where = _moved("comparison.row_moved", one)
    if not values and not where:
        return  # told among the years
    if values and values[0].path == ("target",) and len(values) == 1 and _short(values[0]):
        value = values[0]
        head = Stretch(f"    {sign} {_levels(one.new)}: ", kind)
        yield [head, *_became(value), Stretch(told(value), kind), Stretch(where, "moved"), Stretch(authors(value.by))]
        return
    yield [Stretch(f"    {sign if values else SIGNS[Change.moved]} {_levels(one.new)}", kind), Stretch(where, "moved")]
    for value in values:
        yield from _value(value, "        ")


def _short(value: Value) -> bool:
    one_line = "\n" not in value.old and "\n" not in value.new
    return one_line and width(value.old) + width(value.new) <= _ON_ONE_LINE


def _became(value: Value) -> Line:
    none = say("comparison.none")
    return [Stretch(value.old or none, "removed"), Stretch(" → "), Stretch(value.new or none, "added")]


def _value(value: Value, margin: str) -> Iterator[Line]:
    head = Stretch(margin + say("comparison.field", title=value.title))
    if _short(value):
        yield [head, Stretch(" "), *_became(value), Stretch(told(value), "changed"), Stretch(authors(value.by))]
        return
    yield [head, Stretch(told(value), "changed"), Stretch(authors(value.by))]
    for old, new in lines(value.old, value.new):
        if old == new:
            continue
        left, right = pieces(old, new) if old and new else ([Piece(old or "", False)], [Piece(new or "", False)])
        if old is not None:
            yield [Stretch(f"{margin}  - ", "removed"), *_marked(left, "removed")]
        if new is not None:
            yield [Stretch(f"{margin}  + ", "added"), *_marked(right, "added")]


def _marked(found: list[Piece], style: str) -> Line:
    return [Stretch(piece.text, f"{style}-strong" if piece.changed else style) for piece in found]
