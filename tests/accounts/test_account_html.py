"""The account as a page: it shows every text, draws real tables, leads from doubt to cell, and trusts no text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st
from languages import sentences
from layout_strategies import grids, layouts, texts
from layouts import FILE, grid, layout

from perfdoc.accounts import STYLES, Account, Failure, Report, account
from perfdoc.accounts.difference import held
from perfdoc.accounts.html.table import Box, boxes, columns, gaps
from perfdoc.layout import Cell, Grid, Layout, Paragraph, Row
from perfdoc.meanings import meanings
from perfdoc.model import Document, Project
from perfdoc.page import seen
from perfdoc.report import Claim, Diagnostic, Place, Reading, Role, Severity
from perfdoc.texts import in_language, speaking

STYLE = resources.files("perfdoc.accounts.html").joinpath("page.css").read_text(encoding="utf-8")
PLACE = Place(FILE, table=1)
VOID = {"meta", "br"}


class Page(HTMLParser):
    """A page taken apart: its elements with their attributes, its text, the ids it has and those it links to."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.texts.append(data)

    @property
    def text(self) -> str:
        return "".join(self.texts)

    def having(self, name: str, role: str) -> Iterator[dict[str, str]]:
        """The attributes of the elements of a name and a class."""
        return (a for tag, a in self.elements if tag == name and role in a.get("class", "").split())


def page(*files: tuple[Account, Layout] | Failure) -> Page:
    with Report(STYLES["html"]) as made:
        for one in files:
            made.add(one) if isinstance(one, Failure) else made.add(*one)
        return Page("".join(made.pieces()))


def reading(made: Layout, *, said: tuple[Diagnostic, ...] = ()) -> Reading:
    """Claims of every role, one after the other, over the texts of a layout."""
    roles = [*Role]
    path = ("projects", 0, "indicators", 0, "target")
    claims = [
        Claim(role, place, text, path if role in (Role.value, Role.extra) else ())
        for n, (place, text) in enumerate(held(made))
        for role in [roles[n % len(roles)]]
    ]
    return Reading(Document(projects=(Project(name="甲项目"),)), {}, said, tuple(claims))


# Boxes


def covered(placed_grid: Grid) -> list[list[Cell | None]]:
    """Which cell each slot of the table belongs to, as HTML's own algorithm lays the boxes out."""
    placed = boxes(placed_grid)
    edges = columns(placed, placed_grid.columns)
    slots: list[list[Cell | None]] = [[None] * (edges[-1] - 1) for _ in placed_grid.rows]
    taken = [[False] * (edges[-1] - 1) for _ in placed_grid.rows]
    above: list[Box] = []
    for index, here in enumerate(placed):
        above = [box for box in above if box.bottom >= index]
        for box, left, right in gaps(here, above, edges[-1]):
            bottom = index if box is None else box.bottom
            for row in range(index, bottom + 1):
                for column in range(left, right + 1):
                    assert not taken[row][column - 1], "two boxes in one place"
                    taken[row][column - 1] = True
                    slots[row][column - 1] = box.cell if box else None
        above += [box for box in here if box.bottom > index]
        assert all(taken[index]), "a row with a hole, which would move the cells at its right"
    return slots


@given(grids(PLACE))
def test_boxes_fill_the_table_and_lose_no_cell(one: Grid) -> None:
    slots = covered(one)
    placed = [box for here in boxes(one) for box in here]
    assert sorted(map(id, [b.cell for b in placed] + [c for b in placed for c in b.under])) == sorted(
        id(cell) for row in one.rows for cell in row.cells
    )
    for box in placed:
        assert slots[box.top][box.left - 1] is box.cell
        assert (box.left, box.top) == (box.cell.column, box.cell.row - 1)
        if not box.cell.continues:
            assert box.right - box.left < box.cell.colspan
            assert box.bottom - box.top < box.cell.rowspan


