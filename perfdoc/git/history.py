"""The states that a folder had in the history of its repository. Nothing here writes to a repository."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from perfdoc.errors import ToolError
from perfdoc.git.command import git, run
from perfdoc.git.revisions import contents, entries

_SHORT = 9  # digits of a commit that are shown


class State(NamedTuple):
    """A folder as a commit has it: the commit, shortened, and the folder's files of a suffix by their path within."""

    commit: str
    files: dict[str, bytes]


def states(folder: Path, suffixes: tuple[str, ...], most: int, of: str = "") -> Iterator[State]:
    """Every state of a folder, in all branches, newest first, each once; or the one that it has at a revision `of`.

    None where the folder is in no repository, or git is not here. UnreadableError for one of more than `most` bytes.
    """
    try:
        asked = run("rev-parse", "--show-prefix", where=folder)
    except ToolError:
        return
    if asked.returncode:
        return
    inside = asked.stdout.decode("utf-8", "surrogateescape").rstrip("\n").rstrip("/")
    which = ["--no-walk", of] if of else ["HEAD", "--all", "--full-history"]
    logged = run("log", *which, "--format=%H", "--", *([] if of else ["."]), where=folder).stdout.decode().split()
    seen: set[bytes] = set()
    if not logged:
        return
    given = "".join(f"{commit}:{inside}\n" for commit in logged).encode("utf-8", "surrogateescape")
    trees = git("cat-file", "--batch-check=%(objectname) %(objecttype)", given=given, where=folder).splitlines()
    for commit, about in zip(logged, trees, strict=True):
        tree, _, kind = about.partition(b" ")
        if kind == b"tree" and tree not in seen:
            seen.add(tree)
            found = entries(tree.decode(), "", folder)
            wanted = {name: one for name, one in found.items() if name.lower().endswith(suffixes)}
            yield State(commit[:_SHORT], contents(wanted, most, folder))
