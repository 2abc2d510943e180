"""`perfdoc textconv`: a file as the text that git compares. It never fails: git would refuse to show anything."""

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

import click

import perfdoc
from perfdoc.cli.codes import Code
from perfdoc.cli.files.batch import bounded
from perfdoc.cli.files.inputs import bytes_of, folder_of, is_spec_name, name_of
from perfdoc.cli.files.sources import source
from perfdoc.cli.params import INPUT
from perfdoc.cli.terminal.printing import Printer, told
from perfdoc.cli.verb import Verb
from perfdoc.comparison.goals import goals, layout_lines
from perfdoc.jobs.limits import SECONDS
from perfdoc.texts import say
from perfdoc.visible import CONTROL

_SECONDS = 15.0  # for LibreOffice, where a file needs it


@click.command(cls=Verb)
@click.argument("file", type=INPUT)
@click.pass_obj
def textconv(printer: Printer, file: str) -> int:
    printer.data(text_of(file))
    return Code.clean


def text_of(file: str) -> str:
    """The best text that can be had of a file; never an exception for what the file is."""
    try:
        if Path(file).is_dir():
            return _document(file)
        data = bytes_of(file)
    except Exception as error:
        return say("cli.textconv_why", why=_reason(error)) + "\n"
    reason = ""
    name = Path(name_of(file)).name  # git's own copy of a file has another folder each time
    for attempt in (_goals, _plain):
        try:
            return attempt(data, file if is_spec_name(file) else name, folder_of(file))
        except Exception as error:
            reason = reason or _reason(error)
    size = say("cli.textconv_size", n=len(data), digest=hashlib.sha256(data).hexdigest())
    return f"{say('cli.textconv_why', why=reason)}\n{size}\n"


def _goals(data: bytes, file: str, near: Path | None) -> str:
    if is_spec_name(file) and perfdoc.reading.kind_of(data) in ("txt", ""):
        return _document(file)
    with bounded(file, SECONDS / 2):
        layout, known = perfdoc.read(data, file, tool_seconds=_SECONDS), perfdoc.forms(near=near)
        return _joined(goals(perfdoc.extract(layout, known).document))


def _document(file: str) -> str:
    return _joined(goals(source(file).reading.document))


def _plain(data: bytes, file: str, near: Path | None) -> str:
    with bounded(file, SECONDS / 2):
        return _joined(layout_lines(perfdoc.read(data, file, tool_seconds=_SECONDS)))


def _joined(lines: Iterable[str]) -> str:
    text = "\n".join(CONTROL.sub(_escaped, part) for line in lines for part in line.split("\n")).strip("\n")
    return text + "\n" if text else say("cli.no_text") + "\n"


def _escaped(found: re.Match[str]) -> str:
    return "\t" if found[0] == "\t" else found[0].encode("unicode_escape").decode("ascii")


def _reason(error: Exception) -> str:
    return " ".join(told(error).split())