@given(st.lists(st.lists(st.tuples(st.integers(1, 5), st.integers(0, 9), st.integers(0, 9)), max_size=4), max_size=5))
def test_boxes_of_a_damaged_file(spans: list[list[tuple[int, int, int]]]) -> None:
    """Cells over each other, spans of nothing and spans beyond the table: each cell is drawn or stands under one."""
    rows = [Row(tuple(Cell("x", n, c, w, h) for c, w, h in row)) for n, row in enumerate(spans, 1)]
    one = Grid(tuple(rows), 5, PLACE)
    covered(one)
    placed = [box for here in boxes(one) for box in here]
    assert sum(1 + len(box.under) for box in placed) == sum(map(len, spans))


def test_a_merged_cell_is_one_box_with_what_it_hides() -> None:
    one = grid(["甲", "<", "乙"], ["^", "丙", "丁"], ["戊", "<", "<"])
    rows = [list(row.cells) for row in one.rows]
    rows[0][0] = rows[0][0]._replace(rowspan=2)
    rows[1] = [Cell("藏", 2, 1, 2, continues=True), Cell("丁", 2, 3)]
    one = Grid(tuple(Row(tuple(cells)) for cells in rows), 3, PLACE)
    first, second = boxes(one)[0]
    assert (first.top, first.bottom, first.left, first.right) == (0, 1, 1, 2)
    assert [cell.text for cell in first.under] == ["藏"]
    assert (second.cell.text, second.bottom) == ("乙", 0)


# The page


@given(layouts())
def test_every_text_of_a_file_stands_on_its_page(made: Layout) -> None:
    one = page((account(made, reading(made)), made))
    there = "".join(one.text.split())
    for _, text in held(made):
        assert "".join(str(seen(text)).split()) in there
    assert {tag for tag, _ in one.elements}.isdisjoint({"script", "img", "iframe", "object", "form", "link", "base"})


@given(st.lists(texts() | st.text(max_size=20), min_size=1, max_size=6))
def test_hostile_texts_change_nothing_but_text(hostile: list[str]) -> None:
    """The page of any texts has the same elements as that of harmless ones, and no reference to anywhere else."""

    def made_of(words: list[str]) -> Page:
        name = words[0]
        rows = (Row(tuple(Cell(word, 1, n) for n, word in enumerate(words, 1))),)
        blocks = (Grid(rows, len(words), Place(name, table=1)), Paragraph(name, Place(name, paragraph=1)))
        said = tuple(Diagnostic("PD040", Severity.warning, word, Place(name), "q" + word) for word in words)
        one = Layout(name, "docx", blocks, said)
        claims = tuple(Claim(Role.extra, place, text, ("projects", 0, "extra", text)) for place, text in held(one))
        given_ = Reading(Document(projects=(Project(name=name),)), {}, said, claims)
        return page((account(one, given_), one), Failure(name, name))

    harmless = ["甲" if word.strip() else word for word in hostile]
    one, other = made_of(hostile), made_of(harmless)
    assert [tag for tag, _ in one.elements] == [tag for tag, _ in other.elements]
    for (_, mine), (_, its) in zip(one.elements, other.elements, strict=True):
        assert mine.keys() == its.keys()
        assert {k: v for k, v in mine.items() if k not in ("title", "aria-label")} == {
            k: v for k, v in its.items() if k not in ("title", "aria-label")
        }


