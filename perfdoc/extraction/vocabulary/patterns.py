"""Patterns of the field's texts that no list of labels can hold: titles, years, agencies with codes, units of money."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

BLANK = re.compile(r"[\s\u00ad\u200b\ufeff\u2060*★☆]+")
"""What labels are compared without."""


class Patterns:
    """The questions that a pattern of `vocabulary.yaml` answers."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self._annual = re.compile(words["annual"])
        self._budget_heads = re.compile(words["budget_heads"])
        self._identity = re.compile(words["identity"])
        self._years = [re.compile(one) for one in words["years"]]
        self._placeholders = re.compile(words["placeholders"])
        self._titles = any_of(words["titles"])
        self._agency = re.compile(words["agency_code"], re.DOTALL)
        self._usual = re.compile(words["usual_code"])
        self._marked = re.compile(words["marked_code"], re.DOTALL)
        self.money = re.compile(words["money"])

    def is_annual(self, label: str) -> bool:
        """Whether a label speaks of the year itself."""
        return self._annual.search("".join(label.split())) is not None

    def is_budget_head(self, label: str) -> bool:
        """Whether a head over a row of money tells the budget itself."""
        return self._budget_heads.match(label) is not None

    def year(self, line: str) -> str:
        """The year that a form's title or the line below it names, 2023 of （2023年度）; empty where there is none."""
        plain = BLANK.sub("", unicodedata.normalize("NFKC", line)) if len(line) <= 120 else ""
        return next((found[1] for one in self._years if (found := one.search(plain)) is not None), "")

    def is_year(self, line: str) -> bool:
        """Whether a line says its year and nothing else."""
        return self._years[0].search(BLANK.sub("", unicodedata.normalize("NFKC", line[:120]))) is not None

    def is_identity(self, label: str) -> bool:
        """Whether a label names a code that tells projects apart."""
        return self._identity.search(label) is not None

    def is_money(self, text: str) -> bool:
        """Whether a text is a unit of money."""
        return self.money.search(text) is not None

    def is_placeholder(self, text: str) -> bool:
        """Whether a text is what a form has in a row that nobody filled in."""
        return self._placeholders.fullmatch("".join(text.split())) is not None

    def is_title(self, text: str) -> bool:
        """Whether a line is a form's own title, its year in brackets, or the number of an annex."""
        if len(text) > 120:
            return False
        return self._titles.fullmatch(BLANK.sub("", text)) is not None

    def split_agency(self, text: str) -> tuple[str | None, str]:
        """(code, name) of an agency written in one cell; code is None where the text begins with none."""
        found = self._agency.fullmatch(text)
        return (found["code"], found["name"]) if found else (None, text)

    def is_usual_code(self, code: str) -> bool:
        """Whether figures before an agency's name are its code, and can't be how the name begins."""
        return self._usual.fullmatch(code) is not None

    def split_marked(self, text: str) -> tuple[str | None, str]:
        """The same where nothing says that a code stands there: only what is plainly one is taken for it."""
        found = self._marked.fullmatch(text)
        if found is None:
            return None, text
        return found["code"] or found["code2"] or found["code3"], found["name"] or found["name2"] or found["name3"]


def any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in patterns))
