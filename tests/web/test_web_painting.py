"""The texts of a file found on its pages: for sure, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_support import word

from perfdoc.web.work.looking import looked_at_file
from perfdoc.web.work.painting import _found, painted


@pytest.mark.parametrize(
    ("whole", "wanted", "expected"),
    [
        ("名称甲金额一二金额三四", ["名称", "甲", "金额", "一二", "金额", "三四"], [0, 2, 3, 5, 7, 9]),
        # a cell that goes on behind the head of a new page is not found, and what follows it is
        ("度量衡一二名称度量乙丙丁戊", ["度量衡一二", "度量衡", "乙丙丁戊"], [0, None, 9]),
        # one that stands there twice is not looked for far away
        ("甲乙" + "丙" * 90 + "重复" + "重复", ["甲乙", "重复"], [0, None]),
        # one that is drawn elsewhere than the file has it moves nothing
        ("页脚上的文字甲乙丙丁戊己庚辛", ["甲乙丙丁", "戊己庚辛", "页脚上的文字"], [6, 10, None]),
        ("甲", ["", "乙"], [None, None]),
    ],
)
def test_texts_are_found_in_the_order_of_the_document(
    whole: str, wanted: list[str], expected: list[int | None]
) -> None:
    found = dict(_found(whole, wanted))
    assert [found.get(number) for number in range(len(wanted))] == expected


@pytest.mark.office
@pytest.mark.slow
def test_a_file_s_pages_have_its_values_where_they_stand(tmp_path: Path) -> None:
    data = word(tmp_path).read_bytes()
    claims = looked_at_file(data, "a.docx", tmp_path).claims
    pages = painted(data, "docx", claims)
    assert all(page.picture.startswith(b"\x89PNG") for page in pages)
    values = {n for n, one in enumerate(claims) if one.path[-1:] in (("target",), ("purpose",), ("total",))}
    boxes = [box for page in pages for box in page.boxes]
    assert values <= {box.claim for box in boxes}
    assert all(box.left >= 0 and box.left + box.width <= pages[0].width for box in boxes)
    assert all(box.top >= 0 and box.top + box.height <= pages[0].height for box in boxes)
