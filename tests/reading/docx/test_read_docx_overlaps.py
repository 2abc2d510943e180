"""Content controls that overlap other elements: what LibreOffice 7.4 writes is no XML, and is read all the same."""

from __future__ import annotations

import pytest
from wordxml import W, cells, codes, docx, p, run, tbl, tc, tr

from perfdoc.errors import UnreadableError
from perfdoc.layout import Grid
from perfdoc.reading import read
from perfdoc.reading.docx.libreoffice import overlaps

BEGIN = "<w:sdt><w:sdtPr/><w:sdtContent>"
END = "</w:sdtContent></w:sdt>"


def link(*content: str) -> str:
    return f'<w:hyperlink w:anchor="a">{"".join(content)}</w:hyperlink>'


def box(*content: str) -> str:
    shape = f"<wps:wsp><wps:txbx><w:txbxContent>{''.join(content)}</w:txbxContent></wps:txbx></wps:wsp>"
    graphic = f'<a:graphic><a:graphicData uri="x">{shape}</a:graphicData></a:graphic>'
    return f"<w:r><w:drawing><wp:inline>{graphic}</wp:inline></w:drawing></w:r>"


@pytest.mark.parametrize(
    ("paragraph", "expected", "count"),
    [
        (f"{run('道路')}{link(run('养护'), BEGIN)}{BEGIN}{run('（')}{END}{END}{run('套）')}", "道路养护（套）", 1),
        (f"{BEGIN}{run('甲')}{link(run('乙'), BEGIN)}{run('丙')}{END}{run('丁')}{END}{run('戊')}", "甲乙丙丁戊", 2),
        (f"{BEGIN}{run('社会效益')}{box(f'<w:p>{END}', run('说明'), '</w:p>')}{run('指标')}", "社会效益指标", 1),
        (f"{link(BEGIN, BEGIN, run('甲'))}{END}{run('乙')}{END}", "甲乙", 1),
        (f'<w:hyperlink w:anchor="a">{run("社会")}{box("<w:p></w:hyperlink>", run("说明"), "</w:p>")}', "社会", 1),
        (f"{run('社会')}{box('<w:p></w:hyperlink>', run('说明'), '</w:p>')}{run('效益')}", "社会效益", 1),
    ],
)
def test_what_overlaps_is_read_in_its_order(paragraph: str, expected: str, count: int) -> None:
    data = docx(tbl(tr("项目名称", tc(f"<w:p>{paragraph}</w:p>")), tr("下", "尾")) + p("尾"))
    found = read(data, "f.docx")
    assert [cells(each) for each in found.grids()] == [[[(1, "项目名称"), (2, expected)], [(1, "下"), (2, "尾")]]]
    (said,) = found.diagnostics
    assert (said.code, str(said.place)) == ("PD032", "f.docx")
    assert f": {count} content control" in said.message
    if "说明" in paragraph:
        assert [each.text for each in found.blocks if not isinstance(each, Grid)] == ["说明", "尾"]


@pytest.mark.parametrize(
    "broken",
    ["<w:p><w:r></w:p></w:r>", f"<w:p>{BEGIN}</w:p>{END}<w:p><w:r></w:p>", f"{BEGIN}<w:p/></w:sdtContent></w:sdtt>"],
)
def test_what_else_is_broken_stays_broken(broken: str) -> None:
    with pytest.raises(UnreadableError, match=r"word/document.xml, line 1: broken XML"):
        read(docx(p("甲") + broken), "f.docx")


def test_in_a_stream_nothing_is_read_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [tr(str(n), f"≥{n}") for n in range(300)]
    data = docx(tbl(*rows) + p(link(run("甲"), BEGIN), run("乙"), END))
    whole = read(data, "f.docx")
    monkeypatch.setattr("perfdoc.reading.docx.part.SHORT", 0)
    monkeypatch.setattr("perfdoc.reading.package.CHUNK", 512)
    assert read(data, "f.docx") == whole
    assert codes(whole) == ["PD032"]


def test_a_part_that_is_too_large_to_be_mended_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overlaps, "MAX_TREE", 1000)
    with pytest.raises(UnreadableError, match="broken XML"):
        read(docx(p(link(run("甲" * 1000), BEGIN), run("乙"), END), namespace=W), "f.docx")
