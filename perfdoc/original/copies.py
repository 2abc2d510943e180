"""Bytes of elements as a copy beside them: without what must be unique or belongs to the one place that they had.

New ids come from the content, so that the same work gives the same bytes. A w14:paraId is unique in a package and
below 0x80000000 ([MS-DOCX] 2.6.2.3).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from itertools import count

_TAG = re.compile(rb"<(/?)([^\s<>/!?]+)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)(/?)>")
_PARA = re.compile(rb"(\s(?:[^\s=:]+:)?(?:paraId|textId)\s*=\s*[\"'])([0-9A-Fa-f]{1,8})")
_NUMBER = re.compile(rb"(\s(?:[^\s=:]+:)?(?:id|val)\s*=\s*[\"'])(-?\d+)")
_GONE = frozenset(
    b"bookmarkStart bookmarkEnd commentRangeStart commentRangeEnd commentReference footnoteReference endnoteReference "
    b"permStart permEnd lastRenderedPageBreak dataBinding annotationRef del moveFrom moveFromRangeStart "
    b"moveFromRangeEnd moveToRangeStart moveToRangeEnd customXmlInsRangeStart customXmlInsRangeEnd "
    b"customXmlDelRangeStart customXmlDelRangeEnd customXmlMoveFromRangeStart customXmlMoveFromRangeEnd "
    b"customXmlMoveToRangeStart customXmlMoveToRangeEnd cellIns cellDel cellMerge rPrChange pPrChange tcPrChange "
    b"trPrChange tblPrExChange tblPrChange tblGridChange sectPrChange numberingChange".split()
)
"""What a copy does not have, with all that stands in it."""
_UNWRAPPED = frozenset((b"ins", b"moveTo"))
"""Tracked changes whose content a copy has."""


class Copies:
    """Makes copies for one package; `parts` are the contents of those that may hold ids."""

    def __init__(self, parts: Iterable[bytes] = ()) -> None:
        self._paragraphs: set[int] = set()
        self._numbers: set[int] = set()
        for data in parts:
            self._paragraphs.update(int(found[2], 16) for found in _PARA.finditer(data))
            self._numbers.update(int(found[2]) for found in _NUMBER.finditer(data))

    def of(self, data: bytes, prefix: bytes) -> bytes:
        """A copy of elements; `prefix` is what names of WordprocessingML have here (`w:`)."""
        pieces: list[bytes] = []
        seed, at, skipped, control = hashlib.sha256(data).digest(), 0, 0, False
        for tag in _TAG.finditer(data):
            ends, name, _, empty = tag.groups()
            local = name.removeprefix(prefix) if name.startswith(prefix) else b""
            if not skipped:
                pieces.append(data[at : tag.start()])
            at = tag.end()
            if skipped or local in _GONE:
                skipped += 0 if empty else -1 if ends else 1
            elif local in _UNWRAPPED:
                continue
            else:
                control = not ends if local == b"sdtPr" else control
                pieces.append(self._renewed(tag[0], local == b"id" and control, seed))
        return b"".join((*pieces, data[at:]))

    def _renewed(self, tag: bytes, is_control: bool, seed: bytes) -> bytes:
        tag = _PARA.sub(lambda found: found[1] + b"%08X" % self._new(self._paragraphs, seed), tag)
        if is_control or re.match(rb"<[^\s:<>]*:?docPr\s", tag):
            tag = _NUMBER.sub(lambda found: found[1] + b"%d" % self._new(self._numbers, seed), tag, count=1)
        return tag

    @staticmethod
    def _new(taken: set[int], seed: bytes) -> int:
        for step in count():
            number = int.from_bytes(hashlib.sha256(seed + b"%d" % step).digest()[:4], "big") >> 1
            if number and number not in taken:
                taken.add(number)
                return number
        raise AssertionError
