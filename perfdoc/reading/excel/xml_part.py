"""Parts of a workbook as a stream of elements, by expat: no tree is held, however large a part is."""

from collections.abc import Mapping
from typing import Any
from xml.parsers import expat

from perfdoc.errors import PerfdocError
from perfdoc.reading.broken import NotSoundError, broken_xml
from perfdoc.reading.package import Package
from perfdoc.texts import say

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
        """How deep inside of an element that is passed over."""

    def read(self) -> None:
        """Read a whole part. A ValueError of a method counts as broken XML.

        Raises UnreadableError: missing, not well-formed, over a limit, a document type declaration.
        """

        def refuse(*_: object) -> None:
            raise self.package.unreadable("reading.doctype", part=self.part)

        parser = self._parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = refuse
        self._listen()
        parser.CharacterDataHandler = self._data
        try:
            for chunk in self.package.chunks(self.part):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except PerfdocError:
            raise
        except (expat.ExpatError, ValueError, LookupError) as error:
            line = parser.ErrorLineNumber or parser.CurrentLineNumber
            raise broken_xml(error, self.package.file, self.part, line) from error

    def _listen(self) -> None:
        begins, ends = self._begins, self._ends

        def start(name: str, attributes: Attributes) -> None:
            self.text = ""
            if begin := begins[name]:
                begin(attributes)

        def end(name: str) -> None:
            if finish := ends[name]:
                finish()

        self._parser.StartElementHandler, self._parser.EndElementHandler = start, end

    def skip(self, _: Attributes) -> None:
        """Pass over the element that begins, with all that it holds."""
        self._skipped = 1
        self._parser.StartElementHandler = self._skip_start
        self._parser.EndElementHandler = self._skip_end

    begin_extlst = skip

    def _skip_start(self, name: str, attributes: Attributes) -> None:
        self._skipped += 1

    def _skip_end(self, name: str) -> None:
        self._skipped -= 1
        if not self._skipped:
            self._listen()

    def _data(self, text: str) -> None:
        self.text += text
        if len(self.text) > MAX_TEXT:
            raise NotSoundError(say("excel.long_text", most=MAX_TEXT))


class _Methods(dict[str, Any]):
    """A reader's methods by the names of elements as a part writes them; None for those that have no method."""

    def __init__(self, reader: PartReader, kind: str) -> None:
        super().__init__()
        self._reader, self._kind = reader, kind

    def __missing__(self, name: str) -> Any:
        method = getattr(self._reader, self._kind + name.rpartition(":")[2].lower(), None)
        if len(self) < MAX_NAMES:
            self[name] = method
        return method


def is_true(value: str | None) -> bool:
    """An xsd:boolean that is there and true."""
    return value in ("1", "true")
