"""Reading specs: a place for every value; every fault of every file in one run."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from languages import sentences
from spec_strategies import documents

from perfdoc.errors import SpecError
from perfdoc.model import Document, Indicator, Project
from perfdoc.report import Place
from perfdoc.specs import LISTING, file_names, files, load, load_document, load_files, load_project, read_text
from perfdoc.texts import speaking

LISTED = (
    "form: tianjin\nprojects:\n- spec: 01-甲.yaml\n  heading: 1.甲\n  bookmarks: [_Toc1, _Toc2]\n- spec: 02-乙.yaml\n"
)
FIRST = 'name: 甲\nagency:\n  code: "1"\nindicators:\n- level1: 产出指标\n  target: ≥1\n- level1: 产出指标\n  target:\n'
SECOND = "name: 乙\nextra:\n  主管部门: 一\n"


def folder(tmp_path: Path, texts: dict[str, str | bytes]) -> Path:
    for name, text in texts.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return tmp_path


def said(error: SpecError) -> list[str]:
    return [
        f"{Path(each.place.file).name}:{each.place.line}:{each.place.column} {each.code}" for each in error.diagnostics
    ]


def test_every_value_has_its_place(tmp_path: Path) -> None:
    here = folder(tmp_path, {LISTING: LISTED, "01-甲.yaml": FIRST, "02-乙.yaml": SECOND})
    reading = load(here)
    base = here.as_posix()
    assert [project.name for project in reading.document.projects] == ["甲", "乙"]
    assert reading.document.projects[0].bookmarks == ("_Toc1", "_Toc2")
    places = reading.places
    assert places[("form",)] == Place(f"{base}/document.yaml", 1, 7)
    assert places[("projects", 0)] == Place(f"{base}/01-甲.yaml", 1, 1)
    assert places[("projects", 0, "heading")] == Place(f"{base}/document.yaml", 4, 12)
    assert places[("projects", 0, "bookmarks")] == Place(f"{base}/document.yaml", 5, 14)
    assert places[("projects", 0, "agency", "code")] == Place(f"{base}/01-甲.yaml", 3, 9)
    assert places[("projects", 0, "indicators", 1)] == Place(f"{base}/01-甲.yaml", 7, 3)
    assert places[("projects", 0, "indicators", 1, "target")] == Place(f"{base}/01-甲.yaml", 8, 10)
    assert places[("projects", 1, "extra", "主管部门")] == Place(f"{base}/02-乙.yaml", 3, 9)
    assert ("projects", 0, "spec") not in places
    assert ("projects", 2) not in places
    assert ("projects", 1, "purpose") not in places


@given(document=documents())
def test_places_are_those_of_the_values(document: Document) -> None:
    places = load_files(files(document)).places
    assert len(places) == len(set(places)) == len(list(places.items()))
    expected: set[tuple[str | int, ...]] = {("projects", index) for index in range(len(document.projects))}
    for at, project in enumerate(document.projects):
        for name in Project.model_fields:
            value = getattr(project, name)
            if isinstance(value, str):
                expected.add(("projects", at, name))
        for row, indicator in enumerate(project.indicators):
            expected.add(("projects", at, "indicators", row))
            for name in Indicator.model_fields:
                if isinstance(getattr(indicator, name), str):
                    expected.add(("projects", at, "indicators", row, name))
    assert expected <= set(places)


def test_a_project_file_alone_is_a_document_of_one(tmp_path: Path) -> None:
    here = folder(tmp_path, {"甲.yaml": FIRST})
    reading = load(here / "甲.yaml")
    assert reading.document.form is None
    assert len(reading.document.projects) == 1
    assert reading.places[("projects", 0)] == Place((here / "甲.yaml").as_posix(), 1, 1)
    assert load_project(FIRST, "<stdin>").document == reading.document
    assert ("form",) not in reading.places


def test_document_yaml_stands_for_its_folder(tmp_path: Path) -> None:
    here = folder(tmp_path, {LISTING: LISTED, "01-甲.yaml": FIRST, "02-乙.yaml": SECOND})
    assert load(here / LISTING).document == load(str(here)).document


def test_all_faults_of_all_files_come_at_once(tmp_path: Path) -> None:
    here = folder(
        tmp_path,
        {
            LISTING: "form: [x]\nprojets: x\nprojects:\n- spec: 01.yaml\n- spec: 02.yaml\n"
            "- spec: 03.yaml\n- speck: 04\n",
            "01.yaml": "name: [a]\nagency: x\nbudget:\n  totl: 1\n  total: {a: b}\nindicators: x\npurposes: y\n",
            "02.yaml": "indicators:\n- level1: a\n  level1: b\n- x\n- [y]\n- target:\n  - z\n  权重: 1\n"
            "extra: [1]\n项目名称: x\n",
        },
    )
    with pytest.raises(SpecError) as caught:
        load(here)
    assert said(caught.value) == [
        "01.yaml:1:7 PD011",
        "01.yaml:2:9 PD011",
        "01.yaml:4:3 PD012",
        "01.yaml:5:10 PD011",
        "01.yaml:6:13 PD011",
        "01.yaml:7:1 PD012",
        "02.yaml:3:3 PD002",
        "02.yaml:4:3 PD011",
        "02.yaml:5:3 PD011",
        "02.yaml:7:3 PD011",
        "02.yaml:8:3 PD012",
        "02.yaml:9:8 PD011",
        "02.yaml:10:1 PD012",
        "document.yaml:1:7 PD011",
        "document.yaml:2:1 PD012",
        "document.yaml:6:9 PD013",
        "document.yaml:7:3 PD012",
        "document.yaml:7:3 PD013",
    ]
    by_place = {f"{Path(each.place.file).name}:{each.place.line}": each for each in caught.value.diagnostics}
    assert by_place["01.yaml:1"].message == "name must be a text, here is a list"
    assert by_place["01.yaml:2"].message == "agency must be a group of keys (code, name), here is a text"
    assert by_place["01.yaml:4"].message == "unknown key totl: did you mean total?"
    assert by_place["02.yaml:4"].path == ("projects", 1, "indicators", 1)
    assert by_place["02.yaml:4"].message.startswith("item 2 must be a group of keys (level1, ")
    assert "go under extra" in by_place["02.yaml:8"].message
    assert by_place["02.yaml:10"].message == "unknown key 项目名称: the key for 项目名称 is name"
    assert by_place["document.yaml:2"].message == "unknown key projets: did you mean projects?"
    with speaking("zh"), pytest.raises(SpecError) as caught:
        load(here)
    assert [each.message for each in caught.value.diagnostics if sentences(each.message)] == []
    by_place = {f"{Path(each.place.file).name}:{each.place.line}": each for each in caught.value.diagnostics}
    assert by_place["01.yaml:1"].message == "“name”应是文字，这里是列表"
    assert by_place["01.yaml:2"].message == "“agency”应是一组键（code、name），这里是文字"
    assert by_place["document.yaml:2"].message == "没有“projets”这个键：是不是 projects？"


@pytest.mark.parametrize(
    ("listing", "expected"),
    [
        ("form: x\n", "document.yaml:1:1 PD013"),
        ("projects:\n", "document.yaml:1:10 PD013"),
        ("- a\n", "document.yaml:1:1 PD011"),
        ("", "document.yaml:1:1 PD010"),
        ("projects:\n- spec: /etc/passwd\n", "document.yaml:2:9 PD014"),
        ("projects:\n- spec: ../01-甲.yaml\n", "document.yaml:2:9 PD014"),
        ("projects:\n- spec: a/../../01-甲.yaml\n", "document.yaml:2:9 PD014"),
        ("projects:\n- spec: C:\\x.yaml\n", "document.yaml:2:9 PD014"),
        ("projects:\n- spec: a\\x.yaml\n", "document.yaml:2:9 PD014"),
        ('projects:\n- spec: "a\\0b"\n', "document.yaml:2:9 PD014"),
        ("projects:\n- spec: .\n", "document.yaml:2:9 PD014"),
        ("projects:\n- spec:\n", "document.yaml:2:8 PD013"),
        ("projects:\n- spec: document.yaml\n", "document.yaml:2:9 PD015"),
        ("projects:\n- spec: 01-甲.yaml\n- spec: ./01-甲.yaml\n", "document.yaml:3:9 PD015"),
        ("projects:\n- spec: 01-甲.yml\n", "document.yaml:2:9 PD013"),
        ("projects:\n- spec: sub\n", "document.yaml:2:9 PD019"),
        ("projects:\n- spec: 01-甲.yaml\n  bookmarks: [a]\n", "document.yaml:3:14 PD017"),
        ("projects:\n- spec: 01-甲.yaml\n  bookmarks: [a, b, c]\n", "document.yaml:3:14 PD017"),
        ("projects:\n- spec: 01-甲.yaml\n  bookmarks: [a, a]\n", "document.yaml:3:18 PD017"),
        ("projects:\n- spec: 01-甲.yaml\n  bookmarks: [1a, b]\n", "document.yaml:3:15 PD017"),
        ("projects:\n- spec: 01-甲.yaml\n  bookmarks: [a b, c]\n", "document.yaml:3:15 PD017"),
        (f"projects:\n- spec: 01-甲.yaml\n  bookmarks: [{'a' * 41}, c]\n", "document.yaml:3:15 PD017"),
        ("projects:\n- spec: 01-甲.yaml\n  bookmarks: a, b\n", "document.yaml:3:14 PD011"),
        ("projects:\n- spec: 01-甲.yaml\n  bookmarks:\n  - [a]\n  - b\n", "document.yaml:4:5 PD011"),
        ("projects:\n- 01-甲.yaml\n", "document.yaml:2:3 PD011"),
        ("projects:\n- spec: link.yaml\n", "link.yaml:0:0 PD014"),
        ("projects:\n- spec: heading.yaml\n", "heading.yaml:2:1 PD012"),
        ("projects:\n- spec: gbk.yaml\n", "gbk.yaml:1:1 PD009"),
        ("projects:\n- spec: list.yaml\n", "list.yaml:1:1 PD011"),
        ("projects:\n- spec: empty.yaml\n", "empty.yaml:1:1 PD010"),
    ],
)
def test_a_listing_at_fault(tmp_path: Path, listing: str, expected: str) -> None:
    (tmp_path / "elsewhere.yaml").write_text("name: x\n")
    here = folder(
        tmp_path / "d",
        {
            LISTING: listing,
            "01-甲.yaml": FIRST,
            "sub/x.txt": "",
            "heading.yaml": "name: x\nheading: y\n",
            "gbk.yaml": "名称: 法院".encode("gbk"),
            "list.yaml": "- a\n",
            "empty.yaml": "",
        },
    )
    (here / "link.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    with pytest.raises(SpecError) as caught:
        load(here)
    assert said(caught.value) == [expected]
    with speaking("zh"), pytest.raises(SpecError) as caught:
        load(here)
    assert sentences(caught.value.diagnostics[0].message) == []


def test_bookmarks_are_unique_over_the_document() -> None:
    text = "projects:\n- spec: a\n  bookmarks: [x, y]\n- spec: b\n  bookmarks: [z, x]\n"
    with pytest.raises(SpecError) as caught:
        load_document(text, LISTING, lambda name: "{}")
    assert said(caught.value) == ["document.yaml:5:18 PD017"]
    assert "first for project 1" in caught.value.diagnostics[0].message


def test_a_file_that_is_missed_is_suggested() -> None:
    with pytest.raises(SpecError, match=r"there is no file 01-法院\.yaml: did you mean 01-法院办案\.yaml\?"):
        load_files({LISTING: "projects:\n- spec: 01-法院.yaml\n", "01-法院办案.yaml": "{}"})


def test_a_link_inside_and_a_subfolder_are_fine(tmp_path: Path) -> None:
    here = folder(tmp_path, {LISTING: "projects:\n- spec: sub/a.yaml\n- spec: b.yaml\n", "sub/a.yaml": "name: a\n"})
    (here / "b.yaml").symlink_to(here / "sub" / "a.yaml")
    assert [project.name for project in load(here).document.projects] == ["a", "a"]


def test_a_file_that_is_not_listed_is_a_warning(tmp_path: Path) -> None:
    here = folder(
        tmp_path,
        {
            LISTING: "projects:\n- spec: a.yaml\n",
            "a.yaml": "name: a\n",
            "b.yml": "",
            "c.YAML": "",
            "perfdoc.yaml": "",
            ".d.yaml": "",
            "e.txt": "",
        },
    )
    reading = load(here)
    assert [(d.code, d.severity, Path(d.place.file).name) for d in reading.diagnostics] == [
        ("PD016", "warning", "b.yml"),
        ("PD016", "warning", "c.YAML"),
    ]


def test_what_is_not_there_or_not_a_document(tmp_path: Path) -> None:
    with pytest.raises(SpecError, match="no such file or folder"):
        load(tmp_path / "nothing.yaml")
    with pytest.raises(SpecError, match=r"has no document\.yaml"):
        load(tmp_path)
    with pytest.raises(SpecError, match=r"has no document\.yaml"):
        load_files({"a.yaml": ""}, "x")


@pytest.mark.skipif(os.name != "posix", reason="needs /dev/zero")
def test_a_file_without_end_is_refused() -> None:
    with pytest.raises(SpecError, match="too large"):
        read_text(Path("/dev/zero"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("heading: x\nname: a\nbookmarks: [a, b]\n", ["x:1:1 PD012", "x:3:1 PD012"]),
        ("name: a\nname: [b]\nindicators:\n- {a: b}\n", ["x:2:1 PD002", "x:2:7 PD011", "x:4:4 PD012"]),
        ("name: [a\npurposes: b\nagency: 'c\n", ["x:1:7 PD001", "x:2:1 PD012", "x:3:9 PD001"]),
        ("text\n", ["x:1:1 PD011"]),
        ("extra:\n  a:\n    b: c\n  d: []\n", ["x:3:5 PD011", "x:4:6 PD011"]),
    ],
)
def test_a_project_at_fault(text: str, expected: list[str]) -> None:
    with pytest.raises(SpecError) as caught:
        load_project(text, "x")
    assert said(caught.value) == expected
    with speaking("zh"), pytest.raises(SpecError) as caught:
        load_project(text, "x")
    assert [each.message for each in caught.value.diagnostics if sentences(each.message)] == []


NAMES = [
    ("法院办案业务费", "01-法院办案业务费.yaml"),
    (
        "法院办案业务、业务装备及审判辅助事务外包服务等经费-2023中央",
        "01-法院办案业务、业务装备及审判辅助事务外包服务等经费-2023中央.yaml",
    ),
    ("", "01.yaml"),
    ("...", "01.yaml"),
    ('a/b\\c:d*e?f"g<h>i|j', "01-a-b-c-d-e-f-g-h-i-j.yaml"),
    (" 前后 \t\n 空格 . ", "01-前后 空格.yaml"),
    ("con", "01-con.yaml"),
    ("零\u200b宽\ufeff\x07", "01-零宽.yaml"),
    ("e\u0301", "01-é.yaml"),
    ("\ud800半", "01-半.yaml"),
    ("很" * 100, "01-" + "很" * 40 + ".yaml"),
]


@pytest.mark.parametrize(("name", "expected"), NAMES, ids=[str(n) for n in range(len(NAMES))])
def test_file_names(name: str, expected: str) -> None:
    assert file_names(Document(projects=(Project(name=name),))) == (expected,)


@given(document=documents())
def test_file_names_are_safe_anywhere(document: Document) -> None:
    names = file_names(document)
    assert len(set(names)) == len(document.projects)
    for name in names:
        assert not set(name) & set('<>:"/\\|?*')
        assert name.isprintable()
        assert len(name.encode()) <= 128
        assert name.removesuffix(".yaml").strip(" .") == name.removesuffix(".yaml")


def test_the_number_is_as_wide_as_it_must_be() -> None:
    names = file_names(Document(projects=(Project(name="a"),) * 100))
    assert (names[0], names[99]) == ("001-a.yaml", "100-a.yaml")
    assert file_names(Document(projects=(Project(name="a"),) * 99))[98] == "99-a.yaml"
    assert len(set(names)) == 100


def test_names_that_are_kept() -> None:
    document = Document(form="f", projects=(Project(name="a"),))
    assert files(document, ["x.yaml"]) == {LISTING: "form: f\nprojects:\n- spec: x.yaml\n", "x.yaml": "name: a\n"}
