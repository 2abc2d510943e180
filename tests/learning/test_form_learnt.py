"""A form learnt from a filled-in file: what becomes a tag, what goes, what stays; documents come back from it."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pytest
from filled_files import AGENCY, ROWS, filled

import perfdoc
from perfdoc.errors import FormError, UnreadableError
from perfdoc.form_definition.loading import load_form
from perfdoc.learning import Learnt, as_docx, learn_form
from perfdoc.model import Document, Indicator, Project, texts

PRINTED = tuple((level1, level2, "", "") for level1, level2, *_ in ROWS)
LAYOUTS: dict[str, dict[str, Any]] = {
    "both levels merged": {},
    "level 1 merged": {"merged": 1},
    "levels repeated": {"merged": 0},
    "levels written once": {"merged": 0, "repeated": False},
    "a table of its own": {"parted": True},
    "a label at the side": {"side": True},
    "empty rows": {"spare": 2},
    "nobody filled it in": {"rows": (), "spare": 3},
    "levels are printed, merged": {"rows": PRINTED},
    "levels are printed on each row": {"rows": PRINTED, "merged": 0},
    "levels are printed once": {"rows": PRINTED, "merged": 0, "repeated": False, "spare": 2},
    "three projects": {"projects": 3},
}
_TAG = re.compile(r"\{[{%].*?[%}]\}")


@cache
def learnt(layout: str) -> tuple[bytes, Learnt]:
    data = filled(**LAYOUTS[layout])
    return data, learn_form(data, "old.docx", "bureau")


def form_of(made: Learnt, folder: Path) -> perfdoc.Form:
    folder = folder / made.name
    folder.mkdir(exist_ok=True)
    (folder / "form.docx").write_bytes(made.word)
    (folder / "form.yaml").write_text(made.description, encoding="utf-8")
    return load_form(folder)


def paragraphs(word: bytes, part: str = "word/document.xml") -> list[str]:
    """The text of each paragraph of a part."""
    with zipfile.ZipFile(io.BytesIO(word)) as package:
        text = package.read(part).decode()
    return ["".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)<", one)) for one in text.split("</w:p>")]


def values(record: Project | Indicator) -> dict[tuple[str, ...], str]:
    return {path: text for path, text in texts(record) if text}


def same(one: Document, other: Document) -> bool:
    return [(values(p), [values(row) for row in p.indicators]) for p in one.projects] == [
        (values(p), [values(row) for row in p.indicators]) for p in other.projects
    ]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_lint_finds_nothing(layout: str, tmp_path: Path) -> None:
    form = form_of(learnt(layout)[1], tmp_path)
    assert perfdoc.lint(form.folder) == ()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_its_own_values_come_back_and_look_the_same_to_another_reader(layout: str, tmp_path: Path) -> None:
    data, made = learnt(layout)
    form = form_of(made, tmp_path)
    read = perfdoc.extract(perfdoc.read(data, "old.docx"), {}).document
    again = perfdoc.render(read, form, to="docx")
    assert same(perfdoc.extract(perfdoc.read(again, "own.docx"), {form.name: form}).document, form.normal(read))
    ours, theirs = (_cells(one) for one in (again, data))
    left_out = {"", *(text for row in LAYOUTS[layout].get("rows", ()) for text in row)}
    assert ours == [row for row in theirs if not left_out.issuperset(row)]


def _cells(data: bytes) -> list[list[str]]:
    """The rows of all tables as python-docx sees them, merged cells with the text of the merge."""
    return [[cell.text for cell in row.cells] for table in docx.Document(io.BytesIO(data)).tables for row in table.rows]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_another_document_of_two_projects_comes_back(layout: str, tmp_path: Path) -> None:
    form = form_of(learnt(layout)[1], tmp_path)
    rows = [
        Indicator(level1=f"{l1}指标", level2=f"{l2}指标", level3=f"新指标{n}", target=f"≥{n}个", extra={"备注": str(n)})
        for n, (l1, l2) in enumerate([("产出", "时效"), *[("效益", "经济效益")] * 3, ("满意度", "服务对象满意度")])
    ]
    projects = tuple(
        Project.model_validate(
            {
                "name": f"另一项目{n}",
                "year": "2031",
                "department": "东湖区教育局",
                "agency": {"name": "东湖一小"},
                "money_unit": "元",
                "budget": {"total": "7.00", "fiscal": "6.00"},
                "goals": "只有一行。",
                "extra": {"填报单位": "东湖一小", "填表人": "李敏", "联系电话": "1"},
                "indicators": tuple(rows[: 5 - n]),
            }
        )
        for n in range(2)
    )
    wanted = form.normal(Document(form=form.name, projects=projects))
    made = perfdoc.render(wanted, form, to="docx")
    assert same(perfdoc.extract(perfdoc.read(made, "new.docx"), {form.name: form}).document, wanted)
    by_labels = perfdoc.extract(perfdoc.read(made, "new.docx"), {}).document
    assert [[row.level2 for row in p.indicators] for p in by_labels.projects] == [
        [row.level2 for row in p.indicators] for p in projects
    ]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_value_of_the_old_file_stays_in_any_part(layout: str) -> None:
    data, made = learnt(layout)
    read = perfdoc.extract(perfdoc.read(data, "old.docx"), {}).document
    old = {line for project in read.projects for _, text in texts(project) for line in text.split("\n")}
    old |= {text for project in read.projects for row in project.indicators for _, text in texts(row)}
    old = {text for text in old if len(text) > 3 and text != "2025"} | {"张建国"}  # the year of a date is told
    assert AGENCY in old
    with zipfile.ZipFile(io.BytesIO(made.word)) as package:
        parts = {name: _TAG.sub("", package.read(name).decode()) for name in package.namelist() if "xml" in name}
    assert [(name, text) for name, part in parts.items() for text in old if text in part] == []


def test_tags_stand_where_the_values_were() -> None:
    _, made = learnt("both levels merged")
    text = paragraphs(made.word)
    for wanted in (
        "（{{ project.year }}年度）",
        "填报单位：{{ project.extra.填报单位 }}　　　　金额单位：{{ project.money_unit }}",
        "{{ project.agency.name }}",
        "填表人：{{ project.extra.填表人 }}　　　　联系电话：{{ project.extra.联系电话 }}",
        "{%tr if indicator.starts_level1 %}",
        "{{ indicator.extra.备注 }}",
    ):
        assert wanted in text
    assert "- path: agency.name\n  labels:\n  - 实施单位\n" in made.description
    (header,) = [one for one in paragraphs(made.word, "word/header1.xml") if one]
    assert header.endswith("{% endfor %}绩效管理材料")
    assert "{{ project.agency.name }}" in header


def test_what_stands_only_between_two_projects_is_not_printed_below_the_last() -> None:
    text = paragraphs(learnt("three projects")[1].word)
    assert text.count("{%p for project in document.projects %}") == 1
    assert text.index("{%p if not loop.last %}") > text.index("2025年3月12日")
    assert len([one for one in text if one == "清河区项目支出绩效目标表"]) == 1


def test_a_page_break_in_a_paragraph_of_a_project_is_not_printed_below_the_last() -> None:
    file = docx.Document(io.BytesIO(filled(projects=2)))
    alone = next(one for one in file.paragraphs if not one.text and one.runs)
    before = file.paragraphs[[one._p for one in file.paragraphs].index(alone._p) - 1]
    before._p.append(alone.runs[0]._r)
    file.element.body.remove(alone._p)
    stream = io.BytesIO()
    file.save(stream)
    text = paragraphs(learn_form(stream.getvalue(), "old.docx", "bureau").word)
    at = text.index("{%p if loop.last %}")
    assert text[at : at + 5] == ["{%p if loop.last %}", "2025年3月12日", "{%p else %}", "2025年3月12日", "{%p endif %}"]


def test_a_cell_that_is_said_to_span_one_column_is_as_any_other(tmp_path: Path) -> None:
    file = docx.Document(io.BytesIO(filled()))
    for cell in file.tables[0].rows[5]._tr.tc_lst:  # as pandoc writes where a merge begins
        span = cell.get_or_add_tcPr().get_or_add_gridSpan()
        span.set(f"{span.tag.partition('}')[0]}}}val", "1")
    stream = io.BytesIO()
    file.save(stream)
    made = learn_form(stream.getvalue(), "old.docx", "bureau")
    assert "{%tr elif indicator.starts_level2 %}" in paragraphs(made.word)


def test_a_seal_is_left_out_unless_it_is_to_be_kept() -> None:
    data, made = learnt("both levels merged")
    kept = learn_form(data, "old.docx", "bureau", keep_seals=True)
    pictures = [
        [name for name in zipfile.ZipFile(io.BytesIO(one.word)).namelist() if "media" in name] for one in (made, kept)
    ]
    assert [len(one) for one in pictures] == [0, 1]
    assert [note.key for note in made.notes] == ["stays", "dated", "stays", "seal"]
    assert "picture" in [note.key for note in kept.notes]


def test_what_stays_is_told_with_its_place() -> None:
    said = [str(note) for note in learnt("empty rows")[1].notes]
    assert "old.docx: paragraph 6: stays, and names a year: “2025年3月12日”" in said
    assert "old.docx: header1 paragraph 1: stays: “绩效管理材料”" in said
    assert "old.docx: table 1: empty rows among or below the indicators are left out (2)" in said


def test_the_look_of_a_value_is_that_of_its_tag() -> None:
    file = docx.Document(io.BytesIO(filled()))
    run = file.tables[0].cell(0, 1).paragraphs[0].runs[0]
    run.font.bold, run.font.name = True, "楷体"
    stream = io.BytesIO()
    file.save(stream)
    made = docx.Document(io.BytesIO(learn_form(stream.getvalue(), "old.docx", "bureau").word))
    (tag,) = made.tables[0].cell(0, 1).paragraphs[0].runs
    assert (tag.text, tag.font.bold, tag.font.name) == ("{{ project.name }}", True, "楷体")


def test_a_text_that_no_label_names_is_asked_for() -> None:
    file = docx.Document(io.BytesIO(filled()))
    row = file.tables[0].rows[2]._tr
    row.addnext(copy.deepcopy(row))
    for cell, text in zip(file.tables[0].rows[3].cells, ("", "原有泵站B-17。", "", "", ""), strict=True):
        cell.text = text
    stream = io.BytesIO()
    file.save(stream)
    made = learn_form(stream.getvalue(), "old.docx", "bureau")
    (question,) = made.questions
    assert question.text == "原有泵站B-17。"
    answered = learn_form(stream.getvalue(), "old.docx", "bureau", answers={question.at: "泵站编号"})
    assert answered.questions == ()
    assert "{{ project.extra.泵站编号 }}" in paragraphs(answered.word)
    assert "- path: extra.泵站编号" in answered.description


@pytest.mark.parametrize(
    "name",
    [
        "libreoffice-7.4.7-central-with-changes.docx",
        "libreoffice-7.4.7-central.docx",
        "pandoc-2.17.1.1-central.docx",
        "pandoc-2.17.1.1-self-evaluation.docx",
        "python-docx-1.2.0-self-evaluation.docx",
    ],
)
def test_files_of_other_programs_are_learnt(root: Path, name: str, tmp_path: Path) -> None:
    made = learn_form((root / "golden/received" / name).read_bytes(), name, "bureau")
    assert perfdoc.lint(form_of(made, tmp_path).folder) == ()
    assert not re.search(r"<w:(ins|del|sdt|comment)\w* ", "".join(_main(made.word)))


def _main(word: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(word)) as package:
        return package.read("word/document.xml").decode()


@pytest.mark.parametrize("name", ["central/over-pages", "tianjin/hexi-court-2023"])
def test_several_projects_with_headings_are_learnt(root: Path, name: str, tmp_path: Path) -> None:
    made = learn_form((root / "golden" / name / "document.docx").read_bytes(), "document.docx", "bureau")
    assert perfdoc.lint(form_of(made, tmp_path).folder) == ()
    assert "project_section" in _main(made.word)
    assert form_of(made, tmp_path).heading is not None


def test_a_table_of_contents_is_a_loop_over_the_projects(root: Path, tmp_path: Path) -> None:
    data = (root / "golden/tianjin/hexi-court-2023/document.docx").read_bytes()
    form = form_of(learn_form(data, "document.docx", "bureau"), tmp_path)
    read = perfdoc.extract(perfdoc.read(data, "document.docx"), {}).document
    fewer = read.model_copy(update={"projects": read.projects[:2]})
    text = paragraphs(perfdoc.render(fewer, form, to="docx"))
    assert text[0] == "目录"
    assert [re.sub(r"\d+$", "", one) for one in text[1:3]] == [one.heading for one in fewer.projects]
    assert text[3:5] == ["", fewer.projects[0].heading]


def _learnt_of(file: Any, folder: Path) -> tuple[Document, perfdoc.Form]:
    """What a file says, and its form."""
    stream = io.BytesIO()
    file.save(stream)
    made = learn_form(stream.getvalue(), "old.docx", "bureau")
    return perfdoc.extract(perfdoc.read(stream.getvalue(), "old.docx"), {}).document, form_of(made, folder)


def _comes_back(document: Document, form: perfdoc.Form) -> bool:
    made = perfdoc.render(document, form, to="docx")
    return same(perfdoc.extract(perfdoc.read(made, "new.docx"), {form.name: form}).document, form.normal(document))


def test_headings_above_the_titles_of_projects_become_one_rule(tmp_path: Path) -> None:
    file = docx.Document(io.BytesIO(filled(projects=2)))
    titles = [one for one in file.paragraphs if one.text == "清河区项目支出绩效目标表"]
    for number, title in enumerate(titles, 1):
        title.insert_paragraph_before(f"{number}．清淤工程{number}期", "Heading 1")
    document, form = _learnt_of(file, tmp_path)
    assert form.heading is not None
    assert form.heading.text == "{position}．{name}"
    text = paragraphs(form.document.read_bytes())
    assert "{{ project.heading }}" in text
    assert not any("清淤工程" in one for one in text)
    assert _comes_back(document, form)


def test_a_column_that_counts_the_rows_counts_on(tmp_path: Path) -> None:
    file = docx.Document(io.BytesIO(filled(merged=0)))
    rows = file.tables[0].rows[4:]
    for number, row in enumerate(rows):
        row.cells[4].text = "序号" if not number else str(number)
    document, form = _learnt_of(file, tmp_path)
    (project,) = document.projects
    more = project.model_copy(update={"indicators": (*project.indicators, *project.indicators)})
    made = perfdoc.render(document.model_copy(update={"projects": (more,)}), form, to="docx")
    assert [row[-1] for row in _cells(made)[5:]] == [str(n) for n in range(1, 11)]


def test_a_value_beside_its_operator_and_unit_keeps_its_columns(tmp_path: Path) -> None:
    parts = (("≥", "12.5", "公里"), ("≥", "6", "座"), ("＝", "100", "%"), ("", "有效提升", ""), ("≥", "95", "%"))
    file = docx.Document(io.BytesIO(filled(merged=0)))
    for row, texts_of_row in zip(file.tables[0].rows[4:], (("计算符号", "指标值", "计量单位"), *parts), strict=True):
        for cell, text in zip((row.cells[1], *row.cells[3:]), texts_of_row, strict=True):
            cell.text = text
    document, form = _learnt_of(file, tmp_path)
    assert document.projects[0].indicators[2].target == "＝100%"
    assert "{{ indicator.target.value }}" in paragraphs(form.document.read_bytes())
    assert perfdoc.lint(form.folder) == ()
    again = perfdoc.render(document, form, to="docx")
    assert [row[3] for row in _cells(again)[5:]] == [value for _, value, _ in parts]
    assert _comes_back(document, form)


def test_strict_files_become_transitional_templates(tmp_path: Path) -> None:
    usual, strict = (
        b"schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"purl.oclc.org/ooxml/wordprocessingml/main",
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(filled())) as old, zipfile.ZipFile(stream, "w") as new:
        for entry in old.infolist():
            new.writestr(entry, old.read(entry).replace(usual, strict))
    made = learn_form(stream.getvalue(), "strict.docx", "bureau")
    assert perfdoc.lint(form_of(made, tmp_path).folder) == ()
    assert strict.decode() not in _main(made.word)


def test_a_file_that_can_t_be_a_form_is_refused_with_the_reason(root: Path) -> None:
    received = root / "golden/received"
    with pytest.raises(FormError, match="3 projects do not stand one below the other"):
        learn_form((received / "pandoc-2.17.1.1-list.docx").read_bytes(), "list.docx", "bureau")
    with pytest.raises(FormError, match="no empty row below its heads"):
        learn_form(filled(rows=()), "empty.docx", "bureau")
    with pytest.raises(UnreadableError, match="a form is made of a Word document"):
        as_docx((received / "openpyxl-3.1.5-list.xlsx").read_bytes(), "list.xlsx")
    with pytest.raises(UnreadableError, match="a form is made of a Word document"):
        as_docx(b"<html><body><table><tr><td>text</td></tr></table></body></html>", "page.html")


def test_a_file_that_is_encrypted_is_said_to_be(root: Path) -> None:
    data = (root / "golden/received/libreoffice-7.4.7-document.doc").read_bytes()
    at, name = data.index("WordDocument".encode("utf-16-le")), "EncryptedPackage"
    entry = name.encode("utf-16-le").ljust(64, b"\0") + (len(name) * 2 + 2).to_bytes(2, "little")
    with pytest.raises(UnreadableError, match="encrypted"):
        as_docx(data[:at] + entry + data[at + 66 :], "locked.docx")


def test_labels_that_name_a_year_are_told() -> None:
    file = docx.Document(io.BytesIO(filled()))
    cell = next(cell for row in file.tables[0].rows for cell in row.cells if cell.text == "总体目标")
    cell.paragraphs[0].runs[0].text = "2025年总体目标"
    stream = io.BytesIO()
    file.save(stream)
    said = [str(note) for note in learn_form(stream.getvalue(), "old.docx", "bureau").notes]
    assert any("stays, and names a year: “2025年总体目标”" in one for one in said)


def test_a_column_of_signs_that_nobody_filled_in_is_one_of_its_own() -> None:
    file = docx.Document()
    rows = [
        ["项目名称", "清淤", "", "", ""],
        ["绩效目标", "目标", "", "", ""],
        ["一级指标", "三级指标", "指标性质", "指标值", "度量单位"],
        ["产出指标", "长度", "", "5", ""],
    ]
    table = file.add_table(len(rows), 5)
    for row, texts_ in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts_, strict=True):
            cell.text = text
    stream = io.BytesIO()
    file.save(stream)
    learnt = learn_form(stream.getvalue(), "old.docx", "bureau")
    assert {"path: extra.指标性质", "path: extra.度量单位"} <= set(re.findall("path: extra.*", learnt.description))


def test_a_second_block_of_indicators_is_refused() -> None:
    file = docx.Document(io.BytesIO(filled(merged=0)))
    table = file.tables[0]
    last = table.rows[-1]._tr
    for texts_of_row in ((*ROWS[0], ""), ("中期指标", "二级指标", "三级指标", "目标值", "说明")):
        last.addnext(copy.deepcopy(last))
        for cell, text in zip(table.rows[len(ROWS) + 5].cells, texts_of_row, strict=True):
            cell.text = text
    stream = io.BytesIO()
    file.save(stream)
    with pytest.raises(FormError):
        learn_form(stream.getvalue(), "two.docx", "bureau")
