"""The shared strings of a workbook, and how a string is written in its XML."""

from __future__ import annotations

import re
from collections.abc import Sequence

from perfdoc.reading.excel.pieces import ATTRIBUTES, TEXT, Pieces, unescaped
from perfdoc.reading.excel.xmlpart import Attributes, Part
from perfdoc.reading.package import Package

MAX_STRINGS = 4_000_000
"""Shared strings of a workbook; no sheet may have more cells."""
_ESCAPE = re.compile(r"(?:_x[0-9A-Fa-f]{4}_)+")


class Parted(str):
    """A string of several runs, none of which has a format of its own: somebody wanted its parts kept apart."""

    runs: tuple[str, ...] = ()


def parted(runs: Sequence[str]) -> str:
    """The text of runs without formats."""
    texts = [plain(run) for run in runs]
    if len(texts) < 2:
        return "".join(texts)
    text = Parted("".join(texts))
    text.runs = tuple(texts)
    return text


def plain(text: str) -> str:
    """The text with its `_x000D_` escapes read (ECMA-376 part 1, 22.9.2.19) and line breaks as `\\n`."""
    if "_x" in text:
        text = _ESCAPE.sub(_unescaped, text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text


def _unescaped(match: re.Match[str]) -> str:
    units = re.findall(r"_x([0-9A-Fa-f]{4})_", match[0])
    raw = b"".join(int(unit, 16).to_bytes(2, "little") for unit in units)
    return raw.decode("utf-16-le", "replace")


_RUN_TEXT = rf'<t(?: xml:space="preserve")?+>({TEXT})</t>'
_PHONETIC = rf"(?:<phoneticPr{ATTRIBUTES}/>)?+"
_PLAIN_ITEM = re.compile(rf"\s*+<si>{_RUN_TEXT}{_PHONETIC}")
_PROPERTIES = rf"(?:<rPr>(?:<[A-Za-z]+{ATTRIBUTES}/>)*+</rPr>)?+"
_RICH_ITEM = re.compile(rf"\s*+<si>(?:<r>{_PROPERTIES}{_RUN_TEXT.replace('(' + TEXT, '(?:' + TEXT)}</r>)++{_PHONETIC}")
_RUN_TEXTS = re.compile(_RUN_TEXT)


def _item(piece: str) -> str | None:
    """The text of a string item of the usual shapes, or None."""
    match = _PLAIN_ITEM.fullmatch(piece)
    if match is not None:
        text = match[1]
    elif _RICH_ITEM.fullmatch(piece):
        texts: list[str] = _RUN_TEXTS.findall(piece)
        if "<rPr>" not in piece:
            return parted([unescaped(one) if "&" in one else one for one in texts])
        text = "".join(texts)
    else:
        return None
    return plain(unescaped(text) if "&" in text else text)


def shared_strings(package: Package, name: str, by_pattern: bool = True) -> list[str]:
    """The shared strings in order, rich text as plain text, phonetic runs left out (18.4.6).

    `by_pattern` says whether items of the usual shapes go past the parser; what is read is the same.
    """
    strings: list[str] = []
    pieces: list[str] = []
    wanted = phonetic = formatted = False
    item = text = sound = look = ""

    def root(element: str, attributes: Attributes) -> None:
        nonlocal item, text, sound, look
        items.opened = element == "sst"
        prefix = element.rpartition(":")[0]
        names = ("si", "t", "rPh", "rPr")
        item, text, sound, look = (f"{prefix}:{name}" if prefix else name for name in names)
        part.parser.StartElementHandler = start

    def keep(string: str) -> None:
        if len(strings) >= MAX_STRINGS:
            raise package.unreadable(f"{name} has more than {MAX_STRINGS:,} strings")
        strings.append(string)

    def start(element: str, attributes: Attributes) -> None:
        nonlocal wanted, phonetic, formatted
        if element == text:
            wanted = not phonetic
            if wanted:
                pieces.append("")
        elif element == item:
            pieces.clear()
            formatted = False
        elif element == look:
            formatted = True
        elif element == sound:
            phonetic = True

    def end(element: str) -> None:
        nonlocal wanted, phonetic
        if element == text:
            wanted = False
        elif element == item:
            keep(plain("".join(pieces)) if formatted else parted(pieces))
        elif element == sound:
            phonetic = False

    def data(more: str) -> None:
        if wanted:
            pieces[-1] += more

    def take(piece: str) -> bool:
        found = _item(piece)
        if found is not None:
            keep(found)
        return found is not None

    part = Part(package, name)
    items = Pieces(re.compile(rb"<sst(?:\s[^<>]*)?>"), b"</sst", "</si>", take, part.parse)
    part.parser.StartElementHandler = root
    part.parser.EndElementHandler = end
    part.parser.CharacterDataHandler = data
    if by_pattern:
        part.run(items.feed, items.close)
    else:
        part.run()
    return strings
