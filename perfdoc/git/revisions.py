"""Revisions of a repository: their files, the states of a folder, what changed. Nothing here writes to a repository."""

import os
import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from perfdoc.errors import ToolError, UnreadableError, UsageError
from perfdoc.git.command import git, run
from perfdoc.texts import say

WORKING = ""
"""The files as they stand in the working tree, where a revision is asked for."""


def top() -> Path:
    return Path(git("rev-parse", "--show-toplevel").decode().rstrip("\n"))


def prefix() -> str:
    """Where the current folder stands in the repository: `specs/`, or nothing at the top."""
    return git("rev-parse", "--show-prefix").decode().rstrip("\n")


def revision(name: str) -> str | None:
    """The commit that a name stands for, None where it is no name of one (or there is no repository)."""
    if not name or name.startswith("-") or "\0" in name:
        return None
    done = run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    found = done.stdout.decode().split()
    return found[-1] if not done.returncode and found else None


def changed(old: str, new: str, paths: Sequence[str]) -> list[str]:
    """Files that differ between two commits, below `paths` (all, for none); `new` may be WORKING. From the top."""
    revisions = [old] if new == WORKING else [old, new]
    listed = git("diff", "--name-only", "--no-renames", "--no-ext-diff", "-z", *revisions, "--", *paths)
    found = listed.decode("utf-8", "surrogateescape").split("\0")[:-1]
    if new == WORKING:
        others = git("ls-files", "--others", "--exclude-standard", "-z", "--full-name", "--", *paths)
        found += others.decode("utf-8", "surrogateescape").split("\0")[:-1]
    return found


def is_committed(folder: Path, names: Iterable[str]) -> bool:
    """Whether the last commit has these files of a folder, and all that it has there stands as it has it."""
    try:
        differing = run("status", "--porcelain", "--untracked-files=no", "--", ".", where=folder)
        known = run("ls-files", "--error-unmatch", "--", *names, where=folder)
    except (ToolError, OSError):
        return False
    return not (differing.returncode or differing.stdout.strip() or known.returncode)


class Revision(NamedTuple):
    """A commit, and what the user called it; WORKING for the files as they stand."""

    name: str
    commit: str


class Entry(NamedTuple):
    """A file of a revision: its object, its size in bytes."""

    name: str
    size: int


def entries(commit: str, folder: str, where: Path | None = None) -> dict[str, Entry]:
    """The files of a folder of a commit by their path inside of it, from the top; links and submodules left out.

    `where` is a folder of the repository, if it is not that of the current one.
    """
    inside = folder.strip("/")
    tree = f"{commit}:{inside}"
    found: dict[str, Entry] = {}
    for line in git("ls-tree", "-r", "-l", "-z", "--full-tree", "--end-of-options", tree, where=where).split(b"\0")[
        :-1
    ]:
        about, _, path = line.partition(b"\t")
        mode, kind, name, size = about.split()
        if kind == b"blob" and mode != b"120000":
            found[path.decode("utf-8", "surrogateescape")] = Entry(name.decode(), int(size))
    return found


def contents(wanted: Mapping[str, Entry], most: int, where: Path | None = None) -> dict[str, bytes]:
    """The bytes of files, all asked for at once. UnreadableError where they are more than `most` bytes together."""
    if sum(entry.size for entry in wanted.values()) > most:
        raise UnreadableError(say("git.large", most=most >> 20))
    asked = "".join(f"{entry.name}\n" for entry in wanted.values()).encode()
    answer = git("cat-file", "--batch", given=asked, where=where) if wanted else b""
    found: dict[str, bytes] = {}
    at = 0
    for path in wanted:
        end = answer.index(b"\n", at)
        size = int(answer[at:end].split()[-1])
        found[path] = answer[end + 1 : end + 1 + size]
        at = end + 1 + size + 1
    return found


def kind(commit: str, path: str) -> str:
    """`blob`, `tree`, or nothing where the commit has no such path; from the top."""
    done = run("cat-file", "-t", f"{commit}:{path.strip('/')}")
    return "" if done.returncode else done.stdout.decode().strip()


def from_top(path: str) -> str:
    """A path of the command line as the repository has it: from its top. UsageError for one outside of it."""
    absolute = Path(os.path.normpath(Path.cwd() / path))
    root = top()
    for one, whole in ((absolute, root), (absolute.resolve(), root.resolve())):
        if one.is_relative_to(whole):
            found = one.relative_to(whole).as_posix()
            return "" if found == "." else found
    raise UsageError(say("git.outside", path=path, root=root))


