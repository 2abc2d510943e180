"""What git is asked: the files of a revision, and what changed between two. Nothing here writes to a repository."""

from __future__ import annotations

import os
import posixpath
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from perfdoc.cli.files.inputs import MAX_BYTES
from perfdoc.errors import ToolError, UnreadableError, UsageError

_SECONDS = 120
WORKING = ""
"""The files as they stand in the working tree, where a revision is asked for."""


def git(*args: str, given: bytes | None = None, where: Path | None = None) -> bytes:
    """What `git ARGS` prints. ToolError where there is no git; UsageError with git's own words where it fails."""
    done = attempt(*args, given=given, where=where)
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise UsageError(f"git: {said[0].removeprefix('fatal: ') if said else f'{args[0]} failed'}")
    return done.stdout


def attempt(*args: str, given: bytes | None = None, where: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    """`git ARGS` carried out, whatever it ends with. ToolError where there is no git, or it takes too long."""
    command = ["git", "-c", "core.quotePath=false", "--no-pager", *args]
    try:
        return subprocess.run(
            command, input=given, stdin=None if given is not None else subprocess.DEVNULL, capture_output=True,
            cwd=where, timeout=_SECONDS, env={**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"},
        )  # fmt: skip
    except FileNotFoundError as error:
        raise ToolError("git is not installed, or not on the PATH") from error
    except subprocess.TimeoutExpired as error:
        raise ToolError(f"git {args[0]} took longer than {_SECONDS} seconds") from error


def top() -> Path:
    """The working tree's top folder. UsageError outside of a repository."""
    return Path(git("rev-parse", "--show-toplevel").decode().rstrip("\n"))


def prefix() -> str:
    """Where the current folder stands in the repository: `specs/`, or nothing at the top."""
    return git("rev-parse", "--show-prefix").decode().rstrip("\n")


def revision(name: str) -> str | None:
    """The commit that a name stands for, None where it is no name of one (or there is no repository)."""
    if not name or name.startswith("-") or "\0" in name:
        return None
    done = attempt("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    found = done.stdout.decode().split()
    return found[-1] if not done.returncode and found else None


def merge_base(one: str, other: str) -> str:
    """The commit that two have in common, as `A...B` asks for it."""
    return git("merge-base", one, other).decode().strip()


def changed(old: str, new: str, paths: Sequence[str]) -> list[str]:
    """Files that differ between two commits, below `paths` (all, for none); `new` may be WORKING. From the top."""
    revisions = [old] if new == WORKING else [old, new]
    listed = git("diff", "--name-only", "--no-renames", "--no-ext-diff", "-z", *revisions, "--", *paths)
    found = listed.decode("utf-8", "surrogateescape").split("\0")[:-1]
    if new == WORKING:
        others = git("ls-files", "--others", "--exclude-standard", "-z", "--full-name", "--", *paths)
        found += others.decode("utf-8", "surrogateescape").split("\0")[:-1]
    return found


class Revision(NamedTuple):
    """A commit, and what the user called it; WORKING for the files as they stand."""

    name: str
    commit: str


class Entry(NamedTuple):
    """A file of a revision: its object, its size in bytes."""

    name: str
    size: int


def entries(commit: str, folder: str) -> dict[str, Entry]:
    """The files of a folder of a commit by their path inside of it, from the top; links and submodules left out."""
    inside = folder.strip("/")
    tree = f"{commit}:{inside}"
    found: dict[str, Entry] = {}
    for line in git("ls-tree", "-r", "-l", "-z", "--full-tree", "--end-of-options", tree).split(b"\0")[:-1]:
        about, _, path = line.partition(b"\t")
        mode, kind, name, size = about.split()
        if kind == b"blob" and mode != b"120000":
            found[path.decode("utf-8", "surrogateescape")] = Entry(name.decode(), int(size))
    return found


def contents(wanted: Mapping[str, Entry]) -> dict[str, bytes]:
    """The bytes of files, all asked for at once. UnreadableError where they are more than may be held."""
    if sum(entry.size for entry in wanted.values()) > MAX_BYTES:
        raise UnreadableError(f"the files of this revision are larger than {MAX_BYTES >> 20} MiB")
    asked = "".join(f"{entry.name}\n" for entry in wanted.values()).encode()
    answer = git("cat-file", "--batch", given=asked) if wanted else b""
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
    done = attempt("cat-file", "-t", f"{commit}:{path.strip('/')}")
    return "" if done.returncode else done.stdout.decode().strip()


def from_top(path: str) -> str:
    """A path of the command line as the repository has it: from its top. UsageError for one outside of it."""
    absolute = Path(os.path.normpath(Path.cwd() / path))
    root = top()
    for one, whole in ((absolute, root), (absolute.resolve(), root.resolve())):
        if one.is_relative_to(whole):
            found = one.relative_to(whole).as_posix()
            return "" if found == "." else found
    raise UsageError(f"{path}: outside of the repository {root}")


def within(folder: str, path: str) -> str:
    """A path from the top as seen from the current folder's place (`./x`, `../x` in REV:PATH)."""
    joined = posixpath.normpath(posixpath.join(folder, path))
    if joined.startswith(".."):
        raise UsageError(f"{path}: leads out of the repository")
    return "" if joined == "." else joined
