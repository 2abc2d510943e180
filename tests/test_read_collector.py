"""Reading many files in one process: what reading needed is gone when it ends, without Python's cyclic collector."""

from __future__ import annotations

import gc
from collections.abc import Callable

import pytest
from cli_support import ROOT

from perfdoc import extract, form, load, read, render

_WORD = render(load(ROOT / "specs" / "hexi-court-2023").document, form("tianjin"))


@pytest.mark.parametrize("work", [lambda: read(_WORD, "a.docx"), lambda: extract(read(_WORD, "a.docx"))])
def test_reading_leaves_no_cycles_behind(work: Callable[[], object]) -> None:
    work()
    gc.collect()
    gc.disable()
    try:
        for _ in range(3):
            work()
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_the_collector_is_on_again_after_a_file() -> None:
    assert gc.isenabled()
    read(_WORD, "a.docx")
    assert gc.isenabled()
