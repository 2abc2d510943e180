"""Parts of a workbook as a stream of elements, by expat: no tree is held, however large a part is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, ClassVar
from xml.parsers import expat

from perfdoc.errors import PerfdocError
from perfdoc.reading.package import Package

Attributes = Mapping[str, str]

MAX_TEXT = 2**20
"""Characters of one text; Excel's own limit for a cell is 32,767."""


class PartReader:
    """Reads a part by a method for each element; what extensions hold (`extLst`) is passed over.

    `begin_row` takes the attributes of the start tag `row`, `end_row` its end tag, whatever prefix they have; names of
    methods are in lower case. `text` is the text since the last start tag.
    """

    _begins: ClassVar[dict[str, Callable[[Any, Attributes], None]]]
    _ends: ClassVar[dict[str, Callable[[Any], None]]]

    def __init_subclass__(cls) -> None:
        cls._begins = {name[len("begin_") :]: getattr(cls, name) for name in dir(cls) if name.startswith("begin_")}
        cls._ends = {name[len("end_") :]: getattr(cls, name) for name in dir(cls) if name.startswith("end_")}

    def __init__(self, package: Package, part: str) -> None:
        self.package = package
        self.part = part
        self.text = ""
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
        name = _local(name)
        if self._skipped or name == "extlst":
            self._skipped += 1
            return
        self.text = ""
        begin = self._begins.get(name)
        if begin is not None:
            begin(self, attributes)

    def _end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        finish = self._ends.get(_local(name))
        if finish is not None:
            finish(self)

    def _data(self, text: str) -> None:
        self.text += text
        if len(self.text) > MAX_TEXT:
            raise ValueError(f"a text of more than {MAX_TEXT} characters")


@lru_cache(maxsize=1000)
def _local(name: str) -> str:
    """An element's name in lower case and without its prefix."""
    return name.rpartition(":")[2].lower()


def is_true(value: str | None) -> bool:
    """An xsd:boolean that is there and true."""
    return value in ("1", "true")
