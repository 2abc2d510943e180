"""What is asked for when files are imported, of a run and of a file, and how a file may end."""

from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from perfdoc.errors import UsageError
from perfdoc.repository.given import given_near
from perfdoc.storage.paths import is_url
from perfdoc.texts import say

STAGING = ".perfdoc-import.tmp"
"""The folder in the output where files are made that are not yet in their places."""


class Ending(StrEnum):
    """How the import of a file ended; the value is what a summary calls it."""

    clean = "read cleanly"
    doubts = "with doubts"
    differs = "left alone: specs differ"
    lost = "refused: content would be lost"
    unrecognised = "not recognised"
    unreadable = "unreadable"
    unwritten = "can't be written"
    bug = "faults of perfdoc"
    skipped = "skipped: other files"


class Order(NamedTuple):
    """What is the same for all files of a run.

    `output` is the folder, a path or a URL, that the documents' folders are in; None: they go to standard output; "":
    to nowhere, where nothing is written and nothing compared. `staged` says that the output has a folder STAGING.
    `style` asks for a part of a report in that style. `tool_seconds` is the time that a helper program may take. `seen`
    are folders that a worker on another machine must see, too. With `survey` files are only looked at: nothing is
    written, nothing compared.
    """

    output: str | None
    track_changes: str = "accept"
    templates: tuple[Path, ...] = ()
    force: bool = False
    dry_run: bool = False
    strict: bool = False
    style: str = ""
    tool_seconds: float = 25.0
    staged: bool = False
    seen: tuple[str, ...] = ()
    survey: bool = False

    def near(self, folder: str) -> Path | None:
        """Where the forms and settings for a document are looked for: in its folder; None for the current one."""
        return None if self.output is None or is_url(self.output) else Path(self.output, folder)


class Job(NamedTuple):
    """A file to import.

    `path` opens it (a path or a URL) and is what messages call it, unless `data` are its bytes already. `key` names
    it in the run, `folder` is its document's folder in the output. A file with a `fault` can't be opened, and of what
    is no file, `passed` says what it is. One that is `named` was asked for by the user itself. `known` is the digest of
    the content that was imported already, and `gave_specs` says whether that gave specs. `part` is the name of its
    part of the report. `boilerplate` are texts around forms that are known; `options` is a digest of all that the
    result depends on beside the content. `before` is what was written of the content that has the digest `of`, packed.
    """

    path: str
    key: str
    folder: str
    fault: str = ""
    named: bool = False
    passed: str = ""
    known: bytes = b""
    gave_specs: bool = False
    data: bytes | None = None
    part: str = ""
    boilerplate: tuple[str, ...] = ()
    options: bytes = b""
    of: bytes = b""
    before: bytes = b""

    def __str__(self) -> str:
        return self.path


WORD = "docx"
"""The kind of file that a form is best learnt from."""


class Teaching(NamedTuple):
    """What is the same for all layouts of a run: its order, the workshop, and the name that is asked for, if any."""

    order: Order
    workshop: str
    name: str = ""


class Lesson(NamedTuple):
    """A layout, by its fingerprint, and files of it; a form is learnt from the first that one can be learnt from."""

    layout: str
    jobs: tuple[Job, ...]

    def __str__(self) -> str:
        return self.jobs[0].path


class Taught(NamedTuple):
    """The form of a layout, by its name, and the file that it was learnt from; or why there is none.

    `source` is empty where a form that was learnt from another layout serves this one.
    """

    layout: str
    form: str = ""
    source: str = ""
    notes: tuple[str, ...] = ()
    why: str = ""


def boilerplate_near(folder: Path | None = None) -> tuple[str, ...]:
    """The texts around forms that are known to the repository of a spec in `folder` (`extract`).

    UsageError for settings that make no sense.
    """
    given, file = given_near(folder, "import")
    if given is None or given == "":
        return ()
    if not isinstance(given, dict) or given.keys() - {"boilerplate"}:
        raise UsageError(say("importing.settings.group", file=file))
    texts = given.get("boilerplate") or []
    if not isinstance(texts, list) or not all(isinstance(each, str) and each.strip() for each in texts):
        raise UsageError(say("importing.settings.texts", file=file))
    return tuple(texts)
