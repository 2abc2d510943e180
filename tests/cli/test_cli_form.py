"""`perfdoc form` as a command, and forms of one's own found by `--templates`, PERFDOC_TEMPLATES and ./templates."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from cli_support import folder, run

from perfdoc.form_definition import SEARCH, form, forms

TIANJIN = form("tianjin").folder


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A folder of forms with one of our own in it."""
    made = tmp_path / "my-forms"
    shutil.copytree(TIANJIN, made / "ours")
    return made


def test_list_and_show() -> None:
    out = run("form", "list").out
    assert [line.split()[0] for line in out.splitlines()] == list(forms())
    listed = json.loads(run("form", "list", "--format", "json").out)
    assert {"name", "title", "kinds", "folder", "scheme", "fields", "columns"} == set(listed[0])
    shown = run("form", "show", "tianjin").out
    assert "  budget.fiscal  其中：财政资金  其中：财政资金, 财政资金\n" in shown
    assert "(within 预算规模及资金用途)" in shown
    whole = json.loads(run("form", "show", "tianjin", "--format", "json").out)
    assert whole["columns"][-1] == {"path": "target", "labels": ["指标值"], "title": "指标值"}
    assert whole["heading"]["outline"] == 4
    assert run("form", "show", "zzz").code == 2


def test_lint_of_forms_that_agree() -> None:
    ran = run("form", "lint")
    assert (ran.code, ran.out, ran.err.count("agree")) == (0, "", len(forms()))
    assert run("form", "lint", "--format", "json").found() == []
    assert run("form", "lint", "zzz").code == 2


def test_a_broken_form_stands_in_the_way_of_no_other(mine: Path, tmp_path: Path) -> None:
    (mine / "broken").mkdir()
    (mine / "broken" / "form.yaml").write_text("x: [", encoding="utf-8")
    specs = folder(tmp_path / "specs")
    ask = ("--templates", mine, "--pages", "none", "-o", tmp_path / "x.docx")
    assert run("render", specs, "--form", "ours", *ask).code == 0
    assert run("render", specs, *ask, "--force").code == 0, "it names its form"
    broken = run("render", specs, "--form", "broken", *ask)
    assert (broken.code, str(Path("broken", "form.yaml")) in broken.err) == (3, True)


def test_lint_tells_faults_with_their_places(mine: Path) -> None:
    file = mine / "ours/form.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("path: goals", "path: gaols"), encoding="utf-8")
    for given in (mine / "ours", mine):
        ran = run("form", "lint", given)
        assert ran.code == 1
        assert f"{file}:25:9: error PD075: fields.7.path: there is no value 'gaols'; did you mean goals?" in ran.err
    (one,) = run("form", "lint", mine, "--format", "json").found()
    assert (one["code"], one["line"]) == ("PD075", 25)
    listed = run("form", "list", "--templates", mine)
    assert (listed.code, "tianjin" in listed.out, "gaols" in listed.err) == (1, True, True)


def test_forms_of_ones_own_for_every_verb(mine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SEARCH, raising=False)
    specs = folder(tmp_path / "specs")
    listing = specs / "document.yaml"
    listing.write_text(listing.read_text(encoding="utf-8").replace("tianjin", "ours"), encoding="utf-8")
    out = tmp_path / "out.docx"
    assert run("verify", specs).code == 2
    assert run("--templates", mine, "verify", specs).code == 0
    assert SEARCH not in os.environ
    assert run("--templates", mine, "render", specs, "-o", out, "--pages", "none").code == 0
    assert run("verify", specs, "--templates", mine).code == 0
    assert run("verify", specs, env={SEARCH: str(mine)}).code == 0
    shutil.copytree(mine, tmp_path / "here/templates")
    monkeypatch.chdir(tmp_path / "here")
    assert run("verify", specs).code == 0
    assert run("--templates", tmp_path / "none", "form", "list").code == 2


def test_the_environment_stays_as_it_was(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SEARCH, "elsewhere")
    assert "ours" in run("--templates", mine, "form", "list").out
    assert os.environ[SEARCH] == "elsewhere"
