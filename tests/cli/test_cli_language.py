"""Which language the command speaks: what was asked for, what the repository says, what the user's machine says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from cli_support import SECOND, folder, run, start
from house import PACKAGE
from languages import sentences

from perfdoc.cli.language import chosen
from perfdoc.cli.program import program
from perfdoc.cli.verb import Formatter
from perfdoc.texts import LANGUAGES, language, speaking, texts
from perfdoc.visible import width

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
    (tmp_path / ".git").mkdir()
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


def commands(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from commands(below, (*path, name))


EVERY = [*commands(program)]


def test_each_command_has_a_page_and_each_option_a_text_and_none_is_left_over() -> None:
    options = {
        (path, max(one.opts, key=len).lstrip("-").replace("-", "_"))
        for path, command in EVERY
        for one in command.params
        if isinstance(one, click.Option)
    }
    named = {"-".join(path) or "perfdoc" for path, _ in EVERY}
    for tongue in LANGUAGES:
        assert {file.stem for file in (PACKAGE / "cli/help" / tongue).glob("*.txt")} == named
    assert {key.removeprefix("help.verbs.") for key in texts("help") if ".verbs." in key} == named - {"perfdoc"}
    own = {key.removeprefix("help.own.") for key in texts("help") if ".own." in key}
    assert own <= {f"{'-'.join(path) or 'perfdoc'}.{name}" for path, name in options}
    shared = {key.removeprefix("help.shared.") for key in texts("help") if ".shared." in key}
    assert shared == {name for path, name in options if f"{'-'.join(path) or 'perfdoc'}.{name}" not in own} | {"help"}


@pytest.mark.parametrize("path", [path for path, _ in EVERY], ids=" ".join)
def test_the_help_is_in_one_language(path: tuple[str, ...]) -> None:
    english, chinese = run(*path, "--help"), run("--lang", "zh", *path, "--help")
    assert english.code == chinese.code == 0
    assert sentences(chinese.out) == []
    assert (
        re.findall("(?m)^    perfdoc .*?(?=   |$)", english.out.partition("Examples:")[2].partition("\n\n")[0])
        == (re.findall("(?m)^    perfdoc .*?(?=   |$)", chinese.out.partition("例子：")[2].partition("\n\n")[0]))
        or "<" in chinese.out
    )
    assert max(map(width, chinese.out.splitlines())) <= 100


def test_click_speaks_the_language_of_the_run() -> None:
    assert run("--lang", "zh", "fmt").err.endswith("错误：缺少参数 'PATH...'.\n")
    assert run("fmt").err.endswith("Error: Missing argument 'PATH...'.\n")
    assert "错误：没有选项 '--nope'" in start("fmt", "--nope", env=CHINESE).stderr
    assert "没有命令 'fmtx'。是不是 'fmt'？" in run("fmtx", "--lang", "zh").err


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--templates", "none", "form", "list"], "'none' 不存在。"),
        (["import", "x", "-r", "-j", "x"], "'x' 不是有效的数。"),
    ],
)
def test_click_speaks_no_english_beside_chinese(
    args: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Click names its types when they are made, which is before a language is chosen.
    monkeypatch.chdir(tmp_path)
    ran = run(*args, env=CHINESE)
    assert ran.code == 2
    assert ran.err.endswith(f"的值不对：{said}\n")


def test_chinese_help_has_chinese_colons_and_no_gaps_where_lines_were_broken() -> None:
    text = run("--help", env=CHINESE).out
    assert "选项：\n" in text
    assert "命令：\n" in text
    formatter = Formatter(width=80)
    with speaking("zh"):
        formatter.write_text("级别（error、\nwarning）")
    assert formatter.getvalue() == "级别（error、warning）\n"
