"""`REV:PATH`: a file or folder as a revision of the repository has it."""

import os
from typing import NamedTuple

from perfdoc.cli.files.inputs import STDIN
from perfdoc.errors import UnreadableError
from perfdoc.git import revisions
from perfdoc.texts import say


class At(NamedTuple):
    """`REV:PATH`: a path (from the repository's top) as a commit has it, and how the user wrote it."""

    commit: str
    path: str
    given: str


def located(given: str) -> str | At:
    """What a name stands for: `REV:PATH`, or a path or `-`. A file that is there is taken before a revision.

    UnreadableError where it is neither.
    """
    if given == STDIN or os.path.lexists(given) or ":" not in given:
        return given
    name, _, path = given.partition(":")
    commit = revisions.revision(name)
    if commit is None:
        if os.sep not in name:
            raise UnreadableError(say("cli.sources.neither", given=given, name=name))
        return given
    if path.startswith(("./", "../")) or path == ".":
        path = revisions.within(revisions.prefix(), path)
    return At(commit, path, given)
