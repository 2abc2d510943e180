"""`perfdoc textconv` as a real git calls it, and by itself."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from checkout import ROOT
from cli_support import PROJECT, folder, run, word
from git_support import Repository, installed, repository
from wordxml import docx, p, tbl, tc, tr
from wordxml import run as run_of

pytestmark = pytest.mark.slow

__all__ = ["installed", "repository"]


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


def test_specs_are_shown_as_goals_too(tmp_path: Path) -> None:
    specs = folder(tmp_path / "specs", {"broken.yaml": PROJECT + "nonsense: [\n"})
    assert run("textconv", specs).out.startswith("== 法院办案业务费\n")
    assert run("textconv", specs / "01-法院办案业务费.yaml").out.startswith("== 法院办案业务费\n")
    assert run("textconv", specs / "broken.yaml").code == 0


def test_a_file_that_is_not_there_is_said_in_the_language(tmp_path: Path) -> None:
    ran = run("textconv", tmp_path / "none.docx", env={"LANG": "zh_CN.UTF-8"})
    assert (ran.code, ran.out) == (0, f"（perfdoc: {tmp_path / 'none.docx'}: 没有这个文件）\n")
