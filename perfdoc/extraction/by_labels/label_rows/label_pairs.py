"""Labels and the values beside them in one row."""

import re
from collections.abc import Container, Sequence
from typing import NamedTuple

from perfdoc.extraction.by_labels.label_rows.beside import (
    TEXTS,
    ends_open,
    filled,
    in_brackets,
    is_bare,
    named_twice,
    says_label,
    value_of,
)
from perfdoc.extraction.by_labels.label_rows.in_one_text import claim_labelled
from perfdoc.extraction.by_labels.label_rows.named_values import NamedValues
from perfdoc.extraction.vocabulary.keys import is_number, key, looks_like_label, named
from perfdoc.extraction.vocabulary.tables import Entry
from perfdoc.layout import Cell
from perfdoc.report import Role

_SENTENCE = re.compile(r"[。；！？]")


class Side(NamedTuple):
    """A label at the side of a block of rows: what is unnamed in the block belongs to the field `of`."""

    last: int
    of: str
    text: str


class LabelPairs:
    """Reads rows of labels and values. A label takes the next cell as its value, whatever that cell says."""

    def __init__(self, values: NamedValues) -> None:
        self.values, self.words, self.findings = values, values.words, values.findings
        self.grid, self.project = values.grid, values.project
        self.sides: list[Side] = []  # the labels at the side of the open block, from the outermost
        self.labels: dict[int, str] = {}  # the labels of the open block's first row, by column

    def row(self, cells: Sequence[Cell]) -> None:
        """Claim every cell of a row."""
        if self._is_indicator(cells):
            for cell in cells:
                if cell.text.strip():
                    self.findings.unclaimed(self.grid, cell, "extraction.unclaimed.no_head")
            return
        twice = named_twice(cells, self.labels, self.words)
        n = 0
        while n < len(cells):
            cell = cells[n]
            entry = self.words.meaning(cell.text).label if cell.text.strip() else None
            if not cell.text.strip() or (entry is None and claim_labelled(cell, self.values, self._of_money)):
                n += 1
            elif n and self._is_side(cells, n, entry):
                self.values.label(cell)
                n += 1
            elif entry is not None and n == 0 and self._is_caption(cells):
                self._caption(cell)
                n += 1
            elif entry is not None and is_bare(cells, n, entry, self.words):
                # `其中：财政拨款：` with nothing behind it
                self.values.put_text(cell.text, entry, "", cell, Role.label)
                self.values.unit_of(cell)
                n += 1
            elif entry is not None and (inner := in_brackets(cells, n, self.words)):
                self.values.put_text(cell.text, entry, inner, cell)
                n += 1
            elif entry is not None and n + 1 < len(cells) and self._is_pair(cells, n, entry):
                n = self._pair(cells, n, entry, twice)
            elif entry is not None or (self.words.meaning(cell.text).is_head and not filled(cells[n + 1 :])):
                self._alone(cells, n, entry)
                n += 1
            else:
                n += self._unnamed(cells, n)

    def _pair(self, cells: Sequence[Cell], n: int, entry: Entry, twice: Container[int]) -> int:
        """Claim a label and its value; the index of the cell behind them.

        In a column of `twice` the label of the block's first row names the value, too.
        """
        cell = cells[n]
        value = value_of(cells, n, self.words)
        self.values.label(cell)
        self.labels.setdefault(cell.column, named(cell.text))
        if says_label(cells[value], self.words):
            self.values.doubt_label(cell.text, cells[value])
        if self.values.put_money_lines(cells[value], entry, named(cell.text)):
            pass  # the cell has several amounts, and each its field
        elif cell.column in twice:
            above = self.labels[cell.column]
            money = self.words.meaning(above).money_column
            field = entry.path.replace("budget", money[0]) if money is not None else ""
            self.values.put(f"{above}·{named(cell.text)}", Entry(field), cells[value])
        else:
            self.values.put(cell.text, self._of_money(cell.text, entry, cells[value].text), cells[value])
        if (cell.rowspan > 1 or entry.path in TEXTS) and n == 0 and not filled(cells[value + 1 :]):
            self.sides.append(Side(cell.column + cell.colspan - 1, entry.path, cell.text))
        return value + 1

    def _is_pair(self, cells: Sequence[Cell], n: int, entry: Entry) -> bool:
        """Whether a label has a value beside it, a group's too: 资金来源 | 福彩公益金."""
        if entry.path or not entry.group or len(cells) == 2:
            return True
        return cells[n].rowspan == 1 and bool(cells[n + 1].text.strip()) and not says_label(cells[n + 1], self.words)

    def _is_side(self, cells: Sequence[Cell], n: int, entry: Entry | None) -> bool:
        """Whether a label inside a row is merged down beside rows of labels and values of its own: 支出构成."""
        rest = cells[n + 1 :]
        sided = len(rest) % 2 == 0 and bool(rest) and cells[n].rowspan > rest[0].rowspan
        return sided and (entry is None or not entry.path) and looks_like_label(rest[0].text)

    def _is_indicator(self, cells: Sequence[Cell]) -> bool:
        """Whether a row is an indicator's, with its levels and no head above: 产出指标 | 数量指标 | 里程 | 20公里."""
        texts = [cell.text for cell in cells if cell.text.strip()]
        if len(texts) < 3 or not self.words.meaning(texts[0]).is_level:
            return False
        return len(key(texts[0])) > 2 or self.words.meaning(texts[1]).is_level  # 数量 | 5 | 单位 | 个 are pairs

    def _is_caption(self, cells: Sequence[Cell]) -> bool:
        """Whether a row that begins with 单位 has captions behind it (单位：万元), and the agency is not known."""
        behind = [cell for cell in cells[1:] if cell.text.strip()]
        unit = key(cells[0].text) == key(self.words.tables.unit_or_agency) and self.project.is_empty("agency.name")
        return unit and bool(behind) and all(self.words.meaning(cell.text).inline is not None for cell in behind)

    def _caption(self, cell: Cell) -> None:
        """An agency's name that says what a label says."""
        self.values.doubt_label("agency", cell)
        self.values.put("", Entry("agency"), cell)

    def _alone(self, cells: Sequence[Cell], n: int, entry: Entry | None) -> None:
        """Claim a label with no value beside it: it heads what stands below, or is a value that says what labels say.

        The one cell beside a label that waits for its value is such a value.
        """
        cell = cells[n]
        if entry is None or not entry.path or entry.group:
            self.values.label(cell)
            return
        if len(cells) > 1 and ends_open(cell, None, self.words):
            self.values.put_text(cell.text, entry, "", cell, Role.label)
            return
        of = self.sides[-1].of if self.sides else ""
        if len(cells) == 1 and of and self.project.is_empty(of):
            self.values.doubt_label(of, cell)
            self.values.put(cell.text, Entry(of), cell)
        elif self.words.meaning(cell.text).is_head or (len(cells) == 1 and self.words.beginning("sections", cell.text)):
            self.values.label(cell)
        else:
            self.findings.cell(Role.label, self.grid, cell)
            self.values.doubt_lost(cell)

    def _of_money(self, text: str, entry: Entry, value: str) -> Entry:
        """In a block of money 合计 names the budget, and 其他 other money; with an amount 预算资金 is the budget."""
        said = self.words.meaning(text)
        if not entry.path and said.is_like("named_budgets") and is_number(value):
            return Entry("budget.total")
        if not self.sides or entry.path not in ("", "score"):
            return entry
        other = said.is_other_money and self.words.meaning(self.sides[0].text).is_money_block
        return Entry("budget.total" if said.is_total else "budget.other") if said.is_total or other else entry

    def _told(self, cell: Cell, value: Cell) -> Entry:
        """What a label names that heads a column elsewhere: what became of the goals above it (完成情况), the score of
        the whole form (自评分数).
        """
        said, project = self.words.meaning(cell.text), self.project
        if said.column == "actual" and project.is_empty("results") and not project.is_empty("goals"):
            return Entry("results")
        scored = said.is_like("whole_score") and is_number(value.text)
        return Entry("score" if scored and project.is_empty("score") else "")

    def _agency(self, cells: Sequence[Cell], n: int) -> int:
        """How many cells name the agency: one before captions, or all that the first row says; 0 where none does.

        A row says it beside blank cells, before the form names its project.
        """
        cell, values = cells[n], self.project.values
        if values.get("agency.name") or _SENTENCE.search(cell.text) or self.words.own_label(cell.text):
            return 0
        captions = [c for c in cells[n + 1 :] if self.words.meaning(c.text).inline is not None]
        if captions and len(captions) == filled(cells) - 1:
            self.values.put("", Entry("agency"), cell)
            return 1
        if cell.row == 1 and filled(cells) == 1 < len(cells) and not values.get("name"):
            self.values.put_agency(cell)
            return len(cells)
        return 0

    def _unnamed(self, cells: Sequence[Cell], n: int) -> int:
        """A cell that is no label: the open block's, the agency's caption, a title, or a label of its own."""
        cell, following = cells[n], cells[n + 1] if n + 1 < len(cells) else None
        first = not filled(cells[:n])
        alone = first and not filled(cells[n + 1 :])
        of = self.sides[-1].of if self.sides else ""
        if alone and of:
            if self.project.is_empty(of):
                self.values.put(cell.text, Entry(of), cell)
                return len(cells)
            if of in TEXTS and self.project.go_on(of, cell, self.grid.place_of(cell)):
                return len(cells)
        unfilled = of in TEXTS and self.words.meaning(cell.text).is_placeholder
        if unfilled and following is not None and following.text.strip():
            self.values.label(cell)
            if not self.project.go_on(of, following, self.grid.place_of(following)):
                self.values.put(cell.text, Entry(of), following)
            return 2
        if self.words.meaning(cell.text).is_title:
            self.project.title(cell.text, self.grid.place_of(cell))
            return 1
        if (said := self.words.meaning(cell.text).parted) is not None:
            self.values.put_text(said.label, said.entry, said.value, cell)
            return 1
        if first and (taken := self._agency(cells, n)):
            return taken
        found = self.words.own_label(cell.text)
        beside = following.text.strip() if following is not None else ""
        if found is not None and (alone or not beside or (found[1].strip() and not is_number(beside))):
            money = self.words.meaning(found[0]).is_other_money and not self.project.is_empty("budget.total")
            self.values.put_text(found[0], Entry("budget.other" if money else ""), found[1].strip(), cell)
            return 1
        if ends_open(cell, following, self.words):
            self.values.put_text(cell.text, Entry(), "", cell, Role.label)
            return 1
        if following is not None and looks_like_label(cell.text) and self.words.meaning(following.text).label is None:
            value = value_of(cells, n, self.words)
            self.values.label(cell)
            self.labels.setdefault(cell.column, named(cell.text))
            entry = self._of_money(cell.text, self._told(cell, cells[value]), cells[value].text)
            self.values.put(cell.text, entry, cells[value])
            return value + 1 - n
        self.findings.unclaimed(self.grid, cell, "extraction.unclaimed.no_label")
        return 1
