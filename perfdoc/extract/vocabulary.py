"""The words of the field: which text is a label, and of what. All of them are data (`vocabulary.yaml`, forms)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Any, NamedTuple

from perfdoc.form import Form
from perfdoc.yamltree import parse

_BLANK = re.compile(r"[\s\u200b\ufeff\u2060*]+")
_NUMBERING = re.compile(r"^(?:其中[:：]?|[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|[(（]?\d{1,2}[)）、.．](?!\d))")
_BRACKETS = re.compile(r"[(][^()]*[)]$")
_COLON = re.compile(r"[:：]")
_GAP = re.compile(r"[ \u3000\xa0]{3,}|\t+|\n+")


@lru_cache(maxsize=16384)
def key(text: str) -> str:
    """The text as labels are compared: no white space, one width, no colon at the end, no numbering before."""
    if len(text) > 60:
        return ""
    plain = _BLANK.sub("", unicodedata.normalize("NFKC", text)).rstrip(":;,")
    while (shorter := _NUMBERING.sub("", plain, count=1)) != plain and shorter:
        plain = shorter
    return plain


class Entry(NamedTuple):
    """What a label stands for: a field (`path`), a group (`of` the path of its unnamed cell), or both."""

    path: str = ""
    group: bool = False
    of: str = ""


class Vocabulary:
    """Labels of fields and groups, heads of columns, and the few patterns that go with them."""

    def __init__(self, words: Mapping[str, Any], forms: Iterable[Form]) -> None:
        forms = tuple(forms)
        self._labels: dict[str, Entry] = {}
        self._columns: dict[str, str] = {}
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
                self._add_columns(column.labels, column.path)
        self.operators = {key(w): sign for sign, ws in words["operators"].items() for w in (*ws, sign)}
        self.qualitative = frozenset(map(key, words["qualitative"]))
        self._heads = frozenset(map(key, words["heads"]))
        self._levels = frozenset(map(key, words["levels"]))
        self.footers = frozenset(map(key, words["footers"]))
        self.boilerplate = frozenset(key(text) for form in forms for text in form.boilerplate)
        self.period: str = words["period"]
        self._titles = re.compile("|".join(f"(?:{t})" for t in words["titles"]))
        self._agency = re.compile(words["agency_code"], re.DOTALL)

    def _add_labels(self, labels: Iterable[str], entry: Entry) -> None:
        for label in labels:
            self._labels.setdefault(key(label), entry)

    def _add_columns(self, labels: Iterable[str], path: str) -> None:
        for label in labels:
            self._columns.setdefault(key(label), path)

    def label(self, text: str) -> Entry | None:
        """What a cell's text names when the whole of it is a label (a unit or a weight in brackets aside)."""
        plain = key(text)
        return (self._labels.get(plain) or self._labels.get(_BRACKETS.sub("", plain))) if plain else None

    def column(self, text: str) -> str | None:
        """The column that a head's text names, or None."""
        plain = key(text)
        return (self._columns.get(plain) or self._columns.get(_BRACKETS.sub("", plain))) if plain else None

    def is_level(self, text: str) -> bool:
        """Whether a text is the name of a level, its weight in brackets aside."""
        return _BRACKETS.sub("", key(text)) in self._levels

    def heads(self, text: str) -> bool:
        """Whether a label heads a column inside a form: what it names stands below it."""
        plain = key(text)
        return bool(plain) and (plain in self._heads or _BRACKETS.sub("", plain) in self._heads)

    def inline(self, text: str) -> tuple[Entry, str] | None:
        """A label and its value in one text, `单位：万元`; the value is all that follows the colon."""
        if (found := _COLON.search(text)) is None or found.start() > 40:
            return None
        entry = self.label(text[: found.start()])
        return (entry, text[found.end() :]) if entry and entry.path else None

    def inlines(self, text: str) -> list[tuple[str, Entry | None, str]]:
        """A line cut at its wide gaps into (piece, entry, value); entry is None for a piece that names nothing."""
        pieces = [piece for piece in _GAP.split(text) if piece.strip()]
        return [(piece, *(self.inline(piece) or (None, ""))) for piece in pieces]

    def is_title(self, text: str) -> bool:
        """Whether a line is a form's own title, its year in brackets, or the number of an annex."""
        return self._titles.fullmatch(_BLANK.sub("", text)) is not None

    def split_agency(self, text: str) -> tuple[str | None, str]:
        """(code, name) of an agency written in one cell; code is None where the text begins with none."""
        found = self._agency.fullmatch(text)
        return (found["code"], found["name"]) if found else (None, text)


@cache
def _words() -> dict[str, Any]:
    text = resources.files("perfdoc.extract").joinpath("vocabulary.yaml").read_text(encoding="utf-8")
    words: dict[str, Any] = parse(text, "vocabulary.yaml").value  # type: ignore[assignment]
    return words


def vocabulary(forms: Iterable[Form]) -> Vocabulary:
    """The shared vocabulary with what the forms add to it."""
    return Vocabulary(_words(), forms)
