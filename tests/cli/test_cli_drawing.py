"""Tables drawn with characters: every text is there, merged cells are one box, all lines are as wide."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from perfdoc.cli.terminal.drawing import Box, draw, width, wrap


def plain(text: str, style: str) -> str:
    return text


def box(row: int, column: int, text: str, rowspan: int = 1, colspan: int = 1) -> Box:
    return Box(row, column, rowspan, colspan, [(text, "")] if text else [])


def test_merged_cells_are_one_box() -> None:
    boxes = [
        box(1, 1, "209101天津市", colspan=2),
        box(1, 3, "单位：万元"),
        box(2, 1, "预算规模\n及\n用途", rowspan=2),
        box(2, 2, "预算数"),
        box(2, 3, "349.00"),
        box(3, 2, "用于办案", colspan=2),
    ]
    assert list(draw(boxes, 3, 3, plain)) == [
        "  ┌───────────────────┬────────────┐",
        " 1│ 209101天津市      │ 单位：万元 │",
        "  ├──────────┬────────┼────────────┤",
        " 2│ 预算规模 │ 预算数 │ 349.00     │",
        "  │ 及       ├────────┴────────────┤",
        " 3│ 用途     │ 用于办案            │",
        "  └──────────┴─────────────────────┘",
    ]


def test_rows_that_are_too_short_leave_a_gap() -> None:
    assert list(draw([box(1, 1, "a"), box(1, 2, "b"), box(2, 1, "c")], 2, 2, plain)) == [
        "  ┌─────┬─────┐",
        " 1│ a   │ b   │",
        "  ├─────┼─────┘",
        " 2│ c   │",
        "  └─────┘",
    ]
    assert list(draw([box(1, 2, "b")], 1, 2, plain)) == ["        ┌─────┐", " 1      │ b   │", "        └─────┘"]


def test_a_long_text_is_wrapped_and_a_very_long_one_cut() -> None:
    lines = list(draw([box(1, 1, "字" * 1000)], 1, 1, plain))
    assert len({width(line) for line in lines}) == 1
    assert "… 66 more" in lines[-2]
    assert wrap("一二三四", 5) == ["一二", "三四"]
    assert wrap("a\tb\x1b\n", 9) == ["a⇥b\\x1b", ""]


def test_width_counts_screen_columns() -> None:
    assert width("abc") == 3
    assert width("绩效（ａ）") == 10
    assert width("e\u0301≥") == 2


CELLS = st.lists(st.text("项目a\n≥ ", max_size=30), min_size=12, max_size=12)


@given(CELLS, st.integers(1, 3), st.integers(1, 3))
def test_every_line_is_as_wide_and_every_character_is_drawn(texts: list[str], rowspan: int, colspan: int) -> None:
    boxes = [Box(1, 1, rowspan, colspan, [(texts[0], "")])]
    boxes += [
        box(row, column, texts[(row - 1) * 3 + column - 1])
        for row in range(1, 5)
        for column in range(1, 4)
        if row > rowspan or column > colspan
    ]
    lines = list(draw(boxes, 4, 3, plain))
    assert len({width(line) for line in lines}) == 1
    drawn = "".join(lines)
    for one in boxes:
        for char in "项目a≥":
            assert sum(text.count(char) for text, _ in one.lines) <= drawn.count(char)
    assert sum(drawn.count(c) for c in "项目a≥") == sum(t.count(c) for b in boxes for t, _ in b.lines for c in "项目a≥")


def test_columns_of_characters() -> None:
    """Marks and format characters take none: a zero-width space, an accent, the selector behind an emoji."""
    assert [width(text) for text in ("", "ab", "法院", "＝1", "e\u0301", "\u200b法", "☎\ufe0f", "≥95%")] == [
        0, 2, 4, 3, 1, 2, 1, 4,
    ]  # fmt: skip
