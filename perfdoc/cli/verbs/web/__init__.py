"""`perfdoc web`: a page in the browser over a folder."""

from pathlib import Path

import click

from perfdoc.cli.codes import Code
from perfdoc.cli.params import FOLDER
from perfdoc.cli.terminal.printing import Printer
from perfdoc.cli.verb import Verb
from perfdoc.texts import say
from perfdoc.web import serve


@click.command(cls=Verb)
@click.argument("folder", metavar="[DIR]", type=FOLDER, default=".")
@click.option("--port", type=click.IntRange(0, 65535), default=0)
@click.option("--no-browser", is_flag=True)
@click.pass_obj
def web(printer: Printer, folder: Path, port: int, no_browser: bool) -> int:
    def tell(address: str) -> None:
        printer.status(say("web.serving", folder=folder))
        printer.data(f"{address}\n")

    serve(folder, port, tell, browser=not no_browser)
    return Code.clean
