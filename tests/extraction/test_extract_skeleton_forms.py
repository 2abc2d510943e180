"""Forms beside forms: which one a file is in, what a file of another program may do, what is told and not guessed."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

import docx
import pytest
from drawn_word import Cell, package, paragraph, table

from perfdoc.extraction import extract
from perfdoc.extraction.by_template.template import skeleton
from perfdoc.form_definition import Form, forms, load_form
from perfdoc.model import Agency, Document, Indicator, Project
from perfdoc.reading import read
from perfdoc.rendering import render
from perfdoc.report import Reading, Role

HEADS = {"level1": "一级指标", "level2": "二级指标", "level3": "三级指标", "target": "指标值", "weight": "分值"}


def row(*texts: str) -> list[Cell]:
    return [Cell((text,)) for text in texts]


def loop(*columns: str) -> list[list[Cell]]:
    """The rows of a loop over the indicators."""
    values = row(*(f"{{{{ i.{one} }}}}" for one in columns))
    return [row("{%tr for i in project.indicators %}"), values, row("{%tr endfor %}")]


def indicators(*columns: str) -> str:
    return table([row(*(HEADS[one] for one in columns)), *loop(*columns)])


def made(folder: Path, body: str, columns: Sequence[str], fields: Sequence[str] = ("name", "purpose")) -> Form:
    """A form of a folder with a body."""
    folder.mkdir()
    (folder / "form.docx").write_bytes(package(body, complete=True))
    described = {
        "title": folder.name,
        "fields": [{"path": path} for path in fields],
        "columns": [{"path": path, "labels": [HEADS[path]]} for path in columns],
    }
    (folder / "form.yaml").write_text(json.dumps(described, ensure_ascii=False), encoding="utf-8")
    return load_form(folder)


FIRST = table([row("项目名称", "{{ project.name }}"), row("资金用途", "{{ project.purpose }}")])
SHORT, LONG = ("level1", "level2", "level3", "target"), ("level1", "level2", "level3", "target", "weight")


def document(form: Form, *columns: str) -> Document:
    project = Project(
        name="甲",
        purpose="项目名称",
        indicators=tuple(Indicator.model_validate({one: f"{one}{n}" for one in columns}) for n in range(3)),
    )
    return form.normal(Document(projects=(project, project.model_copy(update={"name": "乙"}))))


def resaved(data: bytes, change: tuple[str, str] = ("", ""), *, program: str = "WPS Office") -> bytes:
    """The file as another program saves it: it names itself, and somebody may have changed something.

    LibreOffice keeps the name of the template.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "docProps/app.xml":
                if program != "LibreOffice":
                    text = re.sub(rb"<Template>.*?</Template>", b"<Template>Normal.dotm</Template>", text)
                text = text.replace(b">perfdoc<", f">{program}<".encode())
            if name == "word/document.xml" and change[0]:
                assert change[0].encode() in text
                text = text.replace(change[0].encode(), change[1].encode())
            new.writestr(name, text)
    return out.getvalue()


def reading_of(data: bytes, *known: Form) -> Reading:
    return extract(read(data, "x.docx"), {**forms(), **{one.name: one for one in known}})


def test_the_form_that_fits_whole_wins(tmp_path: Path) -> None:
    """Two forms with the same first table: the second one, with one more column, tells them apart."""
    short = made(tmp_path / "短", FIRST + paragraph("") + indicators(*SHORT), SHORT)
    long = made(tmp_path / "长", FIRST + paragraph("") + indicators(*LONG), LONG)
    for form, columns in ((short, SHORT), (long, LONG)):
        for data in (whole := render(document(form, *columns), form), resaved(whole)):
            assert reading_of(data, short, long).document == document(form, *columns)
            assert reading_of(data, long, short).document == document(form, *columns)


def test_forms_with_the_same_tables_are_told_apart_by_their_other_texts(tmp_path: Path) -> None:
    body = FIRST + paragraph("") + indicators(*SHORT)
    goals = made(tmp_path / "目标", paragraph("项目支出绩效目标表") + body, SHORT)
    transfers = made(tmp_path / "转移", paragraph("转移支付绩效目标表") + body, SHORT)
    for form in (goals, transfers):
        data = resaved(render(document(form, *SHORT), form))
        for known in ((goals, transfers), (transfers, goals)):
            assert reading_of(data, *known).document == document(form, *SHORT)


