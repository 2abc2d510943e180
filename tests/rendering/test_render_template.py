"""A form's Word file as a template: what is taken from one that a person has saved, and what is refused."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from word_text import W, body, part, rows, text_of

from perfdoc import office
from perfdoc.errors import FormError
from perfdoc.form_definition import Form, form, forms
from perfdoc.form_lint import lint
from perfdoc.model import Document, Indicator, Project
from perfdoc.rendering import render, variables
from perfdoc.rendering.word.word_template import template_of

TIANJIN = form("tianjin")
ROWS = (Indicator(level1="产出", level3="a"), Indicator(level1="产出", level3="b"), Indicator(level1="效益"))
DOCUMENT = Document(title="题", projects=(Project(name="甲", indicators=ROWS), Project(name="乙")))


def members(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def other(folder: Path, content: bytes) -> Form:
    """Form tianjin with another Word file."""
    (folder / "form.docx").write_bytes(content)
    return TIANJIN.model_copy(update={"folder": folder})


def changed(folder: Path, change: Callable[[str], str]) -> Form:
    """Form tianjin with another main part; the change has to change something."""
    parts = members(TIANJIN.document)
    before = parts["word/document.xml"].decode()
    after = change(before)
    assert after != before
    return other(folder, zipped({**parts, "word/document.xml": after.encode()}))


@pytest.mark.parametrize("one", forms().values(), ids=forms())
def test_a_templates_variables_are_the_declared_fields(one: Form) -> None:
    derived = {"heading", "page", "section", "section_id", "anchor", "anchor_id", "indicators", "number"}
    names = variables(one)
    printed = {name.removeprefix("project.") for name in names if name.startswith("project.")} - derived
    leaves = {name for name in printed if not any(longer.startswith(f"{name}.") for longer in printed)}
    declared = {field.path for field in one.fields}
    assert {name for name in leaves if name not in declared and name.partition(".")[0] not in declared} == set()
    assert {path for path in declared if not any(n == path or n.startswith(f"{path}.") for n in leaves)} == set()
    columns = {name.removeprefix("indicator.") for name in names if name.startswith("indicator.")}
    said = {"starts_level1", "starts_level2", "number"} | ({"target"} if one.is_list else set())
    assert columns - said == {column.path for column in one.columns}


WORD = [one for one in forms().values() if not one.is_list]


@pytest.mark.parametrize("one", WORD, ids=[one.name for one in WORD])
def test_a_template_is_a_plain_word_file_with_fixed_dates(one: Form) -> None:
    parts = members(one.document)
    assert "docProps/core.xml" in parts
    assert b"rsid" not in parts["word/document.xml"]
    root = part(one.document.read_bytes())
    locked = [m.get(f"{W}fldLock") for m in root.iter(f"{W}fldChar") if m.get(f"{W}fldCharType") == "begin"]
    assert set(locked) <= {"true"}, "a field that is not locked loses its tags when somebody updates fields"


def test_a_template_is_compiled_once_for_the_same_content(tmp_path: Path) -> None:
    one = other(tmp_path, TIANJIN.document.read_bytes())
    first = template_of(one)
    (tmp_path / "form.docx").write_bytes(TIANJIN.document.read_bytes())
    assert template_of(one) is first
    parts = members(TIANJIN.document)
    (tmp_path / "form.docx").write_bytes(zipped({**parts, "word/new.xml": b"<a/>"}))
    assert template_of(one) is not first


def test_what_word_leaves_behind_when_it_saves_is_not_rendered(tmp_path: Path) -> None:
    def saved(xml: str) -> str:
        xml = xml.replace("<w:p>", '<w:p w:rsidR="00A1" w:rsidRDefault="00B2">')
        xml = xml.replace("<w:r><w:t>{{ project.name", "<w:proofErr w:type='spellStart'/><w:r><w:t>{{ project.name")
        xml = xml.replace("{{ project.purpose }}", "{{</w:t></w:r><w:r><w:t> project.purpose }}")
        mark = '<w:bookmarkStart w:id="9" w:name="_GoBack"/><w:bookmarkEnd w:id="9"/>'
        kept = '<w:bookmarkStart w:id="8" w:name="mine"/><w:bookmarkEnd w:id="8"/>'
        return xml.replace("<w:r><w:t>{{ project.heading", f"{mark}<w:r><w:t>{{{{ project.heading").replace(
            "<w:r><w:t>目录", f"{kept}<w:r><w:t>目录"
        )

    content = render(DOCUMENT, changed(tmp_path, saved), pages=[2, 3])
    xml = members(tmp_path / "form.docx")["word/document.xml"]
    assert b"rsid" in xml
    root = body(content)
    assert [rows(table) for table in root.findall(f"{W}tbl")] == [
        rows(table) for table in body(render(DOCUMENT, TIANJIN)).findall(f"{W}tbl")
    ]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        written = archive.read("word/document.xml").decode()
    assert re.findall("rsid|proofErr|_GoBack", written) == []
    ids = [(one.get(f"{W}id"), one.get(f"{W}name")) for one in root.iter(f"{W}bookmarkStart")]
    assert ids[0] == ("0", "mine")
    assert [number for number, _ in ids] == ["0", "1", "2", "3", "4"]


def test_headers_and_footers_may_hold_tags(tmp_path: Path) -> None:
    parts = members(TIANJIN.document)
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    header = f"<w:hdr {space}><w:p><w:r><w:t>{{{{ document.title }}}}</w:t></w:r></w:p></w:hdr>"
    one = other(tmp_path, zipped({**parts, "word/header1.xml": header.encode()}))
    assert text_of(part(render(DOCUMENT, one), "word/header1.xml")) == "题"


def test_a_value_that_a_document_does_not_have_prints_as_nothing(tmp_path: Path) -> None:
    one = changed(tmp_path, lambda xml: xml.replace("project.purpose", "project.extra.主管部门"))
    project = Project(name="甲", extra={"主管部门": "教育局 & 财政局"})
    tables = body(render(Document(projects=(project, Project(name="乙"))), one)).findall(f"{W}tbl")
    assert [rows(tables[0])[3], rows(tables[2])[3]] == [["", "教育局 & 财政局"], ["", ""]]
    assert "project.extra.主管部门" in variables(one)


@pytest.mark.parametrize(
    "printed",
    [
        "{{project.name}}",
        "{{ project.name|default('无') }}",
    ],
)
def test_a_value_is_escaped_once_wherever_a_template_prints_it(tmp_path: Path, printed: str) -> None:
    name = """<w:t>&amp;"'甲\t乙"""
    made = changed(tmp_path, lambda xml: xml.replace("{{ project.name }}", printed))
    found = text_of(body(render(Document(projects=(Project(name=name),)), made)))
    assert name in found


