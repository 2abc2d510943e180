"""The text reader: what Apache Tika prints of Word files, other text, encodings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wordxml import cells, texts

from perfdoc import errors
from perfdoc.layout import Block, Grid, Layout, Paragraph
from perfdoc.reading import kind_of, read
from perfdoc.report import Place


def text(content: str | bytes) -> Layout:
    return read(content.encode() if isinstance(content, str) else content, "f.txt")


def shape(found: Layout) -> list[str | list[list[str]]]:
    """Paragraphs as their texts, grids as rows of texts."""

    def of(block: Block) -> str | list[list[str]]:
        return block.text if isinstance(block, Paragraph) else [[cell.text for cell in row.cells] for row in block.rows]

    return [of(block) for block in found.blocks]


FORM = """ [bookmark: _Toc_4_4_0000000004][bookmark: _Toc23416]1.甲绩效目标表
\t209101某院
\t单位：万元

\t项目名称
\t甲

\t绩效目标
\t1.一，
2.二。



\t一级指标
\t指标值

\t产出指标
\t

\t
\t≥90%



2.乙绩效目标表
"""


def test_what_tika_prints_of_a_form() -> None:
    found = text(FORM)
    assert found.kind == "txt"
    assert shape(found) == [
        "1.甲绩效目标表",
        [["209101某院", "单位：万元"], ["项目名称", "甲"], ["绩效目标", "1.一，\n2.二。"]],
        "",
        [["一级指标", "指标值"], ["产出指标", ""], ["", "≥90%"]],
        "",
        "2.乙绩效目标表",
    ]
    heading = found.blocks[0]
    assert isinstance(heading, Paragraph)
    assert heading.bookmarks == ("_Toc_4_4_0000000004", "_Toc23416")
    first, second = found.grids()
    assert not first.merges
    assert (first.columns, second.columns) == (2, 2)
    assert first.place == Place("f.txt", line=2)
    assert str(first.place_of(first.rows[2].cells[1])) == "f.txt:9:2"
    assert [str(second.place_of(cell)) for cell in second.rows[2].cells] == ["f.txt:20:2", "f.txt:21:2"]
    assert [str(block.place) for block in found.blocks if isinstance(block, Paragraph)] == [
        *("f.txt:1:1", "f.txt:13:1", "f.txt:24:1", "f.txt:25:1")
    ]


@pytest.mark.parametrize(
    ("printed", "read_as"),
    [
        # An empty paragraph inside a cell, where text follows it: text can't follow the end of a row.
        ("\ta\n\nb\n\tc\n\n\td\n\te\n\n\n", [[["a\n\nb", "c"], ["d", "e"]]]),
        # An empty paragraph that ends a row: two tables never touch.
        ("\ta\n\tb\n\n\n\tc\n\td\n\n\n", [[["a", "b\n"], ["c", "d"]]]),
        # An empty paragraph that ends a cell in the middle of a row looks like the end of the row.
        ("\ta\n\n\tb\n\n\tc\n\td\n\n\n", [[["a"], ["b"], ["c", "d"]]]),
        ("P\n\ta\n\tb\n\n\nQ\n\n", ["P", [["a", "b"]], "Q", ""]),
        ("\ta\n\tb", [[["a", "b"]]]),
        ("\ta\tx\n\tb\n\tc\n\n", [[["a\tx", "b", "c"]]]),
        ("甲[bookmark: _GoBack]乙[bookmark: x]\n\ta\n\t[bookmark: y]b\n\n\n", ["甲乙", [["a", "b"]]]),
    ],
)
def test_rows_cells_and_empty_lines(printed: str, read_as: list[object]) -> None:
    assert shape(text(printed)) == read_as


def test_marks_of_pictures_are_said() -> None:
    found = text("一[image: 公章]\n\ta\n\t[image: ]b\n\n\n")
    assert shape(found) == ["一", [["a", "b"]]]
    assert [(each.code, each.quote, str(each.place)) for each in found.diagnostics] == [
        ("PD024", "公章", "f.txt:1:1"),
        ("PD024", "", "f.txt:3:2"),
    ]


def test_other_text_is_a_paragraph_a_line() -> None:
    found = text("第一行\r\n\r\n  第二行\r\t缩进\n\f换页")
    assert texts(found) == ["第一行", "", "  第二行", "\t缩进", "换页"]
    assert [block.place.line for block in found.blocks] == [1, 2, 3, 4, 5]


def test_lines_with_tabs_are_a_grid() -> None:
    found = text("标题\n项目名称\t甲\n预算数\t1\t万元\n\n名称：\t单独\n")
    assert shape(found) == ["标题", [["项目名称", "甲"], ["预算数", "1", "万元"]], "", "名称：\t单独"]
    grid = next(found.grids())
    assert grid.columns == 3
    assert str(grid.place_of(grid.rows[1].cells[2])) == "f.txt:3:7"
    indented = next(text("Sheet1\n\t名称\t值\n\t甲\t1\n\n").grids())
    assert cells(indented) == [[(1, "名称"), (2, "值")], [(1, "甲"), (2, "1")]]
    assert str(indented.place_of(indented.rows[0].cells[0])) == "f.txt:2:2"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_encodings(encoding: str) -> None:
    data = FORM.encode(encoding)
    assert kind_of(data) == "txt"
    found = text(data)
    assert shape(found) == shape(text(FORM))
    assert [each.code for each in found.diagnostics] == (["PD033"] if encoding == "gb18030" else [])
    assert shape(text(b"\xfe\xff" + FORM.encode("utf-16-be"))) == shape(found)


def test_a_damaged_character_is_said() -> None:
    data = (FORM * 50).encode()
    at = data.index("绩效".encode())
    found = text(data[:at] + b"\xff" + data[at + 1 :])
    assert [each.code for each in found.diagnostics] == ["PD033"]
    assert found.diagnostics[0].place.line == 1
    with pytest.raises(errors.UnreadableError, match=r"^f\.txt: not text in UTF-8"):
        text("汉字".encode() + b"\xff" * 50)


def test_a_text_beyond_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("perfdoc.reading.text.MAX_TEXT", 2**20)
    with pytest.raises(errors.UnreadableError, match="longer than 1 MB"):
        text("长" * 2**20)


_LINE = st.text(
    st.characters(codec="utf-8", exclude_characters="\t\r\n\f[]", exclude_categories=["Cc", "Cs"]),
    min_size=1,
    max_size=8,
)
_CELL = st.lists(_LINE, max_size=3)
_TABLE = st.lists(st.lists(_CELL, min_size=2, max_size=4), min_size=1, max_size=4)


@given(st.lists(st.one_of(_LINE, _TABLE), min_size=1, max_size=6))
def test_what_is_printed_is_read_back(blocks: list[str | list[list[list[str]]]]) -> None:
    """Tika's way of printing, inverted: as long as no line of a cell is empty, nothing is ambiguous."""
    printed, expected = "[bookmark: a]\n", [""]
    wanted: list[object] = list(expected)
    for block in blocks:
        if isinstance(block, str):
            printed += block + "\n"
            wanted.append(block)
        else:
            for texts_of_row in block:
                printed += "".join("\t" + "\n".join(cell) + "\n" for cell in texts_of_row) + "\n"
            printed += "\n\n"  # and an empty paragraph: in a Word file two tables never touch
            wanted += [[["\n".join(cell) for cell in row] for row in block], ""]
    found = text(printed)
    assert shape(found) == wanted
    assert all(isinstance(block, Paragraph | Grid) for block in found.blocks)
    lines = printed.split("\n")
    for grid in found.grids():
        for row in grid.rows:
            for cell in row.cells:
                place = grid.place_of(cell)
                assert lines[place.line - 1][place.column - 1 :] == cell.text.split("\n")[0]
