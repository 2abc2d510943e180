"""A Document → a Word file, and → worksheets.

The floor of a Word file is its template, compiled by Jinja, rendered and deflated: no zip, no checks. That of
worksheets is openpyxl saving the same workbook, which it has in memory.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterator, Sequence
from types import SimpleNamespace

from docxtpl import DocxTemplate
from jinja2 import Environment, Template
from openpyxl import load_workbook

import perfdoc
from benchmarks.documents import document
from benchmarks.families import Plan
from benchmarks.report import Table, Target, ratios
from benchmarks.timing import Measured, in_turns
from perfdoc import Document, Form
from perfdoc.rendering.word.jinja import lines
from perfdoc.rendering.word.variables import document_view
from perfdoc.rendering.word.word_template import Compiled, template_of

FLOOR = "floor: compiled Jinja template, deflate"
SAVED = "floor: openpyxl saves the same workbook"
PERFDOC = "perfdoc"
DOCXTPL = "docxtpl as documented"
_WHY = (
    "Of a document of 5 projects a quarter is deflate, an eighth the compiled template, a twentieth the join and "
    "UTF-8 (timed apart on 2026-12-01). Above the floor stand the digest that each file carries of its canonical YAML "
    "(over a quarter: it dumps as many values as the template prints), the view of the models (a tenth), and the zip's "
    "records, bookmarks' names and the look at the template. What makes up for part of them: zlib-ng deflates to "
    "the size of zlib's level 6 (from 2 % smaller to 1.4 % larger, from 500 projects to 1) in 0.5 to 0.7 of its time, "
    "and sums up ten times as fast."
)


def run(plan: Plan) -> Iterator[Table]:
    """One document of each size, and a batch of small ones, from one form."""
    sizes = [size for size in plan.sizes if size <= 500]
    measured = {f"{n} projects" if n > 1 else "1 project": _column([document(n)], plan.turns) for n in sizes}
    measured[f"{plan.small} × 5"] = _column([document(5, seed) for seed in range(plan.small)], plan.turns)
    yield ratios("Rendering a Word file", measured, list(_targets(measured)), [_WHY])
    sheets = {name: _sheets(document(n), plan.turns) for n, name in zip(sizes, measured, strict=False)}
    largest = list(sheets)[-1]
    target = Target(f"worksheets, {largest}: × floor", sheets[largest][PERFDOC].ratio or 0, 2.5)
    yield ratios("Rendering worksheets", sheets, [target])


def _sheets(one: Document, turns: int) -> dict[str, Measured]:
    form = perfdoc.form(one.form)
    book = load_workbook(io.BytesIO(perfdoc.render(one, form, to="xlsx")), rich_text=True)
    return in_turns(
        {SAVED: lambda: book.save(io.BytesIO()), PERFDOC: lambda: perfdoc.render(one, form, to="xlsx")}, turns
    )


def _column(documents: Sequence[Document], turns: int) -> dict[str, Measured]:
    form = perfdoc.form(documents[0].form)
    compiled = template_of(form)
    views = [document_view(one, form, form.bookmarks_of(one), None, compiled.first_id) for one in documents]
    part = documents[: max(1, len(documents) // 25)]
    found = in_turns(
        {
            FLOOR: lambda: [_floor(template, view) for template in _templates(compiled) for view in views],
            PERFDOC: lambda: [perfdoc.render(one, form) for one in documents],
            DOCXTPL: lambda: [_docxtpl(form, view) for view in views[: len(part)]],
        },
        turns,
    )
    scale = len(documents) / len(part)
    plain = found[DOCXTPL]
    return {**found, DOCXTPL: Measured(plain.seconds * scale, (plain.ratio or 0) * scale)}


def _templates(compiled: Compiled) -> Iterator[Template]:
    return (member[1] for member in compiled.members if isinstance(member[1], Template))


def _floor(template: Template, view: SimpleNamespace) -> bytes:
    squeeze = zlib.compressobj(6, zlib.DEFLATED, -15)
    return squeeze.compress(template.render({"document": view}).encode()) + squeeze.flush()


def _docxtpl(form: Form, view: SimpleNamespace) -> bytes:
    """A template opened, rendered and saved for each document, as its documentation shows it."""
    template = DocxTemplate(form.document)
    environment = Environment(autoescape=True)
    environment.filters["lines"] = lines
    template.render({"document": view}, environment)
    out = io.BytesIO()
    template.save(out)
    return out.getvalue()


def _targets(measured: dict[str, dict[str, Measured]]) -> Iterator[Target]:
    for name, column in measured.items():
        yield Target(f"render, {name}: × floor", column[PERFDOC].ratio or 0, 1.8)
    faster: Callable[[str], float] = lambda name: measured[name][DOCXTPL].seconds / measured[name][PERFDOC].seconds  # noqa: E731
    single = [name for name in measured if " × " not in name]
    yield Target(f"render, {single[-1]}: × faster than docxtpl", faster(single[-1]), 6, at_least=True)
    batch = next(name for name in measured if " × " in name)
    yield Target(f"render, {batch}: × faster than docxtpl", faster(batch), 25, at_least=True)
