"""Lists from a workbook that somebody has drawn: `flat-xlsx`, and one of another bureau."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.datavalidation import DataValidation

from perfdoc.errors import FormError
from perfdoc.extraction import extract
from perfdoc.form_definition import Form, form, forms, load_form
from perfdoc.model import Agency, Budget, Document, Indicator, Project
from perfdoc.reading import read
from perfdoc.rendering import render, variables
from perfdoc.rendering.lists import moved
from perfdoc.rendering.lists.list_values import parted
from perfdoc.report import Reading

FLAT = form("flat-xlsx")
ROW = Indicator(level1="产出指标", level2="数量指标", level3="007", target="≥1,200人次", weight="10")
PROJECT = Project(name="培训", budget=Budget(total="12.00"), indicators=(ROW, ROW, ROW))
DOCUMENT = FLAT.normal(Document(projects=(PROJECT, PROJECT, Project(name="培训"))))

DRAWN = """\
title: 某区指标库
fields:
- path: name
  labels: [项目]
- path: agency.name
  labels: [单位]
- path: extra.联系人
  labels: [联系人]
columns:
- path: level3
  labels: [指标]
- path: target
  labels: [目标]
- path: extra.备 注
  labels: [备注]
"""


def sheet_of(data: bytes) -> Any:
    return load_workbook(io.BytesIO(data)).active


def back(data: bytes, *others: Form) -> Reading:
    return extract(read(data, "x.xlsx"), {**forms(), **{one.name: one for one in others}})


def drawn(folder: Path, rows: list[list[str]], yaml: str = DRAWN) -> Form:
    """Another bureau's list: a title, a head, a row with tags, a foot that is merged."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    sheet.merge_cells("A1:D1")
    sheet.merge_cells("A4:F4")
    sheet.auto_filter.ref = "A2:F3"
    sheet.print_area = "A1:F4"
    levels = DataValidation(type="list", formula1='"a,b"')
    levels.add("D3:D9")
    sheet.add_data_validation(levels)
    sheet.row_dimensions[3].height = 40
    home = folder / "bureau"
    home.mkdir(exist_ok=True)
    book.save(home / "form.xlsx")
    (home / "form.yaml").write_text(yaml, encoding="utf-8")
    return load_form(home)


ROWS = [
    ["指标库"],
    ["项目", "单位", "联系人", "指标", "目标", "备注"],
    ["{{ project.name }}", "{{project.agency.name}}", "{{ project.extra.联系人 }}", "{{ indicator.level3 }}",
     "{{ indicator.target }}", '{{ indicator.extra["备 注"] }}'],
    ["填表说明：一行一个指标"],
]  # fmt: skip


def test_a_list_has_a_line_an_indicator() -> None:
    sheet = sheet_of(render(DOCUMENT, FLAT))
    head = [cell.value for cell in sheet[1]]
    assert sheet.max_row == 8
    line = dict(zip(head, (cell.value for cell in sheet[2]), strict=True))
    assert (line["序号"], line["指标序号"], line["预算数"], line["三级指标"]) == ("1", "1", "12.00", "007")
    assert (line["计算符号"], line["指标值"], line["计量单位"], line["分值权重"]) == ("≥", "1,200", "人次", "10")
    assert [cell.value for cell in sheet[8]][:2] == ["3", "培训"]
    assert {cell.number_format for row in sheet.iter_rows() for cell in row} == {"@"}
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("C2", "A1:V8", "$1:$1")
    lists = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation}
    assert sorted(lists) == ["O2:O5006", "P2:P5006", "S2:S5006"]
    assert lists["S2:S5006"] == '"≥,≤,=,>,<,≈,≠"'


def test_lines_that_say_the_same_come_back() -> None:
    reading = back(render(DOCUMENT, FLAT))
    assert reading.document == DOCUMENT
    assert reading.diagnostics == ()
    assert FLAT.is_list
    assert {"project.number", "indicator.target", "indicator.target.unit"} <= variables(FLAT)


def test_a_list_that_somebody_else_has_drawn(tmp_path: Path) -> None:
    bureau = drawn(tmp_path, ROWS)
    rows = (
        Indicator(level3="项目", target="=1+1", extra={"备 注": ""}),
        Indicator(level3="", target="_x000D_", extra={"备 注": "目标\n备注"}),
    )
    one = Project(name="单位", agency=Agency(name="局"), extra={"联系人": "张"}, indicators=rows)
    document = bureau.normal(Document(projects=(one, one.model_copy(update={"name": "指标", "indicators": rows[:1]}))))
    data = render(document, bureau)
    sheet = sheet_of(data)
    assert sheet["A6"].value == "填表说明：一行一个指标"
    assert sorted(map(str, sheet.merged_cells.ranges)) == ["A1:D1", "A6:F6"]
    assert (sheet.auto_filter.ref, sheet.print_area) == ("A2:F5", "'Sheet'!$A$1:$F$6")
    assert [str(one.sqref) for one in sheet.data_validations.dataValidation] == ["D3:D11"]
    assert [sheet.row_dimensions[at].height for at in (3, 4, 5)] == [40, 40, 40]
    reading = back(data, bureau)
    assert reading.document == document
    assert not reading.diagnostics
    assert sheet_of(render(Document(), bureau))["A4"].value == "填表说明：一行一个指标"


