"""`import --learn`, `form label` and `import --resume`: one form a layout, and one correction for all of its files."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from bureaus import UNKNOWN, bureau, filled
from cli_support import run, tree
from wordxml import docx, p, tbl, tr

pytestmark = pytest.mark.slow

KNOWN, OTHER = bureau(1), bureau(3, unknown=True)
FORMS = [OTHER.title, KNOWN.title]


def given(where: Path) -> Path:
    folder = where / "in"
    folder.mkdir(parents=True)
    for name, one, seed in (("a1", KNOWN, 1), ("b1", OTHER, 1), ("b2", OTHER, 2), ("b3", OTHER, 3)):
        (folder / f"{name}.docx").write_bytes(filled(one, seed))
    return folder


@pytest.fixture(scope="module")
def learnt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder where files were imported and their forms learnt."""
    where = tmp_path_factory.mktemp("learnt")
    (where / ".git").mkdir()
    given(where)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(where)
        ran = run("import", "in", "-r", "-o", "specs", "--learn")
    assert ran.code == 0, ran.err
    assert ran.out == (f"{KNOWN.title}: 1 file\n  a1.docx\n{OTHER.title}: 3 files\n  b1.docx\n  b2.docx\n  b3.docx\n")
    return where


@pytest.fixture
def here(learnt: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    where = shutil.copytree(learnt, tmp_path / "here")
    monkeypatch.chdir(where)
    return Path(where)


def spec(name: str) -> Path:
    (found,) = Path("specs", name).glob("01-*.yaml")
    return found


def test_a_folder_of_templates_is_made_for_what_is_learnt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a1.docx").write_bytes(filled(KNOWN, 1))
    given_there = ("import", "a1.docx", "-o", "specs", "--templates", "bureau/forms")
    assert run(*given_there).code == 2
    assert run(*given_there, "--learn").code == 0
    assert Path("bureau/forms", KNOWN.title, "form.docx").is_file()


def test_a_form_a_layout_beside_the_settings_and_named_by_the_documents(here: Path) -> None:
    assert sorted(one.name for one in (here / "templates").iterdir()) == sorted(FORMS)
    assert f"form: {OTHER.title}\n" in Path("specs/b2/document.yaml").read_text(encoding="utf-8")
    assert run("form", "lint", *(f"templates/{name}" for name in FORMS)).code == 0
    assert run("verify", "specs/b1", "in/b1.docx").code == 0
    assert run("render", "specs/b1", "-o", "b1.docx", "--pages", "none").code == 0
    assert run("import", "b1.docx", "-o", "specs/b1").out == ""


def test_a_second_run_finds_the_forms_that_are_there(here: Path) -> None:
    before = tree(here / "templates")
    (here / "in" / "b4.docx").write_bytes(filled(OTHER, 4))
    ran = run("import", "in", "-r", "-o", "specs", "--learn", "--resume", "-j", "2")
    assert "  b4.docx\n" in ran.out
    assert f"form: {OTHER.title}\n" in Path("specs/b4/document.yaml").read_text(encoding="utf-8")
    assert tree(here / "templates") == before
    assert run("import", "in", "-r", "-o", "again", "--learn").code == 0
    assert tree(here / "templates") == before


def test_the_same_files_give_the_same_forms_in_any_order(
    learnt: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = given(tmp_path)
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    files = sorted(folder.iterdir(), reverse=True)
    ran = run("import", *files, "-o", "specs", "--learn", "-j", "1", "-n")
    assert ran.code == 0
    assert "would write" in ran.err
    assert f"{OTHER.title}: 3 files" in ran.out
    assert not (tmp_path / "templates").exists()
    assert run("import", *files, "-o", "specs", "--learn", "-j", "1").code == 0
    assert tree(tmp_path / "templates") == tree(learnt / "templates")


def test_a_form_has_the_name_that_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "one.docx").write_bytes(filled(OTHER, 1))
    (tmp_path / "perfdoc.yaml").write_text("# settings\n", encoding="utf-8")
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    (tmp_path / ".git").mkdir()
    ran = run("import", "../one.docx", "-o", "specs", "--learn-as", "ours")
    assert ran.out == "ours: 1 file\n  ../one.docx\n"
    assert sorted(tree(tmp_path / "templates")) == ["ours/form.docx", "ours/form.yaml"]


def test_what_no_form_can_be_learnt_from_is_imported_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "page.txt").write_text("项目名称：培训\n绩效目标：办好培训班。\n", encoding="utf-8")
    rows = "".join(
        f"<tr>{row}</tr>" for row in ("<td>项目名称<td>培训", "<td>总体目标<td>办好", "<td>一级指标<td>二级指标")
    )
    (tmp_path / "page.html").write_text(
        f"<meta charset=utf-8><p>项目支出绩效目标表<table>{rows}<td>三级指标<td>指标值</table>", encoding="utf-8"
    )
    table = tr("一级指标", "二级指标", "三级指标", "指标值")
    two = (
        tr("项目名称", name) + tr("绩效目标", "目标") + table + tr("产出指标", "数量指标", "人次", "≥9人")
        for name in "甲乙"
    )
    (tmp_path / "two.docx").write_bytes(docx(p("项目支出绩效目标表") + tbl(*two, columns=4)))
    monkeypatch.chdir(tmp_path)
    ran = run("import", "page.html", "two.docx", "-o", "specs", "--learn")
    assert (tmp_path / "specs" / "page" / "document.yaml").exists(), ran.err
    for file in ("page.html", "two.docx"):
        assert re.search(rf"^{file}: .*; imported without a form of its own$", ran.err, re.MULTILINE), ran.err
    assert not (tmp_path / "templates").exists()


