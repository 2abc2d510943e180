"""What is said of each rule: severity, title, message, why, the regulation behind it. All of it is data, by code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import cast

from perfdoc.checks.finding import LANGUAGES, Said
from perfdoc.report import Severity
from perfdoc.yamltree import packaged

FAMILIES = ("completeness", "classification", "values", "arithmetic", "projects", "wording", "scores", "suppression")
"""The families in the order of their hundreds: PD1xx, PD2xx …; the last is PD9xx. `perfdoc score` tells of `scores`."""

Both = tuple[str, str]
"""A text in Chinese and in English."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of a rule. `messages` by variant, the usual one is `""`; `fix` is safe, offered or nothing."""

    code: str
    family: str
    severity: Severity
    title: Both
    messages: Mapping[str, Both]
    why: Both
    basis: tuple[Both, ...]
    fix: str = ""

    def say(self, values: Mapping[str, Said], variant: str = "") -> Both:
        """The message in both languages with its places filled."""
        found = []
        for at, text in enumerate(self.messages[variant]):
            found.append(text.format_map({k: v if isinstance(v, str) else v[at] for k, v in values.items()}))
        return found[0], found[1]


@cache
def catalogue() -> Mapping[str, Entry]:
    """Every rule by its code, in order."""
    regulations = {key: _both(value) for key, value in packaged("perfdoc.checks.rules", "regulations.yaml").items()}
    found: dict[str, Entry] = {}
    for family in FAMILIES:
        for code, given in packaged("perfdoc.checks.rules", f"{family}.yaml").items():
            row = cast("dict[str, object]", given)
            message = cast("dict[str, object]", row["message"])
            variants = {"": message} if LANGUAGES[0] in message else message
            found[code] = Entry(
                code,
                family,
                Severity(cast(str, row["severity"])),
                _both(row["title"]),
                {name: _both(each) for name, each in variants.items()},
                _both(row["why"]),
                tuple(regulations[key] for key in cast("list[str]", row.get("basis") or [])),
                cast(str, row.get("fix") or ""),
            )
    return found


def _both(given: object) -> Both:
    texts = cast("Mapping[str, str]", given)
    return texts["zh"], texts["en"]
