"""The rules, each a function that is given the Subject and yields what it found.

What is said of them stands beside them, by family: `values.yaml` for the codes PD3xx. The functions are in:

PD1xx `completeness`, PD2xx `classification`,
PD3xx `amounts` (operator, unit, size), `bounds` (≥ or ≤), `numbers`, `deadlines`, `spelling`,
PD4xx `budget`, `arithmetic`, PD5xx `projects`, PD6xx `wording`, `typography`.

A new rule is a function with its code in the `RULES` of its module, its words in the family's YAML file, and a case
in `tests/checks/check_faults.tsv`.
"""

from __future__ import annotations

from perfdoc.checks.finding import Rule
from perfdoc.checks.rules import (
    amounts,
    arithmetic,
    bounds,
    budget,
    classification,
    completeness,
    deadlines,
    numbers,
    projects,
    spelling,
    typography,
    wording,
)

__all__ = ["RULES"]

RULES: tuple[Rule, ...] = tuple(
    sorted(
        (
            *completeness.RULES,
            *classification.RULES,
            *amounts.RULES,
            *bounds.RULES,
            *numbers.RULES,
            *deadlines.RULES,
            *spelling.RULES,
            *budget.RULES,
            *arithmetic.RULES,
            *projects.RULES,
            *wording.RULES,
            *typography.RULES,
        )
    )
)
"""All rules in the order of their codes; `catalogue()` has what is said of each."""
