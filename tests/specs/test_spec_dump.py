"""One content, one text: what is dumped reads back the same, with perfdoc and with every other YAML tool."""

from __future__ import annotations

from typing import Any

import pytest
import ruamel.yaml
import yaml
from hypothesis import given
from spec_strategies import CANONICAL, DOCUMENT, LOOKALIKES, documents, projects, texts

from perfdoc.errors import ContentLostError
from perfdoc.model import Agency, Budget, Document, Execution, Indicator, Project
from perfdoc.specs import dump_document, dump_project, files, load_document, load_files, load_project
from perfdoc.specs.scalar import is_plain
from perfdoc.yamltree import parse


def load(text: str) -> Project:
    return load_project(text, "x.yaml").document.projects[0]


def test_the_canonical_text_reads_as_it_says() -> None:
    project = load(CANONICAL)
    assert project.agency.code == "209101"
    assert project.budget == Budget(total="55.00", fiscal="55.00", other="")
    assert project.goals == "1.将档案扫描服务外包，提高效率。\n2.促进法院档案信息化建设，"
    assert [each.description for each in project.indicators] == [None, "年度抽检合格率", ""]
    assert project.indicators[1].extra == {"分值权重": "10"}


def test_canonical_text_is_dumped_byte_for_byte() -> None:
    assert dump_project(load(CANONICAL)) == CANONICAL


def test_canonical_document_is_dumped_byte_for_byte() -> None:
    names = ("01-法院办案业务费.yaml", "02-搬迁项目.yaml")
    document = load_document(DOCUMENT, "document.yaml", lambda name: "{}").document
    assert document.projects[1].bookmarks == ("_Toc_4_4_0000000005", "_Toc23416")
    assert dump_document(document, names) == DOCUMENT


@given(project=projects)
def test_every_project_survives(project: Project) -> None:
    text = dump_project(project)
    loaded = load(text)
    assert loaded == project
    assert list(loaded.extra) == list(project.extra)
    assert dump_project(loaded) == text


@given(document=documents())
def test_every_document_survives(document: Document) -> None:
    folder = files(document)
    loaded = load_files(folder, "specs/x")
    assert loaded.document == document
    assert not loaded.diagnostics
    assert files(loaded.document) == folder


def as_read(project: Project) -> dict[str, Any]:
    """The texts that any YAML reader must find."""
    read: dict[str, Any] = filled(project.model_dump(exclude={"heading", "bookmarks"}, exclude_none=True))
    rows = [filled(row) for row in read.pop("indicators", ())]
    return {**read, "indicators": rows} if rows else read


def filled(record: dict[str, Any]) -> dict[str, Any]:
    """A record without the groups that have nothing in them."""
    inner = {key: filled(value) if isinstance(value, dict) else value for key, value in record.items()}
    return {key: value for key, value in inner.items() if value not in ({}, ())}


def without_amounts(project: Project) -> Project:
    """The project without the fields whose numbers are written plain."""
    rows = tuple(row.model_copy(update={"weight": None, "score": None}) for row in project.indicators)
    rate = Execution(rate=project.execution.rate.model_copy(update={"total": "98%"}))
    return project.model_copy(update={"budget": Budget(), "execution": rate, "score": None, "indicators": rows})


@given(project=projects)
def test_other_readers_find_the_same_texts(project: Project) -> None:
    text, expected = dump_project(project), as_read(project)
    assert yaml.load(text, yaml.BaseLoader) == expected
    assert yaml.load(text, yaml.CBaseLoader) == expected
    assert ruamel.yaml.YAML(typ="base", pure=True).load(text) == expected


@given(project=projects)
def test_typed_readers_see_texts_except_amounts(project: Project) -> None:
    """What YAML 1.1 or 1.2 would take for something else is quoted; only amounts are left plain."""
    bare = without_amounts(project)
    text = dump_project(bare)
    expected = nulls(as_read(bare))
    assert yaml.safe_load(text) == expected
    for version in ((1, 1), (1, 2)):
        reader = ruamel.yaml.YAML(typ="safe", pure=True)
        reader.version = version
        assert reader.load(text) == expected


def nulls(value: Any) -> Any:
    """The same with null for the empty text, as typed readers see an empty value."""
    if isinstance(value, dict):
        return {key: nulls(each) for key, each in value.items()}
    if isinstance(value, list):
        return [nulls(each) for each in value]
    return value or None