@pytest.mark.office
def test_a_template_saved_by_libreoffice_renders_the_same_tables(tmp_path: Path) -> None:
    one = other(tmp_path, office.convert([TIANJIN.document.read_bytes()], "docx")[0])
    ours, theirs = (body(render(DOCUMENT, each, pages=[2, 3])) for each in (TIANJIN, one))
    assert [rows(table) for table in theirs.findall(f"{W}tbl")] == [rows(t) for t in ours.findall(f"{W}tbl")]
    marks = [mark.get(f"{W}fldCharType") for mark in theirs.iter(f"{W}fldChar")]
    assert marks.count("begin") == marks.count("end") > 0


DANGEROUS = [
    "''.__class__.__mro__",
    "project.__init__",
    "project['__class__']",
    "project.name['_' ~ '_class__']",
    "project|attr('__class__')",
    "project.name.format(1)",
    "document.projects|map(attribute='__class__')|join",
    "document.projects|selectattr('__class__')|list",
    "lipsum",
    "cycler",
]


@pytest.mark.parametrize("expression", DANGEROUS)
def test_a_template_can_name_values_and_do_nothing_else(tmp_path: Path, expression: str) -> None:
    one = changed(tmp_path, lambda xml: xml.replace("{{ project.purpose }}", f"{{{{ {expression} }}}}"))
    with pytest.raises(FormError, match=r"form\.docx"):
        render(DOCUMENT, one)


