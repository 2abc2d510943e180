"""The README and the pages of `docs/` in both languages, and the examples in them.

A `console` block holds commands (`$ …`) and what they print; none of them needs LibreOffice. `<!-- typed -->` above it:
before its first command a person has done what the chapter asks for. `[…]` in a line of output stands for what differs
between machines.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from checkout import ROOT
from cli_support import without_progress
from ready import command
from waiting import PATIENCE

LANGUAGES = ("en", "zh")
_LOCALES = {"en": "C.UTF-8", "zh": "zh_CN.UTF-8"}
README = "README"
PAGES = (README, *sorted(file.stem for file in (ROOT / "docs/en").glob("*.md")))
BLOCK = re.compile(r"(?:^<!-- (typed) -->\n)?^ *```(\w+)\n(.*?)^ *```$", re.S | re.M)
COMMAND = re.compile(r"^\$ (.*)\n", re.M)
_MARK = "-- the next command --"
_SETTINGS = ("NO_COLOR", "PERFDOC_DEBUG", "COLUMNS")


class Shown(NamedTuple):
    """A command as a page shows it, what it prints, and whether it is the first of a block marked `typed`."""

    command: str
    output: str
    typed: bool


def file_of(page: str, language: str) -> Path:
    """Where a page is written in a language."""
    if page == README:
        return ROOT / ("README.md" if language == "en" else f"README.{language}.md")
    return ROOT / f"docs/{language}/{page}.md"


def text_of(page: str, language: str) -> str:
    """A page's text."""
    return file_of(page, language).read_text(encoding="utf-8")


def blocks(text: str, kind: str) -> list[str]:
    """The contents of a page's code blocks of one kind, in order."""
    return [body for _, of, body in BLOCK.findall(text) if of == kind]


def shown(text: str) -> list[Shown]:
    """Every command of a page's console blocks, in order."""
    found = []
    for mark, kind, body in BLOCK.findall(text):
        if kind == "console":
            before, *pieces = COMMAND.split(body)
            assert before == "", f"a console block begins with its output: {body}"
            pairs = enumerate(zip(pieces[::2], pieces[1::2], strict=True))
            found += [Shown(of, out, mark == "typed" and not at) for at, (of, out) in pairs]
    return found


def matches(wanted: str, got: str) -> bool:
    """Whether an output is what the page shows."""
    return re.fullmatch(re.escape(wanted).replace(re.escape("[…]"), r"[^\n]*?"), got) is not None


def with_outputs(text: str, outputs: list[str]) -> str:
    """The page with what its commands print now; a line that matches one of before stays as it is."""
    now = iter(outputs)

    def block(found: re.Match[str]) -> str:
        if found[2] != "console":
            return found[0]
        pieces = COMMAND.split(found[3])
        body = "".join(
            f"$ {command}\n{_merged(old, next(now))}" for command, old in zip(pieces[1::2], pieces[2::2], strict=True)
        )
        return found[0].replace(found[3], body)

    return BLOCK.sub(block, text)


def _merged(old: str, new: str) -> str:
    kept = old.splitlines(keepends=True)
    return "".join(next((line for line in kept if matches(line, one)), one) for one in new.splitlines(keepends=True))


def run(commands: list[Shown], folder: Path, language: str, ready: Path) -> list[str]:
    """What each command prints to a user of that language, all run by one shell in a copy of what a clone holds.

    A command sees the exit code of the one before it as `$?`. `ready` is where `perfdoc` runs; see there.
    """
    for name in ("specs", "templates", "docs", "golden"):
        shutil.copytree(ROOT / name, folder / name)
    programs, home = folder.with_name(f"{folder.name}-bin"), folder.with_name(f"{folder.name}-home")
    programs.mkdir()
    home.mkdir()
    command(ready, programs / "perfdoc", _LOCALES[language])
    typist = f'"{sys.executable}" "{ROOT}/tests/support/bureau_form.py" "{ROOT}/docs/en/forms.md" templates/qinghe\n'
    script = "code=0\n" + "".join(
        f"{typist if one.typed else ''}echo '{_MARK}'\n(exit $code)\n{one.command}\ncode=$?\n" for one in commands
    )
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=folder,
        env={**_environment(home), "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=PATIENCE,
    )
    return without_progress(done.stdout.decode()).split(f"{_MARK}\n")[1:]


def run_python(code: str, folder: Path) -> str:
    """What a Python example prints in a copy of the specs; it must say nothing on standard error."""
    shutil.copytree(ROOT / "specs", folder / "specs")
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=_environment(folder), capture_output=True, timeout=PATIENCE
    )
    assert done.stderr.decode() == ""
    return done.stdout.decode()


def _environment(home: Path) -> dict[str, str]:
    """The machine's environment without its settings of git and of perfdoc's output."""
    kept = {name: value for name, value in os.environ.items() if name not in _SETTINGS}
    who = {f"GIT_{role}_{what}": "t@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    git = {"HOME": str(home), "XDG_CONFIG_HOME": str(home / ".config"), "GIT_CONFIG_NOSYSTEM": "1"}
    return {**kept, **who, **git, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "LC_ALL": "C.UTF-8"}