def test_a_template_with_shared_strings(tmp_path: Path) -> None:
    bureau = drawn(tmp_path, ROWS)
    plain = render(bureau.normal(Document(projects=(Project(name="甲"),))), bureau)
    share(bureau.document)
    data = render(bureau.normal(Document(projects=(Project(name="甲"),))), bureau)
    rows = [[cell.value for cell in row] for row in sheet_of(data).iter_rows()]
    assert rows == [[cell.value for cell in row] for row in sheet_of(plain).iter_rows()]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not [name for name in archive.namelist() if b"{{" in archive.read(name)]


def share(file: Path) -> None:
    """Move the inline strings of a workbook to a shared table, rich text among them."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with zipfile.ZipFile(file) as given:
        parts = {name: given.read(name).decode() for name in given.namelist()}
    sheet, items = "xl/worksheets/sheet1.xml", list[str]()
    pieces = parts[sheet].split(' t="inlineStr"><is>')
    made = pieces[0]
    for piece in pieces[1:]:
        text, _, rest = piece.partition("</is>")
        made += f' t="s"><v>{len(items)}</v>{rest}'
        items.append(f"<si><r>{text}</r></si>" if len(items) % 2 else f"<si>{text}</si>")
    parts[sheet] = made
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{space}">{"".join(items)}</sst>'
    rels = "xl/_rels/workbook.xml.rels"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    relation = f'<Relationship Id="rIdS" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'
    parts[rels] = parts[rels].replace("</Relationships>", relation)
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{types}"/></Types>'
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace("</Types>", override)
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["项目"], ["{{ project.nme }}"]], "cell A2: a tag asks for project.nme, and there is no such value"),
        ([["{{ indicator.level4 }}"]], "a tag asks for indicator.level4"),
        ([["{{ loop.index }}"]], "a tag asks for loop.index"),
        ([["{{ project.name }}"], ["{{ project.year }}"]], "tags stand in rows 1, 2; a list has one row with tags"),
        ([["项目"]], "no cell of any sheet holds a tag"),
        ([["{{ project.name }}"], ["=1+1"]], "can't hold formulas"),
    ],
)
def test_a_list_that_is_not_sound(rows: list[list[str]], said: str, tmp_path: Path) -> None:
    with pytest.raises(FormError, match=said.replace("(", r"\(")):
        render(DOCUMENT, drawn(tmp_path, rows))


def test_a_file_that_is_no_workbook(tmp_path: Path) -> None:
    one = drawn(tmp_path, ROWS)
    one.document.write_bytes(b"x")
    with pytest.raises(FormError, match=r"not a sound \.xlsx file"):
        render(DOCUMENT, one)
    one.document.write_bytes(form("tianjin").document.read_bytes())
    with pytest.raises(FormError, match="not a workbook"):
        render(DOCUMENT, one)


def test_ranges_grow_and_move() -> None:
    assert moved("A1:B2", 2, 3) == "A1:B5"
    assert moved("A2 C3:D9 B1", 2, 3) == "A2 C6:D12 B1"
    assert moved("'表2'!$A$2:$V$2", 2, 3) == "'表2'!$A$2:$V$5"
    assert moved("x!$1:$1", 2, 3) == "x!$1:$1"
    assert moved("A1:A1048576", 2, 3) == "A1:A1048576"
    assert moved("OFFSET(A1,3)", 2, 3) == "OFFSET(A1,3)"


def test_a_value_is_parted_only_where_it_can_be_joined_again(root: Path) -> None:
    lines = (root / "tests/target/target.tsv").read_text(encoding="utf-8").splitlines()
    texts = [line.split("\t")[0] for line in lines]
    assert len(texts) > 300
    split = 0
    for text in texts:
        operator, value, unit = parted(text)
        assert operator + value + unit == text
        split += bool(operator or unit)
    assert split > 50
    assert [parted(text) for text in ("≥183万页", "＝100％", "95%以上", "2辆", "优")] == [
        ("≥", "183", "万页"), ("", "＝100％", ""), ("", "95%以上", ""), ("", "2", "辆"), ("", "优", ""),
    ]  # fmt: skip


def edited(change: Any) -> Reading:
    book = load_workbook(io.BytesIO(render(DOCUMENT, FLAT)))
    change(book.active)
    out = io.BytesIO()
    book.save(out)
    return back(out.getvalue())


def test_what_people_do_to_a_list() -> None:
    def grown(sheet: Any) -> None:
        sheet["S2"], sheet["T3"] = "不低于", "≥1,300"
        for column, text in (("B", "培训"), ("O", "效益指标"), ("Q", "新增"), ("T", "长期")):
            sheet[f"{column}9"] = text
        sheet.merge_cells("B2:B4")
        sheet["H4"] = "13.00"
        sheet["X5"], sheet["X20"] = "旁注", "又一"

    reading = edited(grown)
    targets = [row.target for row in reading.document.projects[0].indicators]
    assert targets == ["≥1,200人次", "≥1,300人次", "≥1,200人次"]
    assert [row.level3 for row in reading.document.projects[2].indicators] == ["新增"]
    assert [(one.code, str(one.place)) for one in reading.diagnostics] == [
        ("PD042", "x.xlsx:绩效指标!H4"),
        ("PD040", "x.xlsx:绩效指标!X5"),
        ("PD040", "x.xlsx:绩效指标!X20"),
    ]


def test_another_head_is_read_by_its_labels() -> None:
    def renamed(sheet: Any) -> None:
        sheet["W1"], sheet["W2"] = "备注", "一"

    reading = edited(renamed)
    assert reading.document.form is None
    assert reading.document.projects[0].name == "培训"
