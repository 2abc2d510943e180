"""Soft hyphens, which show only where a line happens to break: LibreOffice saves `w:softHyphen` as a character."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from perfdoc.layout import Block, Grid

_SOFT_HYPHEN = "\u00ad"


def without(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks of a file that LibreOffice saved without these characters."""
    return tuple(map(_without, blocks))


def _without(block: Block) -> Block:
    if not isinstance(block, Grid):
        return block._replace(text=block.text.replace(_SOFT_HYPHEN, "")) if _SOFT_HYPHEN in block.text else block
    if not any(_SOFT_HYPHEN in cell.text for row in block.rows for cell in row.cells):
        return block
    rows = tuple(
        row._replace(
            cells=tuple(
                cell._replace(
                    text=cell.text.replace(_SOFT_HYPHEN, ""),
                    runs=tuple((style, text.replace(_SOFT_HYPHEN, "")) for style, text in cell.runs),
                )
                for cell in row.cells
            )
        )
        for row in block.rows
    )
    return replace(block, rows=rows)
