"""A Word file → what it says: perfdoc makes a Document with places and account, the others give less."""

from __future__ import annotations

import importlib.util
import io
import subprocess
import zipfile
from collections.abc import Callable, Iterator, Sequence

import docx
from lxml import etree

import perfdoc
from benchmarks.documents import document, word
from benchmarks.families import Plan
from benchmarks.machine import pandoc_version
from benchmarks.report import Table, Target, ratios
from benchmarks.timing import Measured, Way, in_turns
from perfdoc import Reading

FLOOR = "floor: inflate, lxml.etree.fromstring"
PERFDOC = "perfdoc: Document, places, account"
LAYOUT = "perfdoc, its first half: cells and paragraphs"
PANDOC = "pandoc -t json"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LARGEST = {
    "docx2python": 50,
    "mammoth": 50,
    PANDOC: 500,
    "python-docx, row.cells": 500,
    "python-docx, _tr and _tc": 500,
}
"""Projects up to which a peer is measured; beyond them it takes minutes, or all of the memory."""
_SLOW = ("docx2python", "mammoth", PANDOC)
"""Of a batch these read every 25th document, and the time is scaled up."""

_WHY = (
    "One way reads every table: it is tidied, then read in one plain pass. Tables cut out of the bytes by patterns "
    "were about twice as fast and a second reader that had to agree with the first. A file of one project takes some "
    "milliseconds either way, so the limits are those of one way: 4 × the floor from 50 projects on, 5 × in a batch of "
    "small documents, where opening the package, styles and properties weigh most."
)


def floor(data: bytes) -> object:
    """What no reader with a tree can do without: `word/document.xml` unpacked and parsed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read("word/document.xml"), etree.XMLParser(huge_tree=True))


def read(data: bytes) -> Reading:
    """perfdoc's way."""
    return perfdoc.extract(perfdoc.read(data, "a.docx"))


def _walk(data: bytes) -> list[list[str]]:
    """python-docx as a careful programmer uses it: down to the elements, each once."""
    return [
        ["".join(t.text or "" for t in tc.iter(f"{_W}t")) for tc in tr.iter(f"{_W}tc")]
        for table in docx.Document(io.BytesIO(data)).tables
        for tr in table._tbl.tr_lst
    ]


def _cells(data: bytes) -> list[list[str]]:
    tables = docx.Document(io.BytesIO(data)).tables
    return [[cell.text for cell in row.cells] for table in tables for row in table.rows]


def _docx2python(data: bytes) -> object:
    from docx2python import docx2python

    with docx2python(io.BytesIO(data)) as content:
        return content.body


def _mammoth(data: bytes) -> object:
    import mammoth

    return mammoth.convert_to_html(io.BytesIO(data)).value


def _pandoc(data: bytes) -> object:
    return subprocess.run(["pandoc", "-f", "docx", "-t", "json"], input=data, capture_output=True, check=True).stdout


WAYS: dict[str, Callable[[bytes], object]] = {
    FLOOR: floor,
    LAYOUT: lambda data: perfdoc.read(data, "a.docx"),
    PERFDOC: read,
    "python-docx, _tr and _tc": _walk,
    "python-docx, row.cells": _cells,
    "docx2python": _docx2python,
    "mammoth": _mammoth,
    PANDOC: _pandoc,
}


def run(plan: Plan) -> Iterator[Table]:
    """One document of each size; a batch of small documents; the targets."""
    measured: dict[str, dict[str, Measured]] = {}
    for size in plan.sizes:
        measured[f"{size} projects" if size > 1 else "1 project"] = _column([word(document(size))], size, plan)
    batch = [word(document(5, seed)) for seed in range(plan.small)]
    measured[f"{plan.small} × 5"] = _column(batch, 5, plan)
    large = [one for name, one in measured.items() if " × " in name or int(name.split()[0]) >= 50]
    yield ratios("Reading a Word file", measured, [*_targets(measured), *_over_peers(large)], [_WHY])


def _column(files: Sequence[bytes], size: int, plan: Plan) -> dict[str, Measured]:
    part = files[: max(1, len(files) // 25)]
    ways = {
        name: _over(part if name in _SLOW else files, way)
        for name, way in WAYS.items()
        if size <= _LARGEST.get(name, size) and is_here(name)
    }
    found = in_turns(ways, plan.turns)
    scale = len(files) / len(part)
    return {
        name: Measured(one.seconds * scale, (one.ratio or 0) * scale) if name in _SLOW else one
        for name, one in found.items()
    }


def is_here(name: str) -> bool:
    """Whether the peer of a way is on this machine: `pip install 'perfdoc[bench]'`, and pandoc is a program."""
    if name == PANDOC:
        return bool(pandoc_version())
    return name not in _SLOW or importlib.util.find_spec(name) is not None


def _over(files: Sequence[bytes], way: Callable[[bytes], object]) -> Way:
    """A way over files one by one; a batch keeps none of them."""

    def each() -> None:
        for file in files:
            way(file)

    return each


def _targets(measured: dict[str, dict[str, Measured]]) -> Iterator[Target]:
    for name, column in measured.items():
        if " × " in name or int(name.split()[0]) >= 50:
            limit = 5 if " × " in name else 4
            yield Target(f"read, {name}: × floor", column[PERFDOC].ratio or 0, limit)


def _over_peers(columns: Sequence[dict[str, Measured]]) -> Iterator[Target]:
    """How many times faster than the slow readers, at worst."""
    for peer, limit in ((PANDOC, 8), ("docx2python", 12), ("mammoth", 12)):
        factors = [column[peer].seconds / column[PERFDOC].seconds for column in columns if peer in column]
        if factors:
            yield Target(f"read: × faster than {peer}", min(factors), limit, at_least=True)