def within(folder: str, path: str) -> str:
    """A path from the top as seen from the current folder's place (`./x`, `../x` in REV:PATH)."""
    joined = posixpath.normpath(posixpath.join(folder, path))
    if joined.startswith(".."):
        raise UsageError(say("git.leads_out", path=path))
    return "" if joined == "." else joined


class Range(NamedTuple):
    """Two revisions to compare, and the paths that the comparison is limited to (none: everything)."""

    old: Revision
    new: Revision
    paths: Sequence[str]


def asked_range(given: Sequence[str]) -> Range | None:
    """What `A..B`, `A...B`, `A B` or `A`, and the paths behind them, stand for; None where no revision is named.

    A file that is there is taken before a revision of its name. UsageError for a range of which one end is none.
    """
    first, *others = given
    if os.path.lexists(first) or ":" in first:
        return None
    if ".." in first:
        return _dotted(first, others)
    commit = revision(first)
    if commit is None:
        return None
    second = revision(others[0]) if others and not os.path.lexists(others[0]) else None
    if second is not None:
        return Range(Revision(first, commit), Revision(others[0], second), others[1:])
    return Range(Revision(first, commit), Revision("", WORKING), others)


def _dotted(given: str, others: Sequence[str]) -> Range | None:
    dots = "..." if "..." in given else ".."
    left, _, right = given.partition(dots)
    names = (left or "HEAD", right or "HEAD")
    old, new = map(revision, names)
    if old is None or new is None:
        if len(others) == 1 and ("/" in given or os.sep in given):
            return None  # a path with dots in it, that is not there
        raise UsageError(say("git.no_revision", given=given, name=names[0] if old is None else names[1]))
    base = git("merge-base", old, new).decode().strip() if dots == "..." else old
    return Range(Revision(names[0], base), Revision(names[1], new), others)


_SHORT = 9  # digits of a commit that are shown
_EVERY = ("HEAD", "--all")


class State(NamedTuple):
    """A folder as a commit has it: the commit, shortened, and the folder's files of a suffix by their path within."""

    commit: str
    files: dict[str, bytes]


def states(folder: Path, suffixes: tuple[str, ...], most: int, of: str = "") -> Iterator[State]:
    """Every state of a folder, in all branches, newest first, each once; or the one that it has at a revision `of`.

    Behind them come those that it had under other names, where its files were moved. None where the folder is in no
    repository, or git is not here. UnreadableError for one of more than `most` bytes.
    """
    try:
        asked = run("rev-parse", "--show-prefix", where=folder)
    except ToolError:
        return
    if asked.returncode:
        return
    seen: set[bytes] = set()
    names = [_text(asked.stdout).rstrip("\n").rstrip("/")]
    for inside in names:  # which grows
        for commit, tree in _trees(folder, inside, of):
            if tree not in seen:
                seen.add(tree)
                found = entries(tree.decode(), "", folder)
                wanted = {name: one for name, one in found.items() if name.lower().endswith(suffixes)}
                yield State(commit[:_SHORT], contents(wanted, most, folder))
        if not of:
            names += [one for one in _names_before(folder, inside) if one not in names]


def _trees(folder: Path, inside: str, of: str) -> Iterator[tuple[str, bytes]]:
    """The commits that changed what is at a path of the repository, and the tree that each has there."""
    which = ["--no-walk", of] if of else [*_EVERY, "--full-history"]
    logged = run("log", *which, "--format=%H", "--", *([] if of else [f":(top,literal){inside}"]), where=folder)
    commits = logged.stdout.decode().split()
    if not commits:
        return
    given = "".join(f"{commit}:{inside}\n" for commit in commits).encode("utf-8", "surrogateescape")
    found = git("cat-file", "--batch-check=%(objectname) %(objecttype)", given=given, where=folder).splitlines()
    for commit, about in zip(commits, found, strict=True):
        tree, _, kind = about.partition(b" ")
        if kind == b"tree":
            yield commit, tree


def _names_before(folder: Path, inside: str) -> dict[str, None]:
    """The folders from which files were moved into a folder, latest first."""
    renames = ("--diff-filter=R", "--find-renames", "--name-status", "-z", "--format=")
    said = _text(run("log", *_EVERY, *renames, where=folder).stdout).split("\0")
    pairs = zip(said[1::3], said[2::3], strict=False)  # what was done, the old name, the new one
    return {posixpath.dirname(old): None for old, new in pairs if posixpath.dirname(new) == inside}


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")
