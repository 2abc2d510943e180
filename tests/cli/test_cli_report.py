"""`--report` and `--strict`: the account of what was read, as a file; and the refusal of what is not all claimed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_support import run, tree, word

DOUBTFUL = """\
<table><tr><td>项目名称</td><td>甲项目</td><td></td></tr>
<tr><td>绩效目标</td><td>做好</td><td></td></tr>
<tr><td>一级指标</td><td>三级指标</td><td>指标值</td></tr>
<tr><td>产出指标</td><td>数量</td><td>≥1</td><td>没有标签的话</td></tr></table>
<p>表外的话</p>
"""


def doubtful(where: Path, name: str = "doubtful.html") -> Path:
    """A form with one text in it that nothing names."""
    file = where / name
    file.write_text(f"<html><meta charset=utf-8>{DOUBTFUL}</html>", encoding="utf-8")
    return file


def test_a_report_for_each_suffix(tmp_path: Path) -> None:
    file = word(tmp_path)
    for name in ("a.json", "a.HTML", "deep/er/a.txt"):
        ran = run("import", file, "-o", tmp_path / "specs", "--report", tmp_path / name)
        assert ran.code == 0, ran.err
        assert f"{tmp_path / name}: account of 1 file\n" in ran.err
    account = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    (one,) = account["files"]
    assert (one["file"], one["form"], one["unclaimed"], one["differences"]) == (str(file), "tianjin", [], [])
    assert one["held"]["characters"] == sum(role["characters"] for role in account["roles"].values())
    assert (tmp_path / "a.HTML").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert "as the file holds" in (tmp_path / "deep/er/a.txt").read_text(encoding="utf-8")


def test_a_report_is_replaced_and_written_in_a_dry_run(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("former", encoding="utf-8")
    ran = run("import", word(tmp_path), "-o", tmp_path / "specs", "-n", "--report", tmp_path / "a.txt")
    assert ran.code == 0
    assert "former" not in (tmp_path / "a.txt").read_text(encoding="utf-8")
    assert not (tmp_path / "specs").exists()


def test_json_on_standard_output(tmp_path: Path) -> None:
    ran = run("import", doubtful(tmp_path), "-o", tmp_path / "specs", "--report", "-", "--format", "json")
    (one,) = json.loads(ran.out)["files"]
    assert [quote["text"] for quote in one["unclaimed"]] == ["没有标签的话"]
    assert [quote["text"] for quote in one["outside"]] == ["表外的话"]
    assert one["diagnostics"] == ran.found()


def test_what_makes_no_sense_is_refused_before_any_work(tmp_path: Path) -> None:
    file = word(tmp_path)
    for report in ("account", "account.docx", "account.", ".json/x"):
        ran = run("import", file, "-o", tmp_path / "specs", "--report", report)
        assert (ran.code, "by its suffix" in ran.err) == (2, True)
    ran = run("import", file, "-o", "-", "--report", "-")
    assert (ran.code, ran.out) == (2, "")
    page = doubtful(tmp_path)
    before = page.read_bytes()
    for more in ((), ("-j", "1")):
        ran = run("import", page, "-o", tmp_path / "specs", "--report", page, *more)
        assert (ran.code, page.read_bytes()) == (2, before)
    assert not (tmp_path / "specs").exists()
    ran = run("import", file, "-o", tmp_path / "specs", "--report", tmp_path / "received.docx" / "a.json")
    assert ran.code == 2
    assert "can't be written" in ran.err


def test_strict_writes_nothing_where_a_text_is_unclaimed(tmp_path: Path) -> None:
    file = doubtful(tmp_path)
    before = tree(tmp_path)
    ran = run("import", file, "-o", tmp_path / "specs", "--strict")
    assert ran.code == 4
    assert tree(tmp_path) == before
    assert "table 1 row 4 column 4: warning PD040" in ran.err
    assert "没有标签的话" in ran.err
    assert ran.err.endswith(f"{file}: 2 texts claimed by nothing or outside of the forms; not imported (--strict)\n")
    ran = run("import", file, "-o", "-", "--strict", "--format", "json")
    assert (ran.code, ran.out) == (4, "")
    assert ran.found()[-1]["code"] == "lost"
    assert [one["quote"] for one in ran.found() if one["code"] == "PD040"] == ["没有标签的话"]
    assert run("import", file, "-o", tmp_path / "specs").code == 0


def test_strict_and_what_stands_outside_of_a_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A repository's own settings name the texts around forms that it knows."""
    file = doubtful(tmp_path)
    file.write_text(file.read_text(encoding="utf-8").replace("<td>没有标签的话</td>", ""), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    ran = run("import", file, "-o", tmp_path / "specs", "--strict")
    assert (ran.code, (tmp_path / "specs").exists()) == (4, False)
    assert "paragraph 1: warning PD052: a text that is part of no form is left outside: “表外的话”\n" in ran.err
    assert ran.err.endswith(f"{file}: 1 text claimed by nothing or outside of the forms; not imported (--strict)\n")
    settings = tmp_path / "perfdoc.yaml"
    settings.write_text("import:\n  boilerplate: [表 外*]\n", encoding="utf-8")
    assert run("import", file, "-o", tmp_path / "specs", "--strict").code == 0
    for wrong in ("import: [a]\n", "import:\n  boilerplate: a\n", "import:\n  boilerplates: [a]\n"):
        settings.write_text(wrong, encoding="utf-8")
        assert run("import", file, "-o", tmp_path / "specs", "--strict").code == 2


def test_strict_takes_what_is_all_claimed(tmp_path: Path) -> None:
    assert run("import", word(tmp_path), "-o", tmp_path / "specs", "--strict").code == 0
    assert (tmp_path / "specs" / "document.yaml").is_file()


@pytest.mark.slow
@pytest.mark.parametrize("many", [(), ("-j", "2")], ids=["one by one", "many"])
def test_every_file_of_a_run_is_in_the_report(tmp_path: Path, many: tuple[str, ...]) -> None:
    (tmp_path / "in").mkdir()
    good, bad, other = word(tmp_path), tmp_path / "in" / "bad.docx", tmp_path / "in" / "other.html"
    bad.write_bytes(b"PK\x03\x04 nonsense")
    other.write_text("<html><meta charset=utf-8><p>会议纪要</p></html>", encoding="utf-8")
    files = (good, bad, other, doubtful(tmp_path / "in"))
    for report in ("a.json", "a.html", "a.txt"):
        ran = run("import", *files, "-o", tmp_path / "specs", "--strict", "--report", tmp_path / report, *many)
        assert ran.code == 4
        assert f"{tmp_path / report}: account of 4 files\n" in ran.err
    account = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert [one["file"] for one in account["files"]] == [str(file) for file in files]
    read, failed, unknown, refused = account["files"]
    assert read["recognised"]
    assert str(bad) in failed["failure"]
    assert (unknown["recognised"], unknown["roles"]["outside"]["characters"]) == (False, 4)
    assert refused["roles"]["unclaimed"] == {"pieces": 1, "characters": 6}
    assert account["roles"]["outside"]["characters"] == 4 + 4
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert page.count('<section class="file"') == 4
    assert "Index" in page
    text = (tmp_path / "a.txt").read_text(encoding="utf-8")
    assert "not claimed, table 1 row 4 column 4: “没有标签的话”" in text
    assert "All 4 files" in text
    assert sorted(path.name for path in (tmp_path / "specs").iterdir() if path.is_dir()) == ["received"]


@pytest.mark.slow
def test_a_folder_and_what_an_earlier_run_did(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    doubtful(tmp_path / "in", "a.html")
    (tmp_path / "in" / "notes.exe").write_bytes(b"MZ\x90\x00" * 100)
    command = ("import", tmp_path / "in", "-r", "-o", tmp_path / "specs", "--report", tmp_path / "a.json")
    assert run(*command).code == 0
    (one,) = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["files"]
    assert one["roles"]["unclaimed"]["pieces"] == 1
    assert run(*command, "--resume").code == 0
    (one,) = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["files"]
    assert one["failure"].startswith("done by an earlier run")
    assert run(*command, "--resume", "--strict").code == 4
