"""One process of LibreOffice at work on many files: whose result is there, who is to blame where none is."""

import re
import time
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from perfdoc.errors import ToolError
from perfdoc.office.soffice import Keeper, required
from perfdoc.office.stopwatch import Stopwatch
from perfdoc.texts import say

_PAUSE = 0.02  # seconds between two looks at what is there
_FAILED = "source file could not be loaded"
_BEGUN = re.compile(r"^convert .*?(\d+)\.\w+ (?:as a .*)?-> ")


class Source(NamedTuple):
    """A file as it is given to LibreOffice: its content, and the suffix that says what that is."""

    content: bytes
    suffix: str


class NotMadeError(ToolError):
    """LibreOffice ran and gave no result: what it was given is not sound."""


class StoppedError(Exception):
    """The process ended, or was ended, before it had a result for the file."""


class Run:
    """A process that converts files in their order, and its results, each for who asks for it.

    Everything is in a temporary folder; a file and its result are deleted when the result was taken.
    """

    def __init__(self, sources: Iterable[Source], to: str, seconds: float) -> None:
        self._seconds, self._suffix = seconds, to.partition(":")[0]
        self._files: list[Path] = []
        self._digests: list[bytes] = []
        self._asked = self._taken = self._ended = 0
        """How many files were asked for, whose results were taken, and that the process is through with."""
        self._keeper = Keeper(required())
        self.close = self._keeper.close
        try:
            self._made = self._keeper.folder / "out"
            self._made.mkdir()
            self._put(sources, self._keeper.folder / "in")
            self._keeper.start(["--convert-to", to, "--outdir", self._made, *self._files])
            self._stopwatch = Stopwatch(self._keeper.session)
        except BaseException:  # also a signal that says to stop
            self.close()
            raise

    def _put(self, sources: Iterable[Source], folder: Path) -> None:
        """Write the files, one in memory at a time."""
        folder.mkdir()
        for number, source in enumerate(sources, 1):
            self._files.append(folder / f"{number}.{source.suffix}")
            self._files[-1].write_bytes(source.content)
            self._digests.append(_digest(source))

    @property
    def over(self) -> bool:
        """Whether nothing more can come of it."""
        return self._asked == len(self._files)

    def number_of(self, source: Source) -> int | None:
        """The number of a file that was not asked for yet, from 0."""
        try:
            return self._digests.index(_digest(source), self._asked) if not self.over else None
        except ValueError:
            return None

    def take(self, number: int) -> bytes:
        """The result for a file; those before it can't be had any more.

        Raises NotMadeError where LibreOffice went on without one, StoppedError, ToolError where the file took too long.
        """
        self._asked = number + 1
        while True:
            over = self._keeper.over  # before the look at what is there, which is complete if it is over
            self._look()
            if (content := self._result(number)) is not None:
                return content
            if self._ended > number:
                raise NotMadeError(self._nothing())
            late = self._stopwatch.seconds() > self._seconds
            if late or over:
                self._asked = len(self._files)
                if late and self._ended == number:
                    raise ToolError(say("office.late", seconds=self._seconds))
                raise StoppedError(self._nothing())
            time.sleep(_PAUSE)

    def _look(self) -> None:
        """See how many files the process is through with, in any way; the time of the next one begins there.

        It says that it begins to write a result, and that it can't load a file, and goes on; what it says of neither
        shows in a result that is there for a later one.
        """
        said = self._keeper.said()
        begun = [int(found[1]) - 1 for line in said if (found := _BEGUN.match(line))]
        names = {file.name for file in self._made.iterdir()}
        there = [n for n in range(len(self._files)) if self._target(n).name in names and self._is_there(n)]
        failed = sum(_FAILED in line for line in said)
        ended = max([self._ended, *begun, *(number + 1 for number in there), self._taken + len(there) + failed])
        if ended > self._ended:
            self._ended = ended
            self._stopwatch.restart()

    def _is_there(self, number: int) -> bool:
        """Whether a result is complete: while LibreOffice writes it, a file says that it is locked."""
        made = self._target(number)
        try:
            return made.stat().st_size > 0 and not made.with_name(f".~lock.{made.name}#").exists()
        except OSError:
            return False

    def _result(self, number: int) -> bytes | None:
        if not self._is_there(number):
            return None
        content = self._target(number).read_bytes()
        self._target(number).unlink()
        self._files[number].unlink(missing_ok=True)
        self._taken += 1
        return content

    def _target(self, number: int) -> Path:
        return self._made / f"{number + 1}.{self._suffix}"

    def _nothing(self) -> str:
        """That there is no result, and the last that LibreOffice said beside what it does."""
        said = reversed(self._keeper.said())
        reason = next((line.strip() for line in said if line.strip() and not _BEGUN.match(line)), "")
        return say("office.nothing_because" if reason else "office.nothing", suffix=self._suffix, why=reason[:200])


def _digest(source: Source) -> bytes:
    return sha256(source.suffix.encode() + b"\0" + source.content).digest()
