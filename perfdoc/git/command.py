"""git carried out. All of perfdoc asks git through here."""

import os
import subprocess
from pathlib import Path

from perfdoc.errors import ToolError, UsageError
from perfdoc.texts import say

_SECONDS = 120


def git(*args: str, given: bytes | None = None, where: Path | None = None) -> bytes:
    """What `git ARGS` prints. ToolError where there is no git; UsageError with git's own words where it fails."""
    done = run(*args, given=given, where=where)
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        why = said[0].removeprefix("fatal: ") if said else ""
        raise UsageError(say("git.said", why=why) if why else say("git.failed", command=args[0]))
    return done.stdout


def run(*args: str, given: bytes | None = None, where: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    """`git ARGS` carried out, whatever it ends with. ToolError where there is no git, or it takes too long."""
    command = ["git", "-c", "core.quotePath=false", "--no-pager", *args]
    try:
        return subprocess.run(
            command, input=given, stdin=None if given is not None else subprocess.DEVNULL, capture_output=True,
            cwd=where, timeout=_SECONDS, env={**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"},
        )  # fmt: skip
    except FileNotFoundError as error:
        raise ToolError(say("git.not_here")) from error
    except subprocess.TimeoutExpired as error:
        raise ToolError(say("git.late", command=args[0], seconds=_SECONDS)) from error


def text_of(*args: str, where: Path | None = None) -> str:
    """The one line that `git ARGS` prints, `""` where it fails."""
    return run(*args, where=where).stdout.decode().rstrip("\n")


def shows_base() -> bool:
    """Whether conflicts are to show what stood there before, as git is set to do (`merge.conflictStyle`)."""
    return text_of("config", "--get", "merge.conflictStyle").strip() in ("diff3", "zdiff3")


def merge_lines(files: tuple[Path, Path, Path], labels: tuple[str, str, str], size: int) -> tuple[bytes, int]:
    """Three files merged as git does by itself, by their lines: the text, and how many conflicts are in it.

    `files` and `labels` are those of the base, of ours, of theirs; `size` is the length of conflict markers.
    ToolError where git can't merge them.
    """
    base, ours, theirs = map(str, files)
    named = [option for at in (1, 0, 2) for option in ("-L", labels[at])]
    done = run("merge-file", "-p", f"--marker-size={size}", *named, "--", ours, base, theirs)
    if done.returncode > 127 or done.returncode < 0:
        said = done.stderr.decode("utf-8", "replace").strip() or say("git.failed", command="merge-file")
        raise ToolError(say("git.merge_file", file=ours, why=said))
    return done.stdout, done.returncode
