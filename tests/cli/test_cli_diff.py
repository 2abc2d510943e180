"""`perfdoc diff`: files, folders, revisions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_support import LISTING, PROJECT, folder, run, word
from git_support import Repository, repository

__all__ = ["repository"]
ONE = "01-法院办案业务费.yaml"
CHANGED = PROJECT.replace("≥183万页", "≥190万页").replace("55.00", "60.00")
SAID = """\
~ 法院办案业务费
    预算数: 55.00 → 60.00 (+5.00万元)
    其中：财政资金: 55.00 → 60.00 (+5.00万元)
    ~ 产出指标 / 数量指标 / 数字档案扫描数量: ≥183万页 → ≥190万页 (+7万页)
2 projects: 1 changed, 1 the same; 4 indicators: 1 changed, 3 the same
"""
ALONE = SAID[: SAID.index("2 projects")] + "1 project: 1 changed; 2 indicators: 1 changed, 1 the same\n"


def test_folders_files_and_word(tmp_path: Path) -> None:
    old, new = folder(tmp_path / "a"), folder(tmp_path / "b", {ONE: CHANGED})
    docx = word(tmp_path)
    assert run("diff", old, new)[:3] == (1, SAID, "")
    assert run("diff", old, old)[:3] == (0, "", "")
    assert run("diff", old, docx)[:3] == (0, "", "")
    assert run("diff", docx, new)[:3] == (1, SAID, "")
    assert run("diff", old / ONE, new / ONE)[:3] == (1, ALONE, "")
    assert run("diff", old / "document.yaml", new)[:2] == (1, SAID)
    assert run("diff", old / ONE, "-", stdin=CHANGED)[:2] == (1, ALONE)
    assert run("diff", "-", new, stdin=docx.read_bytes())[:2] == (1, SAID)


def test_exit_codes_quiet_and_stat(tmp_path: Path) -> None:
    old, new = folder(tmp_path / "a"), folder(tmp_path / "b", {ONE: CHANGED})
    assert run("diff", "--quiet", old, new)[:3] == (1, "", "")
    assert run("diff", "-q", old, old).code == 0
    assert run("diff", "--no-exit-code", old, new)[:2] == (0, SAID)
    assert run("diff", "--exit-code", old, new).code == 1
    stat = run("diff", "--stat", old, new)
    assert stat.out.splitlines()[0] == "~ 法院办案业务费 | indicators ~1; 预算数, 其中：财政资金"
    assert stat.out.splitlines()[1:] == SAID.splitlines()[-1:]
    assert run("diff", old).code == 2
    assert run("diff", old, new, old).code == 2
    assert run("diff", "-", "-").code == 2
    assert run("diff", old, tmp_path / "nothing.docx").code == 3
    assert run("diff", old, folder(tmp_path / "c", {ONE: "name: ["})).code == 3
    broken = tmp_path / "x.docx"
    broken.write_bytes(b"PK\x03\x04 and nothing")
    assert run("diff", old, broken).code == 3


def test_json_and_html(tmp_path: Path) -> None:
    old, new = folder(tmp_path / "a"), folder(tmp_path / "b", {ONE: CHANGED})
    ran = run("diff", "--format", "json", old, new)
    assert ran.found() == []
    made = json.loads(ran.out)
    (document,) = made["documents"]
    assert (made["same"], document["old"], document["new"]) == (False, str(old), str(new))
    assert document["summary"]["indicators"] == {"added": 0, "removed": 0, "changed": 1, "moved": 0, "same": 3}
    (changed,) = document["projects"]
    assert changed["values"][0]["difference"] == "5.00"
    assert changed["indicators"][0]["values"][0] == {
        "path": ["target"], "old": "≥183万页", "new": "≥190万页", "difference": "7", "unit": "万页", "years": None,
        "by": [],
    }  # fmt: skip
    assert json.loads(run("diff", "--format", "json", old, old).out)["same"] is True
    file = tmp_path / "page.html"
    assert run("diff", "--format", "html", "-o", file, old, new).code == 1
    assert "≥<del>183</del>万页" in file.read_text(encoding="utf-8")
    assert run("diff", "--format", "html", "-o", file, old, new).code == 1
    assert run("diff", "-o", file, old, new).code == 1
    assert file.read_text(encoding="utf-8").startswith("<!DOCTYPE")
    assert run("diff", "-o", file, "--force", old, new).code == 1
    assert file.read_text(encoding="utf-8") == SAID


@pytest.fixture
def history(repository: Repository) -> Repository:
    folder(repository.folder / "specs/a")
    repository.write("notes.yaml", "a: 1\n")
    repository.commit("one")
    repository.write(f"specs/a/{ONE}", CHANGED)
    repository.write("notes.yaml", "a: 2\n")
    repository.commit("two")
    return repository


def test_paths_of_revisions(history: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(history.folder)
    assert run("diff", "HEAD~1:specs/a", "specs/a")[:3] == (1, SAID, "")
    assert run("diff", "HEAD~1:specs/a", "HEAD:specs/a/")[:2] == (1, SAID)
    assert run("diff", f"HEAD~1:specs/a/{ONE}", f"HEAD:specs/a/{ONE}")[:2] == (1, ALONE)
    assert run("diff", "HEAD~1:specs/a/document.yaml", "HEAD:specs/a")[:2] == (1, SAID)
    monkeypatch.chdir(history.folder / "specs")
    assert run("diff", "HEAD~1:./a", "a")[:2] == (1, SAID)
    for wrong in ("HEAD:nothing", "nonsense:specs/a", "HEAD~9:specs/a", "--upload-pack=x:a", "HEAD:specs"):
        assert run("diff", "--", wrong, "a").code in (2, 3), wrong


def test_ranges(history: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(history.folder)
    for sides in (
        ("HEAD~1..HEAD", "--", "specs"), ("HEAD~1..", "--", "specs/a"), ("HEAD~1...HEAD", "specs"), ("HEAD~1..HEAD",),
        ("HEAD~1", "--", "specs"), ("HEAD~1", "HEAD", "--", "specs"), ("HEAD~1", "HEAD"),
    ):  # fmt: skip
        assert run("diff", *sides)[:3] == (1, SAID, ""), sides
    assert run("diff", "HEAD~1..HEAD", "--", f"specs/a/{ONE}")[:2] == (1, ALONE)
    assert run("diff", "HEAD..HEAD", "--", "specs")[:3] == (0, "", "")
    assert run("diff", "HEAD", "--", "specs")[:3] == (0, "", "")
    assert run("diff", "HEAD~1..nonsense", "--", "specs").code == 2
    assert run("diff", "HEAD~1..HEAD", "--", "nothing").code == 3
    assert run("diff", "HEAD~1..HEAD", "--", "..").code == 2
    monkeypatch.chdir(history.folder / "specs")
    assert run("diff", "HEAD~1..HEAD", "--", "a")[:2] == (1, SAID)


def test_documents_that_came_and_went(history: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(history.folder)
    folder(history.folder / "specs/b", {"document.yaml": LISTING.replace("- spec: 01-法院办案业务费.yaml\n", "")})
    (history.folder / "specs/b" / ONE).unlink()
    ran = run("diff", "HEAD", "--", "specs")
    assert (ran.code, ran.out.splitlines()[0]) == (1, "+ 司法救助资金")
    history.commit("three")
    history.git("rm", "-rq", "specs/a")
    history.write("received.docx", word(history.folder.parent).read_bytes())
    history.commit("four")
    ran = run("diff", "HEAD~3..HEAD")
    assert ran.code == 1
    assert [line for line in ran.out.splitlines() if not line.startswith(" ")] == [
        "received.docx", "+ 法院办案业务费", "+ 司法救助资金",
        "specs/a", "- 法院办案业务费", "- 司法救助资金",
        "specs/b", "+ 司法救助资金",
        "5 projects: 3 added, 2 removed; 10 indicators: 6 added, 4 removed",
    ]  # fmt: skip


def test_outside_of_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert run("diff", "HEAD~1..HEAD").code == 2
    assert run("diff", "HEAD:a", "b").code == 3
    monkeypatch.setenv("PATH", str(tmp_path))
    ran = run("diff", "HEAD~1..HEAD")
    assert (ran.code, ran.err) == (3, "perfdoc: git is not installed, or not on the PATH\n")


def test_colours_only_on_a_terminal_and_nothing_steers_it(tmp_path: Path) -> None:
    old = folder(tmp_path / "a")
    new = folder(tmp_path / "b", {ONE: PROJECT.replace("name: 法院办案业务费", 'name: "x\\e[31m"')})
    ran = run("diff", old, new)
    assert ran.code == 1
    assert "\x1b" not in ran.out
    assert "\\x1b[31m" in ran.out
