"""Tables of money: a row for each source, a column for each kind of amount, or the other way round."""

from collections.abc import Sequence

from perfdoc.extraction.by_labels.label_rows.row_heads import RowHead
from perfdoc.extraction.vocabulary.tables import Entry
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.layout import Cell
from perfdoc.years import years

_BUDGET, _INITIAL = "budget", "execution.initial"
_TOTAL = "total"
_SEVERAL = 3
"""Columns of money that make a table of it, whatever else stands beside them."""


class MoneyColumns:
    """What the heads over rows of money stand for."""

    def __init__(self, over: Sequence[RowHead], words: Vocabulary, year: str = "") -> None:
        self.over, self.words = over, words
        self.past = self._past(year)
        self.guesses_year = not years(year, name=True) and len({y[0].number for o in over if (y := years(o.label))}) > 1
        """Whether the heads name several years, and nothing says which one is the form's."""
        self.sources = {o.first: source for o in over if o.first not in self.past and (source := self._source(o))}
        self.columns = self._best()
        if set(self.sources.values()) <= {_TOTAL} and self.columns:
            self.sources = {}
        dated = {o.first for o in over if len(years(o.label)) == 1}
        summed = all(o.first in dated or words.meaning(o.label).is_total for o in over)
        several = summed and len(dated) > 1 and not self.guesses_year
        self.of_year = dated - self.past if several and len(dated) < len(over) else set()
        """The head of the form's year among those of several and their sum, of which it has the budget."""

    @property
    def alone(self) -> bool:
        """Whether every head is a column of one table of money, or several are: a bare row is its only one."""
        if len(self.sources) == len(self.over) > 1:
            return True
        budget = bool({_BUDGET, _INITIAL} & set(self.columns.values()))
        return budget and (len(self.columns) >= _SEVERAL or len(self.columns) == len(self.over) > 1)

    @property
    def totalled(self) -> bool:
        """Whether the heads are a total and sources of it: a row of nothing but amounts is their only one."""
        return _TOTAL in self.sources.values() or bool(self.of_year)

    def _source(self, over: RowHead) -> str:
        path = over.entry.path if over.entry is not None else ""
        if path.startswith("budget.") and self.words.meaning(over.label).money_column is None:
            return path.removeprefix("budget.")
        if self.words.meaning(over.label).is_total:
            return _TOTAL
        total = [one.entry is not None and one.entry.path == "budget.total" for one in self.over]
        totalled = any(total) or any(self.words.meaning(one.label).is_total for one in self.over)
        return "other" if totalled and self.words.meaning(over.label).is_other_money else ""

    def _past(self, year: str) -> frozenset[int]:
        """The first grid columns of the heads of other years: in words, or by their figures.

        `year` is the form's; where it is not known and the heads name several, the last of them is this one's.
        Where all of several lie before it, none of them is.
        """
        named = {o.first: found[0].number for o in self.over if len(found := years(o.label)) == 1}
        known = [found[0].number for found in [years(year, name=True)] if found]
        last = max(named.values(), default=0)
        this = next((one for one in known if one in named.values() or one > last), last)
        other = {first for first, one in named.items() if one != this and len(set(named.values())) > 1}
        said = {o.first for o in self.over if any(self.words.meaning(one).is_past for one in (o.label, o.above))}
        return frozenset(other | said)

    def _best(self) -> dict[int, str]:
        """The columns by the first grid column of their heads: of two heads for one the better."""
        best: dict[str, tuple[int, int]] = {}
        for over in self.over:
            if over.first in self.past:
                continue
            found = self.words.meaning(over.label).money_column
            if found is not None and (found[0] not in best or found[1] < best[found[0]][0]):
                best[found[0]] = (found[1], over.first)
        return {first: column for column, (_, first) in best.items()}

    def guessed_budget(self, values: Sequence[tuple[Cell, RowHead]]) -> tuple[RowHead, RowHead] | None:
        """Where no head is known to be the budget's: the one that looks so, and the one that has an amount.

        The first row of money decides; None where the budget has its head or nothing looks so.
        """
        if {_BUDGET, _INITIAL} & set(self.columns.values()) or self.sources:
            return None
        values = [(c, o) for c, o in values if o.first not in self.past]
        likely = [
            (c, o) for c, o in values if o.first not in self.columns and self.words.meaning(o.label).is_budget_head
        ]
        if not likely and values and values[0][1].first not in self.columns:
            likely = [values[0]]
        if not likely:
            return None
        chosen = next((o for c, o in likely if c.text.strip()), likely[0][1])
        self.columns[chosen.first] = _BUDGET
        return likely[0][1], chosen

    def field(self, label: str, entry: Entry | None, over: RowHead) -> str:
        """The field of an amount, by the label of its row and the head of its column; empty where there is none."""
        total = self.words.meaning(label).is_total
        if self.sources:
            named = self.words.meaning(over.above).money_column or self.words.meaning(label).money_column
            column = named[0] if named else _BUDGET if total or self.words.meaning(label).is_this_year else ""
            return _joined(column, self.sources.get(over.first, ""))
        path = entry.path if entry is not None else ""
        other = "other" if self.words.meaning(label).is_other_money and len(self.columns) > 1 else ""
        source = path.removeprefix("budget.") if path.startswith("budget.") else _TOTAL if total else other
        return _joined(self.columns.get(over.first, ""), source)

    def field_alone(self, over: RowHead) -> str:
        """The field of an amount in the only row of the table."""
        if self.of_year:
            return _joined(_BUDGET, _TOTAL) if over.first in self.of_year else ""
        if self.sources and over.first not in self.columns:
            named = self.words.meaning(over.above).money_column
            return _joined(named[0] if named else _BUDGET, self.sources.get(over.first, ""))
        return _joined(self.columns.get(over.first, ""), _TOTAL)


def _joined(column: str, source: str) -> str:
    return f"{column}.{source}" if column and source else ""
