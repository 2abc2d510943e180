"""What was done to a received file: a change for each value, row and project."""

from __future__ import annotations

from typing import Any, NamedTuple

from perfdoc.model import Document, Indicator, title
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
