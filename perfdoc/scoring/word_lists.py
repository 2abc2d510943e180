"""`words.yaml`: the words, bands, grades and reasonings of the scoring, read once."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple

from perfdoc.texts import say
from perfdoc.yamltree import packaged


class Band(NamedTuple):
    """A band of a qualitative indicator: shares of its points, `low` included, and the words that stand for it."""

    name: str
    low: Fraction
    high: Fraction
    words: tuple[str, ...]


@cache
def _whole() -> dict[str, Any]:
    return packaged("perfdoc.scoring", "words.yaml")


@cache
def words(name: str) -> tuple[str, ...]:
    return tuple(_whole()[name])


def far() -> Fraction:
    """How many times its target a value must be for the target to have been set too low."""
    return Fraction(_whole()["far"])


def execution() -> tuple[Decimal, str]:
    """The points of the execution where a form gives none, and what its line is called."""
    return Decimal(_whole()["execution"]["points"]), _whole()["execution"]["name"]


def grade(total: Decimal) -> str:
    """The grade (优, 良, 中, 差) of a total of points."""
    return next((row["name"] for row in _whole()["grades"] if total >= Decimal(row["from"])), "")


@cache
def bands() -> tuple[Band, ...]:
    """The bands of a qualitative indicator, the worst first."""
    rows = _whole()["bands"]
    return tuple(Band(r["name"], Fraction(r["from"]), Fraction(r["to"]), tuple(r["words"])) for r in rows)


def reason(rule: str, values: Mapping[str, str]) -> str:
    return say(f"scoring.reasons.{rule}", **values)
