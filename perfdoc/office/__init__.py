"""LibreOffice without its window: other formats to and from it, for page numbers and for files of Word 97.

`Converter` is the door. Files that are announced to it are converted by one process (`run`), which is held to the
limits of a file (`stopwatch`), started apart from any other LibreOffice (`soffice`), and kept with its folder by a
process that ends both however we end (`keeper`).
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial

from perfdoc.errors import ToolError
from perfdoc.office.converter import Convert, Converter
from perfdoc.office.run import NotMadeError, Source
from perfdoc.office.soffice import find, required

__all__ = ["Convert", "Converter", "NotMadeError", "Source", "convert", "each", "find", "required"]


def convert(files: Sequence[bytes], to: str, *, suffix: str = "docx", timeout: float = 120) -> list[bytes]:
    """Every file in another format, in order, by one start of LibreOffice; all of them, or the first one's ToolError.

    `suffix` is that of the given files; `to` and `timeout` as for Converter.
    """
    results = []
    for result in each([Source(content, suffix) for content in files], to, timeout=timeout):
        if isinstance(result, ToolError):
            raise result
        results.append(result)
    return results


def each(sources: Sequence[Source], to: str, *, timeout: float) -> Iterator[bytes | ToolError]:
    """Each file in another format, or why there is none; one that fails takes no other with it."""
    with closing(Converter(timeout)) as converter:
        for number, source in enumerate(sources, 1):
            converter.coming = partial(_all, sources[number:])
            try:
                yield converter(source, to)
            except ToolError as error:
                yield error


def _all(sources: Sequence[Source], to: str) -> Sequence[Source]:
    return sources
