"""How a string is written in a workbook's XML (CT_Rst, ECMA-376 part 1, 18.4.8), and the shared strings."""

from __future__ import annotations

import re
from typing import ClassVar, NamedTuple

from perfdoc.errors import UnreadableError
from perfdoc.reading.excel.xml_part import Attributes, PartReader, is_true
from perfdoc.reading.package import Package
from perfdoc.reading.superscript import superscript

MAX_STRINGS = 4_000_000
"""Shared strings of a workbook; no sheet may have more cells."""
_ESCAPE = re.compile(r"(?:_x[0-9A-Fa-f]{4}_)+")


class String(NamedTuple):
    """A string of a cell: rich text as plain text, phonetic runs left out.

    `runs` are the texts of its runs where there are several and none has a format: somebody wanted its parts kept
    apart. `rich` says that a run has a format. `struck` is what is struck through of its text.
    """

    text: str
    runs: tuple[str, ...] = ()
    rich: bool = False
    struck: str = ""


class StringReader(PartReader):
    """Makes Strings of the elements inside of a string item.

    `keep_struck` says whether what is struck through is part of the text.
    """

    def __init__(self, keep_struck: bool) -> None:
        super().__init__()
        self.keep_struck = keep_struck
        self.begin_string({})

    def begin_string(self, _: Attributes) -> None:
        """A string item begins."""
        self._texts: list[str] = []
        self._struck: list[str] = []
        self._rich = self._phonetic = False
        self._is_struck = self._is_raised = False

    def string(self) -> String:
        """The item, which is complete."""
        if len(self._texts) == 1 and not self._rich:
            return String(self._texts[0])
        runs = () if self._rich or len(self._texts) < 2 else tuple(self._texts)
        return String("".join(self._texts), runs, self._rich, "".join(self._struck))

    def _begin_run(self, _: Attributes) -> None:
        self._is_struck = self._is_raised = False

    def _begin_properties(self, _: Attributes) -> None:
        self._rich = True

    def _strike(self, attributes: Attributes) -> None:
        self._is_struck = is_true(attributes.get("val", "1"))

    def _align(self, attributes: Attributes) -> None:
        self._is_raised = attributes.get("val") == "superscript"

    def _begin_phonetic(self, _: Attributes) -> None:
        self._phonetic = True

    def _end_phonetic(self) -> None:
        self._phonetic = False

    def _end_text(self) -> None:
        if self._phonetic:
            return
        text = plain(self.text)
        if self._is_struck:
            self._struck.append(text)
        if self.keep_struck or not self._is_struck:
            self._texts.append(superscript(text) if self._is_raised else text)

    BEGINS: ClassVar = {
        "r": _begin_run,
        "rPr": _begin_properties,
        "strike": _strike,
        "vertAlign": _align,
        "rPh": _begin_phonetic,
    }
    ENDS: ClassVar = {"t": _end_text, "rPh": _end_phonetic}


def plain(text: str) -> str:
    """The text with its `_x000D_` escapes read (ECMA-376 part 1, 22.9.2.19) and line breaks as `\\n`."""
    if "_x" in text:
        text = _ESCAPE.sub(_unescaped, text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _unescaped(match: re.Match[str]) -> str:
    units = re.findall(r"_x([0-9A-Fa-f]{4})_", match[0])
    raw = b"".join(int(unit, 16).to_bytes(2, "little") for unit in units)
    return raw.decode("utf-16-le", "replace")


class _SharedStrings(StringReader):
    """Reads the part of shared strings."""

    def __init__(self, too_many: UnreadableError, keep_struck: bool) -> None:
        super().__init__(keep_struck)
        self.strings: list[String] = []
        self._too_many = too_many

    def _end_item(self) -> None:
        if len(self.strings) >= MAX_STRINGS:
            raise self._too_many
        self.strings.append(self.string())

    BEGINS: ClassVar = StringReader.BEGINS | {"si": StringReader.begin_string}
    ENDS: ClassVar = StringReader.ENDS | {"si": _end_item}


def shared_strings(package: Package, name: str, keep_struck: bool = False) -> list[String]:
    """The shared strings in order. Raises UnreadableError."""
    reader = _SharedStrings(package.unreadable(f"{name} has more than {MAX_STRINGS:,} strings"), keep_struck)
    reader.read(package, name)
    return reader.strings
