"""Files that are small and ask for much: work and memory stay in proportion to what there is to read."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

import pytest
import wordxml
import workbooks
from work import growth
from workbooks import packed, parts, text_cell

from perfdoc import errors
from perfdoc.extraction import extract
from perfdoc.layout import Paragraph
from perfdoc.reading import read
from perfdoc.reading.excel import cell_formats, strings, worksheet
from perfdoc.reading.number_format import number_format

OLD = "http://schemas.microsoft.com/office/word/2003/wordml"


def taken_in(data: bytes) -> None:
    """Read and extract a file."""
    with contextlib.suppress(errors.NotRecognisedError):
        extract(read(data, "f"))


def message(data: bytes) -> str:
    with pytest.raises(errors.UnreadableError) as raised:
        read(data, "f.xlsx")
    return str(raised.value).removeprefix("f.xlsx: ")


def chained_styles(number: int) -> bytes:
    """Each style based on the next one."""
    chain = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{n}"><w:name w:val="s{n}"/><w:basedOn w:val="s{n + 1}"/></w:style>'
        for n in range(number)
    )
    return wordxml.docx(wordxml.p("甲"), {"styles": chain})


def word_2003(number: int) -> bytes:
    body = "<w:p><w:r><w:t>x</w:t></w:r></w:p>" * number
    return f'<w:wordDocument xmlns:w="{OLD}"><w:body>{body}</w:body></w:wordDocument>'.encode()


def endless_fields(number: int) -> bytes:
    """Fields that begin in one paragraph and never end."""
    return wordxml.docx(wordxml.p('<w:r><w:fldChar w:fldCharType="begin"/><w:t>x</w:t></w:r>' * number))


def tables(number: int) -> bytes:
    return wordxml.docx(wordxml.tbl(wordxml.tr("甲")) * number)


def labels(number: int) -> bytes:
    """One label again and again in one cell: each is kept, under a number."""
    row = wordxml.tr("项目名称", "甲") + wordxml.tr("实施单位：乙 " * number)
    return wordxml.docx(wordxml.tbl(row + wordxml.tr("一级指标", "二级指标", "三级指标", "指标值")))


def hidden_columns(number: int) -> bytes:
    columns = "<cols>" + '<col min="1" max="16384" hidden="1"/>' * number + "</cols>"
    return packed(parts(f'<row r="1">{text_cell("A1", "甲")}</row>', before=columns))


def columns(number: int) -> bytes:
    """Columns without a field of their own; a workbook may have 16,384."""
    head = "<td>一级指标</td><td>二级指标</td><td>三级指标</td><td>指标值</td>" + "<td>备注</td>" * number
    row = "<td>产出指标</td><td>数量指标</td><td>丙</td><td>丁</td>" + "<td>戊</td>" * number
    rows = ["<td>项目名称</td><td>甲</td>", head, *[row] * 5]
    return f"<html><table>{''.join(f'<tr>{one}</tr>' for one in rows)}</table></html>".encode()


def captions(number: int) -> bytes:
    """A row of cells that each may be the caption of the one before."""
    row = "<td>产出指标</td>" * number
    rows = f"<tr><td>项目名称</td><td>甲</td></tr><tr><td colspan={number}>绩效目标</td></tr><tr>{row}</tr>"
    return f"<html><table>{rows}</table></html>".encode()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("made", "number"),
    [
        *[(chained_styles, 500), (word_2003, 500), (tables, 500), (hidden_columns, 500), (labels, 500)],
        *[(columns, 200), (captions, 500), (endless_fields, 500)],
    ],
)
def test_four_times_as_much_is_about_four_times_the_work(made: Callable[[int], bytes], number: int) -> None:
    def of(size: int) -> Callable[[], None]:
        data = made(size)
        return lambda: taken_in(data)

    assert growth(of, number) < 6, "in proportion, and not to its square"


def test_word_2003_in_its_old_namespace_or_declared_anew_in_the_middle() -> None:
    old = f'<w:p xmlns:w="{OLD}"><w:r><w:t>{OLD}</w:t></w:r></w:p>'
    text = f'<?xml version="1.0"?><w:wordDocument xmlns:w="{OLD}"><w:body>{old}</w:body></w:wordDocument>'
    (paragraph,) = [block for block in read(text.encode(), "f.xml").blocks if isinstance(block, Paragraph)]
    assert paragraph.text == OLD, "a text that is the namespace's name is still a text"


def test_columns_hidden_many_times_are_said_once() -> None:
    (said,) = read(hidden_columns(500), "f.xlsx").diagnostics
    assert "hidden columns A" in said.message
    odd = '<cols><col min="-5" max="0" hidden="1"/><col min="9" max="3" hidden="1"/></cols>'
    made = packed(parts(f'<row r="1">{text_cell("A1", "甲")}</row>', before=odd))
    assert read(made, "f.xlsx").diagnostics == ()


@pytest.mark.parametrize(
    "code", ["0." + "0" * 1000, "0" * 900 + "." + "0" * 900, "0%." + "0" * 500, "0.0E+00" + "0" * 400]
)
@pytest.mark.parametrize("value", [0.1, 1e15, 123456789012345678.0, 9.99e307, 1e-300, 0.0])
def test_a_number_format_may_ask_for_more_digits_than_there_are(code: str, value: float) -> None:
    assert number_format(code, False).number(value)
    assert number_format("0.00", False).number(1.005) == "1.01"


def test_a_long_text_shown_in_every_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worksheet, "MAX_SHOWN", 10_000)
    row = '<row r="{0}"><c r="A{0}" t="s"><v>0</v></c></row>'
    made = parts("".join(row.format(n) for n in range(1, 12)), strings=f"<si><t>{'x' * 1000}</t></si>")
    assert message(packed(made)) == "sheet 表 shows more than 0 million characters"
    monkeypatch.setattr(worksheet, "MAX_SHOWN", 11_000)
    assert len(workbooks.texts(workbooks.sheet_of(made))) == 11


@pytest.mark.parametrize("usual", [True, False])
def test_strings_without_end(monkeypatch: pytest.MonkeyPatch, usual: bool) -> None:
    monkeypatch.setattr(strings, "MAX_STRINGS", 100)
    item = "<si><t>x</t></si>" if usual else "<si ><t>x</t></si>"
    assert workbooks.sheet_of(parts("", strings=item * 100))
    assert message(packed(parts("", strings=item * 101))) == "xl/sharedStrings.xml has more than 100 strings"


def test_cell_formats_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cell_formats, "MAX_FORMATS", 100)
    made = parts("")
    made["xl/styles.xml"] = made["xl/styles.xml"].replace("</cellXfs>", '<xf numFmtId="9"/>' * 100 + "</cellXfs>")
    assert "styles.xml has more than 100 cell formats" in message(packed(made))
