"""Documents merged: the projects of a folder's files with those of versions that were made elsewhere, one by one.

A project is known by the file that it has in the folder. What stands in it is merged as the two versions of a file
are, and so is the document.yaml; nothing is read or written here.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from perfdoc.merging import records
from perfdoc.merging.carried import Version
from perfdoc.merging.draft import Labels, MergedFile
from perfdoc.merging.markers import Merged
from perfdoc.merging.same import same_projects
from perfdoc.model import Document, Project
from perfdoc.specs.keys import KEPT_IN_LISTING
from perfdoc.specs.listing import LISTING, Listing, listing
from perfdoc.specs.project_files import file_name

Commented = Callable[[Mapping[str, str], Sequence[str], Document], Mapping[str, str]]
"""The texts of a document's files, their names, and the document → the texts with more comments."""


class Standing(NamedTuple):
    """A folder's document: its project files' names, and the text of each, of document.yaml too.

    A project's file by itself has no document.yaml; nothing is merged then but that project. `taken` are names that
    no new file may have.
    """

    document: Document
    names: tuple[str, ...]
    texts: Mapping[str, str]
    taken: Collection[str] = ()


class Combined(NamedTuple):
    """What became of a folder: the files that say something else now, and those of projects that are no more."""

    files: dict[str, Merged]
    left: list[str]

    @property
    def in_conflict(self) -> bool:
        """Whether something is left for people to decide."""
        return any(merged.conflicts for merged in self.files.values())


def combined(
    standing: Standing,
    versions: Sequence[Version],
    labels: Labels,
    *,
    show_base: bool = False,
    commented: Commented = lambda texts, names, document: texts,
) -> Combined:
    """The folder with the changes of all versions, one after the other; what a value is in conflict with is marked.

    The comments are those of the folder, and of the first version, if it has some; `commented` adds others. The text
    that it is given has ours where something is in conflict, and all that any side has.
    """
    folder = _Folder(standing, labels)
    for number, version in enumerate(versions, 1):
        folder.add(version, number)
    drafts = {name: one.draft(name, standing.texts.get(name, "")) for name, one in folder.changed()}
    plain = {**standing.texts, **{name: one.text for name, one in drafts.items()}}
    texts = commented(plain, folder.names(), folder.document())
    files = {name: one.marked(texts[name], show_base=show_base) for name, one in drafts.items()}
    files |= {name: Merged(text) for name, text in texts.items() if name not in files}
    said = {name: one for name, one in files.items() if one.text != standing.texts.get(name)}
    return Combined(said, folder.left())


class _Folder:
    """The files of a folder, each as our side would have it, and as the other versions would."""

    def __init__(self, standing: Standing, labels: Labels) -> None:
        self._alone = LISTING not in standing.texts
        self._labels = labels
        self._names = standing.names
        self._before = standing.document
        self._listing = MergedFile(listing(standing.document, standing.names), "projects", labels)
        self._projects = {
            name: MergedFile(bare(one), "indicators", labels)
            for name, one in zip(standing.names, standing.document.projects, strict=True)
        }
        self._taken = {name.casefold() for name in (LISTING, *standing.names, *standing.taken)}

    def add(self, version: Version, number: int) -> None:
        base, theirs = self._files(version)
        old = dict(zip(base, map(bare, version.base.projects), strict=True))
        new = dict(zip(theirs, map(bare, version.document.projects), strict=True))
        touched = {base[b] for b, at in version.pairs if version.base.projects[b] != version.document.projects[at]}
        touched |= {name for name in old if name in self._projects and old[name] != self._projects[name].ours}
        if self._alone:
            new = {name: one for name, one in new.items() if name in self._names}
        before, after = (
            dict(zip((LISTING, *names), texts, strict=False))
            for names, texts in zip((base, theirs), version.texts, strict=True)
        )
        label = version.name or self._labels.theirs
        for name, one in new.items():
            if name in self._projects and old.get(name) == one and before.get(name) == after.get(name):
                continue  # nothing was changed there
            if name not in self._projects:
                if name in old and name not in touched:
                    continue  # gone here, and as it was there
                self._projects[name] = MergedFile(one, "indicators", self._labels._replace(ours=label), number)
            step = (old.get(name, Project()), one, label, number)
            self._projects[name].add(*step, records.project, (before.get(name, ""), after.get(name, "")))
        if not self._alone:
            was, now = listing(version.base, tuple(base)), listing(version.document, tuple(theirs))
            self._listing.add(
                was,
                now.model_copy(update={"form": was.form}),
                label,
                number,
                lambda b, o, t: records.listing(b, o, t, touched),
                (before.get(LISTING, ""), after.get(LISTING, "")),
            )

    def _files(self, version: Version) -> tuple[list[str], list[str]]:
        """The file of each project of a version's base, and of the version: one of the folder, or a new name."""
        known = {b: self._names[at] for b, at in same_projects(version.base.projects, self._before.projects)}
        base = [known.get(at) or self._fresh(one, at) for at, one in enumerate(version.base.projects)]
        partner = {at: b for b, at in version.pairs}
        unpaired = {one.ours.name: name for name, one in self._projects.items() if name not in base}
        theirs = []
        for at, one in enumerate(version.document.projects):
            twin = unpaired.pop(one.name, None) if at not in partner else None
            theirs.append(base[partner[at]] if at in partner else twin or self._fresh(one, at))
        return base, theirs

    def changed(self) -> Iterator[tuple[str, MergedFile]]:
        if not self._alone and self._listing.changed:
            yield LISTING, self._listing
        yield from ((name, one) for name, one in self._projects.items() if one.changed or name not in self._names)

    def _said(self) -> Listing:
        said: Listing = self._listing.either.record
        return said

    def names(self) -> tuple[str, ...]:
        return tuple(entry.spec for entry in self._said().projects)

    def document(self) -> Document:
        """The document with all that any side has, ours where they differ."""
        projects = []
        for entry in self._said().projects:
            own = {"heading": entry.heading, "bookmarks": entry.bookmarks}
            projects.append(self._projects[entry.spec].either.record.model_copy(update=own))
        return self._before.model_copy(update={"title": self._said().title, "projects": tuple(projects)})

    def left(self) -> list[str]:
        """Files of projects that neither side has any more."""
        kept = {*self.names()}
        return [name for name in self._names if name not in kept]

    def _fresh(self, project: Project, at: int) -> str:
        number = at + 1
        while (name := file_name(project.name or "", number, 1)).casefold() in self._taken:
            number += 1
        self._taken.add(name.casefold())
        return name


def bare(project: Project) -> Project:
    """The project as its file says it."""
    return project.model_copy(update=dict.fromkeys(KEPT_IN_LISTING))
