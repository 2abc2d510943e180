"""What is to be said of a workbook while it is read, with a bound on how much."""

from collections import Counter

from perfdoc.errors import ContentLostError
from perfdoc.reading import codes
from perfdoc.reading.options import Options
from perfdoc.reading.threads import Remark
from perfdoc.report import Diagnostic, Place, Reply, Severity
from perfdoc.texts import say

MAX_EACH = 200
"""Diagnostics of one code on one sheet; the rest are counted in one more."""
_LONG = 200  # characters of a quote; a cell may hold 32,767


class Diagnostics:
    """Diagnostics of one file, in the order in which they were said."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._said: list[Diagnostic] = []
        self._count: Counter[tuple[str, str]] = Counter()
        self.remarks: list[Remark] = []

    def add(self, code: str, severity: Severity, message: str, place: Place, quote: str = "") -> None:
        """One diagnostic; past `MAX_EACH` of its code on its sheet it is only counted."""
        key = (code, place.sheet)
        self._count[key] += 1
        if self._count[key] <= MAX_EACH:
            self._said.append(Diagnostic(code, severity, message, place, quote))

    def at(self, sheet: str, row: int = 0, column: int = 0) -> Place:
        """A place on a sheet of this file."""
        return Place(self.file, sheet=sheet, row=row, column=column)

    def all(self) -> tuple[Diagnostic, ...]:
        """All that was said, and how much more was to be said."""
        more: list[Diagnostic] = []
        for (code, sheet), count in self._count.items():
            if count > MAX_EACH:
                message = say("excel.more", n=count - MAX_EACH, code=code)
                more.append(Diagnostic(codes.MORE, Severity.warning, message, self.at(sheet)))
        return (*self._said, *more)

    def refuse_struck(self, options: Options) -> None:
        """Raise ContentLostError where text is struck through and the policy is to fail on what is deleted."""
        struck = [one for one in self._said if one.code == codes.TRACKED]
        if struck and options.track_changes == "fail":
            raise ContentLostError(f"{self.file}: {say('excel.struck')}", struck[:50])

    def comment(self, place: Place, author: str, text: str, thread: Remark | None = None) -> None:
        """Quote a comment; Excel itself begins the text with the author's name. `thread` is a threaded one."""
        who = author.strip()
        begun = f"{who}:" if who and text.startswith((f"{who}:", f"{who}：")) else ""
        note = Reply(who, "", text[len(begun) :].strip("\n"))
        self.remarks.append(thread or Remark(note, place))
        key = "excel.comment_by" if who and not text.startswith(who) else "excel.comment"
        self.add(codes.COMMENT, Severity.info, say(key, who=short(who), text=short(text)), place, text)


def short(text: str) -> str:
    """The beginning of a text, for a message in one line."""
    line = " ".join(text.split())
    return line if len(line) <= _LONG else line[: _LONG - 1] + "…"
