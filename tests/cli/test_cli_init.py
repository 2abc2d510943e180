"""`perfdoc init`: what is written, what is there and stays, and that what was written works."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import jsonschema
import pytest
from checkout import ROOT
from cli_support import run, tree
from git_support import Repository, repository

from perfdoc import __version__
from perfdoc.yamltree import parse

pytestmark = pytest.mark.slow

__all__ = ["repository"]
SPECS = ROOT / "specs/hexi-court-2023"
GITHUB, GITLAB = ".github/workflows/perfdoc.yml", ".gitlab-ci.yml"
WRITTEN = {
    "perfdoc.yaml", ".pre-commit-config.yaml", GITHUB, ".vscode/project.schema.json", ".vscode/document.schema.json",
    ".vscode/settings.json", ".gitattributes",
}  # fmt: skip


def names(where: Path) -> set[str]:
    return {Path(name).as_posix() for name in tree(where) if not name.startswith(".git" + os.sep)}


def test_one_step_and_doing_it_again_changes_nothing(repository: Repository) -> None:
    done = repository.perfdoc("init", "-n")
    assert (done.returncode, names(repository.folder)) == (0, set())
    assert "perfdoc.yaml: would write\n" in done.stderr
    assert "merge.perfdoc would be set\n" in done.stderr
    assert repository.git("config", "--get", "diff.perfdoc.textconv", code=1) == ""
    (repository.folder / "deep").mkdir()
    done = repository.perfdoc("init", where=repository.folder / "deep")
    assert done.returncode == 0, done.stderr
    assert names(repository.folder) == WRITTEN
    assert all(f"{name}: written\n" in done.stderr.replace("\\", "/") for name in WRITTEN)
    assert repository.perfdoc("git", "status").returncode == 0
    before = tree(repository.folder)
    again = repository.perfdoc("init")
    assert (again.returncode, tree(repository.folder)) == (0, before)
    assert all(f"{name}: unchanged\n" in again.stderr.replace("\\", "/") for name in WRITTEN)


def test_what_is_written_is_sound(repository: Repository) -> None:
    assert repository.perfdoc("init").returncode == 0
    shutil.copytree(SPECS, repository.folder / "specs")
    for name in (".pre-commit-config.yaml", GITHUB):
        assert not parse(repository.read(name), name).diagnostics
    assert f"./perfdoc-{__version__}-py3" in repository.read(GITHUB)
    commands = [line.partition("run: ")[2] for line in repository.read(GITHUB).splitlines() if "run: perfdoc" in line]
    assert len(commands) == 3
    codes = [repository.perfdoc(*command.split()[1:]).returncode for command in commands]
    assert codes == [0, 1, 0], "one of the five projects has an error"
    schemas = json.loads(repository.read(".vscode/settings.json"))["yaml.schemas"]
    for name, files in schemas.items():
        jsonschema.Draft7Validator.check_schema(json.loads(repository.read(name)))
        assert [*repository.folder.glob(files)], files


def test_the_settings_can_be_put_to_use(repository: Repository) -> None:
    assert repository.perfdoc("init").returncode == 0
    shutil.copytree(SPECS, repository.folder / "specs")
    usual = repository.perfdoc("check", "specs", "--format", "json").stdout
    text = "".join(
        line.removeprefix("# ") if line.startswith(("# check", "# import", "#   ")) else line
        for line in repository.read("perfdoc.yaml").splitlines(keepends=True)
    )
    repository.write("perfdoc.yaml", text)
    levels = [
        {one["code"]: one["severity"] for one in json.loads(out)}["PD310"]
        for out in (usual, repository.perfdoc("check", "specs", "--format", "json").stdout)
    ]
    assert levels == ["warning", "info"]


def test_what_is_there_is_left_or_added_to(repository: Repository) -> None:
    own = {
        "perfdoc.yaml": "check:\n  ignore: [PD205]\n",
        ".gitattributes": "*.docx diff=mine\n",
        ".vscode/settings.json": '{\n  // mine\n  "editor.tabSize": 2,\n}\n',
        ".pre-commit-config.yaml": "repos: []\n",
    }
    for name, text in own.items():
        repository.write(name, text)
    done = repository.perfdoc("init")
    assert done.returncode == 1
    assert "perfdoc.yaml: is there; left as it is\n" in done.stderr
    assert ".pre-commit-config.yaml: is there; left as it is. Add to it:\n" in done.stderr
    assert "    - id: perfdoc-check\n" in done.stderr
    assert ".gitattributes: added to\n" in done.stderr
    assert "settings.json: added to\n" in done.stderr
    assert repository.read("perfdoc.yaml") == own["perfdoc.yaml"]
    assert repository.read(".pre-commit-config.yaml") == own[".pre-commit-config.yaml"]
    assert repository.read(".gitattributes").endswith(own[".gitattributes"])
    assert '  // mine\n  "editor.tabSize": 2,\n}\n' in repository.read(".vscode/settings.json")
    hooks = (ROOT / "perfdoc/samples/pre-commit.yaml").read_text(encoding="utf-8").replace("system", "python")
    repository.write(".pre-commit-config.yaml", hooks)
    repository.write(".vscode/project.schema.json", "{}")
    outdated = repository.perfdoc("init")
    assert (outdated.returncode, "schema.json: of another version" in outdated.stderr) == (1, True)
    assert repository.read(".pre-commit-config.yaml") == hooks
    assert repository.perfdoc("init", "--force", "-n").stderr.count("would overwrite") == 3
    assert repository.perfdoc("init", "--force").stderr.count(": replaced\n") == 3
    assert repository.perfdoc("init").returncode == 0


def test_settings_of_the_editor_that_can_t_be_added_to(repository: Repository) -> None:
    repository.write(".vscode/settings.json", '{"a": ')
    done = repository.perfdoc("init")
    assert (done.returncode, repository.read(".vscode/settings.json")) == (1, '{"a": ')
    assert '  "yaml.schemas": {' in done.stderr
    assert names(repository.folder) == WRITTEN


def test_what_no_file_can_be_written_to_is_said_before_anything_is(repository: Repository) -> None:
    (repository.folder / ".vscode/settings.json").mkdir(parents=True)
    done = repository.perfdoc("init")
    assert (done.returncode, "settings.json" in done.stderr) == (2, True)
    assert names(repository.folder) == set()


def test_line_ends_of_windows_are_no_difference(repository: Repository) -> None:
    assert repository.perfdoc("init").returncode == 0
    for name in WRITTEN - {".gitattributes"}:
        repository.write(name, repository.read(name).replace("\n", "\r\n"))
    before = tree(repository.folder)
    assert repository.perfdoc("init").stderr.count(": unchanged\n") == len(WRITTEN)
    assert tree(repository.folder) == before


def test_settings_in_pyproject_are_not_hidden_by_a_file(repository: Repository) -> None:
    repository.write("pyproject.toml", '[tool.perfdoc.check]\nignore = ["PD3"]\n')
    done = repository.perfdoc("init")
    assert (done.returncode, "pyproject.toml has the settings" in done.stderr) == (0, True)
    assert "perfdoc.yaml" not in names(repository.folder)


@pytest.mark.parametrize(
    ("there", "remote", "asked", "wanted"),
    [
        ("", "", (), {GITHUB}),
        (GITLAB, "", (), {GITLAB}),
        (".github/dependabot.yml", "git@gitlab.example.org:a/b", (), {GITHUB, ".github/dependabot.yml"}),
        ("", "git@gitlab.example.org:a/b", (), {GITLAB}),
        ("", "", ("--ci", "gitlab"), {GITLAB}),
        ("", "", ("--ci", "none"), set()),
    ],
)
def test_the_ci_is_the_one_that_is_there(
    repository: Repository, there: str, remote: str, asked: tuple[str, ...], wanted: set[str]
) -> None:
    if there:
        repository.write(there, "perfdoc: 1\n")
    if remote:
        repository.git("remote", "add", "origin", remote)
    assert repository.perfdoc("init", *asked).returncode == 0
    assert names(repository.folder) - WRITTEN | names(repository.folder) & {GITHUB} == wanted


def test_without_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "goals").mkdir()
    monkeypatch.chdir(tmp_path)
    ran = run("init", "goals")
    assert (ran.code, "no git repository here" in ran.err) == (0, True)
    assert names(tmp_path / "goals") == WRITTEN - {".gitattributes"}
    assert str(Path("goals/perfdoc.yaml")) + ": written\n" in ran.err
    assert run("init", "none").code == 2


def test_pre_commit_runs_the_hooks(repository: Repository) -> None:
    """A real pre-commit: what is no canonical text is formatted, findings fail, other YAML files are not looked at."""
    programs = repository.folder.with_name("bin")
    programs.mkdir()
    perfdoc = programs / "perfdoc"
    perfdoc.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m perfdoc "$@"\n')
    perfdoc.chmod(0o755)
    repository.env["PATH"] = f"{programs}{os.pathsep}{repository.env['PATH']}"
    assert repository.perfdoc("init").returncode == 0
    specs = repository.folder / "any/where"
    shutil.copytree(SPECS, specs)
    (fourth,) = specs.glob("04-*.yaml")
    wrong = fourth.read_text(encoding="utf-8")
    good = wrong.replace("280.25", "280.24")
    fourth.write_text(good, encoding="utf-8")
    shutil.copytree(ROOT / "templates/tianjin", repository.folder / "templates/ours")
    commit = (sys.executable, "-m", "pre_commit", "run")
    repository.git("add", "-A")
    done = repository.run(*commit)
    assert done.returncode == 0, done.stdout
    fourth.write_text(good.replace("money_unit: ", "money_unit:   "), encoding="utf-8")
    repository.git("add", "-A")
    done = repository.run(*commit)
    assert (done.returncode, "files were modified by this hook" in done.stdout) == (1, True)
    fourth.write_text(wrong, encoding="utf-8")
    repository.git("add", "-A")
    done = repository.run(*commit)
    assert (done.returncode, done.stdout.count("error PD404")) == (1, 1), done.stdout
    repository.write("compose.yaml", "services: {}\n")
    repository.git("add", "-A")
    done = repository.run(*commit)
    assert (done.returncode, "compose.yaml:1:1: error PD012" in done.stdout) == (1, True)


def test_a_fresh_repository_passes_what_its_ci_runs(repository: Repository) -> None:
    """Nothing is there yet to fail: each of the sample's commands says so and ends with 0."""
    assert repository.perfdoc("init").returncode == 0
    for command in (["fmt", "--check", "."], ["check", "."], ["check", ".", "--format", "github"], ["verify", "."]):
        ran = repository.perfdoc(*command)
        assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", ".: no document here yet\n"), command
    (repository.folder / "perfdoc.yaml").unlink()
    for command in (["fmt", "--check", "."], ["check", "."], ["verify", "."]):
        assert repository.perfdoc(*command).returncode == 3
