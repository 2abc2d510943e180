"""`words.yaml`: the words, bands, grades and reasonings of the scoring, read once."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import NamedTuple, cast

from perfdoc.checks.finding import Said
from perfdoc.scoring.sheet import Both
from perfdoc.yamltree import Value, packaged


class Band(NamedTuple):
    """A band of a qualitative indicator: shares of its points, `low` included, and the words that stand for it."""

    name: str
    low: Fraction
    high: Fraction
    words: tuple[str, ...]


@cache
def _whole() -> dict[str, Value]:
    return packaged("perfdoc.scoring", "words.yaml")


@cache
def words(name: str) -> tuple[str, ...]:
    """The words of a list."""
    return tuple(cast("list[str]", _whole()[name]))


@cache
def number(name: str) -> Fraction:
    """A number that stands by itself: `far`."""
    return Fraction(cast(str, _whole()[name]))


@cache
def execution() -> tuple[Fraction, str]:
    """The points of the execution where a form gives none, and what its line is called."""
    given = cast("dict[str, str]", _whole()["execution"])
    return Fraction(given["points"]), given["name"]


@cache
def grades() -> tuple[tuple[Fraction, str], ...]:
    """The least points of each grade and its name, the best first."""
    rows = cast("list[dict[str, str]]", _whole()["grades"])
    return tuple((Fraction(row["from"]), row["name"]) for row in rows)


@cache
def bands() -> tuple[Band, ...]:
    """The bands of a qualitative indicator, the worst first."""
    rows = cast("list[dict[str, Value]]", _whole()["bands"])
    return tuple(
        Band(
            cast(str, row["name"]),
            Fraction(cast(str, row["from"])),
            Fraction(cast(str, row["to"])),
            tuple(cast("list[str]", row["words"])),
        )
        for row in rows
    )


def reason(rule: str, values: Mapping[str, Said]) -> Both:
    """The reasoning of a rule in both languages."""
    texts = cast("dict[str, dict[str, str]]", _whole()["reasons"])[rule]
    zh, en = (
        texts[lang].format_map({name: said if isinstance(said, str) else said[at] for name, said in values.items()})
        for at, lang in enumerate(("zh", "en"))
    )
    return zh, en
