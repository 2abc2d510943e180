"""Cells and paragraphs keep the numbers of their start tags in the part, through all tidying.

Each text of a part is made to say in which w:tc and which w:p of the part it stands, counted by expat in the raw XML.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from xml.parsers import expat

import pytest
from checkout import ROOT
from wordxml import W, docx, p, run, tbl, tc, text_box, tr, zipped

from perfdoc.layout import Grid, Layout, Paragraph
from perfdoc.reading import read

MAIN = "word/document.xml"
GOLDEN = sorted((ROOT / "golden").rglob("*.docx"))


def numbered(data: bytes, *parts: str) -> bytes:
    """The file with other texts in these parts: `C3P5.` in the third cell and the fifth paragraph."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        content: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    for part in parts:
        written = content[part]
        assert isinstance(written, bytes)
        content[part] = _numbered(written)
    return zipped(content)


def _numbered(xml: bytes) -> bytes:
    counts = {"tc": 0, "p": 0}
    opened: dict[str, list[int]] = {"tc": [0], "p": [0]}
    edits: list[tuple[int, int, bytes]] = []
    parser = expat.ParserCreate(namespace_separator=" ")
    begun = -1

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal begun
        namespace, local = name.split(" ") if " " in name else ("", name)
        if namespace == W and local in counts:
            counts[local] += 1
            opened[local].append(counts[local])
        if namespace == W and local in ("t", "delText"):
            begun = xml.index(b">", parser.CurrentByteIndex) + 1

    def end(name: str) -> None:
        nonlocal begun
        namespace, local = name.split(" ") if " " in name else ("", name)
        if namespace == W and local in counts:
            opened[local].pop()
        if namespace == W and local in ("t", "delText") and begun <= parser.CurrentByteIndex:
            edits.append((begun, parser.CurrentByteIndex, f"C{opened['tc'][-1]}P{opened['p'][-1]}.".encode()))

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(xml, True)
    for first, last, text in reversed(edits):
        xml = xml[:first] + text + xml[last:]
    return xml


def check(layout: Layout, frames: int = 0) -> int:
    """Compare the numbers with what the texts say; how many cells and paragraphs said something.

    Of a cell with a nested table of one column, which becomes lines of it, `frames` are not its own.
    """
    checked = others = 0
    for block in layout.blocks:
        if isinstance(block, Grid):
            for cell in (cell for row in block.rows for cell in row.cells):
                said = [int(number) for number in re.findall(r"C(\d+)P", cell.text)]
                others += sum(number != cell.number for number in said)
                checked += bool(said)
                assert cell.number > 0
        else:
            said = [int(number) for number in re.findall(r"P(\d+)\.", block.text)]
            assert not said or said[0] == block.number
            checked += bool(said)
    assert others == frames
    return checked


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_golden_files(path: Path) -> None:
    assert check(read(numbered(path.read_bytes(), MAIN), "f.docx")) > 10


def control(content: str) -> str:
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def versions(first: str, fallback: str) -> str:
    return (
        f'<mc:AlternateContent><mc:Choice Requires="w14">{first}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )


def changed(kind: str, content: str = "") -> str:
    return f'<w:{kind} w:author="a">{content}</w:{kind}>'


GONE = p(changed("del", "<w:r><w:delText>x</w:delText></w:r>"), properties=f"<w:rPr>{changed('del')}</w:rPr>")
ODD = {
    "plain": p("x") + tbl(tr("x", "x"), tr("x", "x")) + p("x"),
    "controls": control(p("x"))
    + tbl(control(tr(control(tc("x")), "x")), tr("x", control(tc(control(p("x"))))))
    + p("x"),
    "versions": versions(p("x"), p("x") + tbl(tr("x"))) + tbl(tr("x", tc(versions(p("x"), p("x"))), "x")) + p("x"),
    "rows of versions": tbl(versions(tr("x", "x"), tr("x")), tr("x", versions("", tc("x")), "x")) + p("x"),
    "deleted rows": tbl(tr("x", properties=changed("del")), tr("x", "x")) + p("x"),
    "deleted cells": tbl(tr("x", tc("x", properties=changed("cellDel")), "x"), tr("x", "x", "x")),
    "deleted paragraphs": GONE + p("x") + tbl(tr(tc(GONE, "x"), "x")) + changed("del", p("x")) + p("x"),
    "nested tables": tbl(tr(tc("x", tbl(tr("x", tc(tbl(tr("x", "x")), p())))), "x"), tr("x", "x")) + p("x"),
    "text boxes": p(text_box(p("x") + tbl(tr("x", "x"))), "x") + tbl(tr(tc(p(text_box(p("x")))), "x")) + p("x"),
    "notes": p("x", '<w:r><w:footnoteReference w:id="2"/></w:r>') + tbl(tr("x")),
    "the old merge": tbl(tr("x", tc("", properties="<w:hMerge/>"), "x")) + p("x"),
    "paragraphs in paragraphs": p("x", p("x")) + p("x") + tbl(tr(tc(p("x", p("x"))), "x")),
    "loose runs": run("x") + p("x") + tbl(tr(f"<w:tc>{run('x')}</w:tc>", "x")),
    "a paragraph in a row": tbl(f"<w:tr>{p('x')}{tc('x')}{p('x')}{tc('x')}</w:tr>") + p("x"),
}


@pytest.mark.parametrize("body", [*ODD.values()], ids=[*ODD])
@pytest.mark.parametrize("policy", ["accept", "reject"])
@pytest.mark.parametrize("short", [2**19, 0])
def test_odd_files(body: str, policy: str, short: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("perfdoc.reading.docx.part.SHORT", short)
    monkeypatch.setattr("perfdoc.reading.docx.part.PATIENCE", short)
    monkeypatch.setattr("perfdoc.reading.package.CHUNK", 200 if not short else 2**16)
    notes = f'<w:footnote w:id="1"><w:p/></w:footnote><w:footnote w:id="2">{p("x")}</w:footnote>'
    data = numbered(docx(body, {"footnotes": notes}), MAIN, "word/footnotes.xml")
    assert check(read(data, "f.docx", track_changes=policy)) > 1


def test_a_frame_leaves_the_cell_its_own_number() -> None:
    body = tbl(tr("x", tc("x", tbl(tr("x"), tr("x")), p())), tr("x", "x"))
    found = read(numbered(docx(body), MAIN), "f.docx")
    assert check(found, frames=2) == 4
    assert [cell.number for row in next(found.grids()).rows for cell in row.cells] == [1, 2, 5, 6]


def test_the_last_of_joined_paragraphs_gives_the_number() -> None:
    joined = p("一", properties=f"<w:rPr>{changed('del')}</w:rPr>") + p("二")
    (found,) = read(docx(joined), "f.docx").blocks
    assert isinstance(found, Paragraph)
    assert (found.text, found.number) == ("一二", 2)