@pytest.mark.parametrize("text", LOOKALIKES)
def test_a_lookalike_is_quoted_and_an_ordinary_text_is_not(text: str) -> None:
    written = dump_project(Project(name=text)).removeprefix("name: ").removesuffix("\n")
    harmless = ("._", "a,b", "\\n", "<&>{}%", "1,234.50", "...", "---")
    if text in harmless and text != "._":
        assert written == text
    else:
        assert written[0] in "\"'"
    assert yaml.safe_load(f"a: {written}") == {"a": text}


@given(text=texts)
def test_plain_means_that_the_parser_agrees(text: str) -> None:
    if is_plain(text):
        assert parse(f"a:\n- b: {text}\n", "x").value == {"a": [{"b": text}]}


@pytest.mark.parametrize("text", ["349.00", "007", "-5", "+1.5", "0"])
def test_amounts_are_plain(text: str) -> None:
    assert dump_project(Project(budget=Budget(total=text))) == f"budget:\n  total: {text}\n"
    assert dump_project(Project(agency=Agency(code=text))) == f'agency:\n  code: "{text}"\n'


@pytest.mark.parametrize("text", ["1e3", "1_000", "no", "~", "12:30", "2023-01-01", "0x10", ".5", "5."])
def test_an_amount_that_is_no_decimal_is_quoted(text: str) -> None:
    assert dump_project(Project(budget=Budget(total=text))) == f'budget:\n  total: "{text}"\n'


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a\nb", "|-\n  a\n  b"),
        ("a\nb\n", "|\n  a\n  b"),
        ("a\nb\n\n", "|+\n  a\n  b\n"),
        ("  a\nb", "|2-\n    a\n  b"),
        ("\na", "|2-\n\n  a"),
        ("　　1.一\n　　2.二", "|-\n  　　1.一\n  　　2.二"),
        ("a\n\nb", "|-\n  a\n\n  b"),
        ("a\n\tb", '"a\\n\\tb"'),
        ("a\r\nb", '"a\\r\\nb"'),
        ("\n", '"\\n"'),
        (" a", '" a"'),
        ("a ", '"a "'),
        ("\ta", '"\\ta"'),
        ('说"是": 否', "'说\"是\": 否'"),
        ("it's: ", '"it\'s: "'),
        ("\x00\x1b\x85\u2028\ufeff\ufffe", '"\\0\\e\\N\\L\\uFEFF\\uFFFE"'),
        ("😀", "😀"),
    ],
)
def test_how_a_text_is_written(text: str, written: str) -> None:
    assert dump_project(Project(goals=text)) == f"goals: {written}\n"
    assert load(dump_project(Project(goals=text))).goals == text


def test_nothing_in_it_is_left_out() -> None:
    assert dump_project(Project()) == "{}\n"
    assert dump_project(Project(indicators=(Indicator(), Indicator(target="")))) == "indicators:\n- {}\n- target:\n"
    assert load("{}\n") == Project()
    assert dump_document(Document(), ()) == "projects: []\n"


def test_empty_groups_are_read_as_absent() -> None:
    assert load('agency:\nbudget: ~\nindicators: ""\nextra:\nname: x\n') == Project(name="x")
    assert load("indicators:\n-\n- extra:\n") == Project(indicators=(Indicator(), Indicator()))


def test_a_key_longer_than_yaml_allows_is_written_apart() -> None:
    label = "很长的标签" * 300
    project = Project(extra={label: "1\n2", "短": "x"})
    text = dump_project(project)
    assert f"  ? {label}\n  : |-\n" in text
    assert load(text) == project
    assert yaml.load(text, yaml.BaseLoader) == {"extra": dict(project.extra)}


def test_half_a_character_is_refused_with_its_path() -> None:
    for project in (
        Project(indicators=(Indicator(target="x\ud800"),)),
        Project(indicators=(Indicator(extra={"\udfff": "1"}),)),
        Project(goals="a\n\ud800"),
    ):
        with pytest.raises(ContentLostError) as caught:
            dump_project(project)
        diagnostic = caught.value.diagnostics[0]
        assert diagnostic.code == "PD018"
        assert diagnostic.path[0] in ("indicators", "goals")
