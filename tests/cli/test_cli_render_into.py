"""`perfdoc render SPEC --into OLD`."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from cli_support import Ran, run
from received import body, received, said

import perfdoc


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A received file, and its spec in which one value is another."""
    old, spec = tmp_path / "旧表.docx", tmp_path / "spec"
    old.write_bytes(received("清河清淤", "泵站维修"))
    assert run("import", old, "-o", spec).code == 0
    for file in spec.glob("01-*.yaml"):
        file.write_text(file.read_text("utf-8").replace("≥12.5公里", "≥13公里"), "utf-8")
    return old, spec


def _into(files: tuple[Path, Path], *args: str | Path) -> Ran:
    return run("render", files[1], "--into", files[0], *args)


def test_it_says_each_change_and_writes_the_file(files: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "new.docx"
    ran = _into(files, "-o", out)
    assert (ran.code, ran.err) == (0, f"table 2 row 2: 指标值 ≥12.5公里 → ≥13公里\n{out}: written\n")
    assert said(out.read_bytes()) == perfdoc.load(files[1]).document
    assert _into(files, "-o", out).err.endswith(f"{out}: unchanged\n")


def test_nothing_is_written_with_dry_run(files: tuple[Path, Path], tmp_path: Path) -> None:
    ran = _into(files, "-o", tmp_path / "new.docx", "-n", "--lang", "zh")
    assert ran.code == 0
    assert ran.err.startswith("表2第2行: 指标值 ≥12.5公里 → ≥13公里\n")
    assert not (tmp_path / "new.docx").exists()


def test_changes_as_json(files: tuple[Path, Path], tmp_path: Path) -> None:
    ran = _into(files, "-o", tmp_path / "new.docx", "--format", "json")
    (change,) = json.loads(ran.err)
    assert (change["change"], change["table"], change["row"]) == ("changed", 2, 2)
    assert (change["old"], change["new"], change["path"][-1]) == ("≥12.5公里", "≥13公里", "target")


def test_the_old_file_is_replaced_only_with_force(files: tuple[Path, Path]) -> None:
    before = files[0].read_bytes()
    assert _into(files, "-o", files[0]).code == 1
    assert files[0].read_bytes() == before
    assert _into(files, "-o", files[0], "--force").code == 0
    assert "≥13公里".encode() in body(files[0].read_bytes())
    assert "says the same already" in _into(files, "-o", files[0]).err


def test_standard_output_and_a_default_name(
    files: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = _into(files, "-o", "-").raw
    monkeypatch.chdir(tmp_path)
    assert _into(files).code == 0
    assert (tmp_path / "spec.docx").read_bytes() == raw


def test_a_value_without_a_place_is_a_warning_and_with_strict_refused(files: tuple[Path, Path], tmp_path: Path) -> None:
    (project,) = files[1].glob("01-*.yaml")
    project.write_text(project.read_text("utf-8") + "department: 水务局\n", "utf-8")
    ran = _into(files, "-o", tmp_path / "a.docx")
    assert (ran.code, "PD071" in ran.err) == (0, True)
    assert _into(files, "-o", tmp_path / "b.docx", "--strict").code == 4
    assert not (tmp_path / "b.docx").exists()


def test_one_project_of_a_document_leaves_the_others(files: tuple[Path, Path], tmp_path: Path) -> None:
    (project,) = files[1].glob("01-*.yaml")
    out = tmp_path / "new.docx"
    ran = run("render", project, "--into", files[0], "-o", out)
    assert (ran.code, "has no project “泵站维修”" in ran.err) == (0, True)
    assert [one.name for one in said(out.read_bytes()).projects] == ["清河清淤", "泵站维修"]
    assert run("render", project, "--into", files[0], "-o", out, "--prune", "--force").code == 0
    assert [one.name for one in said(out.read_bytes()).projects] == ["清河清淤"]


@pytest.mark.parametrize(
    "args", [("--form", "central"), ("--to", "xlsx"), ("-r",), ("-o", "x.xlsx"), ("-o", "out/", "other")]
)
def test_options_that_make_no_sense_with_it(files: tuple[Path, Path], args: tuple[str, ...]) -> None:
    assert _into(files, *args).code == 2


def test_prune_alone_makes_no_sense(files: tuple[Path, Path]) -> None:
    assert run("render", files[1], "--prune").code == 2


def test_what_cannot_be_written_leaves_nothing(files: tuple[Path, Path], tmp_path: Path) -> None:
    notes = tmp_path / "notes.docx"
    notes.write_text("项目名称", "utf-8")
    ran = run("render", files[1], "--into", notes, "-o", tmp_path / "new.docx")
    assert (ran.code, "PD090" in ran.err) == (4, True)
    ran = run("render", files[1], "--into", notes.rename(notes.with_suffix(".doc")), "-o", tmp_path / "new.docx")
    assert (ran.code, "into .docx and .xlsx files only" in ran.err) == (4, True)
    assert run("render", files[1], "--into", tmp_path / "none.docx", "-o", tmp_path / "new.docx").code == 3
    assert not (tmp_path / "new.docx").exists()


def test_a_refusal_is_said_once(files: tuple[Path, Path], tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(files[0].read_bytes())) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    main = parts["word/document.xml"].decode().partition("?>")[2] or parts["word/document.xml"].decode()
    parts["word/document.xml"] = f'<?xml version="1.0" encoding="UTF-16"?>{main}'.encode("utf-16")
    with zipfile.ZipFile(files[0], "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    for file in files[1].glob("0*.yaml"):
        file.write_text(file.read_text("utf-8").replace("name: ", "name: 新", 1), "utf-8")
    ran = _into(files, "-o", tmp_path / "new.docx")
    assert (ran.code, ran.err.count("PD090")) == (4, 1)
