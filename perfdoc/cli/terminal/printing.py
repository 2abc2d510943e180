"""What goes to the terminal: diagnostics and status to stderr, data to stdout.

`--format json` turns stderr into one JSON array, written as the run goes on (docs/en/diagnostics.md).
"""

import os
import sys
import traceback
from collections import Counter
from collections.abc import Iterable
from typing import IO, Any

import perfdoc
from perfdoc.cli.codes import Code, code_of, word_of
from perfdoc.cli.terminal.progress import Progress
from perfdoc.errors import UsageError
from perfdoc.report import Severity
from perfdoc.texts import reason, say
from perfdoc.visible import shown as shown

COLOURS = {"error": "31;1", "warning": "33;1", "info": "36"}
_QUOTE = 60  # characters of a quote that a line shows
_ALIKE = 2  # infos of one code that a brief report shows


def shortened(text: str, width: int = _QUOTE) -> str:
    """`text` shown on one line, cut after `width` characters."""
    return shown(text if len(text) <= width else text[: width - 1] + "…")


def coloured(stream: IO[Any]) -> bool:
    """Whether colours may be written: a terminal that knows them, and NO_COLOR not set (no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def paint(text: str, style: str, stream: IO[Any]) -> str:
    """`text` in the SGR style (`31;1`) where the stream takes colours."""
    return f"\x1b[{style}m{text}\x1b[0m" if text and style and coloured(stream) else text


class Printer:
    """What one run prints. `format` is `text` or `json`; the run's Printer is click's `ctx.obj`.

    One that is `quiet` tells findings and failures, and not what was done.
    """

    def __init__(self) -> None:
        self.format = "text"
        self.quiet = False
        self.progress = Progress()
        self._said = 0

    def diagnostics(self, found: Iterable[perfdoc.Diagnostic], *, brief: bool = False) -> Code:
        """Say each diagnostic, with its place, on one line; findings if one of them is an error.

        `brief` tells of many like infos (never of warnings) by the first two and a number; JSON has them all.
        """
        code = Code.clean
        infos: Counter[str] = Counter()
        for one in found:
            if one.severity == "error":
                code = Code.findings
            infos[one.code] += one.severity == "info"
            if self.format == "json":
                self.object(one.as_object())
            elif not brief or infos[one.code] <= _ALIKE:
                self.text(_as_line(one) + "\n")
        for name, number in infos.items() if brief else ():
            if number > _ALIKE:
                self.status(say("cli.more_infos", n=number - _ALIKE, code=name))
        return code

    def doubts(self, reading: perfdoc.Reading, least: Severity = Severity.warning) -> None:
        """Say in brief what is in doubt in a reading: the warnings and errors, down to the least that is asked for."""
        shown = {*Severity.down_to(least)} - {Severity.info}
        self.diagnostics((one for one in reading.diagnostics if one.severity in shown), brief=True)

    def failure(self, error: Exception, file: str = "") -> Code:
        """Say why the work (on `file`) could not go on, and return the exit code for it."""
        code = code_of(error)
        if os.environ.get("PERFDOC_DEBUG"):
            self.text("".join(traceback.format_exception(error)))
        found: tuple[perfdoc.Diagnostic, ...] = getattr(error, "diagnostics", ())
        self.diagnostics(found)
        if found and str(error) == "; ".join(map(str, found)):
            return code  # it has no words of its own
        self.ended(word_of(error), told(error, file), file)
        return code

    def ended(self, word: str, message: str, file: str = "", severity: str = "error") -> None:
        """Say what ended the work (on `file`); `word` is its code in JSON."""
        if self.format == "json":
            given = perfdoc.Diagnostic(word, Severity(severity), message, perfdoc.Place(file))
            self.object(given.as_object())
        else:
            self.text(f"perfdoc: {shown(message)}\n")

    def status(self, line: str) -> None:
        """Say what was done; nothing under `--format json`, where stderr belongs to the diagnostics."""
        if self.format == "text" and not self.quiet:
            self.text(shown(line) + "\n")

    def data(self, text: str) -> None:
        """Write a text, as it is, to stdout in UTF-8 whatever the locale."""
        self.bytes(text.encode("utf-8", "backslashreplace"))

    def bytes(self, content: bytes) -> None:
        self.progress.clear()
        try:
            sys.stdout.flush()
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise unwritable(error) from error

    def finish(self) -> None:
        """End of the run: the end of the JSON array, which is there also when it is empty."""
        if self.format == "json":
            self.text("\n]\n" if self._said else "[]\n")
            self._said = 0

    def object(self, found: dict[str, Any]) -> None:
        """The next object of the JSON array: written at once, so that a run of any length holds none."""
        text = json_text(found).rstrip("\n").replace("\n", "\n  ")
        self.text(f"{',' if self._said else '['}\n  {text}")
        self._said += 1

    def text(self, text: str) -> None:
        self.progress.clear()
        sys.stderr.write(text)
        sys.stderr.flush()


def json_text(whole: object) -> str:
    """A value as the text of JSON that people may read, too."""
    import json

    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _as_line(one: perfdoc.Diagnostic) -> str:
    severity = paint(str(one.severity), COLOURS.get(one.severity, ""), sys.stderr)
    line = f"{shown(str(one.place))}: {severity} {one.code}: {shown(one.message)}"
    quote = shortened(one.quote)
    return f"{line}: “{quote}”" if quote and quote.rstrip("…") not in line else line


def unwritable(error: OSError) -> UsageError:
    """Why stdout takes nothing more: its disk is full, for one."""
    return UsageError(say("storage.cant_write", path="<stdout>", why=reason(error)))


def told(error: Exception, file: str = "") -> str:
    """What an exception says to a person, in one line that names the file."""
    if code_of(error) is Code.bug:
        return _bug(error, file)
    if isinstance(error, MemoryError):
        return say("cli.memory", file=file)
    if isinstance(error, OSError):
        name = error.filename if isinstance(error.filename, str) else file
        return f"{name}: {reason(error)}" if name else reason(error)
    message = " ".join(str(error).split()) or type(error).__name__
    return message if not file or message.startswith(file) else f"{file}: {message}"


def _bug(error: Exception, file: str) -> str:
    trace, where = error.__traceback__, ""
    while trace is not None:
        code = trace.tb_frame.f_code
        if "perfdoc" in code.co_filename:
            place = f"{code.co_filename.rpartition('perfdoc' + os.sep)[2]}:{trace.tb_lineno}"
            where = say("cli.bug_at", place=place)
        trace = trace.tb_next
    said = shortened(" ".join(f"{type(error).__name__}: {error}".split()), 200)
    return (f"{file}: " if file else "") + say("cli.bug", said=said, where=where)
