"""Who took out a record: what was taken out of the cells of a row tells of one record."""

from __future__ import annotations

import pytest

from perfdoc.comparison import attributed, diff
from perfdoc.model import Document, Indicator, Project
from perfdoc.report import Place, Reading, TrackedChange

ROWS = tuple(
    Indicator(level1="产出指标", level2="数量指标", level3=f"指标{at // 2}", target=f"≥{at}项") for at in range(40)
)


@pytest.mark.parametrize("step", [1, -1, 7])
def test_each_row_has_its_own_author_in_whatever_order_they_were_taken_out(step: int) -> None:
    gone = [(at * step) % len(ROWS) for at in range(len(ROWS))]
    changes = tuple(
        TrackedChange(Place("x", table=1, row=number + 2, column=column), f"审核人{at}", "", text or "")
        for number, at in enumerate(gone)
        if at % 5  # the others were taken out without being tracked
        for column, text in ((3, ROWS[at].level3), (4, ROWS[at].target))
    )
    old, new = (Document(projects=(Project(name="甲", indicators=rows),)) for rows in (ROWS, ()))
    found = attributed(diff(old, new), Reading(document=new, tracked=changes))
    by = {row.either.target: [one.author for one in row.by] for row in found.projects[0].indicators}
    assert by == {row.target: [f"审核人{at}"] if at % 5 else [] for at, row in enumerate(ROWS)}
