"""How changes are called."""

from __future__ import annotations

from decimal import Decimal

from perfdoc.comparison.change import Counts, Value


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
