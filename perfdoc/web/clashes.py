"""What two sides say otherwise in one file of specs, under the labels of its form: for who reads no YAML."""

from bisect import bisect
from collections.abc import Iterator
from typing import Any, NamedTuple

from perfdoc.form_definition import Form
from perfdoc.merging import markers
from perfdoc.report import Path
from perfdoc.texts import listed
from perfdoc.web.fields import label_of
from perfdoc.yamltree import parse

Said = tuple[tuple[str, str], ...]
"""Labels and texts; a comment has no label."""


class Clash(NamedTuple):
    """`where` names the indicator, empty for a value of the project; a side that says nothing there has no texts."""

    where: str
    ours: Said
    theirs: Said


def clashes(merged: str, form: Form | None, size: int = markers.USUAL) -> Iterator[Clash]:
    """The conflicts of a merged text, in the order in which `markers.chosen` counts them."""
    pieces = markers.pieces(merged, size)
    sides = (
        _Side("".join(ours for ours, _ in pieces), form),
        _Side("".join(ours if theirs is None else theirs for ours, theirs in pieces), form),
    )
    for ours, theirs in pieces:
        (where, mine), (other, yours) = (
            side.read(text) for side, text in zip(sides, (ours, ours if theirs is None else theirs), strict=True)
        )
        if theirs is not None:
            yield Clash(where or other, mine, yours)


class _Side:
    """One side's whole text, which is read piece by piece."""

    def __init__(self, text: str, form: Form | None) -> None:
        tree = parse(text, "")
        self._value, self._form, self._at = tree.value, form, 0
        keys = sorted(tree.keys.items(), key=lambda key: key[1])
        self._lines, self._paths = [line for _, (line, _) in keys], [(), *(path for path, _ in keys)]

    def read(self, piece: str) -> tuple[str, Said]:
        """Where the next piece of the text stands, and what it says."""
        where, found = "", dict[tuple[str, str], None]()
        for line in piece.splitlines():
            self._at += 1
            path = self._paths[bisect(self._lines, self._at)]
            value, row = self._of(path), self._of(path[:2]) if path[:1] == ("indicators",) else None
            if line.lstrip().startswith("#"):
                found["", line.strip(" #")] = None
            elif isinstance(value, str) or (isinstance(value, list) and all(isinstance(one, str) for one in value)):
                found[label_of(path, self._form), value if isinstance(value, str) else listed(value)] = None
                if isinstance(row, dict):
                    where = where or " / ".join(filter(None, (row.get(f"level{n}") for n in (1, 2, 3))))
        return where, tuple(found)

    def _of(self, path: Path) -> Any:
        value: Any = self._value
        for step in path:
            value = value[step]
        return value
