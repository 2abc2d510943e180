"""Parts of a workbook as a stream of elements, by expat: no tree is held, however large a part is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.parsers import expat

from perfdoc.errors import PerfdocError
from perfdoc.reading.package import Package

Attributes = Mapping[str, str]

MAX_TEXT = 2**20
"""Characters of one text; Excel's own limit for a cell is 32,767."""
MAX_NAMES = 1000
"""Names of elements that are kept; a workbook has about a hundred."""


class PartReader:
    """Reads a part by a method for each element; what extensions hold (`extLst`) is passed over.

    `begin_row` takes the attributes of the start tag `row`, `end_row` its end tag, whatever prefix they have; names of
    methods are in lower case. `text` is the text since the last start tag.
    """

    def __init__(self, package: Package, part: str) -> None:
        self.package = package
        self.part = part
        self.text = ""
        self._begins = _Methods(self, "begin_")
        self._ends = _Methods(self, "end_")
        self._skipped = 0
        """How deep inside of an extension."""

    def read(self) -> None:
        """Read a whole part. A ValueError of a method counts as broken XML.

        Raises UnreadableError: missing, not well-formed, over a limit, a document type declaration.
        """

        def refuse(*_: object) -> None:
            raise self.package.unreadable(f"{self.part} has a document type declaration, which is not allowed")

        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        try:
            for chunk in self.package.chunks(self.part):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except PerfdocError:
            raise
        except (expat.ExpatError, ValueError, LookupError) as error:
            line = parser.ErrorLineNumber or parser.CurrentLineNumber
            raise self.package.unreadable(f"{self.part}, line {line}: broken XML: {error}") from error

    def _start(self, name: str, attributes: Attributes) -> None:
        begin = self._begins[name]
        if self._skipped or begin is _EXTENSION:
            self._skipped += 1
            return
        self.text = ""
        if begin is not None:
            begin(attributes)

    def _end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        finish = self._ends[name]
        if finish is not None:
            finish()

    def _data(self, text: str) -> None:
        self.text += text
        if len(self.text) > MAX_TEXT:
            raise ValueError(f"a text of more than {MAX_TEXT} characters")


_EXTENSION = object()


class _Methods(dict[str, Any]):
    """A reader's methods by the names of elements as a part writes them; None for those that have no method."""

    def __init__(self, reader: PartReader, kind: str) -> None:
        super().__init__()
        self._reader, self._kind = reader, kind

    def __missing__(self, name: str) -> Any:
        local = name.rpartition(":")[2].lower()
        method = _EXTENSION if local == "extlst" else getattr(self._reader, self._kind + local, None)
        if len(self) < MAX_NAMES:
            self[name] = method
        return method


def is_true(value: str | None) -> bool:
    """An xsd:boolean that is there and true."""
    return value in ("1", "true")
