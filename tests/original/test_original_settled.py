"""What a new text settles on its way: tracked changes, which are told, and the states of controls."""

from __future__ import annotations

import io
import zipfile

import pytest
from received import said
from wordxml import docx, p, tbl, tc, tr

import perfdoc
from perfdoc.errors import RefusedError
from perfdoc.original import write_texts
from perfdoc.reading import read
from perfdoc.report import Place, TrackedChange

FILE = "f.docx"
CELL = Place(FILE, table=1, row=1, column=1)
BY = "w:id='1' w:author='张三' w:date='2024-03-02T15:04:00Z'"
TRACKED = (
    f"<w:p><w:del {BY}><w:r><w:delText>80&amp;</w:delText></w:r></w:del>"
    "<w:ins w:id='2' w:author='李四'><w:r><w:t>83</w:t></w:r></w:ins></w:p>"
)


def document(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("word/document.xml").decode()


def test_tracked_changes_that_are_settled_are_told() -> None:
    data = docx(tbl(tr(tc(TRACKED), tc(TRACKED)), columns=2))
    (change,) = write_texts(data, {CELL: "90"}, file=FILE).changes
    assert change.settled == (
        TrackedChange(CELL, "张三", "2024-03-02T15:04:00Z", "80&"),
        TrackedChange(CELL, "李四", "", ""),
    )


def test_they_are_told_where_a_document_is_written_into_a_file() -> None:
    table = tbl(tr("项目名称", "清淤"), tr("绩效目标", tc(TRACKED)), tr("三级指标", "指标值"), tr("长度", "≥5公里"))
    old = docx(table)
    document = said(old)
    projects = (document.projects[0].model_copy(update={"goals": "90"}),)
    told = perfdoc.into(old, document.model_copy(update={"projects": projects})).diagnostics
    assert [(one.code, one.place.row) for one in told] == [("PD093", 2)]
    assert "张三" in told[0].message
    assert "李四" in told[0].message


def test_an_empty_paragraph_is_joined_to_the_one_whose_end_is_deleted() -> None:
    end = f"<w:pPr><w:rPr><w:del {BY}/></w:rPr></w:pPr>"
    gone = f"<w:del {BY}><w:r><w:delText>旧</w:delText></w:r></w:del>"
    for content in ("", "<w:r><w:t>新</w:t></w:r>"):
        data = docx(p("前") + f'<w:p w:rsidR="00A1">{end}{gone}{content}</w:p><w:p w:rsidR="00A2"/>' + p("后"))
        place = read(data, FILE).blocks[1].place
        result = write_texts(data, {place: "新的\n第二行"}, file=FILE)
        assert '<w:p w:rsidR="00A2"><w:r><w:t>新的</w:t><w:br/><w:t>第二行</w:t></w:r></w:p>' in document(result.data)


BOX = (
    '<w:p><w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{}"/><w14:checkedState {}/>'
    '<w14:uncheckedState w14:val="2610"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>{}</w:t></w:r>'
    "</w:sdtContent></w:sdt></w:p>"
)
STATES = {
    "ticked": ("0", "☐", "☑", "1", 'w14:val="2611"'),
    "not ticked": ("1", "☑", "☐", "0", 'w14:val="2611"'),
    "a sign of a symbol font": ("0", "☐", "☑", "1", 'w14:val="00FE" w14:font="Wingdings"'),
    "neither": ("0", "☐", "是", "0", 'w14:val="2611"'),
    "no code": ("0", "☐", "☑", "0", 'w14:val="?"'),
}


@pytest.mark.parametrize(("state", "sign", "new", "after", "ticked"), STATES.values(), ids=STATES.keys())
def test_a_checkbox_has_the_state_that_it_shows(state: str, sign: str, new: str, after: str, ticked: str) -> None:
    data = docx(tbl(tr(tc(BOX.format(state, ticked, sign))), columns=1))
    assert BOX.format(after, ticked, new) in document(write_texts(data, {CELL: new}, file=FILE).data)


def field(code: str, result: str) -> str:
    kinds = ("begin", "separate", "end")
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in kinds)
    return f"{begin}<w:r><w:instrText>{code}</w:instrText></w:r>{separate}<w:r><w:t>{result}</w:t></w:r>{end}"


PAGES = "<w:p><w:r><w:t>共</w:t></w:r>" + field(" NUMPAGES ", "3") + "</w:p>"
SIMPLE = '<w:p><w:fldSimple w:instr="PAGE"><w:r><w:t>3</w:t></w:r></w:fldSimple></w:p>'


FORMULA = "<w:p><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath></w:p>"


def test_a_text_beside_what_is_worked_out_is_no_part_of_it() -> None:
    data = docx(tbl(tr(tc(PAGES), tc(SIMPLE), tc(FORMULA)), columns=3))
    beside, behind = CELL._replace(column=2), CELL._replace(column=3)
    result = document(write_texts(data, {CELL: "总共3页", beside: "第3", behind: "当x时"}, file=FILE).data)
    assert FORMULA.replace("<w:p>", "<w:p><w:r><w:t>当</w:t></w:r>")[:-6] + "<w:r><w:t>时</w:t></w:r></w:p>" in result
    assert PAGES.replace("共", "总共").replace("</w:p>", "<w:r><w:t>页</w:t></w:r></w:p>") in result
    assert SIMPLE.replace("<w:p>", "<w:p><w:r><w:t>第</w:t></w:r>") in result


@pytest.mark.parametrize(("content", "text"), [(PAGES, "共4"), (SIMPLE, "4"), (SIMPLE, "")])
def test_a_page_number_itself_is_worked_out(content: str, text: str) -> None:
    with pytest.raises(RefusedError) as refused:
        write_texts(docx(tbl(tr(tc(content)), columns=1)), {CELL: text}, file=FILE)
    assert refused.value.reason == "computed"


def test_joined_paragraphs_go_together_with_the_lines_that_break_them() -> None:
    end = f"<w:pPr><w:rPr><w:del {BY}/></w:rPr></w:pPr>"
    cell = f"<w:p/><w:p>{end}</w:p><w:p><w:r><w:br/></w:r></w:p>"
    result = write_texts(docx(tbl(tr(tc(cell)), columns=1)), {CELL: ""}, file=FILE)
    assert "<w:p/></w:tc>" in document(result.data)


def test_no_text_comes_into_the_code_of_a_field() -> None:
    box = field("REF a", "").replace("</w:instrText></w:r>", "</w:instrText></w:r><w:r/>").replace("<w:t></w:t>", "")
    data = docx(tbl(tr(tc(f"<w:p>{box}</w:p>")), columns=1))
    result = document(write_texts(data, {CELL: "是"}, file=FILE).data)
    assert f"<w:p>{box}<w:r><w:t>是</w:t></w:r></w:p>" in result
