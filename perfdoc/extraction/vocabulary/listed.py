"""What one text is among: the lists and patterns of the vocabulary."""

from functools import cached_property

from perfdoc.extraction.vocabulary.dated import BRACKETED_YEAR
from perfdoc.extraction.vocabulary.keys import keys
from perfdoc.extraction.vocabulary.tables import Tables


def _among(words: str) -> cached_property[bool]:
    """Whether a text is one of a list of words in the vocabulary."""
    return cached_property(lambda listed: listed.is_among(words))


class Listed:
    """A text that is asked for by the lists of words that it is among."""

    def __init__(self, text: str, tables: Tables) -> None:
        self.text, self._tables = text, tables
        self._keys = keys(text) if not BRACKETED_YEAR.fullmatch(text.strip()) else ()

    def is_among(self, name: str) -> bool:
        """Whether it is one of a list of words in the vocabulary."""
        return not self._tables.lists[name].isdisjoint(self._keys)

    def is_like(self, name: str) -> bool:
        """Whether the whole of it, brackets at its end aside, is as a pattern in the vocabulary says."""
        return any(map(self._tables.patterns[name].fullmatch, self._keys))

    @cached_property
    def is_corner(self) -> bool:
        """Whether it may be the head over the names of the sources in a table of money."""
        return self.is_like("corners")

    describes = _among("described_by")
    """Whether a head that may name level3 holds the description where another head is 三级指标."""
    names_in_list, acts_in_list = _among("list_names"), _among("list_activities")
    """Whether a head of a list of goals has the projects' names below it, though it is no label of a name; the second
    only beside a head of indicators.
    """
    budgets_in_list, indicates_in_list = _among("list_budgets"), _among("list_indicators")
    """Whether a head of a list has the budget of each project below it, or one indicator, where no other head does."""
    is_this_year = _among("this_year")
    """Whether it says this year and nothing else."""
    is_state_budget = _among("state_budgets")
    """Whether it is the label of money from the state's budget, where an amount stands beside it."""
    is_other_money = _among("other_money")
    """Whether it names other money, among sources of money."""
    says_indicator = _among("values_of")
    """Whether it is the head of the 指标值 where a 三级指标 stands before it and no other head is."""
    is_unit_head = _among("unit_heads")
    """Whether it may be the head over the names of units in a table whose indicators are columns."""
    is_level = _among("levels")
    """Whether it is the name of a level, its weight in brackets aside."""
    is_first_level = _among("first_levels")
    """Whether it is the name of a first level, its weight in brackets aside."""
    is_either_level = _among("either_level")
    """Whether it is the name of a first level in one scheme, and of a second one in another."""
    is_note = _among("notes")
    """Whether it is the label of a note."""
    is_total = _among("totals")
    """Whether it names the sum of what stands above it."""
    sums_up = _among("sums")
    """Whether it names the sum of a whole form, not of a part of it."""
