"""Review comments of a document's files, and comments put into them; those of received files, and where they belong."""

import posixpath
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from perfdoc.model import Document
from perfdoc.pairing import pair_indicators, pair_projects, pair_threads, united
from perfdoc.report import Path, Place, Reading, Thread
from perfdoc.specs import LISTING, format_text
from perfdoc.specs.comments import Comments
from perfdoc.specs.gathered import gather
from perfdoc.specs.keys import KEPT_IN_LISTING
from perfdoc.specs.threads import MARK, unit_of, units


class _Found(NamedTuple):
    """A thread, the file that it stands in, and which one of that file it is."""

    thread: Thread
    file: str
    number: int


def threads_in(texts: Mapping[str, str], names: Sequence[str]) -> tuple[Thread, ...]:
    """The threads of a document's files (name → text), with the paths of the Document, in the order of the files.

    `names` are the project files' names, in order; document.yaml is looked at where it is among the texts. All are
    sound specs.
    """
    return tuple(one.thread for one in _found(texts, names))


def threads_at(reading: Reading, sources: Mapping[str, str]) -> tuple[Thread, ...]:
    """The threads of specs that were loaded: `sources` are their texts by the files' names in places."""
    files = [reading.places["projects", at].file for at in range(len(reading.document.projects))]
    texts = {file: sources[file] for file in files}
    listing = next((text for file, text in sources.items() if posixpath.basename(file) == LISTING), None)
    return threads_in(texts if listing is None else {LISTING: listing, **texts}, files)


def with_threads(
    texts: Mapping[str, str], names: Sequence[str], threads: Iterable[Thread], base: Sequence[Thread] = ()
) -> dict[str, str]:
    """The files with threads, each above the value that it is about; `texts` and `names` are as for `threads_in`.

    A thread that is there already gets the replies that it lacks, and its state where the `base` (the threads of the
    version that was sent) had another; nothing is taken out, and a file without news stays as it is. Others become
    canonical.
    """
    found, given, sent = _found(texts, names), list(threads), list(base)
    pairs, origins = pair_threads([one.thread for one in found], given, sent), pair_threads(sent, given)
    now = [one.thread for one in found]
    new: dict[str, list[Thread]] = {}
    for at, one in enumerate(given):
        if at in pairs:
            origin = sent[origins[at]] if at in origins else None
            now[pairs[at]] = united(origin, now[pairs[at]], one)
        else:
            file, path = _home(one.path, texts, names)
            new.setdefault(file, []).append(one._replace(path=path))
    made = dict(texts)
    for file in texts:
        changed = {
            each.number: one for each, one in zip(found, now, strict=True) if each.file == file and one != each.thread
        }
        if changed or file in new:
            made[file] = format_text(texts[file], file, _Change(changed, new.get(file, ())))
    return made


def _found(texts: Mapping[str, str], names: Sequence[str]) -> list[_Found]:
    places: list[tuple[str, Path]] = [(LISTING, ()), *((name, ("projects", at)) for at, name in enumerate(names))]
    found: list[_Found] = []
    for file, above in places:
        if MARK in texts.get(file, ""):
            comments = gather(texts[file])
            every = [(path, each.thread) for path, lines in comments.lists() for each in units(lines)]
            threads = [(path, thread) for path, thread in every if thread]
            for number, (path, thread) in enumerate(threads):
                found.append(_Found(thread._replace(path=(*above, *_value(path, comments.order))), file, number))
    return found


def _home(path: Path, texts: Mapping[str, str], names: Sequence[str]) -> tuple[str, Path]:
    """The file of a value, and its path in there; the project's file for a document that has no document.yaml."""
    if path[:1] == ("projects",) and len(path) > 1 and (len(path) == 2 or path[2] not in KEPT_IN_LISTING):
        return names[int(path[1])], path[2:]
    return (LISTING, path) if LISTING in texts else (names[0], ())


