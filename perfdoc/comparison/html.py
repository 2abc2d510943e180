"""Differences as one HTML page: the form's table twice, the old one beside the new one, what differs marked.

It holds all that it needs: no script, nothing from the network. Signs and words stand beside the colours, so that
it can be read on paper and in dark mode.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from perfdoc.comparison.change import Change, Difference, IndicatorChange, ProjectChange, Value
from perfdoc.comparison.pieces import Piece, lines, pieces
from perfdoc.comparison.plain import RESOLVED, SIGNS, authors, said_by, summary, told
from perfdoc.model import INDICATOR_PATHS, PROJECT_PATHS, Indicator, texts, title
from perfdoc.page import rendered
from perfdoc.texts import say

_PATHS = tuple(tuple(path.split(".")) for path in PROJECT_PATHS)
_ALWAYS = frozenset({"level1", "level2", "level3", "target"})


class Pair(NamedTuple):
    """A text of both sides, cut into what they share and what they don't.

    `told` is the difference of amounts, `by` says who changed it.
    """

    title: str
    old: Sequence[Piece]
    new: Sequence[Piece]
    differs: bool
    told: str = ""
    by: str = ""


def page(compared: Sequence[tuple[str, str, Difference]], *, changes_only: bool = False) -> Iterator[str]:
    """The whole page, in pieces: of each comparison the old one's name, the new one's, and the difference.

    With `changes_only` the values and the indicators that are the same are left out.
    """
    several = say("comparison.page.documents", n=len(compared))
    named = f"{compared[0][0]} → {compared[0][1]}" if len(compared) == 1 else several
    return rendered(
        "comparison/page.html.j2",
        title=f"{named} · {say('comparison.page.title')}",
        summary=summary([one for _, _, one in compared]),
        compared=compared,
        signs=SIGNS,
        kinds={kind: say(f"comparison.kind.{kind}") for kind in Change},
        whole=not changes_only,
        columns=columns,
        authors=authors,
        said_by=said_by,
        resolved=RESOLVED,
        heads=heads,
        cells=cells,
        extras=extras,
        title_of=lambda name: title((name,), Indicator),
    )


def columns(one: ProjectChange) -> list[str]:
    """The columns that either side has something in; a description that repeats the name is not shown again."""
    rows = [each for row in one.indicators for each in (row.old, row.new) if each]
    return [name for name in INDICATOR_PATHS if name in _ALWAYS or any(getattr(row, name) for row in rows)]


def heads(one: ProjectChange) -> Iterator[Pair]:
    """The values of a project that either side has, in the form's order, then what else differs."""
    values = {value.path: value for value in one.values}
    old, new = (dict(texts(side)) if side else {} for side in (one.old, one.new))
    labels = dict.fromkeys((*(one.old.extra if one.old else ()), *(one.new.extra if one.new else ())))
    for path in dict.fromkeys((*_PATHS, *(("extra", label) for label in labels), *values)):
        if path in values:
            yield _differing(title(path), values[path])
        elif old.get(path) or new.get(path):
            yield _same(title(path), old.get(path) or "", new.get(path) or "")


def cells(row: IndicatorChange, names: Sequence[str]) -> list[Pair]:
    values = {value.path: value for value in row.values}
    found = []
    for name in names:
        if (name,) in values:
            found.append(_differing(name, values[name,]))
        else:
            old, new = (getattr(side, name) or "" if side else "" for side in (row.old, row.new))
            found.append(_same(name, old, new))
    return found


def extras(row: IndicatorChange) -> list[Pair]:
    """What differs in columns that the model has no field for."""
    return [_differing(value.title, value) for value in row.values if value.path[0] == "extra"]


def _same(name: str, old: str, new: str) -> Pair:
    return Pair(name, (Piece(old, False),), (Piece(new, False),), False)


def _differing(name: str, value: Value) -> Pair:
    left: list[list[Piece]] = []
    right: list[list[Piece]] = []
    for old, new in lines(value.old, value.new):
        ours, theirs = pieces(old or "", new or "")
        if old is not None:
            left.append(ours)
        if new is not None:
            right.append(theirs)
    return Pair(name, _on_lines(left), _on_lines(right), True, told(value).strip(), authors(value.by).strip())


def _on_lines(found: list[list[Piece]]) -> list[Piece]:
    return [piece for at, line in enumerate(found) for piece in (*([Piece("\n", False)] if at else []), *line)]