def test_a_copy_of_a_form_is_known_by_the_name_in_the_file(tmp_path: Path) -> None:
    body = FIRST + paragraph("") + indicators(*SHORT)
    one, other = (made(tmp_path / name, body, SHORT) for name in ("一", "二"))
    for form in (one, other):
        assert reading_of(render(document(form, *SHORT), form), one, other).document.form == form.name


def test_a_table_alone_goes_to_the_form_of_the_tables_before_it(tmp_path: Path) -> None:
    """The second project's second table has a column more by hand: its first one is still the same form's."""
    one = made(tmp_path / "一", FIRST + paragraph("") + indicators(*SHORT), SHORT)
    other = made(tmp_path / "二", FIRST + paragraph("") + indicators(*LONG), LONG)
    data = render(document(other, *LONG), other)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = archive.read("word/document.xml").decode()
    head = body.rindex("指标值")
    changed = resaved(data, (body, body[:head] + "年度指标值" + body[head + 3 :]))
    reading = reading_of(changed, one, other)
    assert reading.document.form == "二"
    assert [project.name for project in reading.document.projects] == ["甲", "乙"]
    assert [i.weight for i in reading.document.projects[1].indicators] == ["weight0", "weight1", "weight2"]


def test_a_blank_line_more_or_less_shifts_nothing(tmp_path: Path) -> None:
    body = paragraph("附件1") + paragraph("（{{ project.year }}年度）") + FIRST + paragraph("") + indicators(*SHORT)
    form = made(tmp_path / "表", body, SHORT, ("name", "purpose", "year"))
    one = document(form, *SHORT)
    one = one.model_copy(update={"projects": tuple(p.model_copy(update={"year": "2023"}) for p in one.projects)})
    year = paragraph("（2023年度）")
    for change in ((year, paragraph("") + year), (year + "<w:tbl>", year + paragraph(" ") + "<w:tbl>")):
        assert reading_of(resaved(render(one, form), change), form).document == one


def test_a_blank_level_is_blank_in_our_own_file_and_as_above_in_others(tmp_path: Path) -> None:
    form = made(tmp_path / "表", FIRST + paragraph("") + indicators(*SHORT), SHORT)
    rows = tuple(Indicator(level1=text, level2="二", level3="三", target="1") for text in ("产出指标", ""))
    one = form.normal(Document(projects=(Project(name="甲", indicators=rows),)))
    data = render(one, form)
    ours, theirs = reading_of(data, form), reading_of(resaved(data), form)
    assert [i.level1 for i in ours.document.projects[0].indicators] == ["产出指标", ""]
    assert not ours.diagnostics
    assert [i.level1 for i in theirs.document.projects[0].indicators] == ["产出指标", "产出指标"]
    assert [one.code for one in theirs.diagnostics] == ["PD044"]
    again = reading_of(resaved(data, program="LibreOffice"), form)
    assert [i.level1 for i in again.document.projects[0].indicators] == ["产出指标", ""]
    assert not again.diagnostics


def test_a_head_that_a_page_typed_again_is_no_indicator(tmp_path: Path) -> None:
    """In a file of another program; in ours a row that says what the head says is an indicator (law 5)."""
    form = made(tmp_path / "表", FIRST + paragraph("") + indicators(*SHORT), SHORT)
    heads = Indicator(level1="一级指标", level2="二级指标", level3="三级指标", target="指标值")
    one = form.normal(Document(projects=(Project(name="甲", indicators=(heads, heads)),)))
    data = render(one, form)
    assert reading_of(data, form).document == one
    assert not reading_of(resaved(data), form).document.projects[0].indicators


def test_a_value_shown_twice_with_two_texts_is_told(tmp_path: Path) -> None:
    form = made(tmp_path / "表", paragraph("{{ project.name }}") + FIRST + paragraph("") + indicators(*SHORT), SHORT)
    one = document(form, *SHORT)
    reading = reading_of(
        resaved(render(one, form), (">甲</w:t></w:r></w:p><w:tbl>", ">丙</w:t></w:r></w:p><w:tbl>")), form
    )
    assert [(said.code, said.quote) for said in reading.diagnostics] == [("PD042", "甲")]
    assert reading.document.projects[0].name == "丙"
    assert [claim.text for claim in reading.claims if claim.role is Role.unclaimed] == ["甲"]


