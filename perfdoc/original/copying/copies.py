"""Bytes of elements as a copy beside them: without what must be unique or belongs to the one place that they had.

New ids come from the content, so that the same work gives the same bytes. A w14:paraId is unique in a package and
below 0x80000000 ([MS-DOCX] 2.6.2.3).
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from itertools import count

_TAG = re.compile(rb"<(/?)([^\s<>/!?]+)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)(/?)>")
_PARA = re.compile(rb"(\s(?:[^\s=:]+:)?(?:paraId|textId)\s*=\s*[\"'])([0-9A-Fa-f]{1,8})")
_NUMBER = re.compile(rb"(\s(?:[^\s=:]+:)?(?:id|val)\s*=\s*[\"'])(-?\d+)")
_NAMED = re.compile(rb"(\s(?:[^\s=:]+:)?name\s*=\s*[\"'])([^\"']*)")
_BOOKMARKS = frozenset((b"bookmarkStart", b"bookmarkEnd"))
_LONGEST = 40
"""Characters of a bookmark's name that Word takes."""
GONE = frozenset(
    b"commentRangeStart commentRangeEnd commentReference footnoteReference endnoteReference "
    b"permStart permEnd lastRenderedPageBreak dataBinding annotationRef del moveFrom moveFromRangeStart "
    b"moveFromRangeEnd moveToRangeStart moveToRangeEnd customXmlInsRangeStart customXmlInsRangeEnd "
    b"customXmlDelRangeStart customXmlDelRangeEnd customXmlMoveFromRangeStart customXmlMoveFromRangeEnd "
    b"customXmlMoveToRangeStart customXmlMoveToRangeEnd cellIns cellDel cellMerge rPrChange pPrChange tcPrChange "
    b"trPrChange tblPrExChange tblPrChange tblGridChange sectPrChange numberingChange".split()
)
"""What a copy does not have, with all that stands in it."""
UNWRAPPED = frozenset((b"ins", b"moveTo"))
"""Tracked changes whose content a copy has."""


class Copies:
    """Makes copies for one package; `parts` are the contents of those that may hold ids."""

    def __init__(self, parts: Iterable[bytes] = ()) -> None:
        self._paragraphs: set[int] = set()
        self._numbers: set[int] = set()
        for data in parts:
            self._paragraphs.update(int(found[2], 16) for found in _PARA.finditer(data))
            self._numbers.update(int(found[2]) for found in _NUMBER.finditer(data))

    def of(self, data: bytes, prefix: bytes, names: Mapping[bytes, bytes] | None = None) -> bytes:
        """A copy of elements; `prefix` is what names of WordprocessingML have here (`w:`).

        It has no bookmarks, or those whose new `names` are given (by `named`).
        """
        pieces: list[bytes] = []
        data = _without_last_controls(data, prefix)
        seed, at, skipped, control = hashlib.sha256(data).digest(), 0, 0, False
        kept: dict[bytes, bytes] = {}
        for tag in _TAG.finditer(data):
            ends, name, _, empty = tag.groups()
            local = name.removeprefix(prefix) if name.startswith(prefix) else b""
            if not skipped:
                pieces.append(data[at : tag.start()])
            at = tag.end()
            if skipped or local in GONE:
                skipped += 0 if empty else -1 if ends else 1
            elif local in _BOOKMARKS:
                pieces.append(self._bookmark(tag[0], names or {}, kept, seed))
            elif local in UNWRAPPED:
                continue
            else:
                control = not ends if local == b"sdtPr" else control
                pieces.append(self._renewed(tag[0], local == b"id" and control, seed))
        return b"".join((*pieces, data[at:]))

    def named(self, data: bytes) -> dict[bytes, bytes]:
        """New names for the bookmarks that begin and end in some elements, by the old ones."""
        names = {}
        for found in _NAMED.finditer(b"".join(tag[0] for tag in _TAG.finditer(data) if b"bookmarkStart" in tag[2])):
            number = unused(self._numbers, hashlib.sha256(found[2]).digest())
            names[found[2]] = found[2][: _LONGEST - 11] + b"_%d" % number
            if found[2].startswith(b"_Toc"):
                names[found[2]] = b"_Toc%d" % number
        return names

    def _bookmark(self, tag: bytes, names: Mapping[bytes, bytes], kept: dict[bytes, bytes], seed: bytes) -> bytes:
        """One end of a bookmark under its new name and id; nothing for one that has none."""
        number, name = _NUMBER.search(tag), _NAMED.search(tag)
        if number is None:
            return b""
        if name is not None:
            if name[2] not in names:
                return b""
            kept[number[2]] = b"%d" % (unused(self._numbers, seed + name[2]) & 0xFFFFFF)
            tag = tag[: name.start(2)] + names[name[2]] + tag[name.end(2) :]
            number = _NUMBER.search(tag)
        if number is None or number[2] not in kept:
            return b""
        return tag[: number.start(2)] + kept[number[2]] + tag[number.end(2) :]

    def _renewed(self, tag: bytes, is_control: bool, seed: bytes) -> bytes:
        tag = _PARA.sub(lambda found: found[1] + b"%08X" % unused(self._paragraphs, seed), tag)
        if is_control or re.match(rb"<[^\s:<>]*:?docPr\s", tag):
            tag = _NUMBER.sub(lambda found: found[1] + b"%d" % unused(self._numbers, seed), tag, count=1)
        return tag


def unused(taken: set[int], seed: bytes) -> int:
    """A number that follows from `seed` and is not taken; it is, then. From 1, below 0x80000000."""
    numbers = (int.from_bytes(hashlib.sha256(seed + b"%d" % step).digest()[:4], "big") >> 1 for step in count())
    number = next(each for each in numbers if each and each not in taken)
    taken.add(number)
    return number


def _without_last_controls(data: bytes, prefix: bytes) -> bytes:
    """Cells with the content of a content control that ends them in its place: Word wants a paragraph there."""
    one = (
        rb"<{0}sdt(?:\s[^>]*)?>(?:<{0}sdt(?:End)?Pr(?:\s[^>]*)?/>|<({0}sdt(?:End)?Pr)(?:\s[^>]*)?>.*?</\1>)*"
        rb"<{0}sdtContent>((?:(?!<{0}sdt[\s>]|</{0}sdtContent>).)*)</{0}sdtContent>\s*</{0}sdt>(?=\s*</{0}tc>)"
    )
    control = re.compile(one.replace(b"{0}", re.escape(prefix)), re.DOTALL)
    while (more := control.sub(rb"\2", data)) != data:
        data = more
    return data
