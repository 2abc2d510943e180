"""Two Documents → what changed, by meaning: projects and indicators added, removed, moved, renamed, changed.

    >>> difference = diff(old, new)
    >>> [one.kind for one in difference.projects], bool(difference)

What a form derives (numbers and wording of headings, bookmarks, which form it is) is presentation and not
compared; a heading that names something else than its project is. An absent value and an empty one say the same.
"""

from perfdoc.comparison.authors import attributed
from perfdoc.comparison.change import By, Change, Counts, Difference, IndicatorChange, ProjectChange, Said, Value
from perfdoc.comparison.compare import diff, said

__all__ = [
    "By",
    "Change",
    "Counts",
    "Difference",
    "IndicatorChange",
    "ProjectChange",
    "Said",
    "Value",
    "attributed",
    "diff",
    "said",
]
