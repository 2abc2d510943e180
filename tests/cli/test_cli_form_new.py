"""`perfdoc form new`: what it writes and says, and what it never overwrites."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from filled_files import filled

from perfdoc.cli.program import program


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old.docx").write_bytes(filled())
    return tmp_path / "old.docx"


def test_it_writes_a_form_that_the_other_verbs_find(old: Path) -> None:
    run = CliRunner().invoke(program, ["form", "new", "bureau", "old.docx"])
    assert run.exit_code == 0
    assert "templates/bureau/form.docx: written\n" in run.stderr
    assert "a seal or signature is left out" in run.stderr
    assert CliRunner().invoke(program, ["form", "lint", "bureau"]).exit_code == 0
    again = CliRunner().invoke(program, ["form", "new", "bureau", "old.docx"])
    assert again.exit_code == 0
    assert "templates/bureau/form.docx: unchanged\n" in again.stderr


def test_a_folder_of_templates_that_is_not_there_is_made(old: Path) -> None:
    run = CliRunner().invoke(program, ["form", "new", "bureau", "old.docx", "--templates", "all/forms"])
    assert run.exit_code == 0, run.stderr
    assert {file.name for file in old.parent.glob("all/forms/bureau/*")} == {"form.docx", "form.yaml"}


def test_a_form_that_differs_stays_without_force(old: Path) -> None:
    (old.parent / "forms/bureau").mkdir(parents=True)
    mine = old.parent / "forms/bureau/form.yaml"
    mine.write_text("title: mine\n")
    command = ["form", "new", "bureau", "old.docx", "--templates", "forms"]
    assert CliRunner().invoke(program, command).exit_code != 0
    assert mine.read_text() == "title: mine\n"
    assert not mine.with_name("form.docx").exists()
    assert CliRunner().invoke(program, [*command, "--force"]).exit_code == 0
    assert mine.read_text() != "title: mine\n"


def test_a_dry_run_writes_nothing(old: Path) -> None:
    run = CliRunner().invoke(program, ["form", "new", "bureau", "old.docx", "-n"])
    assert run.exit_code == 0
    assert "2025年3月12日" in run.stderr
    assert not (old.parent / "templates").exists()


def test_json_has_what_stays_by_kind_and_place(old: Path) -> None:
    run = CliRunner().invoke(program, ["form", "new", "bureau", "old.docx", "--format", "json"])
    said = json.loads(run.stdout)
    assert said["folder"] == "templates/bureau"
    assert [(one["kind"], one["paragraph"], one["text"]) for one in said["notes"]][1] == ("dated", 6, "2025年3月12日")
    assert said["open"] == []


def test_a_name_that_would_leave_the_folder_is_refused(old: Path) -> None:
    run = CliRunner().invoke(program, ["form", "new", "../bureau", "old.docx"])
    assert run.exit_code == 2
    assert "no name for a form" in run.stderr


def test_a_file_without_a_form_is_refused_by_its_name(old: Path) -> None:
    old.with_name("notes.txt").write_text("nothing\n")
    run = CliRunner().invoke(program, ["form", "new", "bureau", "notes.txt"])
    assert run.exit_code == 3
    assert "notes.txt" in run.stderr
    assert not (old.parent / "templates").exists()
