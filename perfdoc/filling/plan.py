"""What has to be done in a received file, and what was: a change for each value, row and project."""

from typing import Any, NamedTuple

from perfdoc.filling.lines import Key
from perfdoc.filling.wording import Wanted
from perfdoc.layout import Grid
from perfdoc.model import Document, Indicator, title
from perfdoc.original.rows import TargetRow
from perfdoc.report import Path, Place
from perfdoc.texts import say
from perfdoc.visible import shown


class Change(NamedTuple):
    """A change: `kind` is changed, added, removed or moved (indicators), project_added or project_removed.

    `place` is where it stood in the file as it was; of a row that was added the one that it is a copy of. `path` leads
    to it in the file's own document, `old` and `new` are texts.
    """

    kind: str
    place: Place
    path: Path
    old: str
    new: str

    def __str__(self) -> str:
        at = self.place if self.place.sheet else self.place._replace(column=0)
        where = str(at).removeprefix(f"{self.place.file}:").lstrip()
        old, new = (shown(text) if text else say("filling.empty") for text in (self.old, self.new))
        return say(f"filling.{self.kind}", place=where, title=called(self.path), old=old, new=new)

    def as_object(self) -> dict[str, Any]:
        """For JSON: the place's names, then change, path, title, old and new."""
        said = {"change": self.kind, "path": list(self.path), "title": called(self.path)}
        return {**self.place.as_object(), **said, "old": self.old, "new": self.new, "message": str(self)}


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


def called(path: Path) -> str:
    """What the field calls the value at a path of a document: 指标值, 全年执行数·财政拨款."""
    if path == ("title",):
        return str(Document.model_fields["title"].title)
    if path[2:3] == ("indicators",):
        return title(tuple(map(str, path[4:])), Indicator) if len(path) > 4 else ""
    return title(tuple(map(str, path[2:])))


def names_of(one: Indicator) -> str:
    """What an indicator is named by: its levels and its 指标值."""
    names = "/".join(text for text in (one.level1, one.level2, one.level3) if text)
    return " ".join(text for text in (names, one.target) if text)
