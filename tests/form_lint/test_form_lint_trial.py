"""`form lint` draws small forms and tries them: what a reader can't make out of what is rendered under them."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import docx
from checkout import ROOT
from languages import in_chinese

from perfdoc.form_definition import form
from perfdoc.form_lint import lint

TIANJIN = form("tianjin").folder
BLANK = ROOT / "docs/blank-form.docx"


def line(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def small(where: Path, rows: list[list[str]], described: str) -> list[str]:
    """A form of one table in the loop over projects: what is found, without places."""
    cells = ("".join(f"<w:tc><w:tcPr/>{line(text)}</w:tc>" for text in row) for row in rows)
    grid = "<w:gridCol/>" * len(rows[0])
    table = f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"
    body = f"{line('{%p for project in document.projects %}')}{table}{line('')}{line('{%p endfor %}')}"
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    shutil.copytree(TIANJIN, where, dirs_exist_ok=True)
    with zipfile.ZipFile(BLANK) as given, zipfile.ZipFile(where / "form.docx", "w") as made:
        for name in given.namelist():
            whole = f"<w:document {space}><w:body>{body}<w:sectPr/></w:body></w:document>".encode()
            made.writestr(name, whole if name == "word/document.xml" else given.read(name))
    (where / "form.yaml").write_text(described, encoding="utf-8")
    in_chinese(lambda: (one.message for one in lint(where)))
    return [one.message for one in lint(where)]


NAME = "title: x\nfields:\n- path: name\n  labels: [项目名称]\n"
GOALS = "- path: goals\n  labels: [总体目标]\n"


def test_the_trial_tells_what_a_reader_can_t_make_out(tmp_path: Path) -> None:
    name, goals = ["项目名称", "{{ project.name }}"], ["总体目标", "{{ project.goals }}"]
    assert small(tmp_path, [name, goals], NAME + GOALS) == []
    (alone,) = small(tmp_path, [name], NAME)
    assert alone.startswith("a document rendered under the form is not known again as one")
    both = small(
        tmp_path, [name, ["总体目标", "{{ project.goals }}{{ project.purpose }}"]], f"{NAME}{GOALS}- path: purpose\n"
    )
    assert [one.split(" does not come back")[0] for one in both] == ["project.purpose", "project.goals"]


COLUMNS = "columns:\n" + "".join(
    f"- path: {path}\n  labels: [{label}]\n" for path, label in (("level1", "一级指标"), ("target", "指标值"))
)
HEADS, ONE = ["一级指标", "指标值"], ["{{ indicator.level1 }}", "{{ indicator.target }}"]
LOOP, END = ["{%tr for indicator in project.indicators %}", ""], ["{%tr endfor %}", ""]
OUTPUT = 'indicator.level1 == "产出指标"'


def of_rows(where: Path, *rows: list[str]) -> list[str]:
    """A form with these rows below the name and the goals: what is found."""
    name, goals = ["项目名称", "{{ project.name }}"], ["总体目标", "{{ project.goals }}"]
    return small(where, [name, goals, HEADS, *rows], NAME + GOALS + COLUMNS)


def test_a_loop_that_would_leave_rows_out(tmp_path: Path) -> None:
    assert of_rows(tmp_path, LOOP, ONE, END) == []
    (some,) = of_rows(tmp_path, [f"{{%tr for indicator in project.indicators if {OUTPUT} %}}", ""], ONE, END)
    assert "leaves out what does not meet its condition" in some
    (some,) = of_rows(tmp_path, LOOP, [f"{{%tr if {OUTPUT} %}}", ""], ONE, ["{%tr endif %}", ""], END)
    assert some.startswith("of 10 indicators 4 came back; a row for which no {%tr if … %}")
    choice = [f"{{%tr if {OUTPUT} %}}", ""], ONE, ["{%tr else %}", ""], ONE, ["{%tr endif %}", ""]
    assert of_rows(tmp_path, LOOP, *choice, END) == []


def test_a_loop_around_rows_that_goes_round_texts(tmp_path: Path) -> None:
    plain = ["{% for indicator in project.indicators %}", ""], ONE, ["{% endfor %}", ""]
    (across,) = of_rows(tmp_path, *plain)
    assert "around rows it is {%tr for indicator in project.indicators %} in a row of its own" in across
    (across,) = of_rows(tmp_path, *([row[0].replace("{%", "{%p"), row[1]] for row in plain))
    assert "around rows it is {%tr for" in across
    within = ["{% for indicator in project.indicators %}{{ indicator.level1 }}{% endfor %}", ""]
    assert not any("closed in another place" in one for one in of_rows(tmp_path, within, LOOP, ONE, END))


def test_rows_come_before_columns(tmp_path: Path) -> None:
    wrong = [["{{ project.a }}", "{{ project.b }}"], ["{{ project.c }}", "{{ project.d }}"]]
    found = [one.split(" asks")[0] for one in small(tmp_path, wrong, NAME) if " asks " in one]
    assert found == ["{{ project.a }}", "{{ project.b }}", "{{ project.c }}", "{{ project.d }}"]


def test_a_merge_that_lost_its_first_row(tmp_path: Path) -> None:
    """As LibreOffice saves a template whose rows of tags do not go on with the merge around them."""
    central = form("central").folder
    shutil.copytree(central, tmp_path / "mine")
    with zipfile.ZipFile(central / "form.docx") as given:
        parts = {name: given.read(name) for name in given.namelist()}
    text = parts["word/document.xml"].decode()
    at = text.index("{{ indicator.level1 }}")
    begins = text.rindex("<w:vMerge", 0, at)
    end = text.index("/>", begins) + 2
    assert "restart" in text[begins:end]
    parts["word/document.xml"] = (text[:begins] + text[end:]).encode()
    with zipfile.ZipFile(tmp_path / "mine/form.docx", "w") as made:
        for name, content in parts.items():
            made.writestr(name, content)
    assert {one.code for one in lint(tmp_path / "mine")} == {"PD085"}


def listed(where: Path, style: str) -> list[str]:
    """A form of one project drawn with python-docx, with its goals' lines in paragraphs of a style: what is found."""
    drawn = docx.Document()
    table = drawn.add_table(2, 2)
    for at, (label, tag) in enumerate((("项目名称", "{{ project.name }}"), ("预算", "{{ project.budget.total }}"))):
        table.cell(at, 0).text, table.cell(at, 1).text = label, tag
    drawn.add_paragraph("{%p for line in project.goals|lines %}")
    drawn.add_paragraph("{{ line }}", style=style)
    drawn.add_paragraph("{%p endfor %}")
    where.mkdir()
    drawn.save(str(where / "form.docx"))
    described = f"{NAME}- path: budget.total\n  labels: [预算]\n- path: goals\n"
    (where / "form.yaml").write_text(described, encoding="utf-8")
    in_chinese(lambda: (one.message for one in lint(where)))
    return [str(one).partition(": ")[2] for one in lint(where)]


