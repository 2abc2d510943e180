"""`docs/returned.docx`, the file that comes back in the README: the real specs rendered, and what a reviewer did to it.

python docs/returned.py      after a change of the specs of the example

One value is changed with tracking, one is typed over, and one has a comment.
"""

from __future__ import annotations

import copy
import io
from datetime import UTC, datetime
from pathlib import Path

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import _Cell

import perfdoc

ROOT = Path(__file__).parent.parent
WHO, WHEN = "财政局", datetime(2024, 3, 2, 15, 4, tzinfo=UTC)
TRACKED, TYPED, ASKED = ("≥183万页", "≥190万页"), ("≥30个", "≥35个"), "≥8年"


def cell(document: docx.document.Document, text: str) -> _Cell:
    """The first cell that says this."""
    cells = (one for table in document.tables for row in table.rows for one in row.cells)
    found: _Cell = next(one for one in cells if one.text == text)
    return found


def track(found: _Cell, text: str) -> None:
    """Strike what a cell says and insert another text, both tracked."""
    (run,) = found.paragraphs[0].runs
    new = copy.deepcopy(run._r)
    new.find(qn("w:t")).text = text
    about = {qn("w:author"): WHO, qn("w:date"): f"{WHEN:%Y-%m-%dT%H:%M:%SZ}"}
    struck = OxmlElement("w:del", {**about, qn("w:id"): "901"})
    added = OxmlElement("w:ins", {**about, qn("w:id"): "902"})
    run._r.addprevious(struck)
    struck.addnext(added)
    struck.append(run._r)
    run._r.find(qn("w:t")).tag = qn("w:delText")
    added.append(new)


def main() -> None:
    """Write the file."""
    sent = perfdoc.render(perfdoc.load(ROOT / "specs/hexi-court-2023").document, perfdoc.form("tianjin"))
    document = docx.Document(io.BytesIO(sent))
    track(cell(document, TRACKED[0]), TRACKED[1])
    cell(document, TYPED[0]).paragraphs[0].runs[0].text = TYPED[1]
    comment = document.add_comment(cell(document, ASKED).paragraphs[0].runs, "依据是什么？", WHO, "财")
    comment._comment_elm.date = WHEN
    document.save(str(ROOT / "docs/returned.docx"))


if __name__ == "__main__":
    main()
