"""Where forms and settings are found: from the spec's folder, then the current one, up to the repository's root."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from checkout import ROOT
from cli_support import LISTING, PROJECT, folder, run

from perfdoc.form_definition import SEARCH, template_folders
from perfdoc.repository.folders import folders_near, root_of
from perfdoc.repository.given import given_near

BARE: dict[str, str | bytes] = {"01-法院办案业务费.yaml": PROJECT.replace("≥183万页", "≥183")}
"""A project with a value that has no unit (PD302)."""
PAGE = """<html><meta charset=utf-8><p>表外的话</p><table>
<tr><td>项目名称</td><td colspan=3>培训费</td></tr>
<tr><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>指标值</td></tr>
<tr><td>产出指标</td><td>数量指标</td><td>培训人次</td><td>≥100人次</td></tr></table></html>"""
"""A form with a text above it."""


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The current folder is none of the test's own."""
    monkeypatch.delenv(SEARCH, raising=False)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")


def settings(where: Path, text: str = "check:\n  ignore: [PD302]\n") -> None:
    where.mkdir(parents=True, exist_ok=True)
    (where / "perfdoc.yaml").write_text(text, encoding="utf-8")


def repository(where: Path, worktree: bool = False) -> Path:
    where.mkdir(parents=True)
    if worktree:
        (where / ".git").write_text("gitdir: /nowhere\n", encoding="utf-8")
    else:
        (where / ".git").mkdir()
    return where


def ours(where: Path) -> None:
    """A form of one's own in a folder `templates`."""
    shutil.copytree(ROOT / "templates/tianjin", where / "templates/ours")


@pytest.mark.parametrize("worktree", [False, True])
def test_up_to_the_root_of_the_repository_and_no_further(tmp_path: Path, worktree: bool) -> None:
    root = repository(tmp_path / "above/root", worktree)
    specs = folder(root / "specs/2023", BARE)
    assert root_of(specs) == root
    assert folders_near(specs) == (specs, root / "specs", root, tmp_path / "elsewhere")
    settings(tmp_path / "above")
    assert "PD302" in run("check", specs).out
    settings(root)
    assert "PD302" not in run("check", specs).out


def test_without_a_repository_nothing_above_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    specs = folder(tmp_path / "goals/2023", BARE)
    settings(tmp_path / "goals")
    assert folders_near(specs) == (specs, tmp_path / "elsewhere")
    assert "PD302" in run("check", specs).out
    monkeypatch.chdir(tmp_path / "goals")
    assert folders_near(specs) == (specs, tmp_path / "goals")
    assert "PD302" not in run("check", "2023").out
    monkeypatch.chdir(specs)
    assert "PD302" in run("check", ".").out


def test_the_spec_s_own_before_the_current_folder_s(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = repository(tmp_path / "one"), repository(tmp_path / "other")
    settings(one, "check:\n  levels: {PD302: error}\n")
    settings(other)
    monkeypatch.chdir(other)
    assert "error PD302" in run("check", folder(one / "specs", BARE)).out
    loose = folder(tmp_path / "loose", BARE)
    assert "PD302" not in run("check", loose).out
    (one / "pyproject.toml").write_text('[tool.perfdoc.import]\nboilerplate = ["x"]\n', encoding="utf-8")
    assert given_near(one, "import") == ({"boilerplate": ["x"]}, str(one / "pyproject.toml"))


def test_each_of_several_specs_gets_its_own(tmp_path: Path) -> None:
    root = repository(tmp_path / "root")
    settings(root / "a", "check:\n  levels: {PD302: error}\n")
    settings(root / "b", "check:\n  levels: {PD302: info}\n")
    settings(root / "c")
    every = [folder(root / name / "specs", BARE) for name in "abc"]
    said = [line for line in run("check", *every).out.splitlines() if "PD302" in line]
    assert [line.split(": ")[1] for line in said] == ["error PD302", "info PD302"]


def test_forms_of_the_spec_s_repository_for_every_verb(tmp_path: Path) -> None:
    root = repository(tmp_path / "root")
    specs = folder(root / "a/specs", {"document.yaml": LISTING.replace("tianjin", "ours")})
    out = tmp_path / "out.docx"
    assert run("verify", specs).code == 2
    ours(root)
    assert template_folders((), specs)[0] == root / "templates"
    assert run("verify", specs).code == 0
    assert run("check", specs, "--select", "PD9").code == 0
    assert run("render", specs, "-o", out, "--pages", "none").code == 0
    assert run("check", specs, "--annotate", tmp_path / "remarks.docx", "--select", "PD9").code == 0
    assert run("new", root / "b/specs", "--name", "培训费", "--form", "ours", "--no-input").code == 0
    assert run("import", out, "-o", root / "received").code == 0
    assert (root / "received/document.yaml").read_text(encoding="utf-8").startswith("form: ours\n")
    shutil.move(root / "templates", root / "a/templates")
    assert run("verify", specs).code == 0
    assert run("verify", root / "b/specs").code == 2


@pytest.mark.slow
def test_each_import_of_a_run_has_the_settings_of_its_folder(tmp_path: Path) -> None:
    """With --resume what was refused is read again once the settings of its folder are others."""
    inbox, root = tmp_path / "inbox", repository(tmp_path / "root")
    for name in "ab":
        (inbox / name).mkdir(parents=True)
        (inbox / name / "goals.html").write_text(PAGE, encoding="utf-8")
    settings(root / "goals/a", "import:\n  boilerplate: [表外的话]\n")
    ran = run("import", inbox, "-r", "-o", root / "goals", "--strict")
    assert (ran.code, sorted(one.parent.name for one in root.rglob("document.yaml"))) == (4, ["goals"])
    assert (root / "goals/a/goals/document.yaml").is_file()
    settings(root / "goals/b", "import:\n  boilerplate: [表外的话]\n")
    again = run("import", inbox, "-r", "-o", root / "goals", "--strict", "--resume")
    assert again.code == 0, again.err
    assert "already done    1" in again.err
    assert (root / "goals/b/goals/document.yaml").is_file()
    settings(root / "goals/b", "import: [a]\n")
    wrong = run("import", inbox, "-r", "-o", root / "goals", "--strict", "--resume")
    assert (wrong.code, "import must be a group" in wrong.err) == (3, True)
