"""Parts of a workbook as a stream of events.

By expat: on sheets, where each of millions of cells is a handful of elements, it costs two thirds of lxml's
`iterparse`, and no tree is ever held.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from xml.parsers import expat

from perfdoc.errors import PerfdocError
from perfdoc.reading.package import Package

Attributes = Mapping[str, str]


class Part:
    """A part being parsed: set `parser`'s handlers, then `run`. Names come with their prefix, as written."""

    def __init__(self, package: Package, name: str) -> None:
        self.package = package
        self.name = name
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse

    def _refuse(self, *_: object) -> None:
        raise self.package.unreadable(f"{self.name} has a document type declaration, which is not allowed")

    def run(self, feed: Callable[[bytes], object] | None = None, close: Callable[[], object] = int) -> None:
        """Parse the whole part. Raises UnreadableError for what is not well-formed or over a limit.

        With `feed` the bytes go there, and from there what is the parser's to `parse`; `close` ends it.
        """
        feed = feed or self.parse
        try:
            for chunk in self.package.chunks(self.name):
                feed(chunk)
            close()
            self.parser.Parse(b"", True)
        except PerfdocError:
            raise
        except (expat.ExpatError, ValueError, LookupError) as error:
            line = self.parser.ErrorLineNumber or self.parser.CurrentLineNumber
            raise self.package.unreadable(f"{self.name}, line {line}: broken XML: {error}") from error
        finally:  # handlers hold what they read, and the parser that holds them: a circle
            self.parser.StartElementHandler = self.parser.EndElementHandler = None
            self.parser.CharacterDataHandler = self.parser.StartDoctypeDeclHandler = None

    def parse(self, data: bytes) -> None:
        """Parse the next bytes."""
        self.parser.Parse(data, False)


def local(name: str) -> str:
    """An element's name without its prefix."""
    return name.rpartition(":")[2]


def is_true(value: str | None) -> bool:
    """An xsd:boolean that is there and true."""
    return value in ("1", "true")
