"""The kinds of arguments: what is typed becomes a value, what is wrong is told in one line, and completion knows it."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from cli_support import PROJECT, folder, run
from click.shell_completion import ShellComplete
from git_support import Repository, repository

from perfdoc.cli.files.at_revision import At
from perfdoc.cli.params import CODES, EXECUTOR, FORM, INDICATOR, INPUT, SOURCE
from perfdoc.cli.program import VERBS, program
from perfdoc.errors import UnreadableError, UsageError
from perfdoc.model import Indicator

__all__ = ["repository"]


def completed(*words: str) -> list[str]:
    """What a shell offers for the last of the words."""
    shell = ShellComplete(program, {}, "perfdoc", "_PERFDOC_COMPLETE")
    return [item.value for item in shell.get_completions(list(words[:-1]), words[-1])]


def test_the_shell_completes_verbs_options_forms_codes_and_files() -> None:
    assert completed("") == list(VERBS)
    assert completed("r") == ["render", "reviews", "rollover"]
    assert completed("--temp") == ["--templates"]
    assert completed("verify", "--t") == ["--track-changes", "--to", "--templates"]
    assert completed("form", "show", "t") == ["tianjin"]
    assert completed("new", "specs", "--form", "c") == ["central"]
    assert completed("explain", "pd40") == [f"PD40{number}" for number in range(1, 10) if f"PD40{number}" in _codes()]
    shell = ShellComplete(program, {}, "perfdoc", "_PERFDOC_COMPLETE")
    (item,) = shell.get_completions(["verify"], "sp")
    assert (item.value, item.type) == ("sp", "file")


def _codes() -> set[str]:
    return {line.split()[0].rstrip("*") for line in run("explain", "PD4").out.splitlines() if line.startswith("PD4")}


def test_the_shell_completes_forms_of_one_s_own(tmp_path: Path) -> None:
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "form.yaml").write_text("", encoding="utf-8")
    assert completed("form", "show", "--templates", str(tmp_path), "o") == ["ours"]


def test_an_indicator_is_three_levels_and_a_target() -> None:
    assert INDICATOR.convert("产出指标/ 数量指标 /培训人次=≥30人次", None, None) == Indicator(
        level1="产出指标", level2="数量指标", level3="培训人次", target="≥30人次"
    )
    assert INDICATOR.convert("a/b/c/d=", None, None).level3 == "c/d"
    for wrong in ("a/b=c", "a/b/=c", "a/b/c", "a/b/c>=5"):
        with pytest.raises(UsageError, match=r"--indicator .*: write 一级指标/二级指标/三级指标=指标值"):
            INDICATOR.convert(wrong, None, None)


def test_a_path_is_taken_as_it_was_typed() -> None:
    assert [INPUT.convert(text, None, None) for text in ("./a/", "-", "s3://b/x", "file:///a/b")] == [
        "./a/", "-", "s3://b/x", "/a/b",
    ]  # fmt: skip


def test_a_path_of_a_revision(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository.folder)
    for name, value in repository.env.items():
        monkeypatch.setenv(name, value)
    repository.write("specs/a.yaml", PROJECT)
    repository.commit()
    commit = repository.git("rev-parse", "HEAD").strip()
    assert SOURCE.convert("HEAD:specs/a.yaml", None, None) == At(commit, "specs/a.yaml", "HEAD:specs/a.yaml")
    monkeypatch.chdir(repository.folder / "specs")
    assert SOURCE.convert("HEAD:./a.yaml", None, None) == At(commit, "specs/a.yaml", "HEAD:./a.yaml")
    with pytest.raises(UnreadableError, match="nope is no revision of a repository here"):
        SOURCE.convert("nope:a.yaml", None, None)
    repository.write("specs/nope:a.yaml", PROJECT)
    assert SOURCE.convert("nope:a.yaml", None, None) == "nope:a.yaml", "a file that is there comes first"


def test_codes_are_known_ones_or_their_beginnings() -> None:
    assert CODES.convert("pd4,PD048", None, None) == ("PD4", "PD048")
    with pytest.raises(UsageError, match="no code begins with XX"):
        CODES.convert("XX", None, None)
    ran = run("explain", "XX")
    assert (ran.code, ran.err.count("\n")) == (2, 1)


def test_an_executor_is_local_or_a_scheduler_s() -> None:
    assert EXECUTOR.convert("dask:tcp://host:8786", None, None) == "dask:tcp://host:8786"
    with pytest.raises(click.BadParameter, match="an executor is local, or dask:"):
        EXECUTOR.convert("slurm", None, None)


def test_whether_a_form_is_there_is_known_when_it_is_loaded(tmp_path: Path) -> None:
    assert FORM.convert("nope", None, None) == "nope"
    ran = run("new", folder(tmp_path / "new") / "sub", "--form", "nope", "--name", "x")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "no form 'nope'" in ran.err
