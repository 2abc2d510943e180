"""What one text means in the language of the field: each answer is worked out when it is first asked for."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from perfdoc.extraction.vocabulary.by_itself import ByItself
from perfdoc.extraction.vocabulary.keys import BLANK, key
from perfdoc.extraction.vocabulary.pieces import COLON, pieces
from perfdoc.extraction.vocabulary.tables import Entry, Tables

_INNER = re.compile(r"[（(\[]([^（()\[\]）]*)[）)\]]")
_WHOLE = re.compile(r"\s*[（(]([^（()）]*)[）)]\s*")
"""A text that stands in brackets as a whole: （评价年度：2024年）."""
_DATED = re.compile(r"^20\d\d年度?")
"""The year that the head of a column of money begins with."""
_BY_PATTERN = 100
"""How well a head names a column of money that is written like one: worse than any that is known."""
_SHORT_LABEL, _SHORT_VALUE = 10, 20
"""Characters of a label that is not known, and of its value, in a line of others."""
_SHORT = 3
"""Characters of a label that may as well be the first word of a text."""


class Inline(NamedTuple):
    """A label and its value in one text, `单位：万元`."""

    entry: Entry
    label: str
    value: str


class Meaning(ByItself):
    """What a text means; `of` gives the meaning of another one.

    White space, width, colons, numbering and brackets at its end make no difference, where nothing else is said.
    """

    def __init__(self, text: str, tables: Tables, of: Callable[[str], Meaning]) -> None:
        super().__init__(text, tables)
        self._of = of

    # A label, or the head of a column

    @cached_property
    def label(self) -> Entry | None:
        """What it names when the whole of it is a label."""
        return self._named[0]

    @cached_property
    def column(self) -> str | None:
        """The column of an indicator table that it names as a head, or None."""
        return self._named[1]

    @cached_property
    def _named(self) -> tuple[Entry | None, str | None]:
        tables, of = self._tables, self._keys
        entry = next((entry for one in of if (entry := tables.labels.get(one)) is not None), None)
        role = next((role for one in of if (role := tables.columns.get(one)) is not None), None)
        if role is None and entry is None and not self.is_past:
            role = next((r for r, like in tables.column_patterns if any(map(like.fullmatch, of))), None)
            if role is None:
                entry = next((e for e, like in tables.field_patterns if any(map(like.fullmatch, of))), None)
            if role is None and entry is None and self.is_like("group_pattern"):
                entry = Entry(group=True)
        if role is None and entry is None and (rest := self._undated):
            entry = self._of(self._tables.for_the_year + rest).label
        return entry, role

    @property
    def _undated(self) -> str:
        """What stands behind the year that it begins with; empty where it begins with none, or says nothing else."""
        whole = key(self.text) if self.text[:2] == "20" else ""
        rest = _DATED.sub("", whole)
        return rest if rest != whole and rest[:1] != "(" else ""

    @cached_property
    def bare_label(self) -> Entry | None:
        """What it names when its brackets are left out: 单位编码 of 单位编码（项目编码）."""
        labels = self._tables.labels
        return next((entry for one in self._keys[1:] if (entry := labels.get(one)) is not None), None)

    @cached_property
    def money_column(self) -> tuple[str, int] | None:
        """The column of a table of money that it names as a head, and how well (0 is best); else None."""
        columns = self._tables.money_columns
        of = [_DATED.sub("", one) or one for one in self._keys]
        found = next((found for one in of if (found := columns.get(one)) is not None), None)
        if found is not None or self.is_past:
            return found
        like = (path for path, like in self._tables.money_patterns if any(map(like.fullmatch, of)))
        return next(((path, _BY_PATTERN) for path in like), None)

    @cached_property
    def is_head(self) -> bool:
        """Whether it heads a column inside a form: what it names stands below it."""
        return self.is_among("heads") or any(map(self._tables.head_patterns.fullmatch, self._keys))

    @cached_property
    def is_adjusted(self) -> bool:
        """Whether it speaks of what was changed in the course of the year."""
        return self._tables.patterns["adjusted"].search(self.text) is not None

    @cached_property
    def in_brackets(self) -> str:
        """The value that a label has in its own brackets, 10 of 执行率分值（10）; empty for another label."""
        whole = key(self.text)
        bare = next((one for one in self._keys if one in self._tables.lists["in_brackets"]), "")
        return whole.removeprefix(bare)[1:-1] if bare and len(whole) > len(bare) + 2 else ""

    def money_unit(self, *, known: bool = False) -> str:
        """The unit of money that a label has in its brackets, 万元 of 项目资金（万元）; empty where it has none.

        `known`: it is a label of money, whether it is among those known here or not.
        """
        if "元" not in self.text or not self._keys:
            return ""
        inner = (COLON.split(one)[-1] for one in _INNER.findall(BLANK.sub("", self.text)))
        found = next((one for one in inner if self._tables.patterns["money"].fullmatch(one)), "")
        known = known or self.label is not None or self.is_head or self.is_corner or self.money_column is not None
        known = known or self._tables.patterns["of_money"].match(self._keys[-1]) is not None
        return found if found and known else ""

    # Labels with their values in one text

    @cached_property
    def inline(self) -> Inline | None:
        """A known label and its value in one text; the value is all that follows the colon (其中：财政拨款：5.00)."""
        whole = _WHOLE.fullmatch(self.text)
        text = whole[1] if whole is not None else self.text
        for found in islice(COLON.finditer(text), 2):
            if found.start() > 40:
                return None
            label = text[: found.start()]
            entry = self._of(label).label
            if entry is not None and not (entry.group and not entry.path):
                return Inline(entry, label, text[found.end() :])
        return None

    @cached_property
    def parted(self) -> Inline | None:
        """A known label and its value with nothing but a blank between them: `项目名称 智慧校园`."""
        for gap in islice(BLANK.finditer(self.text.strip()), 1):
            label, value = self.text.strip()[: gap.start()], self.text.strip()[gap.end() :]
            said = self._of(label)
            if said.names_value and len(key(label)) > _SHORT and not self._of(value).is_named:
                return Inline(said.label or Entry(), label, value)
        return None

    @property
    def names_value(self) -> bool:
        """Whether it is a label, and no group's."""
        return self.label is not None and not self.label.group

    @property
    def is_named(self) -> bool:
        """Whether it is a label, or holds one with its value."""
        return self.label is not None or self.inline is not None

    @cached_property
    def inlines(self) -> tuple[tuple[str, Inline | None], ...]:
        """A line cut at its wide gaps, and before labels, into pieces, each with what it names, or None."""
        of = self._of
        noted = self.inline is not None and of(self.inline.label).is_note  # what it says may name other labels
        cut = pieces(
            self.text, lambda one: of(one).inline is not None, lambda one: of(one).names_value, joined=not noted
        )
        found = [(piece, of(piece).inline) for piece in cut if piece.strip()]
        known = len(found) > 1 and any(inline is not None for _, inline in found)
        return tuple((piece, inline or (of(piece).own if known else None)) for piece, inline in found)

    @cached_property
    def own(self) -> Inline | None:
        """A label that nothing is known of and its short value in one text, as beside others: 分管领导：王建."""
        found = self._tables.patterns["own_label"].fullmatch(self.text.strip())
        short = found is not None and 0 < len(found[2].strip()) <= _SHORT_VALUE and len(found[1]) <= _SHORT_LABEL
        return Inline(Entry(), found[1], found[2]) if found is not None and short else None
