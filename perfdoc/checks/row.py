"""An indicator as the rules look at it: its levels known by their keys, its value parsed, what its name says of it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cached_property, lru_cache

from perfdoc.checks.schemes import Scheme, levels, lowered
from perfdoc.checks.word_lists import any_of, kinds, last_word, table, words
from perfdoc.model import Indicator
from perfdoc.report import Path
from perfdoc.target import Kind, Operator, Quantity, Target, canonical_operator, convert, dimension, parse
from perfdoc.target.units import UNITS, scale

COSTS = frozenset(("cost", "economic_cost", "social_cost", "ecological_cost"))
"""The kinds of cost indicators, in either scheme."""

_DIRECTIONS = {text: Operator(sign) for text, sign in table("directions").items()}
_UNIT_BEHIND = re.compile("[（(](?:(?P<sign>[≥≤=＝<>＜＞])?[*＊×xX_]{1,4})?(?P<unit>[^（()）*＊]{1,6})[）)]$")
_BRACKETS = re.compile(r"[（(][^（(）)]*[）)]")


class Row:
    """An indicator with its place, its levels known by their keys (`output`, `quantity`), its value parsed.

    Where a form has two columns of levels, `indicator` has the three that they say (`lowered`); `two_columns` says
    that the form is known to have no more. An operator in a column of its own (指标方向: 大于等于) is the value's, and
    so is a unit at the end of the name (户数（户）).
    `number` counts the project's indicators from 1. `group` and `kind` are `""` for a level that no scheme knows;
    `hint` is the kind that the indicator's own name says.
    """

    def __init__(
        self, indicator: Indicator, path: Path, number: int, scheme: Scheme, two_columns: bool = False
    ) -> None:
        three = None if (indicator.level3 or "").strip() else lowered(*_two_of(indicator), scheme.name, two_columns)
        self._places = {"level3": "level2", "level2": "level1"} if three else {}
        if three:
            indicator = indicator.model_copy(update=dict(zip(("level1", "level2", "level3"), three, strict=True)))
        self.indicator = indicator
        self.path = path
        self.number = number
        self.group, self.kind = levels(*_two_of(indicator), scheme.name)
        self.name = (indicator.level3 or "").strip()
        self.text = indicator.target or ""
        self.target: Target = _completed(parse(self.text, self.name), self.name, indicator.extra.values())
        self.hint = hint_of(self.name)

    def at(self, name: str) -> Path:
        """The path of one of its values."""
        return (*self.path, self._places.get(name, name))

    @property
    def weight(self) -> str:
        """The text of its weight: in its field, or in a column that is called so."""
        extra = self.indicator.extra
        columns = (extra[label] for label in extra if "".join(label.split()) in words("weight_labels"))
        return (self.indicator.weight or next(columns, "")).strip()

    @property
    def value(self) -> str:
        """The text of its value, without white space around it."""
        return self.text.strip()

    @property
    def said(self) -> dict[str, str]:
        """What most messages say of it: its name and its value."""
        return {"name": self.name, "value": self.value}

    @cached_property
    def bare_name(self) -> str:
        """The name without what stands in brackets."""
        return without_brackets(self.name)

    @cached_property
    def over_years(self) -> bool:
        """Whether it stands in a block that is for more than the budget year: 长期, 中期目标."""
        extra = self.indicator.extra
        return any(any_of("long_periods").search(extra.get(label) or "") for label in words("periods"))

    @property
    def is_cost(self) -> bool:
        """Whether it is a cost indicator, in either scheme."""
        return self.kind in COSTS or (not self.kind and self.group == "cost")

    @property
    def money(self) -> Quantity | None:
        """The plain amount of money that it promises (≤165万元), or None."""
        quantity = self.target.quantity
        if quantity and self.target.kind is Kind.quantity and dimension(quantity) == ("元", ()):
            return quantity
        return None

    @property
    def yuan(self) -> Decimal:
        """The amount of `money` in 元; 0 where there is none."""
        return self.money.base.number if self.money else Decimal(0)

    @property
    def is_share(self) -> bool:
        """Whether the name is that of a share of a whole: 合格率, 满意度."""
        return self.bare_name.endswith(words("share")) and not self.bare_name.endswith(words("not_share"))

    @property
    def is_bad(self) -> bool:
        """Whether less of it is better; the satisfaction of those who were hit (受灾群众满意度) is nothing bad."""
        found = list(any_of("less_is_better").finditer(self.name))
        return bool(found) and (self.kind != "satisfaction" or self.ends_bad(found[-1].end()))

    def ends_bad(self, end: int) -> bool:
        """Whether the name is that of something bad which ends there, not of what is done against it (投诉处理率)."""
        rest = without_brackets(self.name[end:])
        return not rest or rest in words("after_what_is_bad")

    @property
    def is_bounded_above(self) -> bool:
        """Whether an indicator of this name and kind has an upper bound."""
        more = any_of("more_is_better").search(self.name)
        if self.is_cost:
            return not more
        return self.is_bad or (bool(any_of("time_is_short").search(self.name)) and not more)

    def parts(self) -> Iterator[tuple[Target, int]]:
        """The value, or the parts of a compound, with the offset of each in the text."""
        target = self.target
        if target.kind is Kind.compound:
            yield from ((part, span[0]) for part, span in zip(target.parts, target.spans.parts, strict=True))
        else:
            yield target, 0


def _completed(target: Target, name: str, columns: Iterable[str]) -> Target:
    """The value with the operator that another column gives to its number, and with what the name ends with: a unit
    （户）, or a printed pattern of a value （≥**%）."""
    if target.kind is not Kind.quantity or target.quantity is None:
        return target
    signs = (canonical_operator(text) or _DIRECTIONS.get(text.strip()) for text in columns)
    behind = _UNIT_BEHIND.search(name)
    printed = canonical_operator(behind["sign"] or "") if behind else None
    operator = target.operator or next(filter(None, signs), printed)
    quantity = parse(f"1{behind['unit']}").quantity if behind and not target.quantity.whole_unit else None
    if quantity is None or not quantity.unit or scale(quantity.unit)[0] not in UNITS:
        quantity = target.quantity
    return replace(target, operator=operator, quantity=quantity._replace(number=target.quantity.number))


def _two_of(indicator: Indicator) -> tuple[str, str]:
    return indicator.level1 or "", indicator.level2 or ""


def without_brackets(name: str) -> str:
    """The name without what stands in brackets."""
    return _BRACKETS.sub("", name)


def span_of(target: Target, offset: int, *names: str) -> tuple[int, int] | None:
    """From the first to the last of these pieces of a part, in the whole value."""
    spans = [span for name in names if (span := getattr(target.spans, name))]
    return (offset + spans[0][0], offset + spans[-1][1]) if spans else None


def percent(quantity: Quantity | None) -> Decimal | None:
    """A share in percent; None for what is none."""
    if quantity is None or quantity.per or quantity.unit not in ("%", "‰", "成"):
        return None
    same = convert(quantity, "%")
    return same.number if same else None


@lru_cache(maxsize=4096)
def hint_of(name: str) -> str:
    """The kind that an indicator's name ends with (搬运库存档案数量 → quantity), or `""`."""
    plain = without_brackets(name)
    word = last_word(plain, kinds())
    if not word or not plain.endswith(word):
        return ""
    found = kinds()[word]
    return "" if found == "none" else found