REFUSED = {
    "{{r project.purpose }}": "write {{ project.purpose }}",
    "{{p project.purpose }}": "write {{ project.purpose }}",
    "{% filter upper %}{{ project.purpose }}{% endfilter %}": "no use for 'filter'",
    "{% set shown = project.purpose %}{{ shown }}": "no use for 'set'",
    "{% autoescape false %}{{ project.purpose }}{% endautoescape %}": "no use for 'autoescape'",
    "{{ project }}": "prints a whole record",
    "{{ project.agency }}": "prints a whole record",
    "{{ project.extra|string }}": "prints a whole record",
    "{{ document.projects }}": "prints a whole record",
}


@pytest.mark.parametrize("printed", REFUSED)
def test_what_form_lint_refuses_is_not_rendered_either(tmp_path: Path, printed: str) -> None:
    one = changed(tmp_path, lambda xml: xml.replace("{{ project.purpose }}", printed))
    (tmp_path / "form.yaml").write_bytes((TIANJIN.folder / "form.yaml").read_bytes())
    with pytest.raises(FormError, match=re.escape(REFUSED[printed])):
        render(DOCUMENT, one)
    assert any(each.code == "PD076" and REFUSED[printed] in each.message for each in lint(tmp_path))


UNSOUND: dict[str, tuple[Callable[[str], str], str]] = {
    "a tag that is no Jinja": (lambda x: x.replace("{{ project.name }}", "{{ project. }}"), "{{ project. }}"),
    "a loop without its end": (lambda x: x.replace("{%tr endfor %}", "x"), "endfor"),
    "a value that there is not": (lambda x: x.replace("project.name", "project.nmae"), "project.nmae"),
    "a part of a value that there is not": (lambda x: x.replace("budget.fiscal", "budget.f"), "budget.f,"),
    "a name that there is not": (lambda x: x.replace("{{ line }}", "{{ lines_ }}"), "lines_"),
    "an unknown filter": (lambda x: x.replace("goals|lines", "goals|pprint"), "pprint"),
    "a bookmark in a loop": (lambda x: x.replace("project_section", "mine"), "'mine' stands in a loop"),
    "a bookmark without its end": (lambda x: x.replace('<w:bookmarkEnd w:id="0"/>', ""), "does not end"),
    "a bookmark in a tag's paragraph": (
        lambda x: x.replace(
            "<w:r><w:t>{%p if not loop.last",
            '<w:bookmarkStart w:id="7" w:name="b"/><w:bookmarkEnd w:id="7"/><w:r><w:t>{%p if not loop.last',
        ),
        "field or bookmark",
    ),
    "broken XML": (lambda x: x.replace("</w:body>", ""), "word/document.xml"),
    "a document type": (lambda x: x.replace("<w:document", "<!DOCTYPE a []><w:document", 1), "document type"),
}


@pytest.mark.parametrize("name", UNSOUND)
def test_an_unsound_template_is_named_with_what_is_wrong(tmp_path: Path, name: str) -> None:
    change, said = UNSOUND[name]
    one = changed(tmp_path, change)
    with pytest.raises(FormError) as caught:
        render(DOCUMENT, one)
    message = str(caught.value)
    assert str(tmp_path / "form.docx") in message
    assert said in message + ","
    assert "\n" not in message


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"text", zipped({"a.xml": b"<a/>"})], ids=len)
def test_what_is_no_word_file_is_no_template(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(FormError, match=r"form\.docx: not a "):
        render(DOCUMENT, other(tmp_path, content))


def test_a_form_without_its_word_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(FormError, match=r"form\.docx: No such file"):
        render(DOCUMENT, TIANJIN.model_copy(update={"folder": tmp_path}))
