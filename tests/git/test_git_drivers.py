"""The block of lines in .gitattributes: put in, renewed and taken out, whatever else the file says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdoc.errors import UsageError
from perfdoc.git.drivers import BEGIN, BLOCK, END, with_block, without_block

LINES = st.lists(st.sampled_from(["*.docx diff=mine\n", "# a remark\n", "\n", "*.txt text\r\n"])).map("".join)


@given(LINES)
def test_the_block_comes_and_goes_and_nothing_else_changes(text: str) -> None:
    made = with_block(text)
    assert made == BLOCK + text
    assert with_block(made) == made
    assert without_block(made) == text


@given(LINES, LINES)
def test_an_older_block_is_renewed_where_it_is(before: str, after: str) -> None:
    old = f"{BEGIN}\n*.docx diff=perfdoc\n{END}\n"
    assert with_block(before + old + after) == before + BLOCK + after
    assert without_block(before + old + after) == before + after


def test_a_block_without_an_end_is_not_guessed() -> None:
    with pytest.raises(UsageError, match="is missing"):
        without_block(f"{BEGIN}\n*.docx diff=perfdoc\n")
