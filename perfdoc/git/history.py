"""The states that a folder had in the history of its repository. Nothing here writes to a repository."""

import posixpath
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from perfdoc.errors import ToolError
from perfdoc.git.command import git, run
from perfdoc.git.revisions import contents, entries

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
