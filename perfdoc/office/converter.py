"""Files converted as they are asked for, while the process that converts them is at those that follow."""

from collections.abc import Callable, Iterable
from itertools import chain, islice

from perfdoc.errors import ToolError
from perfdoc.office.run import NotMadeError, Run, Source, StoppedError

MOST = 64
"""Files of a process, at the most: each leaves something in its memory, and their copies stand on the disk."""
Convert = Callable[[Source, str], bytes]
"""Gives a file in another format: what a Converter does."""


def _nothing(to: str) -> Iterable[Source]:
    return ()


class Converter:
    """Makes other formats of files that are asked for one after the other; it belongs to one thread.

    `to` is the suffix of the result, a filter may follow it after a colon (`pdf:writer_pdf_Export`). `coming` gives
    the files that will be asked for next in that format, in their order; it is called when a process is started for
    one, and they are given to the same process. A file has `seconds` of processor time (`Stopwatch`).
    """

    def __init__(self, seconds: float) -> None:
        self.coming: Callable[[str], Iterable[Source]] = _nothing
        self._seconds = seconds
        self._runs: dict[str, Run] = {}

    def __call__(self, source: Source, to: str) -> bytes:
        """The file in the other format.

        Raises NotMadeError where LibreOffice makes nothing of it, ToolError where there is no LibreOffice or the time
        is over. What happened to a file before it is not its fault.
        """
        try:
            while True:
                try:
                    return self._taken(source, to)
                except StoppedError:  # its memory may have been full of files before: it gets a process of its own
                    continue
        except ToolError:
            raise
        except BaseException:
            self.close()  # also where a signal says to stop
            raise

    def _taken(self, source: Source, to: str) -> bytes:
        """The result; StoppedError where another process may still have one."""
        run = self._runs.get(to)
        number = run.number_of(source) if run else None
        if run is None or number is None:
            self._end(to)
            run, number = Run(islice(chain([source], self.coming(to)), MOST), to, self._seconds), 0
            self._runs[to] = run
        try:
            return run.take(number)
        except StoppedError as error:
            if number == 0:
                raise NotMadeError(str(error)) from error
            raise
        finally:
            if run.over:
                self._end(to)

    def close(self) -> None:
        """End what is at work on files that nobody will ask for."""
        for to in [*self._runs]:
            self._end(to)

    def _end(self, to: str) -> None:
        run = self._runs.pop(to, None)
        if run is not None:
            run.close()
