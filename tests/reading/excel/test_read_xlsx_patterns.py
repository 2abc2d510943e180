"""Rows and strings read by pattern: the same as by the parser alone, whatever the file holds."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from workbooks import packed, parts

from perfdoc.errors import UnreadableError
from perfdoc.reading.excel.book import read_book
from perfdoc.reading.excel.cells import Cells
from perfdoc.reading.excel.pieces import Pieces, without_references
from perfdoc.reading.excel.remarks import Remarks
from perfdoc.reading.excel.sheet import read_sheet
from perfdoc.reading.excel.strings import shared_strings
from perfdoc.reading.excel.styles import AS_WRITTEN, Shown
from perfdoc.reading.number_format import general, number_format
from perfdoc.reading.package import Package


def one_of(shapes: str, *more: str) -> st.SearchStrategy[str]:
    """One of the shapes, which stand a line each."""
    return st.sampled_from((*(line.strip() for line in shapes.strip().splitlines()), *more))


TEXTS = one_of(
    """
    甲
    &amp;
    &#30002;
    &#x7532;&lt;
    &#38;lt;
    &#60;b&#62;
    _x000D_
    &#13;
    &gt;
    <
    &
    &#0;
    ]]>
    &quot;&apos;"'
    #N/A
    1
    0
    209101000123
    1e5
    </t>
    <!-- </row> -->
    <![CDATA[</c>]]>
    """,
    *("", " a ", "\n", "\r\n", "\x01", "\x7f", "\x80", "\ue001"),
)
ATTRIBUTES = st.sampled_from(
    ["", *(f" {a}" for a in ('s="1"', 't="s"', 's="2" t="n"', 't="inlineStr"', 't="str"', 't="b"', 't="e"'))]
    + [f" {a}" for a in ('t="d"', 's="3" t="str"', "s='1'", 't="s" s="1"', 'cm="1"', 's="9999999"', 'x="<"', 's="2"')]
)
INSIDE = one_of(
    """
    <v>{}</v>
    <is><t>{}</t></is>
    <is><t xml:space="preserve">{}</t></is>
    <f>A1&amp;B1</f><v>{}</v>
    <v></v>
    <v/>
    <f>{}</f>
    <f>A1</f><v></v>
    <is><r><t>{}</t></r><rPh><t>x</t></rPh></is>
    {}
    <v>{}</v><v>2</v>
    <f t="shared" si="0" ref="A1">B1</f>
    <f t="shared" si="0"/>
    <extLst><row r='1'/></extLst>
    <v> {} </v>
    """,
    "",
)
COLUMNS = st.sampled_from(("A", "B", "C", "A", "A", "B", "XFD", "XFE", "a", ""))
NAMES = st.builds("{}{}".format, COLUMNS, st.sampled_from((1, 2, 3, "")))
CELLS = st.builds(
    lambda name, more, inside, text: f'<c r="{name}"{more}>{inside.format(text)}</c>', NAMES, ATTRIBUTES, INSIDE, TEXTS
) | st.sampled_from(('<c r="B2"/>', "<c><v>5</v></c>", "<x/>", '<c r="C3" s="1"></c>', "<!-- c -->"))
ROW_STARTS = one_of(
    """
    <row r="1">
    <row r="2" hidden="1">
    <row r="3" spans="1:2" x14ac:dyDescent="0.2">
    <row>
    <row r="7"/><row r="8">
    <row r="0">
    <row r='2'>
    <row r="1048577">
    <!-- <row r="5">
    <extLst><row r="6">
    <row r="2" hidden="true">
    """,
    '\n<row r="4">\n',
)
ROW_ENDS = st.sampled_from((*["</row>"] * 9, "", "</row> -->", "</row></extLst>"))
ROWS = st.builds(
    lambda start, cells, end: start + "".join(cells) + end, ROW_STARTS, st.lists(CELLS, max_size=4), ROW_ENDS
)
FORMATS = ("0.00", "yyyy/m/d", ';;;"密"')


def sheet_outcome(data: bytes, by_pattern: bool) -> object:
    """What a sheet gives, or that it is refused."""
    package, remarks = Package(data, "t.xlsx"), Remarks("t.xlsx")
    book = read_book(package, remarks)
    cells = Cells("表", book.strings, book.styles.for_sheet(), remarks)
    try:
        around = read_sheet(package, book.sheets[0].part, cells, by_pattern)
    except UnreadableError:
        return "refused"
    return cells.rows, around, remarks.all()


@given(st.lists(ROWS, max_size=6), st.sampled_from(("", '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>')))
@example(['<row r="1">', "</row>"], "")
def test_a_sheet_is_read_the_same_both_ways(rows: list[str], after: str) -> None:
    made = parts("".join(rows), strings="<si><t>甲</t></si><si><t>乙</t></si>", formats=FORMATS, after=after)
    data = packed({name: text.encode("utf-8", "replace") for name, text in made.items()})
    assert sheet_outcome(data, by_pattern=True) == sheet_outcome(data, by_pattern=False)


ITEMS = one_of(
    """
    <si><t>{}</t></si>
    <si><t xml:space="preserve">{}</t></si>
    <si/>
    <si></si>
    <si><t/></si>
    <si><r><rPr><b/><sz val="11"/></rPr><t>{}</t></r><r><t>二</t></r></si>
    <si><r><rPr/><t>{}</t></r></si>
    <si><t>{}</t><phoneticPr fontId="1"/></si>
    <si><t>{}</t><rPh sb="0" eb="1"><t>x</t></rPh></si>
    <!-- <si><t>{}</t></si> -->
    <si><t>{}</si>
    <si><r><t>a</t></r>{}</si>
    """,
    "\n<si>\n<t>{}</t></si>",
)


@given(st.lists(st.builds(str.format, ITEMS, TEXTS), max_size=6))
def test_shared_strings_are_read_the_same_both_ways(items: list[str]) -> None:
    made = parts("", strings="".join(items) or "<si/>")
    data = packed({name: text.encode("utf-8", "replace") for name, text in made.items()})

    def outcome(by_pattern: bool) -> object:
        try:
            return shared_strings(Package(data, "t.xlsx"), "xl/sharedStrings.xml", by_pattern)
        except UnreadableError:
            return "refused"

    assert outcome(by_pattern=True) == outcome(by_pattern=False)


def test_usual_rows_never_reach_the_parser() -> None:
    taken: list[str] = []
    parsed: list[bytes] = []

    def take(piece: str) -> bool:
        taken.append(piece)
        return True

    pieces = Pieces(re.compile(rb"<d>"), b"</d", "</r>", take, parsed.append)
    pieces.opened = True
    for part in (
        b"<w><",
        b"d><r>&#30002;",
        "甲</r><r>".encode()[:5],
        "甲</r><r>".encode()[5:],
        b"b</r></d",
        b"><e/></w>",
    ):
        pieces.feed(part)
    pieces.close()
    assert taken == ["<r>甲甲", "<r>b"]
    assert b"".join(parsed) == b"<w><d></d><e/></w>"


@given(st.text(alphabet="<>/ab&;#x13gt甲\x7f\x80\n", max_size=30))
def test_references_are_read_and_all_else_stays(text: str) -> None:
    made = without_references(text)
    if "&#" not in text and not set(text) & {"\x7f", "\x80", ">"}:
        assert made == text
    assert made.count("<") in (0, text.count("<"))


@given(st.from_regex(AS_WRITTEN, fullmatch=True).filter(lambda raw: len(raw) <= 11))
def test_a_number_is_only_shown_as_written_where_general_shows_it_so(raw: str) -> None:
    assert general(float(raw)) == raw


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("30.59", "30.59"),
        ("0.0001", "0.0001"),
        ("0.00001234", "0.00001234"),
        ("30.50", "30.5"),
        ("007", "7"),
    ],
)
def test_a_number_under_general(raw: str, text: str) -> None:
    assert Shown(number_format("General", False))[raw] == text
