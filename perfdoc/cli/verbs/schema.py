"""`perfdoc schema`: the JSON Schema of a spec, for editors."""

from pathlib import Path
from typing import Literal

import click

import perfdoc
from perfdoc.cli.codes import Code
from perfdoc.cli.files.output import put
from perfdoc.cli.params import dry_run_option, force_option, format_option, output_option
from perfdoc.cli.terminal.printing import Printer
from perfdoc.cli.verb import Verb


@click.command(cls=Verb)
@click.argument("what", type=click.Choice(["project", "document"]), default="project")
@output_option
@force_option
@dry_run_option
@format_option
@click.pass_obj
def schema(
    printer: Printer, what: Literal["project", "document"], output: Path | None, force: bool, dry_run: bool
) -> int:
    put(printer, perfdoc.specs.schema_text(what).encode(), output, "json", force=force, dry_run=dry_run)
    return Code.clean
