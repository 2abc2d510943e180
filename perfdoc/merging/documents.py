"""Documents merged: the projects of a folder's files with those of versions that were made elsewhere, one by one.

A project is known by the file that it has in the folder. What stands in it is merged as the two versions of a file
are, and so is the document.yaml; nothing is read or written here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from perfdoc.merging import records
from perfdoc.merging.carried import Version
from perfdoc.merging.items import Indices
from perfdoc.merging.records import Made
from perfdoc.merging.same import same_projects
from perfdoc.merging.sides import Sides
from perfdoc.merging.texts import Labels, Merged, written
from perfdoc.model import Document, Project
from perfdoc.specs.comments import Comments, gather
from perfdoc.specs.keys import KEPT_IN_LISTING
from perfdoc.specs.listing import LISTING, Listing, listing
from perfdoc.specs.project_files import file_name

_STRIDE = 1 << 20
"""More than a list of any version has items: an item's number, which no item of another version has."""
_Merge = Callable[[Any, Any, Any], Made]


class Standing(NamedTuple):
    """A folder's document: its project files' names, and the text of each, of document.yaml too.

    A project's file by itself has no document.yaml; nothing is merged then but that project.
    """

    document: Document
    names: tuple[str, ...]
    texts: Mapping[str, str]


class Combined(NamedTuple):
    """What became of a folder: the files that say something else now, the document as theirs would have it, its files.

    `displaced` are values of one version that another one has changed otherwise, where the folder had done so too:
    the first and the second of each, as projects. `left` are the files of projects that are no more.
    """

    files: dict[str, Merged]
    document: Document
    names: tuple[str, ...]
    displaced: list[tuple[Project, Project]]
    left: list[str]

    @property
    def in_conflict(self) -> bool:
        """Whether something is left for people to decide."""
        return bool(self.displaced) or any(merged.conflicts for merged in self.files.values())


def combined(
    standing: Standing,
    versions: Sequence[Version],
    labels: Labels,
    *,
    show_base: bool = False,
) -> Combined:
    """The folder with the changes of all versions, one after the other; what a value is in conflict with is marked.

    The comments are those of the folder, and of the first version, if it has some.
    """
    folder = _Folder(standing)
    for number, version in enumerate(versions):
        folder.add(version, number)
    files: dict[str, Merged] = {}
    for name, made in folder.changed():
        before, after = folder.texts.get(name, ("", ""))
        found = (_comments(before), _comments(standing.texts.get(name, "")), _comments(after))
        files[name] = written(made, found, name, labels, show_base=show_base)
    return Combined(files, folder.document(), folder.names(), folder.displaced, folder.left())


