"""`perfdoc import` over specs that differ: `pull` is named, and `--force` says what it loses and how to get it back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from cli_support import PROJECT, folder, run, tree, word
from git_support import Repository, repository

__all__ = ["repository"]
ONE = "01-法院办案业务费.yaml"
CHANGED = "# 局里的说明\n" + PROJECT.replace("≥183万页", "≥190万页  # 已核实").replace("purpose: 数字", "purpose: 纸质")
COPY = rf"{re.escape(ONE)}\.[0-9a-f]{{8}}~"


def test_without_force_pull_is_named(tmp_path: Path) -> None:
    file, specs = word(tmp_path), folder(tmp_path / "my specs", {ONE: CHANGED})
    ran = run("import", file, "-o", specs, "--lang", "en")
    assert (ran.code, f"perfdoc pull {file} -d '{specs}'" in ran.err) == (1, True)
    assert f"perfdoc pull {file} -d '{specs}'" in run("import", file, "-r", "-o", specs, "--lang", "zh").err
    (specs / "document.yaml").unlink()
    assert "perfdoc pull" not in run("import", file, "-o", specs).err


def test_force_says_what_is_lost_and_keeps_a_copy(tmp_path: Path) -> None:
    file, specs = word(tmp_path), folder(tmp_path / "specs", {ONE: CHANGED})
    before = tree(specs)
    would = run("import", file, "-o", specs, "--force", "-n", "--lang", "en")
    assert re.search(rf"{specs}: --force would lose 2 values, 2 comments \(copies: {COPY}\)", would.err)
    assert tree(specs) == before
    ran = run("import", file, "-o", specs, "--force", "--lang", "zh")
    assert re.search(rf"{specs}: --force 丢掉了2个值、2条注释（副本：{COPY}）", ran.err)
    (copy,) = specs.glob(f"{ONE}.*~")
    assert copy.read_bytes() == before[ONE]
    assert (specs / ONE).read_text(encoding="utf-8") == PROJECT
    assert run("verify", specs).code == 0
    again = run("import", file, "-o", specs, "--force")
    assert (again.code, "--force" in again.err, len(list(specs.iterdir()))) == (0, False, 4)
    (specs / ONE).write_text(CHANGED, encoding="utf-8")
    (found,) = run("import", file, "-o", specs, "--force", "--format", "json").found()
    assert (found["code"], found["severity"]) == ("lost", "warning")
    assert len(list(specs.iterdir())) == 4


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("name: [\n", "files that are no sound specs"),
        (PROJECT[: PROJECT.index("- level1: 产出指标\n  level2: 质量")], ""),
        (PROJECT + "- level1: 产出指标\n  level3: 另一项\n  target: ≥1\n", "3 values, 0 comments"),
    ],
    ids=["unsound", "less", "a row more"],
)
def test_what_counts_as_lost(text: str, lost: str, tmp_path: Path) -> None:
    specs = folder(tmp_path / "specs", {ONE: text})
    said = run("import", word(tmp_path), "-o", specs, "--force", "--lang", "en").err
    assert (f"lost by --force: {lost}" in said) == bool(lost)
    assert (len(list(specs.glob("*~"))) == 1) == bool(lost)


def test_in_git_what_is_committed_needs_no_copy(repository: Repository, tmp_path: Path) -> None:
    specs, file = folder(repository.folder / "specs", {ONE: CHANGED}), word(tmp_path)
    repository.git("add", "-A")
    repository.git("commit", "-qm", "x")
    said = repository.perfdoc("import", file, "-o", "specs", "--force", "--lang", "en").stderr
    (command,) = re.findall(r"to get them back: (git restore -- specs)\)", said)
    assert repository.git("status", "--short").split() == ["M", f"specs/{ONE}"]
    repository.git(*command.split()[1:])
    assert (specs / ONE).read_text(encoding="utf-8") == CHANGED
    (specs / ONE).write_text(CHANGED + "# neu\n", encoding="utf-8")
    said = repository.perfdoc("import", file, "-o", "specs", "--force", "--lang", "en").stderr
    assert "2 values, 3 comments (copies: " in said
    assert len(list(specs.glob("*~"))) == 1
