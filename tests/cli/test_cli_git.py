"""`perfdoc git`, `textconv` and `merge` with a real git."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from checkout import ROOT
from cli_support import PROJECT, folder, run, word
from git_support import Repository, repository
from wordxml import docx, p, tbl, tc, tr
from wordxml import run as run_of

pytestmark = pytest.mark.slow

__all__ = ["repository"]
ONE = "specs/01-法院办案业务费.yaml"
MINE = "*.docx diff=mine\n"


@pytest.fixture
def installed(repository: Repository) -> Repository:
    done = repository.perfdoc("git", "install")
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    return repository


def rendered(where: Path, name: str, text: str) -> bytes:
    file = where / f"{name}.docx"
    assert (
        run("render", folder(where / name, {"01-法院办案业务费.yaml": text}), "-o", file, "--pages", "none").code == 0
    )
    return file.read_bytes()


def test_word_files_read_like_a_list_of_changed_goals(installed: Repository, tmp_path: Path) -> None:
    installed.write("received.docx", rendered(tmp_path, "a", PROJECT))
    installed.commit("one")
    changed = PROJECT.replace("≥183万页", "≥190万页").replace("total: 55.00", "total: 60.00")
    installed.write("received.docx", rendered(tmp_path, "b", changed))
    shown = installed.git("diff")
    lines = [line for line in shown.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    assert lines == [
        "-预算数: 55.00 万元", "+预算数: 60.00 万元",
        "-产出指标 / 数量指标 / 数字档案扫描数量: ≥183万页", "+产出指标 / 数量指标 / 数字档案扫描数量: ≥190万页",
    ]  # fmt: skip
    installed.commit("two")
    log = installed.git("log", "-p", "-1")
    assert "+产出指标 / 数量指标 / 数字档案扫描数量: ≥190万页" in log
    narrow = installed.git("diff", "-U0", "HEAD~1")
    assert "@@ 法院办案业务费" in narrow


def test_workbooks_too(installed: Repository) -> None:
    shutil.copy(ROOT / "golden/received/openpyxl-3.1.5-workbook.xlsx", installed.folder / "x.xlsx")
    installed.git("add", "-A")
    assert "+== " in installed.git("diff", "--cached", "--", "x.xlsx")


def test_install_is_idempotent_and_uninstall_takes_exactly_it_away(repository: Repository) -> None:
    repository.write(".gitattributes", MINE)
    repository.git("config", "diff.mine.textconv", "cat")
    before = repository.read(".git/config")
    assert repository.perfdoc("git", "status").returncode == 1
    for _ in range(2):
        assert repository.perfdoc("git", "install").returncode == 0
        text = repository.read(".gitattributes")
        assert text.count(">>> perfdoc") == 1
        assert text.endswith(MINE)
    assert "unchanged" in repository.perfdoc("git", "install").stderr
    status = repository.perfdoc("git", "status")
    assert (status.returncode, status.stderr) == (0, "")
    assert "merge.perfdoc.driver: " in status.stdout
    assert repository.git("check-attr", "diff", "a.docx", "b.xlsx").splitlines() == [
        "a.docx: diff: mine", "b.xlsx: diff: perfdoc",
    ]  # fmt: skip
    assert repository.perfdoc("git", "uninstall").returncode == 0
    assert repository.read(".gitattributes") == MINE
    assert repository.read(".git/config") == before
    assert repository.perfdoc("git", "uninstall").returncode == 0
    assert repository.perfdoc("git", "status").returncode == 1


def test_attributes_that_were_not_there_go_again(installed: Repository) -> None:
    assert (installed.folder / ".gitattributes").exists()
    assert installed.perfdoc("git", "uninstall").returncode == 0
    assert not (installed.folder / ".gitattributes").exists()


def test_for_all_repositories(repository: Repository) -> None:
    assert repository.perfdoc("git", "install", "--global").returncode == 0
    assert not (repository.folder / ".gitattributes").exists()
    assert repository.git("check-attr", "merge", "x.yaml") == "x.yaml: merge: perfdoc\n"
    assert "textconv" in repository.git("config", "--global", "diff.perfdoc.textconv")
    assert repository.perfdoc("git", "status", "--global").returncode == 0
    assert repository.perfdoc("git", "uninstall", "--global").returncode == 0
    assert repository.perfdoc("git", "status", "--global").returncode == 1
    assert repository.git("check-attr", "merge", "x.yaml") == "x.yaml: merge: unspecified\n"


def test_a_block_without_its_end_is_left_alone(repository: Repository) -> None:
    broken = "# >>> perfdoc git install >>>\n*.docx diff=perfdoc\n"
    repository.write(".gitattributes", broken)
    assert repository.perfdoc("git", "uninstall").returncode == 2
    assert repository.perfdoc("git", "install").returncode == 2
    assert repository.read(".gitattributes") == broken


def test_outside_of_a_repository(tmp_path: Path, repository: Repository) -> None:
    done = repository.perfdoc("git", "install", where=tmp_path)
    assert done.returncode == 2
    assert "not a git repository" in done.stderr


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


def test_in_this_process(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository.folder)
    for name, value in repository.env.items():
        monkeypatch.setenv(name, value)
    assert run("git", "status").code == 1
    assert run("git", "install").code == 0
    ran = run("git", "status")
    assert (ran.code, ran.err) == (0, "")
    repository.git("config", "diff.perfdoc.textconv", "/nowhere/perfdoc textconv")
    ran = run("git", "status")
    assert (ran.code, "does not run" in ran.out) == (1, True)
    text = repository.read(".gitattributes")
    repository.write(".gitattributes", text.replace("*.xls diff=perfdoc\n", ""))
    assert "of another version" in run("git", "status").out
    assert run("git", "install").code == 0
    assert repository.read(".gitattributes") == text
    assert run("git", "install", "--global").code == 0
    assert run("git", "uninstall", "--global").code == 0
    assert run("git", "uninstall").code == 0
    assert run("git", "uninstall").code == 0
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    assert run("git", "install").code == 3
    assert not (repository.folder / ".gitattributes").exists()


def test_conflict_styles_and_damaged_files_in_this_process(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
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
    specs = folder(tmp_path / "specs")
    assert run("textconv", specs).out.startswith("== 法院办案业务费\n")
    assert run("textconv", specs / "01-法院办案业务费.yaml").out.startswith("== 法院办案业务费\n")
    assert run("textconv", names[1]).code == 0


def test_textconv_never_fails(tmp_path: Path) -> None:
    good = word(tmp_path)
    ran = run("textconv", good)
    assert ran.code == 0
    assert ran.out.splitlines()[0] == "== 法院办案业务费"
    for name, data in {
        "cut.docx": good.read_bytes()[:2000],
        "empty.docx": b"",
        "noise.xlsx": bytes(range(256)) * 20,
        "zip.docx": b"PK\x03\x04" + b"\0" * 40,
        "bomb.yaml": b"a: [" * 5000,
        "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    }.items():
        (tmp_path / name).write_bytes(data)
        ran = run("textconv", tmp_path / name)
        assert (ran.code, ran.err) == (0, ""), name
        assert ran.out.endswith("\n")
        assert "\x1b" not in ran.out
        assert str(tmp_path) not in ran.out, "git shows a copy, in another folder each time"
    assert run("textconv", tmp_path / "nothing.docx").code == 0
    assert run("textconv", tmp_path).code == 0
    first = run("textconv", tmp_path / "noise.xlsx").out
    (tmp_path / "noise.xlsx").write_bytes(bytes(range(256)) * 21)
    assert run("textconv", tmp_path / "noise.xlsx").out != first


def test_a_file_without_goals_is_shown_as_its_text(tmp_path: Path) -> None:
    file = tmp_path / "letter.docx"
    file.write_bytes(docx(p(run_of("你好")) + tbl(tr(tc(p(run_of("甲"))), tc(p(run_of("乙")))))))
    assert run("textconv", file)[:3] == (0, "你好\n甲 | 乙\n", "")