def _value(path: Path, order: Sequence[Path]) -> Path:
    """What a comment at an entry is about: of the item of a list its first value, above which it stands."""
    if not path or not isinstance(path[-1], int):
        return path
    return next((each for each in order if len(each) > len(path) and each[: len(path)] == path), path)


class _Change:
    """Puts threads into a text's comments: some in place of those that stand there, others above their values."""

    def __init__(self, changed: Mapping[int, Thread], new: Sequence[Thread]) -> None:
        self._changed, self._new = changed, new

    def __call__(self, comments: Comments) -> None:
        number = -1
        for path, lines in [*comments.lists()]:
            made: list[str] = []
            for each in units(lines):
                number += each.thread is not None
                changed = self._changed.get(number) if each.thread else None
                one = unit_of(changed) if changed else each
                behind = changed and lines is comments.behind.get(path)  # where there is room for one line only
                (comments.above.setdefault(path, []) if behind else made).extend(one.lines)
            lines[:] = made
        for thread in self._new:
            path = _written(thread.path, comments.order)
            (comments.above.setdefault(path, []) if path else comments.header).extend(unit_of(thread).lines)


def _written(path: Path, order: Sequence[Path]) -> Path:
    """The entry of a text above which a comment on a value stands: its own, what says the same, what it is in."""
    known = set(order)
    while path and path not in known:
        level3 = (*path[:-1], "level3")
        path = level3 if path[-1] == "description" and level3 in known else path[:-1]
    item = next((path[:at] for at in range(1, len(path)) if isinstance(path[at - 1], int)), ())
    return item if item and _value(item, order) == path else path


FINDER = "perfdoc"
"""The author of the comments that `check --annotate` writes."""


def threads_of(reading: Reading) -> tuple[Thread, ...]:
    """The comments that people wrote in a file; of the findings that `check --annotate` wrote those with an answer."""
    return tuple(one for one in reading.threads if one.author != FINDER or one.replies)


def moved(threads: Iterable[Thread], old: Document, new: Document) -> tuple[Thread, ...]:
    """Threads about values of one version, with the paths of these in another: those of the same project and row.

    What is about a row that is no more is about its project, and about the document where that is no more either; of
    documents with one project each it is that one.
    """
    alone = len(old.projects) == len(new.projects) == 1
    projects = {0: 0} if alone else dict(pair_projects(old.projects, new.projects))
    rows = {
        (here, one): other
        for here, there in projects.items()
        for one, other in pair_indicators(old.projects[here].indicators, new.projects[there].indicators)
    }

    def path(here: Path) -> Path:
        if here[:1] != ("projects",) or len(here) < 2:
            return here
        there = projects.get(int(here[1]))
        if there is None:
            return ()
        if here[2:3] != ("indicators",) or len(here) < 4:
            return ("projects", there, *here[2:])
        row = rows.get((int(here[1]), int(here[3])))
        return ("projects", there) if row is None else ("projects", there, "indicators", row, *here[4:])

    return tuple(one._replace(path=path(one.path)) for one in threads)


def placed(threads: Iterable[Thread], reading: Reading) -> tuple[Thread, ...]:
    """Threads at the places that their values have in a file, which `reading` is what it says.

    What is about a group hangs at the first value of it, what is about a project at its heading, else its name. A value
    that the file has no place for stands by the row, or the project, that it is in; the document by its title.
    """
    first: dict[Path, Place] = {}
    for path, place in reading.places.items():
        for length in range(1, len(path) + 1):
            first.setdefault(path[:length], place)

    def place_of(path: Path) -> Place:
        if not path:
            return first.get(("title",), Place(""))
        of_project = [(*path, "heading"), (*path, "name")] if len(path) == 2 and path[0] == "projects" else []
        beside = [(*path[:-1], "level3")] if path[-1] == "description" else []
        found = next((first[one] for one in (*of_project, path, *beside) if one in first), None)
        return found or place_of(path[:-1])

    return tuple(one._replace(place=place_of(one.path)) for one in threads)
