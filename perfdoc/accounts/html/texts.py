"""The texts of one file on the page: each with the class of its role, a tag that says it in words, and its doubts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from perfdoc.accounts.difference import divide
from perfdoc.accounts.tally import Account, claims_by_place
from perfdoc.accounts.words import ROLES, path_title, path_words, place_title
from perfdoc.page import html
from perfdoc.report import Claim, Path, Place, Role, Severity

MISSING = "missing"
"""The class of a text that no claim has."""


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

    def take(self, place: Place, text: str) -> list[Claim]:
        """The claims of a text, in its order."""
        there = self.claims.get(place)
        if not there or not text or text.isspace():
            return []
        for index, claim in enumerate(there):
            if claim.text == text:
                return [there.pop(index)]
        pieces, self.claims[place] = divide(text, there)
        return [piece.claim for piece in pieces if piece.claim is not None]

    def attributes(self, place: Place, text: str, found: Sequence[Claim], *classes: str) -> str:
        """class, id and title of the element that shows a text; an id only where a diagnostic leads to it."""
        names = list(classes)
        if not text or text.isspace():
            names.append("blank")
        elif not found:
            names.append(MISSING)
        elif found[0].text == text:
            names.append(str(found[0].role))
        title = "｜".join([place_title(place), *map(_said, found[:1] if len(found) == 1 else ())])
        anchor = ""
        if place in self.doubts:
            said = (self.account.diagnostics[number - 1] for number in self.doubts[place])
            names.append("note" if all(one.severity is Severity.info for one in said) else "doubt")
            if place not in self.anchors:
                self.anchors[place] = f"{self.prefix}a{len(self.anchors) + 1}"
                anchor = f' id="{self.anchors[place]}"'
        kind = f' class="{" ".join(names)}"' if names else ""
        return f'{anchor}{kind} title="{html(title)}"'

    def content(
        self, place: Place, text: str, found: Sequence[Claim], within: Path = (), *, tagged: bool = True
    ) -> str:
        """A text with the tags of its claims, and the numbers of the diagnostics that are about its place.

        `within` is the project that goes without saying; `tagged=False` leaves the tag of a whole text out.
        """
        marks = self._marks(place)
        if not text or text.isspace():
            return marks
        if len(found) == 1 and found[0].text == text:
            return f"{html(text)}{tag(found[0], within) if tagged else ''}{marks}"
        parts: list[str] = []
        for piece, claim in divide(text, found)[0]:
            if claim is not None:
                shown = f"{html(piece)}{tag(claim, within)}"
                parts.append(f'<span class="{claim.role}" title="{html(_said(claim))}">{shown}</span>')
            elif piece.isspace():
                parts.append(piece)
            else:
                lost = "<small>⚠ 漏记 not accounted for</small>"
                parts.append(f'<span class="{MISSING}">{html(piece)}{lost}</span>')
        return "".join(parts) + marks

    def _marks(self, place: Place) -> str:
        if place not in self.doubts:
            return ""
        number_of = ('<a class="mark" href="#{0}d{1}" aria-label="诊断 diagnostic {1}">{1}</a>').format
        return "".join(number_of(self.prefix, number) for number in self.doubts[place])


def tag(claim: Claim, within: Path = ()) -> str:
    """What a text became, in the field's words: the field of a value, else the role."""
    path = claim.path[len(within) :] if within and claim.path[: len(within)] == within else claim.path
    role, field = ROLES[claim.role], html(path_title(path))
    if claim.role in (Role.value, Role.extra):
        return f"<small>{field or role.chinese}</small>"
    if claim.role is Role.unclaimed:
        return f"<small>⚠ {role.chinese} {role.english}</small>"
    return f"<small>{role.chinese}{'：' if field else ''}{field}</small>"


def _said(claim: Claim) -> str:
    role = ROLES[claim.role]
    where = f" → {path_title(claim.path)} ({path_words(claim.path)})" if claim.path else ""
    return f"{role.chinese} {role.english}{where}"
