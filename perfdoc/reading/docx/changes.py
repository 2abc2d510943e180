"""Tracked changes: what a policy shows of them, and the one remark that says what was done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from lxml import etree

from perfdoc import errors
from perfdoc.reading.codes import TRACKED
from perfdoc.reading.docx.names import AUTHOR, CELLDEL, CELLINS, DEL, DELTEXT, INS, MOVEFROM, MOVETO, PPR, R, T
from perfdoc.reading.options import TrackChanges
from perfdoc.report import Diagnostic, Place, Severity

INSERTED = frozenset((INS, MOVETO, CELLINS))
DELETED = frozenset((DEL, MOVEFROM, CELLDEL))
TRACKS = INSERTED | DELETED
_WORDS = {
    INS: ("insertion", "insertions"),
    CELLINS: ("insertion", "insertions"),
    DEL: ("deletion", "deletions"),
    CELLDEL: ("deletion", "deletions"),
    MOVEFROM: ("move", "moves"),
    MOVETO: ("", ""),
}
GONE_BUT_THERE = "a row tracked as not there holds text that is; LibreOffice marks rows beside others so: read as a row"
_LISTED = 3
"""Places that the remark names; a `fail` lists every one, up to MAX_FAILURES."""
MAX_FAILURES = 50
MAX_DELETED = 10_000
"""Different texts that are remembered as deleted."""
_LONGEST = 200  # characters of such a text


class Changes:
    """What a file's tracked changes are taken for, and a tally of them by kind and author."""

    def __init__(self, policy: TrackChanges) -> None:
        self.policy = policy
        self._hidden = INSERTED if policy == "reject" else DELETED
        self._tally: Counter[tuple[str, str]] = Counter()
        self._places: list[Place] = []
        self.deleted: Counter[str] = Counter()
        """How often each text is tracked as deleted, or hidden, and not shown."""

    def shows(self, change: etree._Element, place: Place) -> bool:
        """Count a change; is what it marks part of the text under the policy?"""
        tag = change.tag
        self._tally[tag, change.get(AUTHOR, "")] += 1
        if len(self._places) < MAX_FAILURES and place not in self._places[-1:]:
            self._places.append(place)
        if tag in self._hidden and _is_deletion(change) and not _is_deletion(change.getprevious()):
            self._remember(change)
        return tag not in self._hidden

    def hides_all(self, children: Iterable[etree._Element]) -> bool:
        """Is all that a paragraph holds, and it does hold something, no text under the policy?"""
        held = [each.tag for each in children if each.tag != PPR]
        return bool(held) and all(tag in self._hidden for tag in held)

    def _remember(self, deletion: etree._Element) -> None:
        """Take down the text of a deletion, which goes on in the deletions that follow it at once."""
        text = ""
        each: etree._Element | None = deletion
        while each is not None and _is_deletion(each) and len(text) <= _LONGEST:
            text += "".join(piece.text or "" for piece in each.iter(DELTEXT, T))
            each = each.getnext()
        self.remember(text)

    def remember(self, text: str) -> None:
        """Take down a text that is there and not shown."""
        if 0 < len(text) <= _LONGEST and (text in self.deleted or len(self.deleted) < MAX_DELETED):
            self.deleted[text] += 1

    def remarks(self, file: str) -> tuple[Diagnostic, ...]:
        """One remark about all of them, or none; with the policy `fail` a ContentLostError instead."""
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
            amounts = " and ".join(f"{n} {_singular(many) if n == 1 else many}" for many, n in counts.items())
            said.append(f"{amounts} by {author}" if author else amounts)
        return ", ".join(said) or "moves"


def begins_with_deletion(paragraph: etree._Element) -> bool:
    """Is the first text of a paragraph tracked as deleted?"""
    first = next((each for each in paragraph if each.tag != PPR), None)
    return _is_deletion(first)


def ends_with_deletion(paragraph: etree._Element) -> bool:
    """Is the last text of a paragraph tracked as deleted?"""
    return len(paragraph) > 0 and _is_deletion(paragraph[-1])


def text_before_insertion(paragraph: etree._Element) -> str:
    """The text at the beginning of a paragraph that no change marks, where an insertion follows it, or `""`."""
    text = ""
    for each in paragraph:
        if each.tag == INS:
            return text
        if each.tag == R:
            text += "".join(piece.text or "" for piece in each.iterchildren(T))
        elif each.tag != PPR:
            break
        if len(text) > _LONGEST:
            break
    return ""


def _is_deletion(element: etree._Element | None) -> bool:
    return element is not None and element.tag in (DEL, MOVEFROM)


def _singular(many: str) -> str:
    return many.removesuffix("s")


def _within(place: Place) -> str:
    """A place without the name of its file."""
    return str(place).removeprefix(place.file).removeprefix(":").strip() or "the beginning"
