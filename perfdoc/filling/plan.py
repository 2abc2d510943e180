"""What has to be done for a project's indicators in a received file."""

from __future__ import annotations

from typing import NamedTuple

from perfdoc.filling.change import Change
from perfdoc.filling.lines import Key
from perfdoc.filling.wording import Wanted
from perfdoc.layout import Grid
from perfdoc.original.rows import TargetRow
from perfdoc.report import Path, Place


class TableRows(NamedTuple):
    """The rows of one table as they shall be, in place of the rows of those numbers; `blank` showed no indicator."""

    grid: Grid
    replaced: tuple[int, ...]
    rows: list[TargetRow]
    blank: tuple[int, ...] = ()

    @property
    def is_other(self) -> bool:
        """Whether rows come, go or move, and not only texts change."""
        return any(row.copied for row in self.rows) or [row.source for row in self.rows] != [*self.replaced]


class OpenValue(NamedTuple):
    """A value that can't be written, where, and why (`no_rows`, `side_by_side`, `part`, `level_row`)."""

    path: Path
    place: Place
    why: str


class Plan(NamedTuple):
    """What has to be done for a project's indicators, and said of it. `levels` are values on rows of their own."""

    tables: list[TableRows]
    changes: list[Change]
    levels: dict[tuple[Place, Key], Wanted]
    homeless: list[Wanted]
    open: list[OpenValue]
