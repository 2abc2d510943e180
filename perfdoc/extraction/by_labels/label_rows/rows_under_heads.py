"""Rows whose values stand under heads: money by source, 预期目标 | 实际完成情况, tasks and their amounts."""

from collections.abc import Sequence

from perfdoc.extraction.by_labels.label_rows.beside import TEXTS
from perfdoc.extraction.by_labels.label_rows.money_columns import MoneyColumns
from perfdoc.extraction.by_labels.label_rows.named_values import NamedValues
from perfdoc.extraction.by_labels.label_rows.row_heads import RowHead, UnderHeads, are_heads, heads_of, refined, under
from perfdoc.extraction.vocabulary.keys import is_number, named
from perfdoc.extraction.vocabulary.tables import Entry
from perfdoc.layout import Cell
from perfdoc.report import Role

_MONEY = ("budget.", "execution.")
_BUDGET = ("budget.total", "budget.fiscal", "budget.other", "budget.carry_over")


class RowsUnderHeads:
    """The heads that are open, and the rows below them."""

    def __init__(self, values: NamedValues) -> None:
        self.values, self.words, self.findings = values, values.words, values.findings
        self.grid, self.project = values.grid, values.project
        self.over: tuple[RowHead, ...] = ()
        self.row_of_heads = -1
        self.money = MoneyColumns((), self.words)

    def close(self) -> None:
        """What comes next stands under no head."""
        self.over = ()

    def head(self, cells: Sequence[Cell], index: int, below: Sequence[Cell]) -> None:
        """Open the heads of the row at `index`; right below other heads they divide those."""
        heads = heads_of(cells, self.words)
        if self._is_corner(heads, below):
            heads = heads[1:]
        self.over = refined(self.over, heads) if self.over and self.row_of_heads == index - 1 else heads
        self.row_of_heads = index
        self.over = tuple(map(self._with_results, self.over))
        self.money = MoneyColumns(self.over, self.words, self.project.values.get("year") or "")
        for cell in cells:
            self.values.label(cell)

    def _is_corner(self, heads: Sequence[RowHead], below: Sequence[Cell]) -> bool:
        """Whether the first head is over the names of sources, beside columns of money."""
        if len(heads) < 2 or not self.words.meaning(heads[0].label).is_corner:
            return False
        first = next((cell for cell in below if heads[0].first <= cell.column <= heads[0].last), None)
        if first is None or not first.text.strip() or is_number(first.text):
            return False
        said = [self.words.meaning(one.label) for one in heads[1:]]
        money = [
            bool(one.money_column)
            or one.is_budget_head
            or one.is_past
            or one.is_total
            or (one.label is not None and one.label.path.startswith(_MONEY))
            for one in said
        ]
        known = sum(amount or one.is_head for amount, one in zip(money, said, strict=True))
        source = self.words.meaning(first.text).label
        sure = sum(money) > 1 or (any(money) and source is not None and source.path in _BUDGET)
        return sure and known >= len(said) - 1

    def _with_results(self, over: RowHead) -> RowHead:
        """A head; beside that of the goals 完成情况 names the results."""
        goals = any(one.entry is not None and one.entry.path == "goals" for one in self.over)
        if goals and over.entry is None and self.words.meaning(over.label).column == "actual":
            return over._replace(entry=Entry("results"))
        return over

    def goes_on(self, cells: Sequence[Cell]) -> bool:
        """Whether a row without a block still stands under heads.

        It begins with the label of an amount or has nothing but amounts right of its own, or is divided as they are
        and has a text under most of them.
        """
        entry = self.words.meaning(cells[0].text).label
        if entry is not None and (entry.path or entry.group):
            return entry.path.startswith(_MONEY)
        found = under(cells, self.over, self.words)
        if found is not None and len(found.labels) == 1 and self.money.columns:
            filled = [cell.text for cell, _ in found.values if cell.text.strip()]
            return len(filled) > 1 and all(is_number(one) or not any(map(str.isalnum, one)) for one in filled)
        if found is None or found.labels or len(self.over) < 3 or any(self._is_named(c) for c, _ in found.values):
            return False
        return 2 * sum(bool(cell.text.strip()) for cell, _ in found.values) > len(self.over)

    def row(self, cells: Sequence[Cell], index: int, below: Sequence[Cell]) -> bool:
        """Claim a row of values under heads. False where it is another kind of row."""
        if not self.over or are_heads(cells, below, self.words):
            return False
        found = under(cells, self.over, self.words)
        if found is None:
            return False
        first = found.values[0][0]
        labelled = self.words.meaning(first.text).label is not None or self.words.meaning(first.text).is_total
        if not found.labels and len(found.values) > 2 and labelled:
            found = UnderHeads([first], found.values[1:])  # the first head is that of the labels
        entry = self.words.meaning(found.labels[-1].text).label if found.labels else None
        if found.labels:
            other = entry is not None and entry.path and not entry.path.startswith(_MONEY)
            if other and not self.words.meaning(found.labels[-1].text).is_total:
                return self._divided(found, entry)
            self._labelled(found, entry)
        elif self.row_of_heads != index - 1 and self._is_named(first):
            return False
        else:
            self._unlabelled(found)
        return True

    def _divided(self, found: UnderHeads, entry: Entry | None) -> bool:
        """A row whose label names what one of the heads names too: 总体目标 left of 中期目标 | 年度目标."""
        if entry is None or not any(over.entry is not None and over.entry.path == entry.path for over in self.over):
            return False
        for cell in found.labels:
            self.values.label(cell)
        self._unlabelled(UnderHeads([], found.values))
        return True

    def _is_named(self, cell: Cell) -> bool:
        return self.words.meaning(cell.text).is_named

    def _counts(self, over: RowHead) -> bool:
        """Whether a head is over the numbers of the rows (序号)."""
        return self.words.meaning(over.label).column == "index"

    def _labelled(self, found: UnderHeads, entry: Entry | None) -> None:
        """A row of amounts with a label; what has no field stands under both labels in `extra`."""
        label = "·".join(named(cell.text) for cell in found.labels)
        for cell in found.labels:
            self.values.label(cell)
        amount = entry is not None and entry.path.startswith("budget.")
        guessed = self.money.guessed_budget(found.values) if amount or self.words.meaning(label).is_total else None
        if guessed is not None and guessed[0] is not guessed[1]:
            cell = next(cell for cell, over in found.values if over is guessed[1])
            label, other = guessed[0].label, guessed[1].label
            self.findings.doubt_cell("PD047", "extraction.other_total", self.grid, cell, label=label, other=other)
        for cell, over in found.values:
            path = self.money.field(found.labels[-1].text, entry, over)
            if path == "budget.total" and self.money.guesses_year:
                self.findings.doubt_cell("PD047", "extraction.guessed_year", self.grid, cell, label=over.label)
            if path or cell.text.strip():
                self.values.put(f"{label}·{over.label}", Entry(path), cell)

    def _unlabelled(self, found: UnderHeads) -> None:
        """A row without a label under heads; a second one goes on with the text of the first."""
        paths = [over.entry.path if over.entry is not None else "" for _, over in found.values]
        own = [(path, cell) for path, (cell, over) in zip(paths, found.values, strict=True) if not self._counts(over)]
        filled = [path for path, cell in own if cell.text.strip()]
        counted = any(self._counts(over) for _, over in found.values)
        fields, texts = all(paths), set(filled) <= set(TEXTS) or (counted and "goals" in filled)
        amounts = all(is_number(cell.text) for cell, _ in found.values if cell.text.strip())
        amounts = amounts and len(filled) > 1 - self.money.totalled
        for cell, over in found.values:
            entry = over.entry if over.entry is not None and over.first not in self.money.past else Entry()
            if texts and self._counts(over):
                self.findings.cell(Role.boilerplate, self.grid, cell)
                continue
            if entry.path == "purpose" and not texts:
                entry = Entry()  # what one of several amounts is for
            if self.money.alone or (amounts and self.money.totalled):
                entry = Entry(self.money.field_alone(over))
            elif entry.path.startswith((*_MONEY, "score")) and not (fields or (amounts and entry.path in _BUDGET)):
                entry = Entry()
            if entry.path in TEXTS and texts and self.project.go_on(entry.path, cell, self.grid.place_of(cell)):
                continue
            if entry.path or cell.text.strip():
                bare = entry.path or over.above in ("", over.label)
                label = over.label if bare else f"{over.above}·{over.label}"
                self.values.put(label, entry, cell)
