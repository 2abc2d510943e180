"""References of a workbook to a row that is repeated: what reaches it grows, what stands below it moves down."""

from __future__ import annotations

import re

from lxml import etree

_REFERENCE = re.compile(r"(\$?[A-Z]{1,3})?(\$?)(\d{1,7})(?::(\$?[A-Z]{1,3})?(\$?)(\d{1,7}))?(?![\w(])")
_HOLD = (("dimension", "ref"), ("autoFilter", "ref"), ("mergeCell", "ref"), ("dataValidation", "sqref"))
_ALSO = (
    ("conditionalFormatting", "sqref"),
    ("hyperlink", "ref"),
    ("ignoredError", "sqref"),
    ("protectedRange", "sqref"),
)
_LAST_ROW = 1_048_576


def stretch(sheet: etree._Element, row: int, more: int) -> None:
    """Move what a worksheet's root says of ranges, where `row` has `more` rows behind it."""
    for name, attribute in (*_HOLD, *_ALSO):
        for one in sheet.iter(f"{{*}}{name}"):
            one.set(attribute, moved(one.get(attribute, ""), row, more))


def moved(reference: str, row: int, more: int) -> str:
    """One or many ranges (`A1:B2 D2`, `'x'!$A$2`) after the move; the name of a sheet stays."""
    sheet, mark, ranges = reference.rpartition("!")

    def move(found: re.Match[str]) -> str:
        left, fixed, top, right, also_fixed, bottom = found.groups()
        if left is None and bottom is None:
            return found[0]  # a number by itself
        first = int(top) + (more if int(top) > row else 0)
        text = f"{left or ''}{fixed}{min(first, _LAST_ROW)}"
        if bottom is None:
            return text
        last = int(bottom) + (more if int(bottom) >= row else 0)
        return f"{text}:{right or ''}{also_fixed}{min(last, _LAST_ROW)}"

    return sheet + mark + _REFERENCE.sub(move, ranges)
