"""The account of a file: every character of it claimed, boilerplate, extra, unclaimed or outside; nothing is lost.

    >>> account = perfdoc.account(layout, reading)             # a value: counts, quotes, differences
    >>> with Report(STYLES["html"]) as report:                 # or "json", "txt"; for one file or many
    ...     report.add(account, layout)
    ...     text = "".join(report.pieces())

`tally` counts, `difference` holds the count against the file (law 1), `plain` is the text for a
terminal, `html` the page to look at, `reports` gathers many files, and has the JSON.
"""

from perfdoc.accounts.difference import Difference, Kind, differences
from perfdoc.accounts.reports import STYLES, Part, Report, Style, as_object, part
from perfdoc.accounts.tally import Account, Count, Failure, account, claims_by_place, counts

__all__ = [
    "STYLES",
    "Account",
    "Count",
    "Difference",
    "Failure",
    "Kind",
    "Part",
    "Report",
    "Style",
    "account",
    "as_object",
    "claims_by_place",
    "counts",
    "differences",
    "part",
]
