"""Tracked changes: which a policy shows, and the one remark that says what was done."""

from collections import Counter

from perfdoc import errors
from perfdoc.reading.codes import TRACKED
from perfdoc.reading.docx.marks import Change, shorten
from perfdoc.reading.docx.namespaces import DEL, MOVEFROM, w
from perfdoc.reading.options import TrackChanges
from perfdoc.report import Diagnostic, Place, Severity, TrackedChange
from perfdoc.texts import listed, say

_INS, _MOVETO, _CELLINS, _CELLDEL = w("ins"), w("moveTo"), w("cellIns"), w("cellDel")
INSERTED = frozenset((_INS, _MOVETO, _CELLINS))
DELETED = frozenset((DEL, MOVEFROM, _CELLDEL))
TRACKS = INSERTED | DELETED
_WORDS = {
    _INS: "docx.count.inserted",
    _CELLINS: "docx.count.inserted",
    DEL: "docx.count.deleted",
    _CELLDEL: "docx.count.deleted",
    MOVEFROM: "docx.count.moved",
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
        self.changes: list[TrackedChange] = []
        """Each change with its place, in the order in which they are met."""
        self._struck: list[Diagnostic] = []

    def count(self, change: Change, place: Place) -> None:
        """One more change, at a place."""
        self._tally[change.tag, change.author] += 1
        self.changes.append(TrackedChange(place, change.author, change.date, change.gone))
        if len(self._places) < MAX_FAILURES and place not in self._places[-1:]:
            self._places.append(place)

    def strike(self, text: str, place: Place) -> str:
        """One more text that is struck through; what is to be said of it."""
        key = "reading.struck.read" if self.policy == "reject" else "reading.struck.left_out"
        message = say(key, text=shorten(text, 200))
        if len(self._struck) < MAX_FAILURES:
            self._struck.append(Diagnostic(TRACKED, Severity.warning, message, place, text))
        return message

    def remarks(self, file: str) -> tuple[Diagnostic, ...]:
        """One remark about all of them, or none; with the policy `fail` a ContentLostError instead."""
        if self._struck and not self._tally and self.policy == "fail":
            raise errors.ContentLostError(f"{file}: {say('docx.struck_refused')}", self._struck)
        if not self._tally:
            return ()
        if self.policy == "fail":
            found = [Diagnostic(TRACKED, Severity.error, say("reading.change"), place) for place in self._places]
            raise errors.ContentLostError(f"{file}: {say('docx.refused', counts=self._counts())}", found)
        places = [*map(_within, self._places[:_LISTED]), *("…" for _ in self._places[_LISTED : _LISTED + 1])]
        key = "docx.rejected" if self.policy == "reject" else "docx.accepted"
        message = say(key, counts=self._counts(), places=listed(places))
        return (Diagnostic(TRACKED, Severity.info, message, self._places[0]),)

    def _counts(self) -> str:
        by_author: dict[str, Counter[str]] = {}
        for (tag, author), count in self._tally.items():
            if tag in _WORDS:
                by_author.setdefault(author, Counter())[_WORDS[tag]] += count
        said = []
        for author, counts in by_author.items():
            amounts = say("lists.and").join(say(key, n=n) for key, n in counts.items())
            said.append(say("docx.counts_by", counts=amounts, author=author) if author else amounts)
        return listed(said) or say("docx.moves")


def _within(place: Place) -> str:
    """A place without the name of its file."""
    return str(place).removeprefix(place.file).removeprefix(":").strip() or say("docx.beginning")
