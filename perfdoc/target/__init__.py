"""The grammar of 指标值: `parse` turns a text into a Target. The text is always kept as written.

    >>> parse("≥83万页").base
    Quantity(number=Decimal('830000'), unit='页', per='')
    >>> parse("不低于 98%").operator.value, parse("2023年底前").end
    ('≥', Date(year=2023, month=12, day=None, later=0))

Parsing never fails, it classifies: what no production reads is qualitative.
"""

from perfdoc.target.grammar import LONGEST_TEXT, parse, split
from perfdoc.target.money import money, money_unit
from perfdoc.target.operators import canonical_operator
from perfdoc.target.quantity import Quantity, compare, convert, dimension, multiply, plain
from perfdoc.target.value import AT_LEAST, AT_MOST, Date, Direction, Kind, Operator, Target, same_meaning

__all__ = [
    "AT_LEAST",
    "AT_MOST",
    "LONGEST_TEXT",
    "Date",
    "Direction",
    "Kind",
    "Operator",
    "Quantity",
    "Target",
    "canonical_operator",
    "compare",
    "convert",
    "dimension",
    "money",
    "money_unit",
    "multiply",
    "parse",
    "plain",
    "same_meaning",
    "split",
]
