"""`form lint`: each way in which a form's files disagree is told, with its place; the forms that come along agree."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from checkout import ROOT
from languages import in_chinese

from perfdoc.form_definition import form, forms
from perfdoc.form_lint import advice, lint
from perfdoc.model import INDICATOR_PATHS, PROJECT_PATHS
from perfdoc.rendering.word.variables import TEXTS

TIANJIN = form("tianjin").folder
BLANK = ROOT / "docs/blank-form.docx"
Change = Callable[[str], str]


def broken(where: Path, word: Change = str, described: Change = str) -> list[tuple[str, str]]:
    """Form tianjin with its Word file's main part and its form.yaml changed: the codes found, with places."""
    folder = where / "mine"
    folder.mkdir()
    with zipfile.ZipFile(TIANJIN / "form.docx") as given, zipfile.ZipFile(folder / "form.docx", "w") as made:
        for name in given.namelist():
            content = given.read(name)
            if name == "word/document.xml":
                before = content.decode()
                content = word(before).encode()
            made.writestr(name, content)
    text = (TIANJIN / "form.yaml").read_text(encoding="utf-8")
    (folder / "form.yaml").write_text(described(text), encoding="utf-8")
    found = lint(folder)
    assert all(one.message and "\n" not in one.message for one in found)
    in_chinese(lambda: (one.message for one in lint(folder)))
    return [(one.code, str(one.place).removeprefix(f"{folder}/")) for one in found]


def swap(old: str, new: str, count: int = -1) -> Change:
    def change(text: str) -> str:
        assert old in text, old
        return text.replace(old, new, count)

    return change


def pattern(old: str, new: str) -> Change:
    def change(text: str) -> str:
        made, count = re.subn(old, new, text, count=1, flags=re.S)
        assert count, old
        return made

    return change


@pytest.mark.parametrize("one", forms().values(), ids=forms())
def test_the_forms_that_come_along_agree_with_themselves(one: object) -> None:
    folder = one.folder  # type: ignore[attr-defined]
    assert [str(each) for each in lint(folder)] == []


