"""How a string is written in a workbook's XML (CT_Rst, ECMA-376 part 1, 18.4.8), and the shared strings."""

from __future__ import annotations

import re

from perfdoc.reading.excel.xml_part import Attributes, PartReader, is_true
from perfdoc.reading.package import Package
from perfdoc.reading.superscript import superscript

MAX_STRINGS = 4_000_000
"""Shared strings of a workbook; no sheet may have more cells."""
_ESCAPE = re.compile(r"(?:_x[0-9A-Fa-f]{4}_)+")


class RichText(str):
    """A string of a cell that is more than its text, phonetic runs left out; most strings are a plain `str`.

    `runs` are the texts of its runs where there are several and none has a format: somebody wanted its parts kept
    apart. `rich` says that a run has a format. `struck` is what is struck through of its text.
    """

    __slots__ = ("rich", "runs", "struck")
    runs: tuple[str, ...]
    rich: bool
    struck: str

    def __new__(cls, text: str, runs: tuple[str, ...] = (), rich: bool = False, struck: str = "") -> RichText:
        self = super().__new__(cls, text)
        self.runs, self.rich, self.struck = runs, rich, struck
        return self


class StringReader(PartReader):
    """Makes texts of the elements inside of a string item.

    `keep_struck` says whether what is struck through is part of the text.
    """

    def __init__(self, package: Package, part: str, keep_struck: bool) -> None:
        super().__init__(package, part)
        self.keep_struck = keep_struck
        self.strings: list[str] = []
        """The shared strings of the part."""
        self.begin_si({})

    def begin_si(self, _: Attributes) -> None:
        """A string item begins."""
        self._texts: list[str] = []
        self._struck: list[str] = []
        self._rich = self._is_struck = self._is_raised = False

    begin_is = begin_si

    def end_si(self) -> None:
        if len(self.strings) >= MAX_STRINGS:
            raise self.package.unreadable("excel.many_strings", part=self.part, most=MAX_STRINGS)
        self.strings.append(self.string())

    def string(self) -> str:
        """The item, which is complete."""
        texts = self._texts
        if len(texts) == 1 and not self._rich:
            return texts[0]
        runs = () if self._rich or len(texts) < 2 else tuple(texts)
        return RichText("".join(texts), runs, self._rich, "".join(self._struck))

    def begin_r(self, _: Attributes) -> None:
        self._is_struck = self._is_raised = False

    def begin_rpr(self, _: Attributes) -> None:
        self._rich = True

    def begin_strike(self, attributes: Attributes) -> None:
        self._is_struck = is_true(attributes.get("val", "1"))

    def begin_vertalign(self, attributes: Attributes) -> None:
        self._is_raised = attributes.get("val") == "superscript"

    begin_rph = PartReader.skip  # phonetic runs

    def end_t(self) -> None:
        text = self.text
        if "_x" in text or "\r" in text:
            text = plain(text)
        if self._is_struck:
            self._struck.append(text)
        if self.keep_struck or not self._is_struck:
            self._texts.append(superscript(text) if self._is_raised else text)


def plain(text: str) -> str:
    """The text with its `_x000D_` escapes read (ECMA-376 part 1, 22.9.2.19) and line breaks as `\\n`."""
    if "_x" in text:
        text = _ESCAPE.sub(_unescaped, text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _unescaped(match: re.Match[str]) -> str:
    units = re.findall(r"_x([0-9A-Fa-f]{4})_", match[0])
    raw = b"".join(int(unit, 16).to_bytes(2, "little") for unit in units)
    return raw.decode("utf-16-le", "replace")


def shared_strings(package: Package, part: str, keep_struck: bool = False) -> list[str]:
    """The shared strings in order. Raises UnreadableError."""
    reader = StringReader(package, part, keep_struck)
    reader.read()
    return reader.strings
