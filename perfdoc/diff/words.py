"""How changes are called."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from pydantic import BaseModel

from perfdoc.diff.change import Counts, Value
from perfdoc.model import Agency, Budget, Indicator, Project

_GROUPS: dict[str, type[BaseModel]] = {"agency": Agency, "budget": Budget}
_PRESENTED = {"title": "文件标题", "heading": "表前标题"}


@cache
def title(path: tuple[str, ...]) -> str:
    """A value's name as the form has it: 预算数, 指标值; an extra's is its label."""
    if path[0] == "extra":
        return path[-1]
    for record in (_GROUPS.get(path[0]), Project, Indicator):
        field = record.model_fields.get(path[-1]) if record else None
        if field is not None and field.title:
            return field.title
    return _PRESENTED.get(path[-1], path[-1])


def signed(amount: Decimal, unit: str) -> str:
    """A difference: `+7万页`, `-0.01 万元`."""
    return f"{amount:+f}{unit}"


def told(value: Value) -> str:
    """What a value's difference is, in brackets; nothing where there is none."""
    if value.amount is not None:
        return f" ({signed(value.amount, value.unit)})"
    return f" ({value.years[0]} → {value.years[1]})" if value.years else ""


def counted(counts: Counts, noun: str) -> str:
    """`5 projects: 1 added, 2 changed, 2 the same`."""
    total = sum(counts)
    words = {"same": "the same", "moved": "only moved"}
    parts = [f"{number} {words.get(name, name)}" for name, number in counts._asdict().items() if number]
    return f"{total} {noun}{'' if total == 1 else 's'}" + (f": {', '.join(parts)}" if parts else "")
