"""Labels and the values beside them in one row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from perfdoc.extraction.by_labels.label_rows.named_values import TEXTS, NamedValues
from perfdoc.extraction.vocabulary.keys import key, looks_like_label, named
from perfdoc.extraction.vocabulary.tables import Entry
from perfdoc.layout import Cell
from perfdoc.report import Role

_SECTION = re.compile(r"\s*[一二三四五六七八九十]+、")
"""How a line begins that only divides a form: 三、项目绩效目标."""
_SENTENCE = re.compile(r"[。；！？]")
_OWN_LABEL = re.compile(r"((?:其中[：:])?(?!其中[：:])[^：:。；！？，,]{2,20})[：:](.*)", re.DOTALL)

_CAPTIONS = ("agency", "agency.name", "agency.code", "department", "money_unit")
"""What a line above 项目名称 may say that a label of the form itself knows better."""


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
        twice = self._named_twice(cells) if self.labels else set()
        n = 0
        while n < len(cells):
            cell = cells[n]
            entry = self.words.meaning(cell.text).label if cell.text.strip() else None
            if not cell.text.strip() or (entry is None and self._inlines(cell)):
                n += 1
            elif entry is not None and n == 0 and self._is_caption(cells):
                self._caption(cell)
                n += 1
            elif entry is not None and self._is_bare(cells, n, entry):
                # `其中：财政拨款：` with nothing behind it
                self.values.put_text(cell.text, entry, "", cell, Role.label)
                n += 1
            elif entry is not None and (inner := self._in_brackets(cells, n)):
                self.values.put_text(cell.text, entry, inner, cell)
                n += 1
            elif entry is not None and (entry.path or not entry.group or len(cells) == 2) and n + 1 < len(cells):
                value = self._value_of(cells, n)
                self.values.label(cell)
                self.labels.setdefault(cell.column, named(cell.text))
                if self._says_label(cells, value):
                    self.values.doubt_label(cell.text, cells[value])
                if self.values.put_money_lines(cells[value], entry, named(cell.text)):
                    pass  # the cell has several amounts, and each its field
                elif cell.column in twice:
                    above = self.labels[cell.column]
                    money = self.words.meaning(above).money_column
                    field = entry.path.replace("budget", money[0]) if money is not None else ""
                    self.values.put(f"{above}·{named(cell.text)}", Entry(field), cells[value])
                else:
                    self.values.put(cell.text, self._total(cell, entry), cells[value])
                if (cell.rowspan > 1 or entry.path in TEXTS) and n == 0 and not _has_text(cells, value + 1):
                    self.sides.append(Side(cell.column + cell.colspan - 1, entry.path, cell.text))
                n = value + 1
            elif entry is not None or (self.words.meaning(cell.text).is_head and not _has_text(cells, n + 1)):
                self._alone(cells, n, entry)
                n += 1
            else:
                n += self._unnamed(cells, n)

    def _says_label(self, cells: Sequence[Cell], value: int) -> bool:
        """Whether a value says what names another value, so that a label may have lost its own."""
        text = cells[value].text
        entry = self.words.meaning(text).label
        inline = self.words.meaning(text).inline if entry is None else None
        if inline is not None:
            entry = inline.entry if inline.entry.path not in TEXTS else None
        return (
            self.words.meaning(text).is_head
            or self.words.meaning(text).column == "index"
            or (entry is not None and bool(entry.path))
        )

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
        of = self.sides[-1].of if self.sides else ""
        if len(cells) == 1 and of and self.project.is_empty(of):
            self.values.doubt_label(of, cell)
            self.values.put(cell.text, Entry(of), cell)
        elif self.words.meaning(cell.text).is_head or (len(cells) == 1 and _SECTION.match(cell.text)):
            self.values.label(cell)
        else:
            self.findings.cell(Role.label, self.grid, cell)
            self.values.doubt_lost(cell)

    def _is_bare(self, cells: Sequence[Cell], n: int, entry: Entry) -> bool:
        """Whether a label of money has no value: what follows it is a label with its own value in one cell."""
        inline = self.words.meaning(cells[n + 1].text).inline if n + 1 < len(cells) else None
        return inline is not None and (entry.path.startswith("budget.") or inline.entry.path == entry.path != "goals")

    def _in_brackets(self, cells: Sequence[Cell], n: int) -> str:
        """The value that the label at `n` has in its own brackets, where none stands beside it."""
        beside = n + 1 < len(cells) and bool(cells[n + 1].text.strip())
        return "" if beside else self.words.meaning(cells[n].text).in_brackets

    def _total(self, cell: Cell, entry: Entry) -> Entry:
        """In a block of money 合计 names the budget."""
        inside = bool(self.sides) and entry.path in ("", "score") and self.words.meaning(cell.text).is_total
        return Entry("budget.total") if inside else entry

    def _value_of(self, cells: Sequence[Cell], n: int) -> int:
        """Where the value of the label at `n` stands: next to it, or after blank cells where nothing else names it."""
        if cells[n + 1].text.strip():
            return n + 1
        own = [m for m in range(n + 1, len(cells)) if cells[m].text.strip()]
        if not own or self.is_named(cells[own[0]]) or self.words.meaning(cells[own[0]].text).is_head:
            return n + 1
        alone = len(own) == 1 or self.is_named(cells[own[1]]) or self.words.meaning(cells[own[1]].text).is_head
        return own[0] if alone else n + 1

    def is_named(self, cell: Cell) -> bool:
        """Whether a cell is a label, or holds one with its value."""
        return self.words.meaning(cell.text).is_named

    def _named_twice(self, cells: Sequence[Cell]) -> set[int]:
        """Columns of labels whose field another label of the row names better: the one under the year's total."""
        paths: dict[str, list[int]] = {}
        for cell in cells:
            entry = self.words.meaning(cell.text).label
            if entry is not None and entry.path.startswith("budget."):
                paths.setdefault(entry.path, []).append(cell.column)
        totals = [
            c for c, text in self.labels.items() if (e := self.words.meaning(text).label) and e.path == "budget.total"
        ]
        total = next((c for c in totals if self.words.meaning(self.labels[c]).is_annual), totals[0] if totals else None)
        twice = {c for columns in paths.values() if len(columns) > 1 and total in columns for c in columns}
        return twice - {total} if total is not None else set()

    def _tells_results(self, cell: Cell) -> bool:
        """Whether a label says what became of the goals, which stand above it: 完成情况."""
        after = self.project.is_empty("results") and not self.project.is_empty("goals")
        return after and self.words.meaning(cell.text).column == "actual"

    def _inlines(self, cell: Cell) -> bool:
        """Claim a cell that holds labels and values in one text. False where it holds none, or more than that."""
        if self.values.put_money_lines(cell):
            return True
        whole = self.words.meaning(cell.text).inline
        pieces = self.words.meaning(cell.text).inlines if whole is not None else []
        if whole is None:
            return False
        if whole.entry.path in TEXTS or any(inline is None for _, inline in pieces):
            pieces = [(cell.text, whole)]
        place = self.grid.place_of(cell)
        for piece, inline in pieces:
            if inline is not None:
                label, value = named(inline.label), inline.value.strip()
                weak = "name" not in self.project.values and inline.entry.path in _CAPTIONS
                self.project.name(inline.entry.path, label, value, place, text=piece, weak=weak)
        return True

    def _agency(self, cells: Sequence[Cell], n: int) -> int:
        """How many cells name the agency: one before captions, or all that the first row says; 0 where none does.

        A row says it beside blank cells, before the form names its project.
        """
        cell, values = cells[n], self.project.values
        if values.get("agency.name") or _SENTENCE.search(cell.text) or _OWN_LABEL.match(cell.text):
            return 0
        captions = [c for c in cells[n + 1 :] if self.words.meaning(c.text).inline is not None]
        if captions and len(captions) == _texts(cells) - 1:
            self.values.put("", Entry("agency"), cell)
            return 1
        if cell.row == 1 and _texts(cells) == 1 < len(cells) and not values.get("name"):
            self.values.put_agency(cell)
            return len(cells)
        return 0

    def _unnamed(self, cells: Sequence[Cell], n: int) -> int:
        """A cell that is no label: the open block's, the agency's caption, a title, or a label of its own."""
        cell, following = cells[n], cells[n + 1] if n + 1 < len(cells) else None
        first = not _has_text(cells[:n], 0)
        alone = first and not _has_text(cells, n + 1)
        of = self.sides[-1].of if self.sides else ""
        if alone and of:
            if self.project.is_empty(of):
                self.values.put(cell.text, Entry(of), cell)
                return len(cells)
            if of in TEXTS and self.project.go_on(of, cell, self.grid.place_of(cell)):
                return len(cells)
        if (
            of in TEXTS
            and following is not None
            and following.text.strip()
            and self.words.meaning(cell.text).is_placeholder
        ):
            self.values.label(cell)
            if not self.project.go_on(of, following, self.grid.place_of(following)):
                self.values.put(cell.text, Entry(of), following)
            return 2
        if self.words.meaning(cell.text).is_title:
            self.project.title(cell.text, self.grid.place_of(cell))
            return 1
        if first and (taken := self._agency(cells, n)):
            return taken
        found = _OWN_LABEL.match(cell.text)
        if found is not None and (alone or all(_OWN_LABEL.match(c.text) for c in cells if c.text.strip())):
            self.values.put_text(found[1], Entry(), found[2].strip(), cell)
            return 1
        if following is not None and looks_like_label(cell.text) and self.words.meaning(following.text).label is None:
            value = self._value_of(cells, n)
            self.values.label(cell)
            self.labels.setdefault(cell.column, named(cell.text))
            self.values.put(cell.text, Entry("results" if self._tells_results(cell) else ""), cells[value])
            return value + 1 - n
        self.findings.unclaimed(self.grid, cell, "no label names this cell")
        return 1


def from_text(cells: Sequence[Cell]) -> list[Cell]:
    """The cells from the first one with text to the last one, and one that is blank behind a label's place."""
    own = [n for n, cell in enumerate(cells) if cell.text.strip()]
    return list(cells[own[0] : own[-1] + 1 + (looks_like_label(cells[own[-1]].text))]) if own else []


def _has_text(cells: Sequence[Cell], start: int) -> bool:
    return any(cell.text.strip() for cell in cells[start:])


def _texts(cells: Sequence[Cell]) -> int:
    return sum(bool(cell.text.strip()) for cell in cells)
