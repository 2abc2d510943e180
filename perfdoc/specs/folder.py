"""Spec files read: a document's folder, a project's file, or texts from anywhere else.

All faults of all files come in one SpecError, sorted by place.
"""

import difflib
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path as FilePath

from perfdoc.errors import SpecError
from perfdoc.model import Document, Project
from perfdoc.report import Diagnostic, Path, Place, Reading, Severity
from perfdoc.specs.listing import LISTING, Listing
from perfdoc.specs.validate import fault_at, record
from perfdoc.storage.walk import YAML
from perfdoc.texts import reason, say
from perfdoc.yamltree import MOST_BYTES, Tree, decode, parse

_BOOKMARK = re.compile(r"[^\W\d]\w{0,39}")
_NOT_SPECS = frozenset({LISTING, "perfdoc.yaml", "perfdoc.yml"})


def load(path: FilePath | str, texts: dict[str, str] | None = None) -> Reading:
    """A document's folder (or its `document.yaml`) or a project's file as a Document with its places.

    A project file by itself is a Document of one project with no form. Yaml files in the folder that
    `document.yaml` does not list are warnings. SpecError carries every fault of every file. What is in `texts`, by the
    files' names in places, is not read but taken from there; what is read is put there.
    """
    path = FilePath(path)
    try:
        return _load(path, {} if texts is None else texts)
    except OSError as error:
        raise _unreadable(path, error) from error


def _load(path: FilePath, texts: dict[str, str]) -> Reading:
    def read(file: str, opened: Callable[[], FilePath]) -> str:
        if file not in texts:
            texts[file] = _decoded(opened())
        return texts[file]

    if path.is_dir():
        listing = path / LISTING
        if not listing.exists():
            raise _no_listing(path.as_posix())
    elif path.name == LISTING:
        listing = path
    else:
        return load_project(read(path.as_posix(), lambda: path), path.as_posix())
    folder, file = listing.parent, listing.as_posix()
    text = read(file, lambda: listing)
    names = sorted(each.name for each in folder.iterdir() if each.suffix.lower() in YAML)

    def read_inside(name: str) -> str:
        return read(posixpath.join(posixpath.dirname(file), name), lambda: inside(folder, name))

    return load_document(text, file, read_inside, names)


def load_files(texts: Mapping[str, str], folder: str = "") -> Reading:
    """A document whose files are given as texts by their names, `document.yaml` among them.

    The inverse of `files`. Places name the files inside of `folder`.
    """
    if LISTING not in texts:
        raise _no_listing(folder)

    def read(name: str) -> str:
        if name in texts:
            return texts[name]
        raise FileNotFoundError(name)

    return load_document(texts[LISTING], posixpath.join(folder, LISTING), read, texts)


def load_project(text: str, file: str) -> Reading:
    """The text of a project's file as a Document of one project; `file` is what its places say."""
    tree = parse(text, file)
    project, faults = record(Project, tree, file, ("projects", 0))
    if project is None:
        raise SpecError(diagnostics=_sorted(faults))
    return Reading(Document(projects=(project,)), dict(_places(0, tree, file)))


def load_document(text: str, file: str, read: Callable[[str], str], names: Iterable[str] = ()) -> Reading:
    """The text of a `document.yaml` as its Document; `read` gives a project file's text for its name.

    `read` may raise OSError or SpecError; both become diagnostics. It is never asked for a name that
    is absolute or leads out of the folder. `names` are the yaml files that are there, to tell of those
    that are not listed.
    """
    tree = parse(text, file)
    listing, faults = record(Listing, tree, file)
    if listing is not None:
        faults += listing_faults(listing, tree, file)
    names = tuple(names)
    folder = posixpath.dirname(file)
    places = {
        path: Place(file, *mark)
        for path, mark in tree.marks.items()
        if path[:1] != ("projects",) or len(path) == 1 or path[2:3] in (("heading",), ("bookmarks",))
    }
    projects: list[Project] = []
    listed: list[str] = []
    for index, name in sound_names(tree, file, faults):
        listed.append(name)
        place = posixpath.join(folder, name)
        where: Path = ("projects", index, "spec")
        try:
            inner = parse(read(name), place)
        except FileNotFoundError:
            near = difflib.get_close_matches(name, set(names) - _NOT_SPECS, 1)
            key = "specs.no_file_near" if near else "specs.no_file"
            faults.append(fault_at("PD013", say(key, name=name, near="".join(near)), tree, file, where))
        except OSError as error:
            message = say("specs.not_read", name=name, reason=reason(error))
            faults.append(fault_at("PD019", message, tree, file, where))
        except SpecError as error:
            faults += error.diagnostics
        else:
            project, found = record(Project, inner, place, ("projects", index))
            faults += found
            if project is not None:
                places.update(_places(index, inner, place))
                projects.append(project)
    if faults or listing is None:
        raise SpecError(diagnostics=_sorted(faults))
    presented = tuple(
        project.model_copy(update={"heading": entry.heading, "bookmarks": entry.bookmarks})
        for project, entry in zip(projects, listing.projects, strict=True)
    )
    document = Document(form=listing.form, title=listing.title, projects=presented)
    return Reading(document, places, tuple(_unlisted(names, listed, folder)))


