"""What rules on values share: the rows of a document, the parts of a value, what its name says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfdoc.checks.data import any_of, words
from perfdoc.checks.subject import Row, Subject
from perfdoc.target import Kind, Operator, Target

AT_MOST = frozenset((Operator.at_most, Operator.less))
AT_LEAST = frozenset((Operator.at_least, Operator.more))
BRACKETS = re.compile(r"[（(][^）)]*[）)]")


def rows(subject: Subject) -> Iterator[Row]:
    """The indicators of all projects."""
    return (row for case in subject.cases for row in case.rows)


def parts(row: Row) -> Iterator[tuple[Target, int]]:
    """The value, or the parts of a compound, with the offset of each."""
    target = row.target
    if target.kind is Kind.compound:
        yield from ((part, span[0]) for part, span in zip(target.parts, target.spans.parts, strict=True))
    else:
        yield target, 0


def span_of(target: Target, offset: int, *names: str) -> tuple[int, int] | None:
    """From the first to the last of these pieces of a part, in the whole value."""
    spans = [span for name in names if (span := getattr(target.spans, name))]
    return (offset + spans[0][0], offset + spans[-1][1]) if spans else None


def upper_bound(row: Row) -> bool:
    """Whether an indicator of this name and kind is bounded from above."""
    more = any_of("more_is_better").search(row.name)
    less = any_of("less_is_better").search(row.name)
    if row.is_cost:
        return not more
    return bool(less) or (bool(any_of("time_is_short").search(row.name)) and not more)


def is_share(row: Row) -> bool:
    """Whether the name is that of a share of a whole: 合格率, 满意度."""
    name = BRACKETS.sub("", row.name)
    return name.endswith(words("share")) and not name.endswith(words("not_share"))
