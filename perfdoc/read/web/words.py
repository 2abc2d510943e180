"""Text of a page as a browser lays it out: white space folded, blocks apart."""

from __future__ import annotations

import re

_SPACE = re.compile(r"[ \t\r\n\f]+")


class Words:
    """The lines of a paragraph or cell while the page is walked.

    A line ends where a block does. White space is folded into one blank and left out at the ends of a line;
    no-break spaces are kept, as the plain blanks that a person typed.
    """

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._blank = True
        """Does the line end with white space already (or not begin yet)?"""

    def add(self, text: str, exactly: bool = False) -> None:
        """A stretch of text; `exactly` keeps its white space (`<pre>`)."""
        if not text:
            return
        if exactly:
            self._line.append(text.replace("\r\n", "\n"))
            self._blank = False
            return
        text = _SPACE.sub(" ", text)
        if self._blank and text.startswith(" "):
            text = text[1:]
        if text:
            self._line.append(text)
            self._blank = text.endswith(" ")

    def break_line(self) -> None:
        """A `<br>`: a line break inside a paragraph."""
        if self._line and self._line[-1].endswith(" "):
            self._line[-1] = self._line[-1][:-1]
        self._line.append("\n")
        self._blank = True

    def end_block(self) -> None:
        """The paragraph ends here, if it has begun."""
        line = "".join(self._line)
        self._line.clear()
        self._blank = True
        if line:
            self._lines.append(line.removesuffix(" ").removesuffix("\n").replace("\xa0", " "))

    def take(self) -> str:
        """The text so far, and begin again; `""` where there is nothing but blanks."""
        self.end_block()
        text = "\n".join(line if line.strip() else "" for line in self._lines).strip("\n")
        self._lines.clear()
        return text if text.strip() else ""
