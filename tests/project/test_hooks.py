"""`.pre-commit-hooks.yaml`: its hooks call verbs that there are, with files as pre-commit hands them over."""

from __future__ import annotations

import shlex
from pathlib import Path

from checkout import ROOT
from cli_support import PROJECT, folder, run

from perfdoc.cli.program import VERBS
from perfdoc.yamltree import parse

FILE = ROOT / ".pre-commit-hooks.yaml"


def hooks() -> dict[str, str]:
    value = parse(FILE.read_text(encoding="utf-8"), FILE.name).value
    assert isinstance(value, list)
    return {str(one["id"]): str(one["entry"]) for one in value if isinstance(one, dict)}


def test_each_hook_calls_a_verb() -> None:
    assert list(hooks()) == ["perfdoc-fmt", "perfdoc-check"]
    for entry in hooks().values():
        program, verb = shlex.split(entry)
        assert program == "perfdoc"
        assert verb in VERBS


def test_files_are_handed_over_one_by_one(tmp_path: Path) -> None:
    specs = folder(tmp_path / "specs", {"01-法院办案业务费.yaml": PROJECT.replace("name: ", "name:   ")})
    files = sorted(specs.glob("*.yaml"))
    verb = shlex.split(hooks()["perfdoc-fmt"])[1]
    assert run(verb, *files).code == 0
    assert (specs / "01-法院办案业务费.yaml").read_text(encoding="utf-8") == PROJECT
    assert run(verb, *files).err == ""
