"""`python -m benchmarks`: measure, print, and write RESULTS.md."""

from __future__ import annotations

import compileall
import datetime
import gc
import tempfile
from pathlib import Path

import click

import perfdoc
from benchmarks import machine
from benchmarks.families import FAMILIES, Plan, run
from benchmarks.report import Table, targets_table
from perfdoc.jobs.limits import COLLECT_AFTER

RESULTS = Path(__file__).parent / "RESULTS.md"
_SIZES, _ROWS, _SMALL, _TURNS = (1, 5, 50, 500, 2000), (20_000, 200_000), 500, 9
_QUICK_SIZES, _QUICK_ROWS, _QUICK_SMALL, _QUICK_TURNS = (1, 50), (2_000,), 25, 3


@click.command(
    epilog="""\b
Examples:
  python -m benchmarks                               everything, some 15 minutes; writes benchmarks/RESULTS.md
  python -m benchmarks --quick                       a look, about a minute; writes nothing
  python -m benchmarks reading -s 5 -s 50            one family, these sizes
  python -m benchmarks excel --rows 20000 -t 3       a list of 20,000 rows, three turns
  python -m benchmarks growth -o growth.md           one family, written to a file""",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.argument("families", metavar="[FAMILY]...", nargs=-1, type=click.Choice(FAMILIES))
@click.option(
    "-s", "--size", "sizes", multiple=True, type=click.IntRange(1), help="Projects in a document; repeatable."
)
@click.option("--rows", multiple=True, type=click.IntRange(10), help="Rows of a flat list; repeatable.")
@click.option("--small", type=click.IntRange(1), help="Documents of five projects that make a batch.")
@click.option("-t", "--turns", type=click.IntRange(1), help="How often each way is measured.")
@click.option("--quick", is_flag=True, help="Small sizes and few turns.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write the tables to this file.")
def main(
    families: tuple[str, ...],
    sizes: tuple[int, ...],
    rows: tuple[int, ...],
    small: int | None,
    turns: int | None,
    quick: bool,
    output: Path | None,
) -> None:
    """Measure perfdoc and its peers on the same files, in turns, and print ratios.

    FAMILY: reading, memory, rendering, specs, excel, start, growth, workers; all by default, and then the tables
    are written to benchmarks/RESULTS.md.
    """
    # As pip does when it installs: where no bytecode may be written, each start would compile an editable perfdoc anew.
    compileall.compile_dir(Path(perfdoc.__file__).parent, quiet=1)
    gc.set_threshold(*COLLECT_AFTER)  # as the command does, for perfdoc and its peers alike
    whole = not (families or sizes or rows or small or turns or quick)
    with tempfile.TemporaryDirectory() as folder:
        plan = Plan(
            sorted(sizes) or (_QUICK_SIZES if quick else _SIZES),
            sorted(rows) or (_QUICK_ROWS if quick else _ROWS),
            small or (_QUICK_SMALL if quick else _SMALL),
            turns or (_QUICK_TURNS if quick else _TURNS),
            Path(folder),
        )
        tables: list[Table] = []
        for family in families or FAMILIES:
            for table in run(family, plan):
                click.echo(table.markdown())
                tables.append(table)
    tables.insert(0, targets_table(tables))
    click.echo(tables[0].markdown())
    if output or whole:
        (output or RESULTS).write_text(_written(tables), encoding="utf-8")


def _written(tables: list[Table]) -> str:
    made = f"Made {datetime.date.today():%Y-%m-%d} by `make bench`."
    what = (
        "Ratios: how many times the floor's processor time a way takes, the median of turns; the floor's own row has "
        "its time. Of a batch, the slowest peers read every 25th document. `–`: not measured, it would take minutes."
    )
    where = [f"- {line}" for line in machine.lines()]
    return "\n".join(["# What was measured", "", made, "", *where, "", what, "", *(t.markdown() for t in tables)])


if __name__ == "__main__":
    main()
