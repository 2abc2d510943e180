"""A verb as click has it: its texts are data in two languages, and `--lang` is one of its options."""

from __future__ import annotations

from typing import Any

import click
from click.shell_completion import CompletionItem

from perfdoc.cli.help import Formatter, tell

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
        tell(self, ctx)
        super().format_help(ctx, formatter)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        tell(self, ctx)
        return super().shell_complete(ctx, incomplete)


class Verbs(Verb, click.Group):
    command_class = Verb