def _places(index: int, tree: Tree, file: str) -> Iterator[tuple[Path, Place]]:
    """Path in the Document and place of each value of a project's file."""
    for path, mark in tree.marks.items():
        yield ("projects", index, *path), Place(file, *mark) if path else Place(file, 1, 1)


def read_text(path: FilePath | str) -> str:
    """The text of a spec file; SpecError where it can't be opened, is too large, or is not UTF-8."""
    path = FilePath(path)
    try:
        return _decoded(path)
    except OSError as error:
        raise _unreadable(path, error) from error


def _decoded(path: FilePath) -> str:
    with path.open("rb") as stream:
        return decode(stream.read(MOST_BYTES + 1), path.as_posix())


def _unreadable(path: FilePath, error: OSError) -> SpecError:
    missing = isinstance(error, FileNotFoundError)
    message = say("specs.none_there" if missing else "specs.cannot_be_read", reason=reason(error))
    return SpecError(diagnostics=(Diagnostic("PD019", Severity.error, message, Place(path.as_posix())),))


def inside(folder: FilePath, name: str) -> FilePath:
    """The file of that name in the folder. FileNotFoundError, or SpecError for a link that leads out of it."""
    path = folder / name
    if not path.exists():
        raise FileNotFoundError(name)
    if not path.resolve().is_relative_to(folder.resolve()):
        fault = Diagnostic("PD014", Severity.error, say("specs.link"), Place(path.as_posix()))
        raise SpecError(diagnostics=(fault,))
    return path


def sound_names(tree: Tree, file: str, faults: list[Diagnostic]) -> Iterator[tuple[int, str]]:
    """Position (from 0) and name of every project file that may be read; what is wrong goes to `faults`.

    Taken from the tree, so that faults elsewhere in `document.yaml` do not hide those of the projects.
    """
    entries = tree.value.get("projects") if isinstance(tree.value, dict) else None
    seen: dict[str, int] = {}
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        spec = entry.get("spec") if isinstance(entry, dict) else None
        if not isinstance(spec, str):
            continue
        name = posixpath.normpath(spec)
        if not spec.strip():
            code, message = "PD013", say("specs.names_none")
        elif "\0" in spec or "\\" in spec or re.match(r"/|[A-Za-z]:", spec) or name.split("/")[0] in ("..", "."):
            code, message = "PD014", say("specs.outside", name=spec)
        elif name in seen:
            code, message = "PD015", say("specs.listed_twice", name=spec, n=seen[name] + 1)
        elif name == LISTING:
            code, message = "PD015", say("specs.no_project", name=spec)
        else:
            seen[name] = index
            yield index, name
            continue
        faults.append(fault_at(code, message, tree, file, ("projects", index, "spec")))


def listing_faults(listing: Listing, tree: Tree, file: str) -> list[Diagnostic]:
    """No project at all; bookmarks that Word refuses, or that stand twice."""
    faults: list[Diagnostic] = []
    if not listing.projects and not (isinstance(tree.value, dict) and tree.value.get("projects") == []):
        faults.append(fault_at("PD013", say("specs.none_listed"), tree, file, ("projects",)))
    seen: dict[str, int] = {}
    for index, entry in enumerate(listing.projects):
        path: Path = ("projects", index, "bookmarks")
        found: list[tuple[Path, str]] = []
        names = entry.bookmarks
        if names is not None and len(names) != 2:
            found.append((path, say("specs.two_bookmarks", n=len(names))))
        for at, name in enumerate(names or ()):
            if not _BOOKMARK.fullmatch(name):
                message = say("specs.bookmark", name=name or say("specs.empty_text"))
                found.append(((*path, at), message))
            elif name in seen:
                message = say("specs.bookmark_twice", name=name, n=seen[name] + 1)
                found.append(((*path, at), message))
            seen.setdefault(name, index)
        faults += [fault_at("PD017", message, tree, file, where) for where, message in found]
    return faults


def _unlisted(names: Iterable[str], listed: Iterable[str], folder: str) -> Iterator[Diagnostic]:
    for name in sorted(set(names) - set(listed) - _NOT_SPECS):
        if not name.startswith("."):
            place = Place(posixpath.join(folder, name))
            message = say("specs.unlisted", listing=LISTING)
            yield Diagnostic("PD016", Severity.warning, message, place)


def _no_listing(folder: str) -> SpecError:
    message = say("specs.no_listing", listing=LISTING)
    return SpecError(diagnostics=(Diagnostic("PD013", Severity.error, message, Place(folder)),))


def _sorted(faults: Iterable[Diagnostic]) -> list[Diagnostic]:
    return sorted(faults, key=lambda each: (each.place, each.code))
