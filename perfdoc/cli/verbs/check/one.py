"""One document checked: what `perfdoc check` does here, and what a process of `perfdoc.jobs` does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from perfdoc.checks import selected
from perfdoc.checks.report import Shown
from perfdoc.checks.settings import Settings, settings_near
from perfdoc.cli.codes import Code
from perfdoc.cli.files.checked import Forms, Job, Specs, as_shown
from perfdoc.cli.files.output import write
from perfdoc.cli.terminal.difference import difference
from perfdoc.cli.terminal.findings import as_change, as_github, as_text
from perfdoc.cli.terminal.language import language
from perfdoc.cli.terminal.printing import Printer
from perfdoc.cli.verbs.check.mend import mend
from perfdoc.errors import SpecError, UsageError


@dataclass
class Run:
    """One run of `check`: what was asked for, and what was found so far.

    `found` and `fixed` are only kept for the formats that are written as a whole at the end (`kept`); `counts` and
    `mendable` are known for all.
    """

    printer: Printer
    format: str
    lang: str | None
    fix: bool
    show: bool
    keep: bool
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    severity: str | None
    templates: Forms
    found: list[Shown] = field(default_factory=list)
    fixed: list[Shown] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    mendable: int = 0
    tongue: str = "en"
    _near: dict[Path, Settings] = field(default_factory=dict)

    def settings(self, folder: Path) -> Settings:
        """The choices for files in a folder: the command line's over the repository's."""
        if folder not in self._near:
            near = settings_near(folder)
            self._near[folder] = near.changed(self.select, self.ignore, self.severity, self.lang)
        return self._near[folder]

    @property
    def kept(self) -> bool:
        """Whether the format is one whole."""
        return self.format in ("json", "sarif")

    def count(self, found: Sequence[Shown]) -> None:
        """Take in what was found."""
        self.counts.update(str(one.finding.severity) for one in found)
        safe = [one for one in found if one.finding.safe and one.finding.edits]
        self.mendable += sum(1 for one in safe if one.at and not one.by_hand)
        if self.kept:
            self.found += found


def look(run: Run, job: Job) -> int:
    """Check one document; what is found is printed at once in text, and kept for the other formats."""
    if not isinstance(job, Specs):
        reading, form = job.load()
        run.printer.diagnostics((one for one in reading.diagnostics if one.severity != "info"), brief=True)
        return say(run, job.look(reading, form), job.settings)
    try:
        if run.fix or run.show:
            return _mend(run, job)
        return say(run, job.look(), job.settings)
    except SpecError as error:
        return broken(run, job, error)


def broken(run: Run, job: Specs, error: SpecError) -> int:
    if not error.diagnostics:
        raise error
    say(run, as_shown(error.diagnostics, job.texts), job.settings)
    return Code.unreadable


def say(run: Run, found: list[Shown], settings: Settings) -> int:
    run.count(found)
    tongue = language(run.lang, settings.lang)
    if run.format in ("text", "github"):
        write = as_text if run.format == "text" else as_github
        run.printer.data("".join(write(one, tongue) for one in found))
    counts = any(True for _ in selected((one.finding for one in found), settings))
    return Code.findings if counts else Code.clean


def _mend(run: Run, job: Specs) -> int:
    """Apply the safe fixes, or show them; then say what is left."""
    if job.url and not run.show:
        raise UsageError(f"{job.shown}: --fix mends files of this machine; --diff shows what it would change")
    before, after, left, made = mend(job)
    if run.show:
        shown = (difference(before[file], text, file, f"{file} (mended)") for file, text in after.items())
        run.printer.data("".join(shown))
        return Code.findings if after else Code.clean
    tongue = language(run.lang, job.settings.lang)
    if job.text is not None:
        run.printer.data("".join(after.values()) or job.text)
        return Code.clean
    write({Path(file): text.encode() for file, text in after.items()}, force=True, dry_run=run.keep)
    if run.format == "text":
        run.printer.data("".join(as_change(one, tongue, run.keep) for one in made))
    if run.kept:
        run.fixed += made
    return say(run, left, job.settings)
