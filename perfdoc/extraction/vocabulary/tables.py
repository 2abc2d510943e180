"""The words of `vocabulary.yaml` with what the forms add to them, as tables to look up and patterns."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from perfdoc.extraction.vocabulary.keys import key
from perfdoc.form_definition import Form

_PARTS_OF_TARGET = {"target.operator": "operator", "target.value": "target", "target.unit": "unit"}


class Entry(NamedTuple):
    """What a label stands for: a field (`path`), a group (`of` the path of its unnamed cell), both, or neither.

    With neither it is a label all the same, of something that the model has no field for.
    """

    path: str = ""
    group: bool = False
    of: str = ""


class Tables:
    """Labels of fields and groups, heads of columns, and the lists and patterns that go with them."""

    def __init__(self, words: Mapping[str, Any], forms: Iterable[Form]) -> None:
        forms = tuple(forms)
        self.labels: dict[str, Entry] = {}
        self.columns: dict[str, str] = {}
        self._add_words(words)
        for form in forms:
            self._add_form(form)
        self._add_labels((*words["others"], *words["footers"]), Entry())
        self.boilerplate = frozenset(key(text) for form in forms for text in form.boilerplate)
        self.operators = {key(w): sign for sign, ws in words["operators"].items() for w in (*ws, sign)}
        self.money_columns = {
            key(one): (path, rank) for path, ones in words["money_columns"].items() for rank, one in enumerate(ones)
        }
        lists = {name: one for name, one in words.items() if isinstance(one, list) and isinstance(one[0], str)}
        self.lists = {name: frozenset(map(key, one)) for name, one in lists.items()}
        self.no_unit = frozenset(words["no_unit"])
        self.period: str = words["period"]
        self.for_the_year: str = words["for_the_year"]
        self.unit_or_agency: str = words["unit_or_agency"]
        self.column_patterns = [(role, re.compile(one)) for role, one in words["column_patterns"].items()]
        self.field_patterns = [
            (Entry(path), _any_of([one] if isinstance(one, str) else one))
            for path, one in words["field_patterns"].items()
        ]
        self.money_patterns = [(path, re.compile(one)) for path, one in words["money_column_patterns"].items()]
        self.resembling = {field: tuple(map(re.compile, one)) for field, one in words["resembling"].items()}
        self.patterns = {name: re.compile(one, re.DOTALL) for name, one in words.items() if isinstance(one, str)}
        self.years = [re.compile(one) for one in words["years"]]
        self.titles = _any_of(words["titles"])
        self.head_patterns = _any_of(words["head_patterns"])

    def _add_words(self, words: Mapping[str, Any]) -> None:
        for group in words["groups"]:
            self._add_labels(group["labels"], Entry(group=True, of=group.get("of", "")))
        for path, labels in words["fields"].items():
            self._add_labels(labels, Entry(path))
        for path, labels in words["columns"].items():
            self._add_columns(labels, path)

    def _add_form(self, form: Form) -> None:
        for one in form.fields:
            self._add_labels(one.labels, Entry(one.path))
            self._add_labels(one.under, Entry(group=True, of=one.path))
        for column in form.columns:
            if not column.path.startswith("extra."):
                self._add_columns(column.labels, _PARTS_OF_TARGET.get(column.path, column.path))

    def _add_labels(self, labels: Iterable[str], entry: Entry) -> None:
        for label in labels:
            held = self.labels.setdefault(key(label), entry)
            if held.group and not held.path and entry.path:
                self.labels[key(label)] = held._replace(path=entry.path)

    def _add_columns(self, labels: Iterable[str], path: str) -> None:
        for label in labels:
            self.columns.setdefault(key(label), path)


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in patterns))
