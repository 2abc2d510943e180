"""`perfdoc git`: git shows Word and Excel files as readable goals, and merges specs by indicator."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click

from perfdoc.cli.codes import Code
from perfdoc.cli.terminal.printing import Printer
from perfdoc.errors import ToolError, UsageError

BEGIN = "# >>> perfdoc git install >>>"
END = "# <<< perfdoc git install <<<"
SHOWN = ("*.docx", "*.xlsx", "*.xls", "*.DOCX", "*.XLSX", "*.XLS")
"""What is shown as goals; the kinds that perfdoc reads by itself, without another program."""
MERGED = ("*.yaml", "*.yml")
"""What is merged by indicator; a file that is no spec is merged by its lines, as git does."""


@click.group(
    short_help="Let git show and merge goals.",
    epilog="""\b
Examples:
  perfdoc git install             in the repository of the current folder
  perfdoc git status
  perfdoc git uninstall

install sets `diff.perfdoc.*` and `merge.perfdoc.*` in git's configuration, and a marked block of lines in
.gitattributes; with --global both are those of this user, for all repositories. Commit .gitattributes;
whoever clones the repository runs `perfdoc git install` once. Everything else in both files stays as it is,
and uninstall takes exactly this away.""",
)
def git() -> None:
    """Git shows .docx and .xlsx as readable goals, and merges specs by indicator."""


_everywhere = click.option("--global", "everywhere", is_flag=True, help="For all repositories of this user.")


@git.command(short_help="Set it up; doing it again changes nothing.")
@_everywhere
@click.pass_obj
def install(printer: Printer, everywhere: bool) -> int:
    """Set up textconv, diff and merge drivers."""
    at = _place(everywhere)
    command = _command()
    _verify(command, at.folder)
    for name, value in _settings(command).items():
        if _setting(at, name) != value:
            _config(at, name, value)
    text = _read(at.attributes)
    new = with_block(text)
    if new != text:
        _write(at.attributes, new)
    printer.status(f"{at.config}: diff.perfdoc and merge.perfdoc set")
    printer.status(f"{at.attributes}: {'written' if new != text else 'unchanged'}")
    if _setting(at, "core.quotePath") != "false":
        printer.status(f"git config {at.option} core.quotePath false has git show Chinese file names as they are")
    return Code.clean


@git.command(short_help="Take it away again.")
@_everywhere
@click.pass_obj
def uninstall(printer: Printer, everywhere: bool) -> int:
    """Take away what install did, and nothing else."""
    from perfdoc.cli.files.repository import attempt

    at = _place(everywhere)
    for section in ("diff.perfdoc", "merge.perfdoc"):
        attempt("config", at.option, "--remove-section", section, where=at.folder)
    text = _read(at.attributes)
    new = without_block(text)
    if new != text and new.strip():
        _write(at.attributes, new)
    elif new != text:
        at.attributes.unlink()
    printer.status(f"{at.config}: diff.perfdoc and merge.perfdoc not set")
    printer.status(
        f"{at.attributes}: {'unchanged' if new == text else 'block taken out' if new.strip() else 'removed'}"
    )
    return Code.clean


@git.command(short_help="Is it set up? Exit code 1 where it is not.")
@_everywhere
@click.pass_obj
def status(printer: Printer, everywhere: bool) -> int:
    """Say what is set up and what is not."""
    at = _place(everywhere)
    whole = True
    for name in _settings(""):
        value = _setting(at, name)
        whole = whole and bool(value)
        printer.data(f"{name}: {value or 'not set'}\n")
    text = _read(at.attributes)
    there = with_block(text) == text
    old = not there and BEGIN in text
    printer.data(f"{at.attributes}: {'there' if there else 'of another version' if old else 'no block of perfdoc'}\n")
    runs = whole and _runs(_setting(at, "diff.perfdoc.textconv").removesuffix(" textconv"), at.folder)
    if whole and not runs:
        printer.data("the command that is set does not run: perfdoc git install\n")
    return Code.clean if there and runs else Code.findings


class _Place(NamedTuple):
    """Where it is set up: git's option for its configuration, what that is called, the attributes, a folder."""

    option: str
    config: str
    attributes: Path
    folder: Path


def _place(everywhere: bool) -> _Place:
    from perfdoc.cli.files.repository import attempt, top

    if not everywhere:
        root = top()
        return _Place("--local", "git config of this repository", root / ".gitattributes", root)
    asked = attempt("config", "--global", "--type=path", "core.attributesFile").stdout.decode().strip()
    base = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return _Place(
        "--global", "git config of this user", Path(asked) if asked else Path(base) / "git/attributes", Path.home()
    )


def _settings(command: str) -> dict[str, str]:
    """Git's settings and their values."""
    return {
        "diff.perfdoc.textconv": f"{command} textconv",
        "diff.perfdoc.xfuncname": "^== (.*)$",
        "diff.perfdoc.binary": "true",
        "merge.perfdoc.name": "performance goals, merged by indicator",
        "merge.perfdoc.driver": f"{command} merge %O %A %B --marker-size %L --path %P --labels %S %X %Y",
    }


def _command() -> str:
    """How this perfdoc is called from anywhere, also where it is not on the PATH (a git client with windows)."""
    program = Path(sys.executable).with_name("perfdoc.exe" if os.name == "nt" else "perfdoc")
    if program.is_file():
        return shlex.quote(program.as_posix())
    return f"{shlex.quote(Path(sys.executable).as_posix())} -m perfdoc"


def _runs(command: str, folder: Path) -> bool:
    """Whether git could run the command: in the repository's top folder, by a shell."""
    from perfdoc.cli.files.repository import attempt

    alias = f"alias.perfdoc-runs=!{command} --version"
    return attempt("-c", alias, "perfdoc-runs", where=folder).returncode == 0


def _verify(command: str, folder: Path) -> None:
    if not _runs(command, folder):
        raise ToolError(
            f"git could not run {command!r} in {folder}; install perfdoc so that it can be started from there"
        )


def _setting(at: _Place, name: str) -> str:
    from perfdoc.cli.files.repository import attempt

    return attempt("config", at.option, "--get", name, where=at.folder).stdout.decode().rstrip("\n")


def _config(at: _Place, name: str, value: str) -> None:
    from perfdoc.cli.files.repository import git as run

    run("config", at.option, "--replace-all", name, value, where=at.folder)


def block() -> str:
    """The lines of .gitattributes."""
    lines: Iterator[str] = iter(
        (BEGIN, *(f"{one} diff=perfdoc" for one in SHOWN), *(f"{one} merge=perfdoc" for one in MERGED), END)
    )
    return "".join(f"{line}\n" for line in lines)


def without_block(text: str) -> str:
    """The text of .gitattributes without the block. UsageError where its end is missing: nothing can be told apart."""
    if BEGIN not in text:
        return text
    before, _, rest = text.partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        raise UsageError(f".gitattributes: a line {END!r} is missing; put it behind the lines of perfdoc")
    return before + after.removeprefix("\r").removeprefix("\n")


def with_block(text: str) -> str:
    """The text with the block as it is now, where it was or at the top: what the user wrote later wins over it."""
    if BEGIN in text:
        before = text.partition(BEGIN)[0]
        return before + block() + without_block(text)[len(before) :]
    return block() + text


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8", "surrogateescape")
    except FileNotFoundError:
        return ""


def _write(path: Path, text: str) -> None:
    from perfdoc.cli.files.output import write

    write({path: text.encode("utf-8", "surrogateescape")}, force=True)
