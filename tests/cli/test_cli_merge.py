"""`perfdoc merge` as the driver of a real git, and by itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_support import PROJECT, folder, run
from git_support import Repository, installed, repository

pytestmark = pytest.mark.slow

__all__ = ["installed", "repository"]
ONE = "specs/01-法院办案业务费.yaml"


def branches(repo: Repository, ours: str, theirs: str) -> None:
    folder(repo.folder / "specs")
    repo.commit("base")
    repo.git("switch", "-q", "-c", "topic")
    repo.write(ONE, theirs)
    repo.commit("theirs")
    repo.git("switch", "-q", "main")
    repo.write(ONE, ours)
    repo.commit("ours")


def test_branches_that_change_other_indicators_merge(installed: Repository) -> None:
    # Neighbouring lines, where git by itself sees a conflict.
    ours = PROJECT.replace("target: ≥183万页", "target: ≥190万页")
    theirs = PROJECT.replace("level3: 数字档案扫描数量", "level3: 档案扫描数量").replace("≥90%", "≥95%")
    branches(installed, ours, theirs)
    installed.git("merge", "-q", "--no-edit", "topic")
    assert installed.read(ONE) == theirs.replace("target: ≥183万页", "target: ≥190万页")
    assert installed.git("status", "--porcelain") == ""


def test_branches_that_change_one_value_conflict_there(installed: Repository) -> None:
    ours = PROJECT.replace("≥183万页", "≥190万页").replace("≥90%", "≥95%")
    branches(installed, ours, PROJECT.replace("≥183万页", "≥200万页"))
    installed.git("merge", "-q", "--no-edit", "topic", code=1)
    text = installed.read(ONE)
    assert text.count("<<<<<<<") == text.count("=======") == text.count(">>>>>>>") == 1
    assert "\n  target: ≥190万页\n=======\n  target: ≥200万页\n" in text
    assert installed.git("status", "--porcelain") == f"UU {ONE}\n"
    installed.git("merge", "--abort")
    assert installed.read(ONE) == ours


def test_other_yaml_is_merged_as_git_does(installed: Repository) -> None:
    lines = [f"key{n}: {n}\n" for n in range(20)]
    for branch, at, text in (("main", None, ""), ("topic", 2, "x"), ("other", 2, "y"), ("far", 17, "z")):
        if at is not None:
            installed.git("switch", "-q", "-c", branch, "main")
        installed.write("ci.yaml", "".join(f"key{n}: {text}\n" if n == at else line for n, line in enumerate(lines)))
        installed.commit(branch)
    installed.git("switch", "-q", "topic")
    installed.git("merge", "-q", "--no-edit", "far")
    assert "key2: x\n" in installed.read("ci.yaml")
    assert "key17: z\n" in installed.read("ci.yaml")
    installed.git("merge", "-q", "--no-edit", "other", code=1)
    assert "key2: x\n=======\nkey2: y\n>>>>>>>" in installed.read("ci.yaml")


def test_a_project_whose_branches_broke_it_falls_back_to_lines(installed: Repository) -> None:
    branches(installed, PROJECT + "nonsense: [\n", PROJECT.replace("name: 法院办案业务费", "name: 别的"))
    installed.git("merge", "-q", "--no-edit", "topic")
    assert installed.read(ONE) == PROJECT.replace("name: 法院办案业务费", "name: 别的") + "nonsense: [\n"


def test_merge_prints_where_asked(tmp_path: Path) -> None:
    names = []
    for name, target in (("base", "≥183万页"), ("ours", "≥190万页"), ("theirs", "≥200万页")):
        names.append(tmp_path / f"{name}.yaml")
        names[-1].write_text(PROJECT.replace("≥183万页", target), encoding="utf-8")
    ran = run("merge", "-p", *names, "--labels", "%S", "%X", "%Y")
    assert ran.code == 1
    assert "<<<<<<< ours\n  target: ≥190万页\n=======\n  target: ≥200万页\n>>>>>>> theirs\n" in ran.out
    assert names[1].read_text(encoding="utf-8") == PROJECT.replace("≥183万页", "≥190万页")
    assert run("merge", names[0], names[1], tmp_path / "none.yaml").code == 3
    assert names[1].read_text(encoding="utf-8") == PROJECT.replace("≥183万页", "≥190万页")


def test_conflict_styles_and_damaged_files(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository.folder)
    repository.git("config", "merge.conflictStyle", "diff3")
    names = []
    for name, target in (("base", "≥183万页"), ("ours", "≥190万页"), ("theirs", "≥200万页")):
        names.append(repository.write(f"{name}.yaml", PROJECT.replace("≥183万页", target)))
    assert run("merge", *names).code == 1
    assert "||||||| base\n  target: ≥183万页\n=======" in names[1].read_text(encoding="utf-8")
    names[1].write_text(PROJECT + "nonsense: [\n", encoding="utf-8")
    ran = run("merge", *names)
    assert (ran.code, "merged by lines" in ran.err) == (0, True)
    names[1].write_text(PROJECT.replace("≥183万页", "[") + "nonsense: [\n", encoding="utf-8")
    assert run("merge", *names).code == 1
    assert "<<<<<<< ours\n" in names[1].read_text(encoding="utf-8")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    there = tmp_path / "a.yaml"
    there.write_text(PROJECT, encoding="utf-8")
    ran = run("merge", there, there, tmp_path / "none.yaml", env={"LANG": "zh_CN.UTF-8"})
    assert ran.code == 3
    assert ran.err == f"perfdoc: {tmp_path / 'none.yaml'}: 没有这个文件或文件夹\n"
