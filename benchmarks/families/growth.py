"""How time grows with the work: the exponent of the line that fits best, 1 for time in proportion."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import log
from statistics import linear_regression

import perfdoc
from benchmarks.documents import changed, document, word
from benchmarks.families import Plan
from benchmarks.report import Table, Target, duration
from benchmarks.timing import in_turns
from perfdoc import Document
from perfdoc.specs import format_text

_SIZES = (50, 100, 200, 500, 1000, 2000)
_LEAST = 50


def run(plan: Plan) -> Iterator[Table]:
    """Five verbs, from 50 projects to the largest size."""
    sizes = [size for size in _SIZES if size <= max(plan.sizes)]
    if len(sizes) < 2:
        sizes = [_LEAST // 5, _LEAST]
    times: dict[str, list[float]] = {}
    for size in sizes:
        for verb, way in _verbs(document(size)).items():
            found = in_turns({verb: way}, max(2, plan.turns // 3), budget=8)
            times.setdefault(verb, []).append(found[verb].seconds)
    exponents = {verb: _exponent(sizes, found) for verb, found in times.items()}
    rows = [[verb, *map(duration, found), f"{exponents[verb]:.2f}"] for verb, found in times.items()]
    targets = [
        Target(f"{verb}: exponent of time from {sizes[0]} to {sizes[-1]} projects", e, 1.1)
        for verb, e in exponents.items()
    ]
    yield Table("Growth", ["verb", *map(str, sizes), "exponent"], rows, targets)


def _verbs(given: Document) -> dict[str, Callable[[], object]]:
    form = perfdoc.form(given.form)
    data = word(given)
    later = changed(given)
    texts = perfdoc.files(given)
    return {
        "read": lambda: perfdoc.extract(perfdoc.read(data, "a.docx")),
        "render": lambda: perfdoc.render(given, form),
        "check": lambda: perfdoc.check(given, form),
        "diff": lambda: perfdoc.diff(given, later),
        "fmt": lambda: [format_text(text, name) for name, text in texts.items()],
    }


def _exponent(sizes: Sequence[int], times: Sequence[float]) -> float:
    return linear_regression(list(map(log, sizes)), list(map(log, times))).slope
