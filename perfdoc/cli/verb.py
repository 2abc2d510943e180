"""A verb as click has it: `--lang` is one of its options, and its texts are data in two languages.

They are a page for each verb in `help/en/` and `help/zh/`, and its options' texts in `texts/help.yaml`. A page begins
with what the verb does; from `\\b` on a line of its own on it stands below the options, examples first. A paragraph
after such a line keeps its lines, as click has it.
"""

import re
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from perfdoc.texts import language, say, texts
from perfdoc.visible import width

_UNIT = re.compile(r"[（“《]*(?:[!-~]+|.)[。，；：、）”》！？…]*\s*")
"""What no line may be broken in: a word, or a Chinese character with the punctuation that belongs to it."""
_BETWEEN = re.compile(r"(?<=[\u2e80-\uffef])\n(?=[\u2e80-\uffef])|(?<=[，。；：、）])\n")


class Formatter(click.HelpFormatter):
    """Click's, which breaks lines at spaces; Chinese has none, and its characters take two columns."""

    def write_heading(self, heading: str) -> None:
        self.write(f"{say('help.heading', name=heading)}\n")

    def write_text(self, text: str) -> None:
        super().write_text("\n\n".join(_broken(one, self.width - self.current_indent) for one in text.split("\n\n")))

    def write_dl(self, rows: object, col_max: int = 30, col_spacing: int = 2) -> None:
        given = list(rows)  # type: ignore[call-overload]
        first = min(max(len(name) for name, _ in given), col_max) + col_spacing
        space = max(self.width - first - 2 - self.current_indent, 10)
        super().write_dl([(name, _broken(text, space)) for name, text in given], col_max, col_spacing)


def _broken(paragraph: str, columns: int) -> str:
    """A Chinese paragraph broken into lines, and marked as to be left so."""
    if language() == "en" or paragraph.startswith("\b"):
        return paragraph
    lines = [""]
    for unit in _UNIT.findall(_BETWEEN.sub("", paragraph).replace("\n", " ")):
        if lines[-1] and width(lines[-1] + unit.rstrip()) > columns:
            lines.append("")
        lines[-1] += unit
    return "\n".join(("\b", *map(str.rstrip, lines)))


def _tell(command: click.Command, ctx: click.Context) -> None:
    """Give a command its texts in the language of the run: its page, its options, the verbs below it."""
    name = "-".join(ctx.command_path.split()[1:]) or "perfdoc"
    page = (Path(__file__).parent / "help" / language() / f"{name}.txt").read_text(encoding="utf-8")
    about, mark, below = page.removesuffix("\n").partition("\n\\b\n")
    command.help, command.epilog = about, (mark + below).lstrip("\n").replace("\\b\n", "\b\n")
    for one in command.get_params(ctx):
        if isinstance(one, click.Option):
            option = max(one.opts, key=len).lstrip("-").replace("-", "_")
            own = f"help.own.{name}.{option}"
            one.help = say(own if own in texts("help") else f"help.shared.{option}")
    for verb, below_it in getattr(command, "commands", {}).items():
        below_it.short_help = say(f"help.verbs.{name}-{verb}")


_LANG = click.option("--lang", type=click.Choice(["zh", "en"]), expose_value=False)  # `cli.language` reads it


class Context(click.Context):
    """Click's, with lines that are broken where Chinese may be."""

    formatter_class = Formatter


class Verb(click.Command):
    """A verb, which gets its texts when they are to be shown."""

    context_class = Context

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not any("--lang" in one.opts for one in self.params):
            _LANG(self)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _tell(self, ctx)
        super().format_help(ctx, formatter)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        _tell(self, ctx)
        return super().shell_complete(ctx, incomplete)


class Verbs(Verb, click.Group):
    command_class = Verb
