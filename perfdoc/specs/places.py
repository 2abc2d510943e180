"""Where every value of a Document stands in its YAML files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from perfdoc.report import Path, Place
from perfdoc.yamltree import Mark


class Marks(NamedTuple):
    """A file and the marks of its values."""

    file: str
    marks: Mapping[Path, Mark]


class Places(Mapping[Path, Place]):
    """Path of the Document → Place. A Place is made when it is asked for; most of a large document never are.

    `projects` holds the marks of each project's file. `listing` holds those of `document.yaml`, where
    the form, the title, the headings and the bookmarks stand; it is None for a project file by itself.
    """

    def __init__(self, listing: Marks | None, projects: Sequence[Marks]) -> None:
        self._listing = listing
        self._projects = projects

    def __getitem__(self, path: Path) -> Place:
        match path:
            case ("projects", int(index)) if 0 <= index < len(self._projects):
                return Place(self._projects[index].file, 1, 1)
            case ("projects", int(_), "heading" | "bookmarks", *_):
                if self._listing is not None:
                    return Place(self._listing.file, *self._listing.marks[path])
            case ("projects", int(index), *inner) if 0 <= index < len(self._projects):
                marks = self._projects[index]
                return Place(marks.file, *marks.marks[tuple(inner)])
            case () | ("form" | "title" | "projects",) if self._listing is not None:
                return Place(self._listing.file, *self._listing.marks[path])
        raise KeyError(path)

    def __iter__(self) -> Iterator[Path]:
        if self._listing is not None:
            for path in self._listing.marks:
                if path[:1] != ("projects",) or len(path) == 1 or path[2:3] in _PRESENTED:
                    yield path
        for index, (_, marks) in enumerate(self._projects):
            yield ("projects", index)
            for path in marks:
                if path:
                    yield ("projects", index, *path)

    def __len__(self) -> int:
        return sum(1 for _ in self)


_PRESENTED: tuple[Path, ...] = (("heading",), ("bookmarks",))
