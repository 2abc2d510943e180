"""The words of the field: which text is a label, and of what. All of them are data (`vocabulary.yaml`, forms)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import islice, pairwise
from typing import Any, NamedTuple

from perfdoc.extraction.vocabulary.keys import key, keys
from perfdoc.extraction.vocabulary.patterns import BLANK, Patterns, any_of
from perfdoc.form_definition import Form
from perfdoc.yamltree import packaged

_INNER = re.compile(r"[（(\[]([^（()\[\]）]*)[）)\]]")
_COLON = re.compile(r"[:：]")
_GAP = re.compile(r"[ \u3000\xa0\t\n]+")
_WIDE_GAP = re.compile(r"[ \u3000\xa0]{3,}|.*[\t\n]", re.DOTALL)
_PARTS_OF_TARGET = {"target.operator": "operator", "target.value": "target", "target.unit": "unit"}
_JOINED = (4, 12)
"""How many characters a label has that is looked for inside of a text."""
_REMEMBERED = 50_000


class Entry(NamedTuple):
    """What a label stands for: a field (`path`), a group (`of` the path of its unnamed cell), both, or neither.

    With neither it is a label all the same, of something that the model has no field for.
    """

    path: str = ""
    group: bool = False
    of: str = ""


class Inline(NamedTuple):
    """A label and its value in one text, `单位：万元`."""

    entry: Entry
    label: str
    value: str


class Vocabulary(Patterns):
    """Labels of fields and groups, heads of columns, and the few patterns that go with them."""

    def __init__(self, words: Mapping[str, Any], forms: Iterable[Form]) -> None:
        super().__init__(words)
        forms = tuple(forms)
        self._labels: dict[str, Entry] = {}
        self._columns: dict[str, str] = {}
        self._known: dict[str, tuple[Entry | None, str | None]] = {}
        for group in words["groups"]:
            self._add_labels(group["labels"], Entry(group=True, of=group.get("of", "")))
        for path, labels in words["fields"].items():
            self._add_labels(labels, Entry(path))
        for path, labels in words["columns"].items():
            self._add_columns(labels, path)
        for form in forms:
            for one in form.fields:
                self._add_labels(one.labels, Entry(one.path))
                self._add_labels(one.under, Entry(group=True, of=one.path))
            for column in form.columns:
                if not column.path.startswith("extra."):
                    self._add_columns(column.labels, _PARTS_OF_TARGET.get(column.path, column.path))
        self._add_labels((*words["others"], *words["footers"]), Entry())
        self.operators = {key(w): sign for sign, ws in words["operators"].items() for w in (*ws, sign)}
        self.in_words = frozenset(map(key, words["in_words"]))
        self._heads = frozenset(map(key, words["heads"]))
        self._head_patterns = any_of(words["head_patterns"])
        self._column_patterns = [(role, re.compile(one)) for role, one in words["column_patterns"].items()]
        self._field_patterns = [(Entry(path), re.compile(one)) for path, one in words["field_patterns"].items()]
        self._described_by = frozenset(map(key, words["described_by"]))
        self._levels = frozenset(map(key, words["levels"]))
        self._first_levels = frozenset(map(key, words["first_levels"]))
        self._list_names = frozenset(map(key, words["list_names"]))
        self._list_indicators = frozenset(map(key, words["list_indicators"]))
        self._footers = frozenset(map(key, words["footers"]))
        self._others = frozenset(map(key, words["others"]))
        self._totals = frozenset(map(key, words["totals"]))
        self.boilerplate = frozenset(key(text) for form in forms for text in form.boilerplate)
        self.period: str = words["period"]
        self._money_columns = {
            key(one): (path, rank) for path, ones in words["money_columns"].items() for rank, one in enumerate(ones)
        }
        self._in_brackets = frozenset(map(key, words["in_brackets"]))
        self._sums = frozenset(map(key, words["sums"]))
        self.unit_or_agency: str = words["unit_or_agency"]
        self.no_unit = frozenset(words["no_unit"])
        self.column_counters = frozenset(words["column_counters"])

    def _add_labels(self, labels: Iterable[str], entry: Entry) -> None:
        for label in labels:
            held = self._labels.setdefault(key(label), entry)
            if held.group and not held.path and entry.path:
                self._labels[key(label)] = held._replace(path=entry.path)

    def _add_columns(self, labels: Iterable[str], path: str) -> None:
        for label in labels:
            self._columns.setdefault(key(label), path)

    def label(self, text: str) -> Entry | None:
        """What a cell's text names when the whole of it is a label (brackets aside)."""
        return self.meaning(text)[0]

    def bare_label(self, text: str) -> Entry | None:
        """What a text names when its brackets are left out: 单位编码 of 单位编码（项目编码）."""
        return next((entry for one in keys(text)[1:] if (entry := self._labels.get(one)) is not None), None)

    def column(self, text: str) -> str | None:
        """The column that a head's text names, or None."""
        return self.meaning(text)[1]

    def meaning(self, text: str) -> tuple[Entry | None, str | None]:
        """What a text names as a label and as a head; remembered, since every cell is asked for it several times."""
        known = self._known.get(text)
        if known is None:
            of = keys(text)
            if not of:
                return None, None
            entry = next((entry for one in of if (entry := self._labels.get(one)) is not None), None)
            role = next((role for one in of if (role := self._columns.get(one)) is not None), None)
            if role is None and entry is None:
                role = next((r for r, like in self._column_patterns if any(map(like.fullmatch, of))), None)
                if role is None:
                    entry = next((e for e, like in self._field_patterns if any(map(like.fullmatch, of))), None)
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[text] = entry, role
        return known

    def describes(self, text: str) -> bool:
        """Whether a head that may name level3 holds the description where another head is 三级指标."""
        return not self._described_by.isdisjoint(keys(text))

    def is_level(self, text: str) -> bool:
        """Whether a text is the name of a level, its weight in brackets aside."""
        return not self._levels.isdisjoint(keys(text))

    def is_first_level(self, text: str) -> bool:
        """Whether a text is the name of a first level, its weight in brackets aside."""
        return not self._first_levels.isdisjoint(keys(text))

    def heads(self, text: str) -> bool:
        """Whether a label heads a column inside a form: what it names stands below it."""
        found = keys(text)
        return not self._heads.isdisjoint(found) or any(map(self._head_patterns.fullmatch, found))

    def is_footer(self, text: str) -> bool:
        """Whether a text is a label that stands at the end of a form, alone or with its value after a colon."""
        return not self._footers.isdisjoint(keys(text)) or not self._footers.isdisjoint(keys(_before_colon(text)))

    def closes(self, text: str) -> bool:
        """Whether a text is a label that stands at the end of a form only."""
        return self.is_footer(text) and self._others.isdisjoint(keys(text))

    def is_total(self, text: str) -> bool:
        """Whether a text names the sum of what stands above it."""
        return not self._totals.isdisjoint(keys(text))

    def money_column(self, label: str) -> tuple[str, int] | None:
        """The column of a table of money that a head names, and how well (0 is best); None where it names none."""
        return next((found for one in keys(label) if (found := self._money_columns.get(one)) is not None), None)

    def in_brackets(self, label: str) -> str:
        """The value that a label has in its own brackets, 10 of 执行率分值（10）; empty for another label."""
        whole, bare = key(label), next((one for one in keys(label) if one in self._in_brackets), "")
        return whole.removeprefix(bare)[1:-1] if bare and len(whole) > len(bare) + 2 else ""

    def sums_up(self, text: str) -> bool:
        """Whether a text names the sum of a whole form, not of a part of it."""
        return not self._sums.isdisjoint(keys(text))

    def names_in_list(self, head: str) -> bool:
        """Whether a head of a list of goals has the projects' names below it, though it is no label of a name."""
        return not self._list_names.isdisjoint(keys(head))

    def indicates_in_list(self, head: str) -> bool:
        """Whether a head of a list of goals has an indicator below it for each project."""
        return not self._list_indicators.isdisjoint(keys(head))

    def money_unit(self, label: str, *, known: bool = False) -> str:
        """The unit of money that a label has in its brackets, 万元 of 项目资金（万元）; empty where it has none.

        `known`: it is a label of money, whether it is among those known here or not.
        """
        if "元" not in label or len(label) > 60:
            return ""
        inner = (_COLON.split(one)[-1] for one in _INNER.findall(BLANK.sub("", label)))
        found = next((one for one in inner if self.money.fullmatch(one)), "")
        return found if found and (known or self.label(label) is not None or self.heads(label)) else ""

    def inline(self, text: str) -> Inline | None:
        """A known label and its value in one text; the value is all that follows the colon (其中：财政拨款：5.00)."""
        if ":" not in text and "：" not in text:
            return None
        for found in islice(_COLON.finditer(text), 2):
            if found.start() > 40:
                return None
            label = text[: found.start()]
            entry = self.label(label)
            if entry is not None and not (entry.group and not entry.path):
                return Inline(entry, label, text[found.end() :])
        return None

    def inlines(self, text: str) -> list[tuple[str, Inline | None]]:
        """A line cut at its wide gaps, and before labels, into pieces, each with what it names, or None."""
        pieces, start = [], 0
        for gap in _GAP.finditer(text):
            if _WIDE_GAP.fullmatch(gap[0]) or self.inline(text[gap.end() : gap.end() + 60]) is not None:
                pieces += self._run_together(text[start : gap.start()])
                start = gap.end()
        pieces += self._run_together(text[start:])
        return [(piece, self.inline(piece)) for piece in pieces if piece.strip()]

    def _run_together(self, piece: str) -> list[str]:
        """A piece cut before each label that a lost gap joined to the value before it: 某医院填报日期：2022年."""
        if self.inline(piece) is None:
            return [piece]
        first, *more = (colon.start() for colon in _COLON.finditer(piece))
        shortest, longest = _JOINED
        cuts = [0]
        for colon in more:
            for start in range(max(first, cuts[-1], colon - longest) + 1, colon - shortest + 1):
                entry = self.label(piece[start:colon])
                if entry is not None and not entry.group:
                    cuts.append(start)
                    break
        return [piece[a:b] for a, b in pairwise([*cuts, len(piece)])]


def _before_colon(text: str) -> str:
    found = _COLON.search(text[:41])
    return text[: found.start()] if found else ""


def vocabulary(forms: Iterable[Form]) -> Vocabulary:
    """The shared vocabulary with what the forms add to it."""
    return Vocabulary(packaged("perfdoc.extraction.vocabulary", "vocabulary.yaml"), forms)