def test_a_cell_that_could_be_cut_in_two_ways_is_told(tmp_path: Path) -> None:
    both = table([row("项目名称", "{{ project.name }}/{{ project.purpose }}")])
    form = made(tmp_path / "表", both + paragraph("") + indicators(*SHORT), SHORT)
    one = form.normal(Document(projects=(Project(name="甲/乙", purpose="丙"),)))
    reading = reading_of(render(one, form), form)
    assert [(said.code, said.quote) for said in reading.diagnostics] == [("PD048", "甲/乙/丙")]


@pytest.mark.parametrize(
    ("caption", "told"),
    [("12345热线中心", True), ("120急救中心", True), ("209101急救中心", False), ("热线中心", False)],
)
def test_figures_that_may_be_the_agency_s_name_are_told(tmp_path: Path, caption: str, told: bool) -> None:
    whole = table(
        [row("单位", "{{ project.agency.code }}{{ project.agency.name }}"), row("项目名称", "{{ project.name }}")]
    )
    form = made(tmp_path / "表", whole + paragraph("") + indicators(*SHORT), SHORT)
    one = form.normal(Document(projects=(Project(name="甲", agency=Agency(code=None, name="乙单位")),)))
    data = resaved(render(one, form), (">乙单位<", f">{caption}<"))
    reading = reading_of(data, form)
    assert [(said.code, said.quote) for said in reading.diagnostics] == ([("PD048", caption)] if told else [])


def test_an_indicator_over_two_rows_is_left_to_its_labels(tmp_path: Path) -> None:
    rows = [
        row("{%tr for i in project.indicators %}"),
        row("{{ i.level3 }}"),
        row("{{ i.target }}"),
        row("{%tr endfor %}"),
    ]
    form = made(tmp_path / "表", FIRST + paragraph("") + table(rows), ("level3", "target"))
    assert skeleton(form) is None


@pytest.mark.parametrize("name", ["project", "p"])
def test_a_form_drawn_with_python_docx(tmp_path: Path, name: str) -> None:
    """The least that a form can be: a table, its tags, no loop over projects where `project` is the project."""
    word = docx.Document()
    if name == "p":
        word.add_paragraph("{%p for p in document.projects %}")
    word.add_heading("项目支出绩效目标表")
    drawn = word.add_table(5, 4)
    for at, texts in enumerate(
        (
            ("项目名称", f"{{{{ {name}.name }}}}", "填报人", f'{{{{ {name}.extra["填报人"] }}}}'),
            ("一级指标", "二级指标", "三级指标", "指标值"),
            (f"{{%tr for x in {name}.indicators %}}", "", "", ""),
            ("{{ x.level1 }}", "{{ x.level2 }}", "{{ x.level3 }}", "{{ x.target }}"),
            ("{%tr endfor %}", "", "", ""),
        )
    ):
        for column, text in enumerate(texts):
            drawn.rows[at].cells[column].text = text
    if name == "p":
        word.add_paragraph("{%p endfor %}")
    form = made(tmp_path / "表", "", SHORT, ("name", "extra.填报人"))
    word.save(str(form.document))
    project = Project(name="甲", extra={"填报人": "指标值"}, indicators=(Indicator(level1="", level2="项目名称"),))
    one = form.normal(Document(projects=(project, project)))
    for to in ("docx", "xlsx"):
        data = render(one, form, to=to)
        reading = extract(read(data, f"x.{to}"), {**forms(), form.name: form})
        assert reading.document == one
        assert not reading.diagnostics


def test_rows_that_nobody_filled_in_are_no_indicators(tmp_path: Path) -> None:
    """As the bureau hands its form out: levels printed, the rest blank. In a file of ours a row is a row."""
    form = made(tmp_path / "表", FIRST + paragraph("") + indicators(*SHORT), SHORT)
    rows = (
        Indicator(level1="产出指标", level2="数量指标", level3="甲", target="1"),
        Indicator(level1="效益指标", level2="社会效益指标", level3="", target=""),
        Indicator(level1="", level2="", level3="乙", target=""),
    )
    one = form.normal(Document(projects=(Project(name="甲", indicators=rows),)))
    data = render(one, form)
    assert reading_of(data, form).document == one
    theirs = reading_of(resaved(data), form).document.projects[0].indicators
    assert [(i.level1, i.level2, i.level3) for i in theirs] == [
        ("产出指标", "数量指标", "甲"),
        ("效益指标", "社会效益指标", "乙"),
    ]
