"""What comes back from a process that worked for the page."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from perfdoc.comparison import Said
from perfdoc.importing.order import Ending
from perfdoc.model import Document
from perfdoc.pulling import Choice
from perfdoc.report import Claim, Path, Severity


class State(StrEnum):
    """What is to be known of a document first; the heaviest that holds."""

    unreadable = "unreadable"
    unrecognised = "unrecognised"
    outside = "outside"
    doubts = "doubts"
    clean = "clean"
    waiting = "waiting"


class Note(NamedTuple):
    """Something to look at: `kind` is doubt, outside, finding or comment; `path` the value that it is about, `where`
    its place in words, `anchor` the id of the drawn text, which has the
    `number`, and `quote` the text that it is about. Infos of reading are not among them.
    """

    kind: str
    severity: Severity
    code: str
    message: str
    where: str
    path: Path = ()
    anchor: str = ""
    number: int = 0
    quote: str = ""


class Looked(NamedTuple):
    """What a file, or a folder of specs, says; `year` is its budget year, 0 where it names none.

    `why` is said of one that could not be read. `drawn` is the file as HTML, each text with what it became; `claims`
    are those texts, and `layout` is its fingerprint. `texts` has the specs by the names of their files, in the order of
    the projects. `asked` is how many review comments are open, `said` a digest of what is said, the same for specs and
    for the file that they are rendered to.
    """

    state: State
    why: str = ""
    document: Document | None = None
    notes: tuple[Note, ...] = ()
    drawn: str = ""
    claims: tuple[Claim, ...] = ()
    texts: Mapping[str, str] = {}
    names: tuple[str, ...] = ()
    year: int = 0
    layout: str = ""
    asked: int = 0
    said: bytes = b""

    def count(self, kind: str) -> int:
        return sum(one.kind == kind for one in self.notes)


class Filled(NamedTuple):
    """A received file with the values of the specs; `said` is what was changed, `lost` what has no place there."""

    data: bytes
    said: tuple[str, ...]
    lost: tuple[str, ...]


class Box(NamedTuple):
    """A line of a text on a page, in points from the top left corner; `claim` is its number among the claims."""

    claim: int
    left: float
    top: float
    width: float
    height: float


class Sheet(NamedTuple):
    """A page: its picture (PNG), its size in points, and where the texts stand that were found for sure."""

    picture: bytes
    width: float
    height: float
    boxes: tuple[Box, ...]


Painted = tuple[Sheet, ...]


class Done(NamedTuple):
    """How the import of a file ended, what is to be said of it, and whether a file of its specs was written anew."""

    ending: Ending
    said: str = ""
    changed: bool = False


class Reviewed(NamedTuple):
    """What a file was made from (or, where that is not known, the specs as they stand: `is_guess`), its changes
    and its comments, and what the specs become, file by file.

    `conflicts` are those of the texts in which something is left to choose, marked as git does; `left` are the files
    of projects that are no more.
    """

    base: str
    is_guess: bool
    choices: tuple[Choice, ...]
    said: tuple[Said, ...]
    texts: Mapping[str, str]
    conflicts: Mapping[str, str]
    left: tuple[str, ...]
