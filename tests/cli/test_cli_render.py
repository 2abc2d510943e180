"""`perfdoc render`: where the file goes, when nothing is written, and that it is the same each time."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from checkout import ROOT
from cli_support import LISTING, PROJECT, folder, run, start, tree

from perfdoc.cli.files.output import to_stdout
from perfdoc.cli.terminal.printing import Printer
from perfdoc.errors import UsageError

NO_PAGES = ("--pages", "none")


def test_the_file_is_named_after_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder(tmp_path / "goals")
    monkeypatch.chdir(tmp_path)
    ran = run("render", "goals", *NO_PAGES)
    assert (ran.code, ran.out, ran.err) == (0, "", "goals.docx: written\n")
    with zipfile.ZipFile("goals.docx") as archive:
        assert "word/document.xml" in archive.namelist()
    monkeypatch.chdir(tmp_path / "goals")
    assert run("render", ".", *NO_PAGES).err == "goals.docx: written\n"
    assert run("render", "document.yaml", *NO_PAGES).err == "goals.docx: unchanged\n"


def test_a_file_that_differs_is_left_alone(tmp_path: Path) -> None:
    specs, out = folder(tmp_path / "a"), tmp_path / "x.docx"
    assert run("render", specs, "-o", out, *NO_PAGES).code == 0
    first = out.read_bytes()
    assert run("render", specs, "-o", out, *NO_PAGES).err.endswith("x.docx: unchanged\n")
    folder(specs, {"01-法院办案业务费.yaml": PROJECT.replace("≥183万页", "≥184万页")})
    ran = run("render", specs, "-o", out, *NO_PAGES)
    assert ran.code == 1
    assert "x.docx: exists and differs" in ran.err
    assert out.read_bytes() == first
    assert run("render", specs, "-o", out, *NO_PAGES, "-n", "--force").err.endswith("would overwrite\n")
    assert out.read_bytes() == first
    assert run("render", specs, "-o", out, *NO_PAGES, "--force").err.endswith("x.docx: replaced\n")
    assert out.read_bytes() != first


def test_several_documents_go_to_a_folder(tmp_path: Path) -> None:
    one, two, same = folder(tmp_path / "a" / "goals"), folder(tmp_path / "b"), folder(tmp_path / "c" / "Goals")
    ran = run("render", one, two, same, one, "--out-dir", tmp_path / "out", *NO_PAGES)
    assert ran.code == 0
    assert sorted(f.name for f in (tmp_path / "out").iterdir()) == ["Goals-2.docx", "b.docx", "goals.docx"]
    assert run("render", one, two, "-o", tmp_path / "x.docx").code == 2
    assert run("render", one, "-o", tmp_path / "x.docx", "--out-dir", tmp_path).code == 2


def test_one_that_fails_does_not_stop_the_others(tmp_path: Path) -> None:
    good = folder(tmp_path / "good")
    bad = folder(tmp_path / "bad", {"document.yaml": "form: tianjin\n"})
    ran = run("render", bad, good, tmp_path / "none", "--out-dir", tmp_path / "out", *NO_PAGES)
    assert ran.code == 3
    assert [f.name for f in (tmp_path / "out").iterdir()] == ["good.docx"]
    assert "bad/document.yaml" in ran.err


def test_outputs_that_make_no_sense(tmp_path: Path) -> None:
    specs = folder(tmp_path / "a")
    ran = run("render", specs, "-o", tmp_path / "x.odt")
    assert (ran.code, "only Word files" in ran.err) == (2, True)
    (tmp_path / "file").write_bytes(b"")
    ran = run("render", specs, "-o", tmp_path / "file" / "x.docx", *NO_PAGES)
    assert (ran.code, "x.docx: can't be" in ran.err) == (2, True)


def test_standard_input_and_output(tmp_path: Path) -> None:
    specs = folder(tmp_path / "a", {"document.yaml": LISTING.partition("- spec: 02")[0]})
    alone = run("render", specs / "01-法院办案业务费.yaml", "-o", "-", *NO_PAGES)
    assert (alone.code, alone.err) == (0, "")
    with zipfile.ZipFile(BytesIO(alone.raw)) as archive:
        assert archive.testzip() is None
    assert run("render", "-", *NO_PAGES, stdin=PROJECT).raw == alone.raw
    assert run("render", specs, "-o", "-", *NO_PAGES).raw == alone.raw
    assert run("render", "-", "-o", tmp_path / "x.docx", *NO_PAGES, stdin=PROJECT).code == 0
    assert (tmp_path / "x.docx").read_bytes() == alone.raw
    ran = run("render", "-", *NO_PAGES, stdin=PROJECT + "bad: 1\n")
    assert (ran.code, ran.raw) == (3, b"")
    assert ran.err.startswith("<stdin>:24:1: error")


def test_a_terminal_gets_no_zip(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    with pytest.raises(UsageError, match="terminal"):
        to_stdout(Printer(), b"PK")


def test_a_project_by_itself_has_the_form_of_the_document_beside_it(tmp_path: Path) -> None:
    listing = {"document.yaml": LISTING.replace("tianjin", "beijing")}
    specs = folder(tmp_path / "a", {**listing, "03-other.yaml": PROJECT})
    assert "beijing" in run("render", specs / "01-法院办案业务费.yaml", "-o", tmp_path / "x.docx").err
    assert run("render", specs / "03-other.yaml", "-o", tmp_path / "x.docx", *NO_PAGES).code == 0
    assert run("render", specs, "--form", "tianjin", "-o", tmp_path / "y.docx", *NO_PAGES).code == 0
    folder(specs, {"document.yaml": "- broken\n- : ["})
    assert run("render", specs / "01-法院办案业务费.yaml", "-o", tmp_path / "x.docx", *NO_PAGES).code == 0


def test_values_that_the_form_has_no_place_for(tmp_path: Path) -> None:
    specs = folder(tmp_path / "a", {"01-法院办案业务费.yaml": PROJECT + "extra:\n  主管部门: 高级人民法院\n"})
    ran = run("render", specs, "-o", tmp_path / "x.docx", *NO_PAGES, "--strict")
    assert ran.code == 4
    assert "01-法院办案业务费.yaml:25:9: " in ran.err
    assert "warning PD071" in ran.err
    assert not (tmp_path / "x.docx").exists()
    ran = run("render", specs, "-o", tmp_path / "x.docx", *NO_PAGES)
    assert ran.code == 0
    assert "warning PD071" in ran.err


def test_forms_of_one_s_own(tmp_path: Path) -> None:
    own = tmp_path / "templates" / "hexi"
    own.mkdir(parents=True)
    for file in (ROOT / "templates" / "tianjin").iterdir():
        (own / file.name).write_bytes(file.read_bytes())
    specs = folder(tmp_path / "a", {"document.yaml": LISTING.replace("tianjin", "hexi")})
    assert run("render", specs, "-o", tmp_path / "x.docx", *NO_PAGES).code == 2
    templates = ("--templates", tmp_path / "templates")
    assert run("render", specs, "-o", tmp_path / "x.docx", *NO_PAGES, *templates).code == 0
    assert run("render", specs, "--templates", tmp_path / "none").code == 2
    (own / "form.yaml").write_text("title: x\nheading: 3\n", encoding="utf-8")
    again = tmp_path / "copy"
    (tmp_path / "templates").rename(again)
    ran = run("render", specs, "-o", tmp_path / "y.docx", *NO_PAGES, "--templates", again)
    assert ran.code == 3
    assert "form.yaml" in ran.err


def test_no_page_numbers_without_libreoffice(tmp_path: Path) -> None:
    specs = folder(tmp_path / "a")
    away = {"PERFDOC_SOFFICE": ""}
    ran = run("render", specs, "-o", tmp_path / "x.docx", env=away)
    assert ran.code == 0
    assert "info PD073" in ran.err
    ran = run("render", specs, "-o", tmp_path / "y.docx", "--pages", "office", env=away)
    assert ran.code == 3
    assert not (tmp_path / "y.docx").exists()
    assert "Traceback" not in ran.err


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    specs = folder(tmp_path / "a")
    before = tree(tmp_path)
    ran = run("render", specs, "--out-dir", tmp_path / "out", "-n", *NO_PAGES)
    assert (ran.code, ran.err) == (0, f"{tmp_path / 'out' / 'a.docx'}: would write\n")
    assert run("render", specs, "-o", "-", "-n", *NO_PAGES).raw == b""
    assert tree(tmp_path) == before


@pytest.mark.slow
def test_the_same_bytes_in_other_processes(tmp_path: Path) -> None:
    specs = folder(tmp_path / "a")
    (tmp_path / "elsewhere").mkdir()
    for out, env in (
        ("x", {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai"}),
        ("y", {"PYTHONHASHSEED": "2", "TZ": "UTC"}),
    ):
        done = start("render", specs, "-o", tmp_path / f"{out}.docx", *NO_PAGES, env=env, cwd=tmp_path / "elsewhere")
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "x.docx").read_bytes() == (tmp_path / "y.docx").read_bytes()


@pytest.mark.office
def test_page_numbers_come_from_libreoffice(tmp_path: Path) -> None:
    one, two = folder(tmp_path / "a"), folder(tmp_path / "b")
    ran = run("render", one, two, "--out-dir", tmp_path / "out", "--pages", "office")
    assert ran.code == 0
    assert "PD073" not in ran.err
    known, guessed = tmp_path / "out" / "a.docx", tmp_path / "guessed.docx"
    assert known.read_bytes() == (tmp_path / "out" / "b.docx").read_bytes()
    assert run("render", one, "-o", guessed, *NO_PAGES).code == 0
    assert known.read_bytes() != guessed.read_bytes(), "without page numbers the contents are marked as out of date"