def test_one_label_mends_all_files_of_a_form_and_no_other(here: Path) -> None:
    untouched = tree(here / "specs" / "a1")
    commented = spec("b1")
    commented.write_text("# 已审\n" + commented.read_text(encoding="utf-8"), encoding="utf-8")
    edited = spec("b3")
    edited.write_text(edited.read_text(encoding="utf-8").replace("万元", "元"), encoding="utf-8")
    ran = run("inspect", "in/b2.docx")
    assert f"  perfdoc form label {OTHER.title} {UNKNOWN} " in ran.out.replace("'", "")
    assert run("form", "label", OTHER.title, UNKNOWN, "gaols").code == 2
    assert run("form", "label", OTHER.title, UNKNOWN, "goals").code == 0
    ran = run("import", "in", "-r", "-o", "specs", "--resume")
    assert ran.code == 0, ran.err
    assert "already done    1" in ran.err
    assert tree(here / "specs" / "a1") == untouched
    for name in ("b1", "b2", "b3"):
        text = spec(name).read_text(encoding="utf-8")
        assert "\ngoals: " in text
        assert UNKNOWN not in text
    assert commented.read_text(encoding="utf-8").startswith("# 已审\n")
    assert "money_unit: 元" in edited.read_text(encoding="utf-8")
    ran = run("import", "in", "-r", "-o", "specs", "--resume")
    assert "already done    4" in ran.err


def test_what_was_edited_otherwise_conflicts(here: Path) -> None:
    edited = spec("b2")
    text = edited.read_text(encoding="utf-8")
    edited.write_text(text.replace("1.完成", "1.全部完成"), encoding="utf-8")
    assert run("form", "label", OTHER.title, UNKNOWN, "goals").code == 0
    ran = run("import", "in", "-r", "-o", "specs", "--resume", "-n")
    assert edited.read_text(encoding="utf-8") == text.replace("1.完成", "1.全部完成")
    ran = run("import", "in", "-r", "-o", "specs", "--resume")
    assert ran.code == 1
    assert f"perfdoc: {edited}: 1 conflict\n" in ran.err
    assert "<<<<<<< edited" in edited.read_text(encoding="utf-8")


def test_files_that_were_imported_before_their_form_was_learnt_get_it(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.move("templates", "kept")
    assert run("import", "in", "-r", "-o", "late").code == 0
    assert "form:" not in Path("late/b1/document.yaml").read_text(encoding="utf-8")
    shutil.move("kept", "templates")
    ran = run("import", "in", "-r", "-o", "late", "--resume")
    assert ran.code == 0, ran.err
    assert f"form: {OTHER.title}\n" in Path("late/b1/document.yaml").read_text(encoding="utf-8")


def test_a_form_that_comes_along_is_not_changed(here: Path) -> None:
    ran = run("form", "label", "central", "项目名称", "goals")
    assert ran.code == 2
    assert "comes with perfdoc" in ran.err
    assert run("form", "label", "central", "项目名称").code == 2


def test_a_form_may_be_edited_by_hand(here: Path) -> None:
    form = here / "templates" / OTHER.title
    description = (form / "form.yaml").read_text(encoding="utf-8")
    edited = description.replace(f"path: extra.{UNKNOWN}", "path: goals  # 财务科定")
    (form / "form.yaml").write_text(edited, encoding="utf-8")
    ran = run("import", "in", "-r", "-o", "specs", "--resume")
    assert ran.code == 0, ran.err
    assert "{{ project.goals }}" in ran.err, "the tag follows"
    assert "already done    1" in ran.err
    assert "\ngoals: " in spec("b2").read_text(encoding="utf-8")
    assert (form / "form.yaml").read_text(encoding="utf-8") == edited
