"""What is said of each rule: severity, title, message, why, the regulation behind it. All of it is data, by code."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from perfdoc.report import Severity
from perfdoc.texts import Both, in_language
from perfdoc.yamltree import both, packaged

FAMILIES = ("completeness", "classification", "values", "arithmetic", "projects", "wording", "scores", "suppression")
"""The families in the order of their hundreds: PD1xx, PD2xx …; the last is PD9xx. `perfdoc score` tells of `scores`."""


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

    def say(self, values: Mapping[str, str], variant: str = "") -> str:
        """The message in the language that is spoken, its places filled."""
        return in_language(self.messages[variant]).format_map(values)


@cache
def catalogue() -> Mapping[str, Entry]:
    """Every rule by its code, in order."""
    regulations = {key: both(value) for key, value in packaged("perfdoc.checks.rules", "regulations.yaml").items()}
    found: dict[str, Entry] = {}
    for family in FAMILIES:
        rows: dict[str, Any] = packaged("perfdoc.checks.rules", f"{family}.yaml")
        for code, row in rows.items():
            message = row["message"]
            variants = {"": message} if "zh" in message else message
            messages = {name: both(each) for name, each in variants.items()}
            basis = tuple(regulations[key] for key in row.get("basis") or ())
            severity, title, why = Severity(row["severity"]), both(row["title"]), both(row["why"])
            found[code] = Entry(code, family, severity, title, messages, why, basis, row.get("fix") or "")
    return found
