"""Reading a Word file with plain tables taken out before parsing, and without."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

import pytest
from wordxml import docx, p, run, tbl, tc, tr

from perfdoc import errors
from perfdoc.layout import Layout
from perfdoc.reading import read
from perfdoc.reading.docx import ahead

MAIN = "word/document.xml"
SMART = '<w:smartTag w:uri="u" w:element="e">'
TABLE = tbl(
    tr(tc(p("项目名称"), properties='<w:vMerge w:val="restart"/>'), tc("甲乙丙", properties='<w:gridSpan w:val="3"/>')),
    tr(tc(p(), properties="<w:vMerge/>"), "x", "", "丙丁", properties='<w:tblHeader/><w:gridAfter w:val="2"/>'),
    tr("", tc(p("一行"), p(), p("三行", run("续")), properties='<w:gridSpan w:val="2"/>'), "尾"),
    "<w:customXml>"
    + tr("", tc(f"<w:p>{SMART}{run('两')}{run('段')}</w:smartTag>{run('后')}</w:p>"))
    + "</w:customXml>",
)
DATA = docx(p("前文") + TABLE + p("中文") + TABLE + p("后文"))


def both(data: bytes, patch: pytest.MonkeyPatch, name: str = "f.docx") -> tuple[object, object]:
    """What reading gives with tables taken out, and without: a Layout, or the words of an error."""
    fast = _outcome(data, name)
    with patch.context() as inner:
        inner.setattr(ahead.Ahead, "out_of", lambda self, pieces: iter(pieces))
        return fast, _outcome(data, name)


def _outcome(data: bytes, name: str) -> Layout | str:
    try:
        return read(data, name)
    except errors.PerfdocError as error:
        return str(error)


def taken(data: bytes, patch: pytest.MonkeyPatch) -> int:
    """How many tables are taken out."""
    count = 0
    take = ahead.Ahead._take

    def counted(self: ahead.Ahead, table: bytes) -> bytes:
        nonlocal count
        mark = take(self, table)
        count += bool(mark)
        return mark

    with patch.context() as inner:
        inner.setattr(ahead.Ahead, "_take", counted)
        _outcome(data, "f.docx")
    return count


def with_main(data: bytes, change: Iterable[tuple[bytes, bytes]]) -> bytes:
    """The package with other bytes in its main part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in given.namelist():
            content = given.read(name)
            if name == MAIN:
                for old, new in change:
                    assert old in content
                    content = content.replace(old, new, 1)
            archive.writestr(name, content)
    return out.getvalue()