class _Folder:
    """The files of a folder, each as our side would have it, and as the other versions would."""

    def __init__(self, standing: Standing) -> None:
        self._alone = LISTING not in standing.texts
        self._names = standing.names
        self._before = standing.document
        self._listing = _own(listing(standing.document, standing.names), "projects")
        self._projects = {
            name: _own(bare(one), "indicators")
            for name, one in zip(standing.names, standing.document.projects, strict=True)
        }
        self._first = {**self._projects}
        self._first_listing = self._listing
        self._taken = {name.casefold() for name in (LISTING, *standing.texts, *standing.names)}
        self.displaced: list[tuple[Project, Project]] = []
        self.texts: dict[str, tuple[str, str]] = {}

    def add(self, version: Version, number: int) -> None:
        """Merge one version."""
        there = list(self._projects)
        known = {b: self._names[at] for b, at in same_projects(version.base.projects, self._before.projects)}
        base = [known.get(at) or self._fresh(one, at) for at, one in enumerate(version.base.projects)]
        partner = {at: b for b, at in version.pairs}
        unpaired = {self._projects[name].sides.ours.name: name for name in there if name not in base}
        theirs = []
        for at, one in enumerate(version.document.projects):
            twin = unpaired.pop(one.name, None) if at not in partner else None
            theirs.append(base[partner[at]] if at in partner else twin or self._fresh(one, at))
        old = dict(zip(base, map(bare, version.base.projects), strict=True))
        new = dict(zip(theirs, map(bare, version.document.projects), strict=True))
        touched = {base[b] for b, at in version.pairs if version.base.projects[b] != version.document.projects[at]}
        touched |= {name for name in old if name in self._projects and old[name] != self._projects[name].sides.ours}
        if self._alone:
            new = {name: one for name, one in new.items() if name in self._names}
        for name, one in new.items():
            if name in self._projects:
                made = self._step(self._projects[name], old.get(name, Project()), one, number, records.project)
            elif name not in old or name in touched:
                made = _unchanged(one, "indicators", lambda at: (None, None, number * _STRIDE + at))
            else:
                continue  # gone here, and as it was there
            self._projects[name] = made
        for name, text in zip((LISTING, *base), version.texts[0], strict=False):
            self.texts[name] = (text, "")
        for name, text in zip((LISTING, *theirs), version.texts[1], strict=False):
            self.texts[name] = (self.texts.get(name, ("", ""))[0], text)
        if not self._alone:
            before = listing(version.base, tuple(base))
            after = listing(version.document, tuple(theirs)).model_copy(update={"form": before.form})
            self._listing = self._step(
                self._listing, before, after, number, lambda b, o, t: records.listing(b, o, t, touched)
            )

    def _step(self, made: Made, base: Any, theirs: Any, number: int, merge: _Merge) -> Made:
        """A file with one version more: each side takes what does not conflict with it, the other side all."""
        one = merge(base, made.sides.ours, theirs)
        if made.sides.ours == made.sides.theirs:
            several = (one, one, one)
        else:
            several = (one, merge(base, made.sides.theirs, theirs), merge(base, made.sides.base, theirs))
            self._displace(one, several[1])
        sides = Sides(one.sides.ours, several[1].sides.theirs, several[2].sides.base)
        found = (one.rows.ours, several[1].rows.theirs, several[2].rows.base)
        rows = zip(found, made.rows, strict=True)
        named = (tuple(_named(row, before, number) for row in some) for some, before in rows)
        return Made(sides, Sides(*named), made.items)

    def _displace(self, one: Made, other: Made) -> None:
        """Take down what an earlier version has in conflict already, if this one has it otherwise again."""
        ours, theirs = other.sides.ours, other.sides.theirs
        if isinstance(ours, Project) and records.project(one.sides.ours, ours, theirs).sides.ours != theirs:
            self.displaced.append((ours, theirs))

    def changed(self) -> Iterator[tuple[str, Made]]:
        """The files that are not as they were."""
        if not self._alone and _differs(self._listing, self._first_listing):
            yield LISTING, self._listing
        for name, made in self._projects.items():
            if name not in self._first or _differs(made, self._first[name]):
                yield name, made

    def names(self) -> tuple[str, ...]:
        """The project files of that document."""
        return tuple(entry.spec for entry in self._listing.sides.theirs.projects)

    def document(self) -> Document:
        """The document as the versions would have it where they conflict."""
        said: Listing = self._listing.sides.theirs
        projects = []
        for entry in said.projects:
            own = {"heading": entry.heading, "bookmarks": entry.bookmarks}
            projects.append(self._projects[entry.spec].sides.theirs.model_copy(update=own))
        return self._before.model_copy(update={"title": said.title, "projects": tuple(projects)})

    def left(self) -> list[str]:
        """Files of projects that neither side has any more."""
        kept: set[str] = {entry.spec for side in self._listing.sides for entry in side.projects}
        return [name for name in self._names if name not in kept]

    def _fresh(self, project: Project, at: int) -> str:
        """A name that no file of the folder has."""
        number = at + 1
        while (name := file_name(project.name or "", number, 1)).casefold() in self._taken:
            number += 1
        self._taken.add(name.casefold())
        return name


def bare(project: Project) -> Project:
    """The project as its file says it."""
    return project.model_copy(update=dict.fromkeys(KEPT_IN_LISTING))


def _own(one: Any, items: str) -> Made:
    return _unchanged(one, items, lambda at: (None, at, None))


def _unchanged(one: Any, items: str, place: Callable[[int], Indices]) -> Made:
    rows = tuple(place(at) for at in range(len(getattr(one, items))))
    return Made(Sides(one, one, one), Sides(rows, rows, rows), items)


def _named(row: Indices, before: Sequence[Indices], number: int) -> Indices:
    """An item by its places in the folder's own file and the first version, or in a later one that brought it."""
    if not number:
        return row
    _, ours, theirs = row
    if ours is not None:
        return before[ours]
    return (None, None, number * _STRIDE + (theirs if theirs is not None else _STRIDE - 1))


def _differs(made: Made, first: Made) -> bool:
    return any(side != first.sides.ours for side in made.sides[:2])


def _comments(text: str) -> Comments:
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return gather(plain) if "#" in plain else Comments()
