"""Which language the command speaks: what was asked for, what the repository says, what the user's machine says."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_support import SECOND, folder, run, start

from perfdoc.cli.language import chosen
from perfdoc.texts import language

CHINESE = {"LANG": "zh_CN.UTF-8"}


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (["--lang", "zh", "fmt", "x"], "zh"),
        (["fmt", "x", "--lang=zh"], "zh"),
        (["--lang", "en", "fmt", "x", "--lang", "zh"], "zh"),
        (["fmt", "--", "--lang", "zh"], "en"),
        (["fmt", "--lang"], "en"),
        (["fmt", "--lang", "fr"], "en"),
        (["rollover", "x", "--lang", "zh"], "en"),
        (["--lang", "zh", "rollover", "x", "--lang", "en"], "zh"),
        ([], "en"),
    ],
)
def test_what_was_asked_for(args: list[str], expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert chosen(args) == expected


@pytest.mark.parametrize("settings", ["lang: zh\n", "check:\n  lang: zh\n"])
def test_what_the_repository_says(settings: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "perfdoc.yaml").write_text(settings, encoding="utf-8")
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert chosen([]) == "zh"
    assert chosen(["--lang", "en"]) == "en"
    (tmp_path / "perfdoc.yaml").write_text("lang: [\n", encoding="utf-8")
    assert chosen([]) == "en"


def test_a_run_speaks_one_language_and_leaves_none_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other: dict[str, str | bytes] = {"02-司法救助资金.yaml": SECOND.replace("司法救助资金", "司法救助经费")}
    one, two = folder(tmp_path / "a"), folder(tmp_path / "b", other)
    monkeypatch.chdir(tmp_path)
    assert "1 changed" in run("diff", one, two).out
    assert "改动1" in run("diff", one, two, env=CHINESE).out
    assert "改动1" in run("--lang", "zh", "diff", one, two).out
    assert "1 changed" in run("diff", one, two, "--lang", "en", env=CHINESE).out
    assert language() == "en"
    assert "改动1" in start("diff", one, two, env=CHINESE).stdout
