"""Account: what became of every character of a file, counted, quoted, and held against the file."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from perfdoc.accounts.difference import Difference, differences, held
from perfdoc.layout import Layout
from perfdoc.report import Claim, Diagnostic, Place, Reading, Role, Severity
from perfdoc.texts import say
from perfdoc.visible import fitted

UNCLAIMED = "PD040"
"""A text that nothing was made of; the extractor's own code for it."""
QUOTED = (Role.unclaimed, Role.outside, Role.extra)
"""The roles whose pieces an account quotes one by one: what did not go where the form has a field for it."""


class Count(NamedTuple):
    """How many pieces of text have a role, and how many characters they hold.

    A piece is a cell, a paragraph, or a part of one (`单位：万元` beside another label). Its characters are its
    Unicode code points that are not white space (`str.isspace`): however a line is cut, they add up.
    """

    pieces: int = 0
    characters: int = 0


@dataclass(frozen=True, slots=True)
class Account:
    """What became of a file's text. Values only: nothing in it refers to the Layout.

    `counts` has every role, in the order of Role. `held` is what the file holds, counted without looking at any
    claim; `differences` is empty where the claims add up to it (law 1), and each is among the `diagnostics` as an
    error PD049. `form` is None for no form or an unknown one; `projects` are the names of the projects found.
    `recognised` is False for a file without a performance-goal form: all of its text is then outside.
    """

    file: str
    kind: str
    recognised: bool
    form: str | None
    projects: tuple[str, ...]
    indicators: int
    counts: Mapping[Role, Count]
    held: Count
    claims: tuple[Claim, ...]
    diagnostics: tuple[Diagnostic, ...]
    differences: tuple[Difference, ...]

    def quoted(self, role: Role) -> Iterator[Claim]:
        """The pieces of a role in the file's order, those of white space alone left out."""
        return (claim for claim in self.claims if claim.role is role and not claim.text.isspace() and claim.text)

    @property
    def doubts(self) -> int:
        """How many diagnostics ask to be looked at (errors and warnings)."""
        return sum(one.severity is not Severity.info for one in self.diagnostics)


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that has no account, since it could not be read: its name, and why in one line."""

    file: str
    message: str


def characters(text: str) -> int:
    """The characters of a text as an account counts them: code points that are not white space."""
    return len("".join(text.split()))


def account(layout: Layout, reading: Reading | None = None) -> Account:
    """The account of a Layout and what was extracted from it.

    Without a Reading (no form was recognised) every text is outside. A text that is unclaimed and that no
    diagnostic quotes at its place gets one, so that law 1 holds whatever the extractor left out.
    """
    texts = list(held(layout))
    if reading is None:
        claims = tuple(Claim(Role.outside, place, text) for place, text in texts)
        diagnostics, document = layout.diagnostics, None
    else:
        claims, diagnostics, document = reading.claims, reading.diagnostics, reading.document
    found = differences(texts, claims)
    more = [one.diagnostic() for one in found] + [*_not_said(claims, diagnostics)]
    if more:
        diagnostics = tuple(sorted((*diagnostics, *more), key=lambda one: one.place.order))
    projects = document.projects if document else ()
    return Account(
        file=layout.file,
        kind=layout.kind,
        recognised=document is not None,
        form=document.form if document else None,
        projects=tuple(project.name or "" for project in projects),
        indicators=sum(len(project.indicators) for project in projects),
        counts=counts(claims),
        held=_sum(text for _, text in texts),
        claims=claims,
        diagnostics=diagnostics,
        differences=found,
    )


def counts(claims: Iterable[Claim]) -> Mapping[Role, Count]:
    """The Count of every role, in the order of Role."""
    texts: dict[Role, list[str]] = {role: [] for role in Role}
    for claim in claims:
        texts[claim.role].append(claim.text)
    return {role: _sum(found) for role, found in texts.items()}


def claims_by_place(claims: Iterable[Claim]) -> dict[Place, list[Claim]]:
    found: dict[Place, list[Claim]] = defaultdict(list)
    for claim in claims:
        found[claim.place].append(claim)
    return found


def _sum(texts: Iterable[str]) -> Count:
    sizes = [size for size in map(characters, texts) if size]
    return Count(len(sizes), sum(sizes))


def _not_said(claims: Iterable[Claim], diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    unclaimed = [c for c in claims if c.role is Role.unclaimed and c.text.strip()]
    if not unclaimed:
        return
    said = {(one.place, one.quote) for one in diagnostics}
    for claim in unclaimed:
        if (claim.place, claim.text) not in said:
            message = say("accounts.unclaimed", quoted=f"“{fitted(claim.text, 40)}”")
            yield Diagnostic(UNCLAIMED, Severity.warning, message, claim.place, claim.text)
