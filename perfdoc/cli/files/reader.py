"""Files received, read one after the other; those that only LibreOffice understands share a start of it."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from perfdoc.cli.files.batch import attempt
from perfdoc.cli.files.inputs import STDIN, is_spec_name
from perfdoc.cli.terminal.printing import Printer
from perfdoc.errors import PerfdocError
from perfdoc.jobs.chunks import TOGETHER
from perfdoc.layout import Layout
from perfdoc.office import Converter, Source
from perfdoc.reading import kind_of, read_by
from perfdoc.reading.office import SUFFIXES, convertible, source_of
from perfdoc.reading.options import TOOL_SECONDS
from perfdoc.storage.content import bytes_of

Item = TypeVar("Item")


class Reader:
    """Reads bytes as `perfdoc.read` does; it belongs to one thread."""

    def __init__(self) -> None:
        self._converter = Converter(TOOL_SECONDS)
        self.close = self._converter.close

    def coming(self, items: Sequence[object]) -> None:
        """Know what will be read after the next one: paths or URLs, or what is shown as one."""
        self._converter.coming = lambda to: _sources(items, to)

    def __call__(self, data: bytes, name: str, track_changes: str = "accept") -> Layout:
        return read_by(data, name, track_changes, self._converter)

    def as_package(self, data: bytes) -> tuple[bytes, str]:
        """A file as .docx or .xlsx, itself or as LibreOffice makes it of another kind, and which of them.

        The kind is "" for what is neither. Raises ToolError.
        """
        kind = kind_of(data)
        found = None if kind in ("docx", "xlsx") else convertible(data)
        if found is None:
            return data, kind if kind in ("docx", "xlsx") else ""
        return self._converter(*found), found[1]


def read_each(printer: Printer, items: Sequence[Item], work: Callable[[Item, Reader], int]) -> list[int]:
    """`each`, for items that may be files received, with what reads them."""
    codes = []
    with contextlib.closing(Reader()) as reader:
        for number, item in enumerate(printer.progress.over(items), 1):
            reader.coming(items[number : number + TOGETHER])
            codes.append(attempt(printer, item, lambda one: work(one, reader)))
    return codes


def together(item: object) -> bool:
    """Whether a file probably needs LibreOffice, whose start takes as long as a dozen of files."""
    return str(item).lower().endswith(SUFFIXES)


def _sources(items: Sequence[object], to: str) -> Iterator[Source]:
    """What LibreOffice will be asked to convert, as far as that shows before it is read."""
    for name in map(str, items):
        if name != STDIN and not is_spec_name(name):
            with contextlib.suppress(PerfdocError, OSError):  # it is told when it is the file's turn
                found = source_of(bytes_of(name))
                if found and found[1] == to:
                    yield found[0]