def test_values_in_a_list_of_word_s(tmp_path: Path) -> None:
    found = listed(tmp_path / "mine", "List Bullet")
    assert "{{ line }} stands in a list" in found[-1]
    assert found[:-1]
    assert all("warning PD086: as a workbook: " in one for one in found[:-1])


def test_a_document_that_is_no_longer_known_as_the_form_s(tmp_path: Path) -> None:
    twice = of_rows(tmp_path, LOOP, ONE, END, LOOP, ONE, END)
    assert twice
    assert all("came back" in one or "by its labels alone" in one for one in twice)


def test_rows_of_a_table_within_a_cell(tmp_path: Path) -> None:
    drawn = docx.Document()
    table = drawn.add_table(3, 2)
    for at, (label, tag) in enumerate((("项目名称", "{{ project.name }}"), ("预算", "{{ project.budget.total }}"))):
        table.cell(at, 0).text, table.cell(at, 1).text = label, tag
    inner = table.cell(2, 1).add_table(4, 2)
    for at, row in enumerate((HEADS, LOOP, ONE, END)):
        inner.cell(at, 0).text, inner.cell(at, 1).text = row
    drawn.save(str(tmp_path / "form.docx"))
    described = f"{NAME}- path: budget.total\n  labels: [预算]\n{COLUMNS}"
    (tmp_path / "form.yaml").write_text(described, encoding="utf-8")
    (one,) = lint(tmp_path)
    assert (one.severity, one.code) == ("warning", "PD087")
    assert one.message.startswith("as a workbook: a table within a cell repeats its rows")


def test_lines_that_end_a_file_of_one_project(tmp_path: Path) -> None:
    """The blank line at the top of the next project's page is not one of them."""
    assert listed(tmp_path / "mine", "Normal") == []
