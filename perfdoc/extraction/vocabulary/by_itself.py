"""What a text means by itself, whatever other texts mean: by the patterns of the vocabulary."""

from functools import cached_property

from perfdoc.extraction.vocabulary.dated import dated, half_width
from perfdoc.extraction.vocabulary.keys import BLANK, key, keys
from perfdoc.extraction.vocabulary.listed import Listed
from perfdoc.extraction.vocabulary.pieces import COLON

_LONGEST_TITLE = 120


class ByItself(Listed):
    """A text that is asked for what it says by itself: of which year, of money, at the top or the end of a form."""

    @cached_property
    def is_budget_head(self) -> bool:
        """Whether a head over a row of money tells the budget itself."""
        return not self.is_past and self._tables.patterns["budget_heads"].match(self.text) is not None

    @cached_property
    def is_money_block(self) -> bool:
        """Whether it heads a block of money."""
        return any(map(self._tables.patterns["of_money"].match, self._keys))

    @cached_property
    def is_annual(self) -> bool:
        """Whether it speaks of the year itself."""
        plain = "".join(self.text.split())
        return not self.is_past and self._tables.patterns["annual"].search(plain) is not None

    @cached_property
    def is_past(self) -> bool:
        """Whether it speaks of years before, and of nothing that they left over."""
        return any(map(self._tables.patterns["past"].match, (key(self.text), "".join(self.text.split()))))

    @cached_property
    def stacked_period(self) -> str:
        """The period of the block of indicators that it names, 长期 of 长期绩效指标; empty where it names none."""
        found = self._tables.patterns["stacked"].fullmatch(key(self.text))
        return found[1] if found is not None else ""

    @property
    def names_fund(self) -> bool:
        """Whether it is the label of a name that is not the project's own where a 项目名称 stands beside it."""
        return "项目" not in key(self.text)

    @cached_property
    def is_identity(self) -> bool:
        """Whether it names a code that tells projects apart."""
        return self._tables.patterns["identity"].search(self.text) is not None

    # The names of levels and sums, lines at the top and the end of a form, what stands in place of a value

    @cached_property
    def counts_columns(self) -> bool:
        """Whether it is the head of a row that only numbers the columns."""
        return self.text in self._tables.lists["column_counters"]

    @cached_property
    def is_footer(self) -> bool:
        """Whether it is a label that stands at the end of a form, alone or with its value after a colon."""
        found = COLON.search(self.text[:41])
        before = keys(self.text[: found.start()]) if found else ()
        return self.is_among("footers") or not self._tables.lists["footers"].isdisjoint(before)

    @cached_property
    def closes(self) -> bool:
        """Whether it is a label that stands at the end of a form only."""
        return self.is_footer and not self.is_among("others")

    @cached_property
    def is_title(self) -> bool:
        """Whether it is a form's own title, its year in brackets, or the number of an annex."""
        if len(self.text) > _LONGEST_TITLE:
            return False
        plain = BLANK.sub("", self.text)
        return any(map(self._tables.titles.fullmatch, (plain, dated(plain))))

    @cached_property
    def year(self) -> str:
        """The year that a form's title or the line below it names, 2023 of （2023年度）; empty where there is none."""
        plain = dated(half_width(self.text)) if len(self.text) <= _LONGEST_TITLE else ""
        return next((found[1] for one in self._tables.years if (found := one.search(plain)) is not None), "")

    @cached_property
    def is_year(self) -> bool:
        """Whether it says its year and nothing else."""
        return self._tables.years[0].search(dated(half_width(self.text[:_LONGEST_TITLE]))) is not None

    @cached_property
    def is_money(self) -> bool:
        """Whether it is a unit of money."""
        return self._tables.patterns["money"].search(self.text) is not None

    @cached_property
    def is_placeholder(self) -> bool:
        """Whether it is what a form has in a row that nobody filled in."""
        return self._tables.patterns["placeholders"].fullmatch("".join(self.text.split())) is not None
