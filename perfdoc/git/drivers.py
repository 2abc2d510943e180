"""The drivers by which git shows Word and Excel files as goals and merges specs: its settings, and .gitattributes."""

import os
import shlex
import sys
from pathlib import Path
from typing import NamedTuple

from perfdoc.errors import ToolError, UsageError
from perfdoc.git.command import git, run, text_of
from perfdoc.git.revisions import top
from perfdoc.texts import say

BEGIN = "# >>> perfdoc git install >>>"
END = "# <<< perfdoc git install <<<"
SECTIONS = ("diff.perfdoc", "merge.perfdoc")
_SHOWN = ("*.docx", "*.xlsx", "*.xls", "*.DOCX", "*.XLSX", "*.XLS")
"""What is shown as goals: the kinds that perfdoc reads without another program."""
_MERGED = ("*.yaml", "*.yml")
"""What is merged by indicator; a file that is no spec is merged by its lines, as git does."""
BLOCK = "".join(
    f"{line}\n"
    for line in (BEGIN, *(f"{one} diff=perfdoc" for one in _SHOWN), *(f"{one} merge=perfdoc" for one in _MERGED), END)
)
"""The lines of .gitattributes."""


class Setup(NamedTuple):
    """Where drivers are set: git's option for its configuration, what that is called, the attributes, a folder."""

    option: str
    config: str
    attributes: Path
    folder: Path

    def get(self, name: str) -> str:
        return text_of("config", self.option, "--get", name, where=self.folder)

    def text(self) -> str:
        try:
            return self.attributes.read_bytes().decode("utf-8", "surrogateescape")
        except FileNotFoundError:
            return ""

    def set(self, command: str) -> None:
        """Set git's settings to those that run `command`. ToolError, and nothing set, where git can't run it."""
        if not self.runs(command):
            raise ToolError(say("git.not_run", command=repr(command), folder=self.folder))
        for name, value in settings(command).items():
            if self.get(name) != value:
                git("config", self.option, "--replace-all", name, value, where=self.folder)

    def unset(self) -> None:
        for section in SECTIONS:
            run("config", self.option, "--remove-section", section, where=self.folder)

    def runs(self, command: str) -> bool:
        """Whether git could run the command: in the repository's top folder, by a shell."""
        alias = f"alias.perfdoc-runs=!{command} --version"
        return run("-c", alias, "perfdoc-runs", where=self.folder).returncode == 0


def of_repository(root: Path | None = None) -> Setup:
    """The drivers of the repository of a root, or else of the current folder. UsageError outside of one."""
    root = root or top()
    return Setup("--local", say("git.config.repository"), root / ".gitattributes", root)


def of_user() -> Setup:
    asked = text_of("config", "--global", "--type=path", "core.attributesFile").strip()
    base = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    attributes = Path(asked) if asked else Path(base) / "git/attributes"
    return Setup("--global", say("git.config.user"), attributes, Path.home())


def settings(command: str) -> dict[str, str]:
    """Git's settings and their values, for a perfdoc that is called so."""
    return {
        "diff.perfdoc.textconv": f"{command} textconv",
        "diff.perfdoc.xfuncname": "^== (.*)$",
        "diff.perfdoc.binary": "true",
        "merge.perfdoc.name": "performance goals, merged by indicator",
        "merge.perfdoc.driver": f"{command} merge %O %A %B --marker-size %L --path %P --labels %S %X %Y",
    }


def own_command() -> str:
    """How this perfdoc is called from anywhere, also where it is not on the PATH (a git client with windows)."""
    program = Path(sys.executable).with_name("perfdoc.exe" if os.name == "nt" else "perfdoc")
    if program.is_file():
        return shlex.quote(program.as_posix())
    return f"{shlex.quote(Path(sys.executable).as_posix())} -m perfdoc"


def encoded(text: str) -> bytes:
    """The bytes of .gitattributes, also those that are no UTF-8."""
    return text.encode("utf-8", "surrogateescape")


def without_block(text: str) -> str:
    """The text of .gitattributes without the block. UsageError where its end is missing: nothing can be told apart."""
    if BEGIN not in text:
        return text
    before, _, rest = text.partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        raise UsageError(say("git.no_end", line=repr(END)))
    return before + after.removeprefix("\r").removeprefix("\n")


def with_block(text: str) -> str:
    """The text with the block as it is now, where it was or at the top: what the user wrote later wins over it."""
    if BEGIN in text:
        before = text.partition(BEGIN)[0]
        return before + BLOCK + without_block(text)[len(before) :]
    return BLOCK + text
