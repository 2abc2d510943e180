"""A file read, extracted and accounted for, and refused where that is what was asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from perfdoc.accounts import STYLES, Account, Part, account, part
from perfdoc.errors import ContentLostError, NotRecognisedError, PerfdocError
from perfdoc.extraction import extract
from perfdoc.extraction.outside import OUTSIDE
from perfdoc.form_definition import Form
from perfdoc.layout import Layout
from perfdoc.report import Reading, Role, Severity
from perfdoc.texts import say


class Accounted(NamedTuple):
    """A file that was read: its account, and its reading, or why it is not to be imported."""

    layout: Layout
    account: Account
    reading: Reading | None
    refusal: PerfdocError | None


def accounted(
    layout: Layout, forms: Mapping[str, Form], boilerplate: Sequence[str] = (), *, strict: bool = False
) -> Accounted:
    """Extract a file and account for it. The reading has what the account found, too (PD049).

    `boilerplate` as for `extract`. The refusal is NotRecognisedError, or with `strict` ContentLostError for a file
    with text that is unclaimed, or outside beside a form; that one carries every diagnostic that is more than an info,
    one at least for each such text.
    """
    try:
        reading = extract(layout, forms, boilerplate)
    except NotRecognisedError as error:
        return Accounted(layout, account(layout), None, error)
    found = account(layout, reading)
    reading = replace(reading, diagnostics=found.diagnostics)
    outside = sum(one.code == OUTSIDE and one.severity is Severity.warning for one in found.diagnostics)
    lost = found.counts[Role.unclaimed].pieces + len(found.differences) + outside
    if not (strict and lost):
        return Accounted(layout, found, reading, None)
    message = say("importing.strict.outside" if outside else "importing.strict.unclaimed", file=layout.file, n=lost)
    weighty = (one for one in found.diagnostics if one.severity is not Severity.info)
    return Accounted(layout, found, reading, ContentLostError(message, weighty))


def part_of(found: Accounted, style: str, name: str) -> Part:
    """A file's part of a report of many, as one text that can be sent from process to process."""
    made = part(STYLES[style], found.account, found.layout, name=name)
    return made._replace(pieces=("".join(made.pieces),))
