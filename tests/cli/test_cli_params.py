"""The kinds of arguments: what is typed becomes a value, what is wrong is told in one line, and completion knows it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import click
import pytest
from cli_support import PROJECT, folder, run, word
from click.shell_completion import ShellComplete
from git_support import Repository, repository

from perfdoc.cli.files.at_revision import At
from perfdoc.cli.params import CODES, EXECUTOR, FOLDER, FORM, INDICATOR, INPUT, SOURCE
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


REFUSED = "`-` is neither a file nor a folder here; one that is called so is ./-"
TO_FOLDER = "go to a folder: name one with -o"
DASHES = {
    ("init", "folder"): ("init -", REFUSED),
    ("render", "documents"): ("render - -o new.docx --pages none", "new.docx: written"),
    ("render", "output"): ("render specs -o - --pages none", b"PK"),
    ("render", "out_dir"): ("render specs --out-dir -", TO_FOLDER),
    ("render", "old"): ("render specs --into - -o new.docx", "<stdin>"),
    ("import", "files"): ("import - -o new", "<stdin>"),
    ("import", "output"): ("import received.docx -o -", b"--- # document.yaml"),
    ("import", "report"): ("import received.docx -n --report -", b'{"version"'),
    ("import", "templates"): ("import received.docx -o new --learn --templates -", REFUSED),
    ("import", "summary"): ("import received.docx -o new --summary -", REFUSED),
    ("pull", "files"): ("pull - -d specs", "<stdin>"),
    ("pull", "document"): ("pull received.docx -d -", REFUSED),
    ("pull", "base"): ("pull received.docx -d specs --base -", REFUSED),
    ("reviews", "paths"): ("reviews -", "no review comments"),
    ("reviews", "output"): ("reviews specs --format html -o -", b"<!DOCTYPE html>"),
    ("verify", "paths"): ("verify -", b"0 of 1 held"),
    ("fmt", "paths"): ("fmt -", PROJECT.encode()[:40]),
    ("check", "paths"): ("check -", b"<stdin>:"),
    ("check", "output"): ("check specs --format html -o -", b"<!DOCTYPE html>"),
    ("check", "annotate"): ("check received.docx --annotate -", b"PK"),
    ("score", "paths"): ("score -", b"<stdin>"),
    ("summary", "paths"): ("summary -", b"projects"),
    ("summary", "output"): ("summary specs --format html -o -", b"<!DOCTYPE html>"),
    ("summary", "report"): ("summary specs --format html --findings -", REFUSED),
    ("new", "document"): ("new - --name x", REFUSED),
    ("diff", "sides"): ("diff specs -", "- 司法救助资金".encode()),
    ("diff", "output"): ("diff specs received.docx --format html -o -", b"<!DOCTYPE html>"),
    ("rollover", "documents"): ("rollover - --year 2031 --from 2030 -o new", "2031"),
    ("rollover", "output"): ("rollover specs --year 2031 -o -", REFUSED),
    ("textconv", "file"): ("textconv -", b"name: "),
    ("merge", "base"): ("merge - specs specs", REFUSED),
    ("merge", "ours"): ("merge specs - specs", REFUSED),
    ("merge", "theirs"): ("merge specs specs -", REFUSED),
    ("form new", "file"): ("form new x -", "<stdin>"),
    ("form new", "templates"): ("form new x received.docx --templates -", REFUSED),
    ("inspect", "file"): ("inspect -", b"<stdin>"),
    ("inspect", "report"): ("inspect received.docx --report -", b'{"version"'),
    ("schema", "output"): ("schema -o -", b'{\n  "$schema"'),
    ("web", "folder"): ("web -", REFUSED),
}
"""What each argument and option that names files does with `-`: a command on a spec at standard input, and what its
standard output begins with (bytes), or what standard error says."""
NO_FILES = {
    "agency", "agency_code", "executor", "fiscal", "form_name", "goals", "ignore", "indicators", "label", "labels",
    "learn_as", "marker_size", "name", "names", "other", "path", "purpose", "select", "total", "unit", "codes",
}  # fmt: skip
"""The other ones whose value is a text."""


def _taking_texts(command: click.Command, name: str = "") -> Iterator[tuple[str, click.Parameter]]:
    """Every argument and option of every verb whose value is no flag, number, date or choice."""
    if isinstance(command, click.Group):
        ctx = click.Context(command)
        for one in command.list_commands(ctx):
            yield from _taking_texts(cast(click.Command, command.get_command(ctx, one)), f"{name} {one}".lstrip())
        return
    others = (click.Choice, click.DateTime, click.IntRange, click.FloatRange, type(click.BOOL))
    yield from ((name, one) for one in command.params if not isinstance(one.type, others))


def test_what_each_verb_does_with_a_dash_is_known() -> None:
    """A folder that must be there is none of them: it is refused by the type that all of these share."""
    every = [(verb, one) for verb, one in _taking_texts(program) if one.name not in NO_FILES]
    known = {(verb, one.name) for verb, one in every if one.name != "templates" or one.type is not FOLDER}
    assert known == {*DASHES}


@pytest.mark.parametrize(("command", "said"), DASHES.values(), ids=[" ".join(one) for one in DASHES])
def test_a_dash_is_standard_input_or_output_or_refused(
    command: str, said: str | bytes, dashes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(dashes)
    ran = run(*command.split(), stdin=PROJECT)
    assert not (dashes / "-").exists()
    if isinstance(said, bytes):
        assert ran.raw.startswith(said)
        return
    assert ran.out == ""
    assert said in ran.err
    if said in (REFUSED, TO_FOLDER):
        assert ran.code == 2


@pytest.fixture(scope="module")
def dashes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with specs and a received file."""
    where = tmp_path_factory.mktemp("dashes")
    folder(where / "specs")
    word(where)
    return where
