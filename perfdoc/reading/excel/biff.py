"""What stands around the cells of a binary workbook: text boxes, headers, footers ([MS-XLS] 2.4)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from perfdoc.layout import Paragraph
from perfdoc.reading.excel.header_footer import margin_texts
from perfdoc.report import Place

MAX_BOXES = 10_000
_BOF, _EOF, _CONTINUE = 0x0809, 0x000A, 0x003C
_HEADER, _FOOTER, _OBJ, _TXO = 0x0014, 0x0015, 0x005D, 0x01B6
_BOUND_SHEET = 0x0085
_KINDS = {1: "macro", 2: "chart", 6: "module"}
_WORKSHEET = b"\x10\x00"  # BOF.dt
_NOTE = 0x19  # ftCmo.ot of a comment's box, whose text xlrd reads


class Record(NamedTuple):
    """A record of the workbook's stream: its number and its bytes."""

    number: int
    body: bytes


@dataclass
class Strays:
    """Texts of one worksheet that are in no cell: (story, text) of margins, and of boxes the text."""

    margins: list[tuple[str, str]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def boxes(self, sheet: Place) -> Iterator[Paragraph]:
        """The text boxes as paragraphs of the sheet at that place, one for each line."""
        place = sheet._replace(part="text box")
        for text in self.texts:
            for line in text.split("\n"):
                if line.strip():
                    yield Paragraph(line, place, story="textbox")


def strays(records: bytes) -> list[Strays]:
    """For each worksheet in the order of the workbook's stream of records. A stream that makes no sense holds none."""
    found: list[Strays] = []
    here = Strays()
    depth = 0
    note = wide = False
    following = _records(records)
    for record in following:
        if record.number == _BOF:
            depth += 1
            if depth == 1:
                wide = record.body[1:2] >= b"\x06"
                here = Strays()
                if record.body[2:4] == _WORKSHEET:
                    found.append(here)
        elif record.number == _EOF:
            depth -= 1
        elif record.number in (_HEADER, _FOOTER):
            story = "header" if record.number == _HEADER else "footer"
            code = _string(record.body, wide)
            here.margins.extend((story, text) for text in margin_texts(code, ""))
        elif record.number == _OBJ:
            note = record.body[4:6] == bytes((_NOTE, 0))
        elif record.number == _TXO and not note and len(here.texts) < MAX_BOXES:
            text = _box(record.body, following)
            if text:
                here.texts.append(text)
    return found


def other_sheets(records: bytes) -> list[tuple[str, str]]:
    """(name, kind) of the sheets that are no worksheets, which xlrd passes over ([MS-XLS] 2.4.28, BoundSheet8)."""
    found: list[tuple[str, str]] = []
    wide = False
    for record in _records(records):
        if record.number == _BOF:
            wide = record.body[1:2] >= b"\x06"
        elif record.number == _EOF:
            break  # of the workbook's own part, which is the first
        elif record.number == _BOUND_SHEET and len(record.body) > 7 and (kind := _KINDS.get(record.body[5])):
            count, body = record.body[6], record.body[7:]
            name = (
                _characters(body[1:], count, bool(body[0] & 1)) if wide else body[:count].decode("gb18030", "replace")
            )
            found.append((name, kind))
    return found


def _records(stream: bytes) -> Iterator[Record]:
    at = 0
    while at + 4 <= len(stream):
        number, size = struct.unpack_from("<HH", stream, at)
        yield Record(number, stream[at + 4 : at + 4 + size])
        at += 4 + size


def _string(body: bytes, wide: bool) -> str:
    """A count, a flag for two bytes a character, the characters ([MS-XLS] 2.5.294).

    Before Excel 97 a count and bytes of the machine's code page, here the Chinese one.
    """
    if not wide:
        return body[1 : 1 + body[0]].decode("gb18030", "replace") if body else ""
    if len(body) < 3:
        return ""
    count, flags = struct.unpack_from("<HB", body)
    return _characters(body[3:], count, bool(flags & 1))


def _characters(raw: bytes, count: int, wide: bool) -> str:
    if wide:
        return raw[: count * 2].decode("utf-16-le", "replace")
    return raw[:count].decode("latin-1")


def _box(body: bytes, records: Iterator[Record]) -> str:
    """The text of a TxO record; it stands in the Continue records that follow ([MS-XLS] 2.4.329)."""
    if len(body) < 12:
        return ""
    left = struct.unpack_from("<H", body, 10)[0]
    text = ""
    while left > 0:
        record = next(records, None)
        if record is None or record.number != _CONTINUE or not record.body:
            break
        piece = _characters(record.body[1:], left, bool(record.body[0] & 1))
        if not piece:
            break
        text += piece
        left -= len(piece)
    return text.replace("\r", "\n").strip()
