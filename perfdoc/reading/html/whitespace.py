"""Text of a page as a browser lays it out: white space folded, blocks apart."""

import re
from unicodedata import east_asian_width

_PIECE = re.compile(r"([ \t\r\n\f]*)([^ \t\r\n\f]*)")


class Words:
    """The lines of a paragraph or cell while the page is walked.

    A line ends where a block does. White space is folded into one blank and left out at the ends of a line
    and where the page's source is broken between two Chinese characters (CSS Text 3, 4.1.3). No-break spaces
    are kept, as the plain blanks that a person typed.
    """

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._gap = ""
        """White space since the last word: a blank, a line break of the source, or nothing."""

    def add(self, text: str, exactly: bool = False) -> None:
        """A stretch of text; `exactly` keeps its white space (`<pre>`)."""
        if exactly:
            if text:
                self._line.append(text.replace("\r\n", "\n"))
            return
        for space, word in _PIECE.findall(text):
            if space and self._gap != "\n":
                self._gap = "\n" if "\n" in space or "\r" in space else " "
            if word:
                if self._gap and self._line and self._parts(self._line[-1][-1], word[0]):
                    self._line.append(" ")
                self._gap = ""
                self._line.append(word)

    def _parts(self, before: str, after: str) -> bool:
        """Does the gap between these characters show?"""
        if before == "\n":
            return False
        return self._gap != "\n" or not (east_asian_width(before) in "WF" and east_asian_width(after) in "WF")

    def break_line(self) -> None:
        """A `<br>`: a line break inside a paragraph."""
        self._gap = ""
        self._line.append("\n")

    def end_block(self) -> None:
        """The paragraph ends here, if it has begun."""
        line = "".join(self._line)
        self._line.clear()
        self._gap = ""
        if line:
            self._lines.append(line.removesuffix("\n").replace("\xa0", " "))

    def take(self) -> str:
        """The text so far, and begin again; `""` where there is nothing but blanks."""
        self.end_block()
        text = "\n".join(line if line.strip() else "" for line in self._lines).strip("\n")
        self._lines.clear()
        return text if text.strip() else ""