ROW = r"<w:tr\b(?:(?!</w:tr>).)*?"
CASES: dict[str, tuple[Change, tuple[str, str]]] = {
    "an unknown name": (
        swap("{{ project.purpose }}", "{{ project.purpos }}"), ("PD076", "form.docx: table 1 row 4 column 2"),
    ),
    "an unknown record": (
        swap("{{ project.purpose }}", "{{ purpose }}"), ("PD076", "form.docx: table 1 row 4 column 2"),
    ),
    "a tag that computes": (
        swap("{{ project.name }}", "{{ project.name.upper() }}"), ("PD076", "form.docx: table 1 row 2 column 2"),
    ),
    "a group that there is not": (
        swap("{{ project.budget.total }}", "{{ project.budgett.total }}"),
        ("PD076", "form.docx: table 1 row 3 column 3"),
    ),
    "a name behind a text": (
        swap("{{ project.name }}", "{{ project.name.first }}"), ("PD076", "form.docx: table 1 row 2 column 2"),
    ),
    "a tag that reckons": (
        swap("{{ project.name }}", "{{ 9 ** 9 ** 9 ** 9 }}"), ("PD076", "form.docx: table 1 row 2 column 2"),
    ),
    "an unknown filter": (
        swap("{{ project.name }}", "{{ project.name|big }}"), ("PD076", "form.docx: table 1 row 2 column 2"),
    ),
    "not a sound tag": (
        swap("{{ project.name }}", "{{ project.name + }}"), ("PD076", "form.docx: table 1 row 2 column 2"),
    ),
    "a statement": (
        swap("{{ project.name }}", "{% include 'x' %}"), ("PD076", "form.docx: table 1 row 2 column 2"),
    ),
    "split over runs": (
        swap("{{ project.purpose }}", "{{ project.</w:t></w:r><w:r><w:t>purpose }}"),
        ("PD077", "form.docx: table 1 row 4 column 2"),
    ),
    "a loop not closed": (
        pattern(ROW + r"\{%tr endfor %\}.*?</w:tr>", ""), ("PD078", "form.docx: table 2 row 2 column 1"),
    ),
    "a choice not closed": (
        pattern(ROW + r"\{%tr endif %\}.*?</w:tr>", ""), ("PD078", "form.docx: table 2 row 3 column 1"),
    ),
    "closed otherwise": (swap("{%tr endfor %}", "{%p endfor %}"), ("PD078", "form.docx: table 2 row 8 column 1")),
    "closes nothing": (swap("{{ project.name }}", "{% endif %}"), ("PD078", "form.docx: table 1 row 2 column 2")),
    "not printed": (swap("{{ project.purpose }}", ""), ("PD080", "form.yaml:17:9")),
    "not declared": (swap("{{ project.purpose }}", "{{ project.purpose }}{{ project.year }}"),
        ("PD081", "form.docx: table 1 row 4 column 2"),
    ),
    "an extra not declared": (swap("{{ project.purpose }}", '{{ project.purpose }}{{ project.extra["联系人"] }}'),
        ("PD081", "form.docx: table 1 row 4 column 2"),
    ),
    "a label not printed": (swap("项目名称", "项目全称"), ("PD082", "form.yaml:16:12")),
    "a label printed twice": (swap("预算规模及资金用途", "其他资金"), ("PD079", "form.docx: table 1 row 3 column 6")),
    "a bookmark in a loop": (swap("project_anchor", "foo"), ("PD083", "form.docx: paragraph 16")),
    "outside of the loop": (
        swap("{{ document.title }}", "{{ project.name }}"), ("PD084", "form.docx: paragraph 2"),
    ),
    "no loop over indicators": (
        swap("project.indicators", "project.extra"),
        ("PD084", "form.docx: table 2 row 2 column 1"),
    ),
    "no row goes on": (
        pattern(ROW + r"\{%tr else %\}.*?</w:tr>" + r"<w:tr\b.*?</w:tr>", ""),
        ("PD085", "form.docx: table 2 row 4 column 1"),
    ),
    "a row that goes on with nothing": (
        swap('<w:vMerge w:val="restart"/>', ""), ("PD085", "form.docx: table 2 row 6 column 1"),
    ),
    "beside a row's tag": (
        swap("{%tr endif %}", "{%tr endif %}完"), ("PD088", "form.docx: table 2 row 7 column 1"),
    ),
    "a brace lost": (
        swap("{{ project.purpose }}", "{{ project.purpose }"), ("PD089", "form.docx: table 1 row 4 column 2"),
    ),
    "full-width braces": (
        swap("{{ project.purpose }}", "｛｛ project.purpose ｝｝"), ("PD089", "form.docx: table 1 row 4 column 2"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("change", "wanted"), CASES.values(), ids=CASES)
def test_a_fault_of_the_word_file_is_told_at_its_place(change: Change, wanted: tuple[str, str], tmp_path: Path) -> None:
    found = broken(tmp_path, change)
    assert wanted in found
    assert len(found) <= 6, found


ALIKE = (
    swap("{%tr for indicator in", "{%tr for row in"),
    lambda xml: re.sub(r"\bindicator\.", "row.", xml.replace("{%tr for indicator in", "{%tr for row in")),
    lambda xml: re.sub(r"\bproject\.", "p.", xml.replace("for project in", "for p in")),
)


@pytest.mark.parametrize("change", ALIKE, ids=["one name or the other", "indicators", "projects"])
def test_a_loop_may_call_its_items_as_it_likes(change: Change, tmp_path: Path) -> None:
    assert broken(tmp_path, change) == []


def test_a_file_without_a_loop_over_the_projects_is_one_projects(tmp_path: Path) -> None:
    def table_only(xml: str) -> str:
        start, end = xml.index("<w:tbl>"), xml.rindex("</w:tbl>") + len("</w:tbl>")
        return xml[: xml.index("<w:body>") + 8] + xml[start:end] + "<w:p/></w:body></w:document>"

    assert broken(tmp_path, table_only) == []


DESCRIBED: dict[str, tuple[Change, tuple[str, str]]] = {
    "an unknown path": (swap("path: purpose", "path: purposes"), ("PD075", "form.yaml:17:9")),
    "a path like none": (swap("path: purpose", "path: 甲"), ("PD075", "form.yaml:17:9")),
    "a path that is a group": (swap("path: purpose", "path: {}"), ("PD075", "form.yaml:17:9")),
    "a heading that is a text": (pattern("heading:\n.*?boiler", "heading: 甲\nboiler"), ("PD075", "form.yaml:5:10")),
    "an outline that is none": (swap("outline: 4", "outline: 四"), ("PD075", "form.yaml:7:12")),
    "an outline too deep": (swap("outline: 4", "outline: 40"), ("PD075", "form.yaml:7:12")),
    "boilerplate that is a group": (swap("boilerplate: [目录]", "boilerplate: {}"), ("PD075", "form.yaml:10:14")),
    "an empty label": (swap("labels: [绩效目标]", "labels: ['']"), ("PD075", "form.yaml:26:12")),
    "an unknown key": (swap("title: ", "titel: x\ntitle: "), ("PD075", "form.yaml:3:8")),
    "no title": (pattern("title: .*?\n", ""), ("PD075", "form.yaml:3:1")),
    "labels that are no list": (swap("labels: [绩效目标]", "labels: 绩效目标"), ("PD075", "form.yaml:26:11")),
    "a value twice": (swap("path: money_unit", "path: name"), ("PD075", "form.yaml:15:9")),
    "a label for two": (swap("labels: [其他资金]", "labels: [其他资金, 预算数]"), ("PD079", "form.yaml:24:18")),
    "a heading": (swap("{position}.{name}绩效", "{number}.{name}绩效"), ("PD075", "form.yaml:6:9")),
    "a bookmark's name": (swap("_Toc_4_4_{sequence:010d}", "_Toc_{"), ("PD075", "form.yaml:8:12")),
    "not YAML": (swap("title: ", "title: ["), ("PD001", "form.yaml:3:8")),
    "not a mapping": (lambda text: "- x\n", ("PD075", "form.yaml")),
}


@pytest.mark.parametrize(("change", "wanted"), DESCRIBED.values(), ids=DESCRIBED)
def test_a_fault_of_form_yaml_is_told_at_its_line(change: Change, wanted: tuple[str, str], tmp_path: Path) -> None:
    found = broken(tmp_path, described=change)
    assert wanted in found
    assert len(found) <= 4, found


def test_a_tag_of_two_scripts_is_split_by_word_itself(tmp_path: Path) -> None:
    split = "{{ project.extra.</w:t></w:r><w:r><w:t>联系人</w:t></w:r><w:r><w:t> }}"
    folder = tmp_path / "mine"
    broken(tmp_path, swap("{{ project.purpose }}", split), swap("path: purpose", "path: extra.联系人"))
    (one,) = lint(folder)
    assert (one.code, one.severity) == ("PD077", "info")


def test_tags_that_word_has_split_are_told_once(tmp_path: Path) -> None:
    def split(text: str) -> str:
        return re.sub(r"\{\{ project\.(name|purpose|goals) ", r"{{ project.</w:t></w:r><w:r><w:t>\1 ", text)

    broken(tmp_path, split)
    (one,) = lint(tmp_path / "mine")
    assert (one.code, one.severity) == ("PD077", "warning")
    assert one.message.startswith("Word has split ")
    assert " tags, {{ project." in one.message


def test_a_label_printed_twice_is_a_warning(tmp_path: Path) -> None:
    broken(tmp_path, swap("预算规模及资金用途", "其他资金"))
    assert [one.severity for one in lint(tmp_path / "mine") if one.code == "PD079"] == ["warning"]


def test_a_list_of_labels_that_is_a_text(tmp_path: Path) -> None:
    broken(tmp_path, described=swap("labels: [绩效目标]", "labels: 绩效目标"))
    assert [one.message for one in lint(tmp_path / "mine")] == ["fields.7.labels is a list: [绩效目标]"]


def test_all_faults_come_in_one_run(tmp_path: Path) -> None:
    def word(text: str) -> str:
        text = swap("{{ project.purpose }}", "{{ project.purpos }}")(text)
        text = swap("{%tr endfor %}", "{%p endfor %}")(text)
        return swap("{{ project.name }}", "{{ project.name }")(text)

    found = broken(tmp_path, word, swap("title: ", "titel: x\ntitle: "))
    assert {"PD075", "PD076", "PD078", "PD089"} <= {code for code, _ in found}


def test_a_value_that_does_not_come_back_is_told_where_it_is_printed(tmp_path: Path) -> None:
    both = "{{ project.budget.total }}{{ project.budget.other }}"
    found = broken(
        tmp_path, lambda xml: swap("{{ project.budget.total }}", both)(swap("{{ project.budget.other }}", "")(xml))
    )
    assert ("PD086", "form.docx: table 1 row 3 column 3") in found


def test_a_list_is_held_against_its_form_yaml_too(tmp_path: Path) -> None:
    given = form("flat-xlsx").folder
    folder = tmp_path / "list"
    shutil.copytree(given, folder)
    book = openpyxl.load_workbook(folder / "form.xlsx")
    cells = {str(cell.value): cell for row in book.worksheets[0].iter_rows() for cell in row}
    cells["{{ project.name }}"].value = "{{ project.nmae }}"
    cells["{{ project.goals }}"].value = "{{ project.goals }"
    cells["预算单位"].value = "单位全称"
    places = {key: cells[key].coordinate for key in ("{{ project.name }}", "{{ project.goals }}")}
    book.save(folder / "form.xlsx")
    found = {(one.code, str(one.place).rpartition("!")[2]) for one in lint(folder)}
    assert ("PD076", places["{{ project.name }}"]) in found
    assert ("PD089", places["{{ project.goals }}"]) in found
    assert {code for code, _ in found} == {"PD076", "PD080", "PD082", "PD089"}
    (folder / "form.xlsx").write_bytes(b"x")
    assert [one.code for one in lint(folder)] == ["PD087"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_on_forms_has_every_code(language: str) -> None:
    text = (ROOT / f"docs/{language}/forms.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| (PD0\d\d) \|", text, flags=re.M) == re.findall(
        r"^(PD\d+)  ", advice.__doc__ or "", flags=re.M
    )
    table = text.partition("| PD075 |")[0].rpartition("```")[2]
    names = set(re.findall(r"`((?:project|indicator|document)\.[\w.]+)`", table))
    for name in names - {"project.extra.LABEL", "indicator.extra.LABEL"}:
        assert name in TEXTS, name
    told = {name.partition(".")[2] for name in names if name.startswith("indicator.")}
    assert {*INDICATOR_PATHS} <= told
    assert {path.split(".")[0] for path in PROJECT_PATHS} <= {name.split(".")[1] for name in names}


def test_a_folder_that_is_no_form(tmp_path: Path) -> None:
    assert [one.code for one in lint(tmp_path)] == ["PD075", "PD075"]
    shutil.copy(TIANJIN / "form.yaml", tmp_path)
    (tmp_path / "form.docx").write_bytes(b"x")
    assert [one.code for one in lint(tmp_path)] == ["PD087"]