def test_nothing_is_asked_of_the_network() -> None:
    made = layout("x", grid(["甲"]))
    one = page((account(made), made))
    assert not re.search(r"url\(|@import|https?:|//", STYLE)
    (policy,) = [a["content"] for tag, a in one.elements if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert all(a["href"].startswith("#") for tag, a in one.elements if tag == "a")
    assert not [a for _, a in one.elements if "src" in a or any(name.startswith("on") for name in a)]


def test_what_cannot_be_seen_stands_as_its_number() -> None:
    assert seen("a\x00\x1b\u202e\ud800<&>\"'\t\n") == "a⟦U+0000⟧⟦U+001B⟧⟦U+202E⟧⟦U+D800⟧<&>\"'\t\n"


def meant(*codes: str) -> list[str]:
    """What the page has to say of codes: what each means and what to do, in the language of the page."""
    return [
        text for code in codes for one in (meanings()[code],) for text in (in_language(one.means), in_language(one.do))
    ]


def test_doubts_are_numbered_and_linked_both_ways() -> None:
    said = (
        Diagnostic("PD032", Severity.error, "the whole file", Place(FILE), "原文"),
        Diagnostic("PD040", Severity.warning, "here", Place(FILE, table=2, row=1, column=2), "乙"),
        Diagnostic("PD044", Severity.info, "an empty cell", Place(FILE, table=2, row=2, column=1)),
        Diagnostic("PD021", Severity.info, "comment", Place(FILE, paragraph=1), "批注", ("projects", 0, "name")),
    )
    made = layout("段落", grid(["甲", "乙"], ["", "丁"]))
    made = Layout(FILE, "docx", (made.blocks[0], Grid(made.grids().__next__().rows, 2, Place(FILE, table=2))), said)
    one = page((account(made, reading(made, said=said)), made))
    ids = [a["id"] for _, a in one.elements if "id" in a]
    assert len(ids) == len(set(ids))
    links = [a["href"][1:] for tag, a in one.elements if tag == "a"]
    assert set(links) <= set(ids)
    assert [a["id"] for tag, a in one.elements if tag == "li"] == ["f1d1", "f1d2", "f1d3", "f1d4"]
    assert {"f1d2", "f1d3", "f1d4", "f1a1", "f1a2", "f1a3"} <= set(links)
    assert "f1d1" not in links
    (doubtful,) = one.having("td", "doubt")
    assert doubtful["title"].startswith("table 2 row 1 column 2")
    assert [a["class"].split() for a in one.having("td", "note")] == [["blank", "note"]]
    assert len(list(one.having("p", "note"))) == 1
    for words in (
        "原文",
        "批注",
        "project 1 name",
        "doubt",
        "error",
        "note",
        *meant("PD021", "PD040"),
    ):
        assert words in one.text


def test_tables_are_tables() -> None:
    rows = (
        Row((Cell("一级指标", 1, 1), Cell("指标值", 1, 2, 2)), header=True),
        Row((Cell("产出", 2, 1, rowspan=2), Cell("甲", 2, 2), Cell("乙", 2, 3))),
        Row((Cell("藏着", 3, 1, continues=True), Cell("丙", 3, 2)), hidden=True),
        *[Row(())] * 40,
        Row((Cell("底", 44, 3),)),
        *[Row(())] * 2,
    )
    note = Paragraph("注", Place(FILE, paragraph=1), story="footnote")
    made = Layout(FILE, "docx", (Grid(rows, 3, PLACE), note))
    one = page((account(made, reading(made)), made))
    document = [(tag, a) for tag, a in one.elements if tag in ("thead", "tbody", "tr", "td")][8:]
    spans = [(a.get("colspan"), a.get("rowspan")) for tag, a in document if tag == "td"]
    assert ("2", None) in spans
    assert (None, "2") in spans
    assert len(list(one.having("tr", "hidden"))) == 1
    assert len(list(one.having("tr", "gap"))) == 2
    for words in ("4–43", "45–46", "empty", "hidden", "head", "hidden text of row 3", "footnote"):
        assert words in one.text
    assert len(list(one.having("div", "under"))) == 1
    assert len([tag for tag, _ in one.elements if tag == "thead"]) == 2


def test_a_head_that_a_cell_leaves_is_no_thead() -> None:
    rows = (Row((Cell("甲", 1, 1, rowspan=2), Cell("乙", 1, 2)), header=True), Row((Cell("丙", 2, 2),)))
    made = Layout(FILE, "docx", (Grid(rows, 2, PLACE),))
    one = page((account(made), made))
    assert len([tag for tag, _ in one.elements if tag == "thead"]) == 1, "that of the counts"
    assert "plain text can't tell" not in one.text


def test_a_grid_without_merges_and_one_of_only_a_head() -> None:
    rows = (Row((Cell("甲", 1, 1),), header=True),)
    made = Layout(FILE, "txt", (Grid(rows, 1, PLACE, merges=False), Grid((), 0, Place(FILE, table=2))))
    one = page((account(made), made))
    assert "plain text can't tell" in one.text
    assert len([tag for tag, _ in one.elements if tag == "thead"]) == 2


def test_tags_say_what_a_text_became() -> None:
    made = layout(grid(["a", "b", "c", "d", "e", "f"]))
    given_ = reading(made)
    values = (("projects", 0, "budget", "total"), ("projects", 0, "name"), (), ("projects", 0, "extra", "主管部门"))
    claims = [claim._replace(path=path) for claim, path in zip(given_.claims, values, strict=False)]
    made_reading = Reading(given_.document, {}, (), (*claims, *given_.claims[4:]))
    one = page((account(made, made_reading), made))
    classes = [a["class"].split()[0] for tag, a in one.elements if tag == "td" and "title" in a]
    assert classes == ["value", "label", "boilerplate", "extra", "unclaimed", "outside"]
    for words in ("abudget total", "blabel: name", "cboilerplate", "dextra 主管部门", "e⚠ NOT CLAIMED", "foutside"):
        assert words in one.text
    assert "project 1 甲项目" in one.text
    titles = [a["title"] for a in one.having("td", "value")]
    assert titles == ["table 1 row 1 column 1｜value → project 1 budget total"]
    with speaking("zh"):
        chinese = page((account(made, made_reading), made))
    for words in ("a预算数", "b标签：项目名称", "c表样", "d其他项：主管部门", "e⚠ 未认领", "f表外", "项目 1 甲项目"):
        assert words in chinese.text
    titles = [a["title"] for a in chinese.having("td", "value")]
    assert titles == ["表1第1行第1列｜取值 → 项目 1 · 预算数"]
    assert sentences(re.sub(r"<style>.*?</style>", "", chinese.text, flags=re.S)) == []


def test_a_text_in_pieces_shows_each_and_what_is_missing() -> None:
    made = layout("单位：万元    漏掉的  随便")
    place = Place(FILE, paragraph=1)
    claims = (Claim(Role.value, place, "单位：万元", ("projects", 0, "money_unit")), Claim(Role.outside, place, "随便"))
    one = page((account(made, Reading(Document(), {}, (), claims)), made))
    assert [a["class"] for tag, a in one.elements if tag == "span" and "class" in a and "title" in a] == [
        "value",
        "outside",
    ]
    assert len(list(one.having("span", "missing"))) == 1
    assert "漏掉的" in one.text
    assert "⚠ not accounted for" in one.text
    assert "NOT what the file holds" in one.text


def test_many_files_have_an_index() -> None:
    made = layout("甲", grid(["乙"]))
    one = page((account(made, reading(made)), made), Failure("坏.docx", "cut <off>"), (account(made), made))
    hrefs = [a["href"] for tag, a in one.elements if tag == "a"]
    assert {"#f1", "#f2", "#f3"} <= set(hrefs)
    assert [a["id"] for a in one.having("section", "file")] == ["f1", "f2", "f3"]
    assert "not read: cut <off>" in one.text
    assert "Index" in one.text
    assert "Index" not in page((account(made), made)).text


# Colours


def _variables(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


def _luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (WCAG 2.1, relative luminance)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_text_is_readable_by_its_contrast(dark: bool) -> None:
    """WCAG 2.1 AA asks 4.5 of text, 3 of what only marks a thing."""
    light, _, rest = STYLE.partition("@media screen")
    colours = _variables(light) | (_variables(rest.partition("\n}\n")[0]) if dark else {})
    for role in [*Role, "missing"]:
        for ink in (f"{role}-ink", f"{role}-tag"):
            assert contrast(colours[ink], colours[str(role)]) >= 4.5, ink
    for ink in ("ink", "quiet", "link"):
        assert contrast(colours[ink], colours["paper"]) >= 4.5, ink
        assert contrast(colours[ink], colours["desk"]) >= 4.5, ink
    assert contrast(colours["outside-ink"], colours["hatch"]) >= 4.5
    assert contrast(colours["outside-tag"], colours["hatch"]) >= 4.5
    for mark in ("doubt", "note"):
        assert contrast(colours[mark], colours["mark-ink"]) >= 4.5
        for ground in ("paper", *Role):
            assert contrast(colours[mark], colours[str(ground)]) >= 3, (mark, ground)
