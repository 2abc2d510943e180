"""What stands around the cells of a binary workbook: text boxes, headers, footers ([MS-XLS] 2.4)."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from perfdoc.layout import Paragraph
from perfdoc.reading.excel.sheet_blocks import margin_texts
from perfdoc.report import Place

MAX_BOXES = 10_000
_BOF, _EOF, _CONTINUE = 0x0809, 0x000A, 0x003C
_HEADER, _FOOTER, _OBJ, _TXO = 0x0014, 0x0015, 0x005D, 0x01B6
_BOUND_SHEET = 0x0085
_KINDS = {1: "macro", 2: "chart", 6: "module"}
_WORKSHEET = b"\x10\x00"  # BOF.dt
_NOTE = 0x19  # ftCmo.ot of a comment's box, whose text xlrd reads


class Strays(NamedTuple):
    """Texts of one worksheet that are in no cell: (story, text) of margins, and of boxes the text."""

    margins: list[tuple[str, str]]
    texts: list[str]

    def boxes(self, sheet: Place) -> Iterator[Paragraph]:
        """The text boxes as paragraphs of the sheet at that place, one for each line."""
        place = sheet._replace(part="text box")
        lines = (line for text in self.texts for line in text.split("\n") if line.strip())
        return (Paragraph(line, place, story="textbox") for line in lines)


def strays(records: bytes) -> list[Strays]:
    """For each worksheet in the order of the workbook's stream of records. A stream that makes no sense holds none."""
    found: list[Strays] = []
    here = Strays([], [])
    depth = 0
    note = wide = False
    following = _records(records)
    for number, body in following:
        if number == _BOF:
            depth += 1
            if depth == 1:
                wide = body[1:2] >= b"\x06"
                here = Strays([], [])
                if body[2:4] == _WORKSHEET:
                    found.append(here)
        elif number == _EOF:
            depth -= 1
        elif number in (_HEADER, _FOOTER):
            story = "header" if number == _HEADER else "footer"
            here.margins.extend((story, text) for text in margin_texts(_string(body, wide), ""))
        elif number == _OBJ:
            note = body[4:6] == bytes((_NOTE, 0))
        elif number == _TXO and not note and len(here.texts) < MAX_BOXES:
            text = _box(body, following)
            if text:
                here.texts.append(text)
    return found


def other_sheets(records: bytes) -> list[tuple[str, str]]:
    """(name, kind) of the sheets that are no worksheets, which xlrd passes over ([MS-XLS] 2.4.28, BoundSheet8)."""
    found: list[tuple[str, str]] = []
    wide = False
    for number, body in _records(records):
        if number == _BOF:
            wide = body[1:2] >= b"\x06"
        elif number == _EOF:
            break  # of the workbook's own part, which is the first
        elif number == _BOUND_SHEET and len(body) > 7 and (kind := _KINDS.get(body[5])):
            count, name = body[6], body[7:]
            text = _characters(name, count) if wide else name[:count].decode("gb18030", "replace")
            found.append((text, kind))
    return found


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of the workbook's stream: number and bytes."""
    at = 0
    while at + 4 <= len(stream):
        number, size = struct.unpack_from("<HH", stream, at)
        yield number, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _string(body: bytes, wide: bool) -> str:
    """A count and the characters ([MS-XLS] 2.5.294); before Excel 97 a count and bytes of the Chinese code page."""
    if not wide:
        return body[1 : 1 + body[0]].decode("gb18030", "replace") if body else ""
    return _characters(body[2:], struct.unpack_from("<H", body)[0]) if len(body) > 2 else ""


def _characters(raw: bytes, count: int) -> str:
    """A flag for two bytes a character, and so many characters."""
    if raw[0] & 1:
        return raw[1 : 1 + count * 2].decode("utf-16-le", "replace")
    return raw[1 : 1 + count].decode("latin-1")


def _box(body: bytes, records: Iterator[tuple[int, bytes]]) -> str:
    """The text of a TxO record; it stands in the Continue records that follow ([MS-XLS] 2.4.329)."""
    left = struct.unpack_from("<H", body, 10)[0] if len(body) >= 12 else 0
    text = ""
    while left > 0:
        number, more = next(records, (0, b""))
        piece = _characters(more, left) if number == _CONTINUE and more else ""
        if not piece:
            break
        text += piece
        left -= len(piece)
    return text.replace("\r", "\n").strip()
