"""`.pre-commit-hooks.yaml`: its hooks call verbs that there are, with files as pre-commit hands them over."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

from checkout import ROOT
from cli_support import PROJECT, folder, run

from perfdoc.cli.program import VERBS
from perfdoc.yamltree import parse

FILE = ROOT / ".pre-commit-hooks.yaml"


def hooks() -> dict[str, str]:
    return {one["id"]: one["entry"] for one in written()}


def written() -> list[Any]:
    value = parse(FILE.read_text(encoding="utf-8"), FILE.name).value
    assert isinstance(value, list)
    return value


def test_nothing_is_passed_over_in_silence() -> None:
    """All files go to one process, wherever they are; left out is what is certainly no spec."""
    for one in written():
        assert ("files" in one, one["require_serial"], str(one["types"])) == (False, "true", "['yaml']")
        for name in ("2023/document.yaml", "01-法院.yaml", "specs/form/01-a.yaml", "a/reform.yaml", "compose.yaml"):
            assert not re.search(one["exclude"], name), name
        for name in ("perfdoc.yaml", "templates/ours/form.yaml", ".pre-commit-config.yaml", ".github/workflows/a.yaml"):
            assert re.search(one["exclude"], name), name


def test_the_sample_that_init_writes_has_the_same_hooks() -> None:
    sample: Any = parse((ROOT / "perfdoc/samples/pre-commit.yaml").read_text(encoding="utf-8"), "sample").value
    (local,) = sample["repos"]
    ours = [{**one, "language": "system"} for one in written()]
    assert [one.pop("description") for one in ours]
    assert local["hooks"] == ours


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
