"""Accounts as JSON, one stable shape for one file or many: `--report x.json` (docs/en/diagnostics.md)."""

from collections.abc import Mapping
from typing import Any

from perfdoc.accounts.tally import QUOTED, Account, Count, Failure
from perfdoc.report import Claim, Role

VERSION = 1


def as_object(account: Account | Failure) -> dict[str, Any]:
    """An account, or what came in its place, as one of the `files`."""
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
