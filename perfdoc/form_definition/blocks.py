"""Indicators in blocks of their own, each for a period say: blocks below each other, or side by side in one row.

The filter `blocks` takes those of a block, by the label of `extra` that tells them apart and the text that they have
there: `{%tr for indicator in project.indicators|blocks("时期", "长期") %}`. With several texts an item of the loop is
a row of blocks side by side, which has the levels, and an indicator of each block: `indicator.blocks.年度.target`.
"""

import re
from typing import NamedTuple

_FILTER = re.compile(r"\|\s*blocks\s*\(([^()]*)\)")
_TEXT = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_BLOCK = re.compile(r"\{\{-?\s*\w+\.blocks(?:\.(\w+)|\[\s*(?:\"([^\"]*)\"|'([^']*)')\s*\])")


class Blocks(NamedTuple):
    """The label of `extra` that tells blocks apart, and the text there of each block of one loop."""

    label: str
    names: tuple[str, ...]


def blocks_in(tag: str) -> Blocks | None:
    """The blocks that a loop's tag goes over; None for all indicators."""
    found = _FILTER.search(tag)
    label, *names = ("".join(one) for one in _TEXT.findall(found[1])) if found is not None else ("",)
    return Blocks(label, tuple(names)) if label and names else None


def block_of(tag: str) -> str:
    """The block whose value a tag prints (`{{ indicator.blocks.年度.target }}`); `""` for none."""
    found = _BLOCK.match(tag)
    return "".join(filter(None, found.groups())) if found is not None else ""


def alike(name: str) -> str:
    """The name of a value wherever it stands: `indicator.target` for `indicator.blocks.年度.target`."""
    record, within, rest = name.partition(".blocks")
    if not within or "." in record or rest[:1] not in ("", "."):
        return name
    path = rest[1:].partition(".")[2]
    return f"{record}.{path}" if path else record
