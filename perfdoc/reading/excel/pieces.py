"""Elements that come by the hundred thousand, read by pattern where they are written in the usual way.

A sheet of a million cells, a table of a million strings, is a million times the same few shapes. An element
that a pattern matches from its first character to its last needs no parser: what the pattern allows is well
formed. Every other byte of the part goes to the parser, in order, so that an element of another shape, or a
broken one, is read, or refused, just as without patterns. This reads flat lists in half the time; a test
holds that both ways give the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.parsers import expat

MAX_WAITING = 2**22
"""Bytes that may wait for the end of an element; a longer one is the parser's."""
CHARS = r"[^<>&\x00-\x08\x0b-\x1f\ufffe\uffff]*+"
TEXT = rf"{CHARS}(?:&(?:amp|lt|gt|quot|apos);{CHARS})*+"
ATTRIBUTES = r'(?: [A-Za-z_][\w:.-]*+="[^"<&\x00-\x1f]*+")*+'
_ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)")
_STRANGE = ("<!", "<?", "extLst")
"""What may hold text that looks like an element and is none: from there on all is the parser's."""
_NAMED = re.compile("&(?!#)")  # an entity that is no character reference
_TAG, _ENTITY = "\x7f", "\x80"
"""Stand for `<` and `&` while character references are read; text that has one is the parser's."""


class Pieces:
    """The way of a part's bytes to its parser.

    `opening` finds the start tag after which the elements stand, `closing` begins the end tag after them,
    `end` is the end tag of one. `take` reads one, without its end tag, and says whether it could; its
    character references are read already. `opened` is to be set when the parser has come to the start tag.
    """

    def __init__(
        self,
        opening: re.Pattern[bytes],
        closing: bytes,
        end: str,
        take: Callable[[str], bool],
        parse: Callable[[bytes], object],
    ) -> None:
        self.opened = False
        self._opening = opening
        self._closing = closing
        self._end = end
        self._take = take
        self._parse = parse
        self._waiting = b""
        self._step: Callable[[Pieces, bytes], object] = Pieces._before  # its own method would make a circle of it

    def feed(self, data: bytes) -> None:
        """The next bytes of the part."""
        self._step(self, data)

    def close(self) -> None:
        """There are no more."""
        self._parse(self._waiting)

    def _before(self, data: bytes) -> None:
        self._waiting += data
        found = self._opening.search(self._waiting)
        if found is None:
            if len(self._waiting) > MAX_WAITING:
                self._leave()
            return
        declared = _ENCODING.match(self._waiting)
        self._parse(self._waiting[: found.end()])
        self._waiting = self._waiting[found.end() :]
        if not self.opened or (declared and declared[1].lower() != b"utf-8"):
            self._leave()
        else:
            self._step = Pieces._among
            self._among(b"")

    def _among(self, data: bytes) -> None:
        """Whole elements are read; what begins another one waits."""
        data = self._waiting + data
        last = data.find(self._closing)
        end = self._end.encode()
        cut = data.rfind(end, 0, last if last >= 0 else len(data))
        cut = cut + len(end) if cut >= 0 else 0
        block, self._waiting = data[:cut], data[cut:]
        if not self._block(block) or last >= 0 or len(self._waiting) > MAX_WAITING:
            self._leave()

    def _leave(self) -> None:
        """From here on all is the parser's."""
        self._step = Pieces._pass
        self._parse(self._waiting)
        self._waiting = b""

    def _pass(self, data: bytes) -> None:
        self._parse(data)

    def _block(self, block: bytes) -> bool:
        """Read whole elements; False where something strange is among them: the rest went to the parser."""
        try:
            text = block.decode("utf-8")
        except UnicodeDecodeError:
            self._parse(block)
            return False
        end, take = self._end, self._take
        read = without_references(text) if "&#" in text else text
        usual = read != "" or text == ""
        written: list[str] = []  # the elements as the file has them: as many, but only looked at for the parser
        for at, piece in enumerate((read if usual else text).split(end)[:-1]):
            if not (usual and take(piece)):
                written = written or text.split(end)
                usual = usual and not any(mark in written[at] for mark in _STRANGE)
                self._parse((written[at] + end).encode())
        return usual


def without_references(text: str) -> str:
    """Markup with its character references read; some writers use them for every Chinese character.

    Tags and named entities are hidden from expat, so that it takes the whole for one text. `""` where what
    it reads could be mistaken for markup.
    """
    if _TAG in text or _ENTITY in text:
        return ""
    hidden = text.replace("<", _TAG)
    if _NAMED.search(hidden):
        hidden = hidden.replace("&", _ENTITY).replace(f"{_ENTITY}#", "&#")
    read: list[str] = []
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.CharacterDataHandler = read.append
    try:
        parser.Parse(f"<a>{hidden}</a>", True)
    except expat.ExpatError:
        return ""
    made = "".join(read)
    return "" if "<" in made or "&" in made else made.replace(_TAG, "<").replace(_ENTITY, "&")


def unescaped(text: str) -> str:
    """Text with the five entities of XML read."""
    for name, char in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(name, char)
    return text
