"""Accounts as text for a terminal: a line a role, then what was not claimed, quoted with its place."""

from collections.abc import Iterator, Mapping

from perfdoc.accounts.difference import DIFFERS
from perfdoc.accounts.tally import UNCLAIMED, Account, Count, Failure
from perfdoc.accounts.words import path_words, place_words
from perfdoc.report import Diagnostic, Role, Severity
from perfdoc.texts import listed, say
from perfdoc.visible import fitted, shown, width

COLUMNS = 100
"""The width that quotes are cut to. Chinese characters take two columns."""


def lines(account: Account | Failure, columns: int = COLUMNS) -> Iterator[str]:
    """The account of one file, or why it was not read, each line without its line end."""
    if isinstance(account, Failure):
        yield f"{shown(account.file)}: {say('accounts.failed', why=shown(account.message))}"
        return
    yield f"{shown(account.file)}: {listed((account.kind, summary(account)))}"
    yield from count_lines(account.counts)
    same = say("accounts.not_same" if account.differences else "accounts.same", held=account.held.characters)
    total = sum(count.characters for count in account.counts.values())
    yield "  " + say("accounts.total", role=_column("all"), characters=total, same=same)
    for claim in account.quoted(Role.unclaimed):
        yield _quote(say("accounts.not_claimed"), place_words(claim.place), claim.text, columns)
    for one in account.differences:
        yield _quote(say(f"accounts.fault.{one.kind}"), place_words(one.place), one.text, columns)
    for diagnostic in account.diagnostics:
        if diagnostic.severity is not Severity.info and diagnostic.code not in (UNCLAIMED, DIFFERS):
            yield _doubt(diagnostic, columns)


def summary(account: Account) -> str:
    """`form tianjin, 5 projects, 45 indicators, 2 doubts`, or that there is no form."""
    if not account.recognised:
        return say("accounts.unrecognised")
    form = say("accounts.form", name=account.form) if account.form else say("accounts.unknown_form")
    numbers = {"projects": len(account.projects), "indicators": account.indicators, "doubts": account.doubts}
    return listed((form, *(say(f"counts.{name}", n=number) for name, number in numbers.items())))


def count_lines(counts: Mapping[Role, Count]) -> Iterator[str]:
    """A line a role: its characters (white space not counted) and its pieces."""
    for role, count in counts.items():
        mark = "!" if role is Role.unclaimed and count.pieces else " "
        yield f"{mark} " + say(
            "accounts.count", role=_column(role), **count._asdict(), means=say(f"accounts.means.{role}")
        )


def _column(role: str) -> str:
    name = say(f"accounts.listed.{role}")
    return name + " " * (12 - width(name))


def _quote(what: str, where: str, text: str, columns: int) -> str:
    start = "    " + say("accounts.quote", what=what, where=shown(where))
    return f"{start}“{fitted(text, max(columns - width(start) - 2, 20))}”"


def _doubt(one: Diagnostic, columns: int) -> str:
    where = path_words(one.path)
    about = f" ({shown(where)})" if where else ""
    start = f"    {one.severity} {one.code}, {shown(place_words(one.place))}{about}: "
    return start + fitted(one.message, max(columns - width(start), 40))
