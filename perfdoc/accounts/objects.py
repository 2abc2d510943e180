"""Accounts as JSON, one stable shape for one file or many (`--report x.json`).

    {"version": 1,
     "files": [FILE, …],                in the order in which they were read
     "roles": {ROLE: COUNT, …}}         over all files

FILE of a file that was read
    file         its name
    failure      null
    kind         docx, xlsx, …
    recognised   whether a performance-goal form is in it
    form         the form's name, null for none or an unknown one
    projects     the projects' names
    indicators   how many indicators they have together
    held         COUNT of all the file holds, taken without looking at the claims
    roles        value, label, boilerplate, extra, unclaimed, outside: COUNT each; they add up to `held`
                 (in characters always, in pieces but for lines claimed in parts)
    unclaimed, outside, extra     QUOTE for each piece of that role, in the file's order
    differences  QUOTE with `kind`, missing or surplus: where the roles do not add up; empty by law
    diagnostics  as `--format json` prints them: PLACE, code, severity, message, quote, path
FILE of one that was not: `file`, `failure` (why, in one line), and nothing else.

COUNT is {pieces, characters}; characters are Unicode code points that are not white space.
QUOTE is PLACE, `text`, and `path`: where the text went in the document, positions from 0, empty for nowhere.
PLACE is file, line, column, table, row, paragraph (numbers from 1, null for "not that kind of place"), sheet, part.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from perfdoc.accounts.tally import QUOTED, Account, Count, Failure
from perfdoc.report import Claim, Role

VERSION = 1


def as_object(account: Account | Failure) -> dict[str, Any]:
    """An account, or what came in its place, as FILE above."""
    if isinstance(account, Failure):
        return {"file": account.file, "failure": account.message}
    return {
        "file": account.file,
        "failure": None,
        "kind": account.kind,
        "recognised": account.recognised,
        "form": account.form,
        "projects": list(account.projects),
        "indicators": account.indicators,
        "held": account.held._asdict(),
        "roles": roles_as_object(account.counts),
        **{str(role): [_quote(claim) for claim in account.quoted(role)] for role in QUOTED},
        "differences": [
            {"kind": str(one.kind), **one.place.as_object(), "text": one.text, "path": []}
            for one in account.differences
        ],
        "diagnostics": [one.as_object() for one in account.diagnostics],
    }


def roles_as_object(counts: Mapping[Role, Count]) -> dict[str, dict[str, int]]:
    return {str(role): count._asdict() for role, count in counts.items()}


def _quote(claim: Claim) -> dict[str, Any]:
    return {**claim.place.as_object(), "text": claim.text, "path": list(claim.path)}
