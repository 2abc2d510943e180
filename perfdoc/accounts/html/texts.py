"""The texts of one file on the page: each with the class of its role, a tag that says it in words, and its doubts."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from perfdoc.accounts.difference import divide
from perfdoc.accounts.tally import Account, claims_by_place
from perfdoc.accounts.words import path_words, place_words
from perfdoc.report import Claim, Path, Place, Role, Severity
from perfdoc.texts import say

MISSING = "missing"
"""The class of a text that no claim has."""


class Part(NamedTuple):
    """A stretch of a text, what it became in a word or two, and class and title where it is only a part of one.

    `at` is the way to the value that it became, as of Shown.
    """

    text: str
    tag: str = ""
    css: str = ""
    title: str = ""
    at: str = ""


class Shown(NamedTuple):
    """A text as the page shows it: the attributes of its element, its parts, and the numbers of its diagnostics.

    `anchor` is the element's id, only where a diagnostic leads to it. `at` is the way to the value that the whole of it
    became (`way`).
    """

    anchor: str
    css: str
    title: str
    parts: Sequence[Part]
    marks: Sequence[int]
    story: str = ""
    at: str = ""


def way(path: Path) -> str:
    """A value's path as an attribute has it: `projects/0/indicators/3/target`."""
    return "/".join(map(str, path))


class Texts:
    """What there is to show with the texts of a file; `prefix` begins every id that it makes.

    A text takes its claims out of the account when it is shown, so that of two texts at one place each has its own.
    """

    def __init__(self, account: Account, prefix: str) -> None:
        self.account, self.prefix = account, prefix
        self.claims = claims_by_place(c for c in account.claims if c.text and not c.text.isspace())
        self.doubts: dict[Place, list[int]] = defaultdict(list)
        for number, one in enumerate(account.diagnostics, 1):
            self.doubts[one.place].append(number)
        self.anchors: dict[Place, str] = {}
        """The id of the element at a place that a diagnostic names."""

    def show(self, place: Place, text: str, *traits: str, within: Path = (), tagged: bool = True) -> Shown:
        """A text with the tags of its claims; `traits` are classes that its element has besides.

        `within` is the project that goes without saying; `tagged=False` leaves the tag of a whole text out.
        """
        empty = not text or text.isspace()
        found = [] if empty else self._take(place, text)
        if len(found) == 1 and found[0].text == text:
            kind, parts = str(found[0].role), [Part(text, _tag(found[0], within) if tagged else "")]
        else:
            kind, parts = "", [] if empty else list(_parts(text, found, within))
        css = [*traits, kind or ("blank" if empty else "" if found else MISSING)]
        anchor = ""
        marks = self.doubts.get(place, ())
        if marks:
            light = all(self.account.diagnostics[number - 1].severity is Severity.info for number in marks)
            css.append("note" if light else "doubt")
            if place not in self.anchors:
                anchor = self.anchors[place] = f"{self.prefix}a{len(self.anchors) + 1}"
        where = place_words(place)
        title = f"{where}｜{_said(found[0])}" if len(found) == 1 else where
        at = _became(found[0]) if len(found) == 1 and kind else ""
        return Shown(anchor, " ".join(filter(None, css)), title, parts, marks, at=at)

    def _take(self, place: Place, text: str) -> list[Claim]:
        there = self.claims.get(place)
        if not there:
            return []
        for index, claim in enumerate(there):
            if claim.text == text:
                return [there.pop(index)]
        pieces, self.claims[place] = divide(text, there)
        return [piece.claim for piece in pieces if piece.claim is not None]


def _parts(text: str, found: Sequence[Claim], within: Path) -> Iterator[Part]:
    for piece, claim in divide(text, found)[0]:
        if claim is not None:
            yield Part(piece, _tag(claim, within), str(claim.role), _said(claim), _became(claim))
        else:
            yield Part(piece) if piece.isspace() else Part(piece, say("accounts.page.missing"), MISSING)


def _tag(claim: Claim, within: Path) -> str:
    """What a text became, in the field's words: the field of a value, else the role."""
    path = claim.path[len(within) :] if claim.path[: len(within)] == within else claim.path
    role, field = say(f"accounts.role.{claim.role}"), path_words(path)
    if claim.role in (Role.value, Role.extra):
        return field or role
    if claim.role is Role.unclaimed:
        return say("accounts.page.unclaimed")
    return say("accounts.page.tag", role=role, field=field) if field else role


def _became(claim: Claim) -> str:
    return way(claim.path) if claim.role in (Role.value, Role.extra) else ""


def _said(claim: Claim) -> str:
    role = say(f"accounts.role.{claim.role}")
    return f"{role} → {path_words(claim.path)}" if claim.path else role
