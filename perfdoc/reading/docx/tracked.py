"""Tracked changes: which a policy shows, and the one remark that says what was done."""

from __future__ import annotations

from collections import Counter

from perfdoc import errors
from perfdoc.reading.codes import TRACKED
from perfdoc.reading.docx.marks import shorten
from perfdoc.reading.docx.namespaces import DEL, MOVEFROM, w
from perfdoc.reading.options import TrackChanges
from perfdoc.report import Diagnostic, Place, Severity

_INS, _MOVETO, _CELLINS, _CELLDEL = w("ins"), w("moveTo"), w("cellIns"), w("cellDel")
INSERTED = frozenset((_INS, _MOVETO, _CELLINS))
DELETED = frozenset((DEL, MOVEFROM, _CELLDEL))
TRACKS = INSERTED | DELETED
_WORDS = {
    _INS: ("insertion", "insertions"),
    _CELLINS: ("insertion", "insertions"),
    DEL: ("deletion", "deletions"),
    _CELLDEL: ("deletion", "deletions"),
    MOVEFROM: ("move", "moves"),
    _MOVETO: ("", ""),
}
_LISTED = 3
"""Places that the remark names; a `fail` lists every one, up to MAX_FAILURES."""
MAX_FAILURES = 50


class Tracked:
    """The tracked changes of a file, counted by kind and author; `hidden` are the tags of those that are no text."""

    def __init__(self, policy: TrackChanges) -> None:
        self.policy = policy
        self.hidden = INSERTED if policy == "reject" else DELETED
        self._tally: Counter[tuple[str, str]] = Counter()
        self._places: list[Place] = []
        self._struck: list[Diagnostic] = []

    def count(self, tag: str, author: str, place: Place) -> None:
        """One more change, at a place."""
        self._tally[tag, author] += 1
        if len(self._places) < MAX_FAILURES and place not in self._places[-1:]:
            self._places.append(place)

    def strike(self, text: str, place: Place) -> str:
        """One more text that is struck through; what is to be said of it."""
        message = f"struck-through text is {'read' if self.policy == 'reject' else 'left out'}: {shorten(text, 200)}"
        if len(self._struck) < MAX_FAILURES:
            self._struck.append(Diagnostic(TRACKED, Severity.warning, message, place, text))
        return message

    def remarks(self, file: str) -> tuple[Diagnostic, ...]:
        """One remark about all of them, or none; with the policy `fail` a ContentLostError instead."""
        if self._struck and not self._tally and self.policy == "fail":
            raise errors.ContentLostError(f"{file}: struck-through text and the policy is to fail on it", self._struck)
        if not self._tally:
            return ()
        if self.policy == "fail":
            message = f"tracked changes ({self._counts()}) and the policy is to fail on them"
            raise errors.ContentLostError(
                f"{file}: {message}",
                [Diagnostic(TRACKED, Severity.error, "a tracked change", place) for place in self._places],
            )
        shown = ", ".join(_within(place) for place in self._places[:_LISTED])
        more = ", …" if len(self._places) > _LISTED else ""
        verb = "rejected" if self.policy == "reject" else "accepted"
        message = f"tracked changes were read as {verb}: {self._counts()}; first at {shown}{more}"
        return (Diagnostic(TRACKED, Severity.info, message, self._places[0]),)

    def _counts(self) -> str:
        by_author: dict[str, Counter[str]] = {}
        for (tag, author), count in self._tally.items():
            one, many = _WORDS[tag]
            if one:
                by_author.setdefault(author, Counter())[many] += count
        said = []
        for author, counts in by_author.items():
            amounts = " and ".join(f"{n} {many.removesuffix('s') if n == 1 else many}" for many, n in counts.items())
            said.append(f"{amounts} by {author}" if author else amounts)
        return ", ".join(said) or "moves"


def _within(place: Place) -> str:
    """A place without the name of its file."""
    return str(place).removeprefix(place.file).removeprefix(":").strip() or "the beginning"
