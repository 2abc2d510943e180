"""Recognition claims nothing and leaves no row out; which label has a field is settled when all labels are known."""

from __future__ import annotations

from itertools import chain

from hypothesis import given
from layout_strategies import layouts
from layouts import grid, layout

from perfdoc.errors import NotRecognisedError
from perfdoc.extraction import extract
from perfdoc.extraction.by_labels.row_kinds import RowKind, RowKinds
from perfdoc.extraction.by_labels.sections import Around, list_lines, outside, sections
from perfdoc.extraction.by_labels.table import is_form, recognised
from perfdoc.extraction.result.claims import Findings
from perfdoc.extraction.result.project import Project
from perfdoc.extraction.result.settled import settled
from perfdoc.extraction.vocabulary.words import vocabulary
from perfdoc.layout import Layout
from perfdoc.model import texts
from perfdoc.report import Claim, Place, Role

WORDS = vocabulary(())
HEAD = ["一级指标", "二级指标", "三级指标", "指标值"]


@given(layouts())
def test_every_row_of_a_form_is_in_one_part_of_one_project(given_layout: Layout) -> None:
    for one in given_layout.grids():
        table = recognised(one, WORDS)
        if table.flat:
            lines = list_lines(table, WORDS)
            assert [line.at for line in lines] == list(range(min(table.heads), len(one.rows)))
        elif is_form(table, None, False, WORDS):
            found = sections(table, Around(), WORDS)
            rows = [line.at for section in found for part in section.parts for line in part.lines]
            assert rows == list(range(outside(table, Around(), WORDS), len(one.rows)))
            assert found[0].begins


def test_a_table_s_projects_and_their_parts_are_known_before_anything_is_claimed() -> None:
    rows = [["项目名称", "甲", "<", "<"], HEAD, ["产出指标", "数量指标", "a", "1"], ["总分", "<", "<", "100"]]
    table = recognised(grid(*rows, *rows), WORDS)
    first, second = sections(table, Around(), WORDS)
    assert (first.begins, first.first, second.begins, second.first) == (True, 0, True, 4)
    kinds = [[line.kind for line in part.lines] for part in second.parts]
    assert kinds == [[None], [None, RowKind.record, RowKind.total]]


def test_what_a_row_below_a_head_is_depends_on_it_and_its_head_alone() -> None:
    one = grid(
        HEAD,
        ["1", "2", "3", "4"],
        ["产出指标", "<", "<", "<"],
        ["^", "数量指标", "a", "1"],
        ["填报人：甲", "<", "<", "<"],
    )
    kinds = RowKinds(one, recognised(one, WORDS).heads[0], WORDS)
    wanted = [RowKind.numbers, RowKind.level, RowKind.record, RowKind.other]
    assert [kinds.kind(row) for row in one.rows[1:]] == wanted
    assert [kinds.kind(row) for row in one.rows[:0:-1]] == wanted[::-1]


def test_the_label_that_names_a_field_best_has_it_wherever_it_stands() -> None:
    findings = Findings()
    project = Project(0, findings, WORDS)
    places = [Place("form.docx", table=1, row=row, column=2) for row in (1, 2)]
    project.name("budget.total", "资金总额", "100", places[0], text="100")
    before = list(findings.found)
    project.name("budget.total", "年度资金总额", "90", places[1], text="90")
    assert findings.found[:1] == before
    assert [claim for claim, _, _ in settled(findings, [project], WORDS)] == [
        Claim(Role.extra, places[0], "100", ("projects", 0, "extra", "资金总额")),
        Claim(Role.value, places[1], "90", ("projects", 0, "budget", "total")),
    ]


def test_extra_is_in_the_order_of_the_form() -> None:
    rows = [["项目名称", "甲"], ["资金总额", "100"], ["联系人", "乙"], ["年度资金总额", "90"], ["绩效目标", "做好"]]
    (project,) = extract(layout(grid(*rows)), {}).document.projects
    assert (project.budget.total, list(project.extra.items())) == ("90", [("资金总额", "100"), ("联系人", "乙")])


@given(layouts())
def test_every_value_has_a_place(given_layout: Layout) -> None:
    try:
        reading = extract(given_layout, {})
    except NotRecognisedError:
        return
    for n, project in enumerate(reading.document.projects):
        of_indicators = (("indicators", i, *path) for i, one in enumerate(project.indicators) for path, _ in texts(one))
        for path in chain((path for path, _ in texts(project)), of_indicators):
            assert ("projects", n, *path) in reading.places
