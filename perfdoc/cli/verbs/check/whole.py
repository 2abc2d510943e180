"""What is written once for a run of checks: JSON, SARIF, a page, a workbook, and how many findings there are."""

from __future__ import annotations

from pathlib import Path

from perfdoc.cli.files.output import as_workbook, put
from perfdoc.cli.terminal.findings import as_json_text, summary
from perfdoc.cli.terminal.sarif import as_sarif
from perfdoc.cli.terminal.statistics import (
    by_severity,
    not_shown,
    statistics_as_json,
    statistics_as_text,
    statistics_of,
)
from perfdoc.cli.verbs.check.run import Run
from perfdoc.summary.found import found_tables, page
from perfdoc.texts import say


def write_whole(run: Run, output: Path | None, *, force: bool = False, dry_run: bool = False) -> None:
    """Write what is written once, to a file or to standard output; then for people how many findings there are.

    Raises ConflictError for a file that differs, without `force`.
    """
    printer, order, found = run.printer, run.order, run.found
    put(printer, _data(run, output.parent if output else Path()), output, order.format, force=force, dry_run=dry_run)
    if order.annotate is not None and order.annotate.folder:
        written, clean = found.annotated[True], found.annotated[False]
        key = "cli.check.to_annotate" if dry_run else "cli.check.annotated"
        printer.status(say(key, n=written, out=order.annotate.out, clean=clean))
    if not order.whole and order.format != "github" and found.counts:
        whole = summary(by_severity(found.counts), found.mendable)
        printer.status(whole + not_shown(found.counts, order.least))


def _data(run: Run, base: Path) -> bytes:
    order, found = run.order, run.found
    if order.format == "xlsx":
        return as_workbook(found_tables(found.report, base))
    text = ""
    if order.statistics:
        rows = statistics_of(found.counts, order.least)
        text = statistics_as_json(rows) if order.format == "json" else statistics_as_text(rows)
    elif order.format == "json":
        text = as_json_text(found.findings, found.fixed)
    elif order.format == "sarif":
        text = as_sarif(found.findings)
    elif order.format == "html":
        text = "".join(page(found.report, base))
    return text.encode("utf-8", "backslashreplace")
