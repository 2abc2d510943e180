"""A repository's choices: `check:` of a `perfdoc.yaml`, or `[tool.perfdoc.check]` of a `pyproject.toml`."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path as FilePath

from perfdoc.checks.catalogue import catalogue
from perfdoc.errors import UsageError
from perfdoc.report import Severity
from perfdoc.repository.given import given_near
from perfdoc.texts import listed, say

KEYS = ("select", "ignore", "severity", "levels", "lang", "year", "scheme", "slips")
_CODE = re.compile(r"PD\d{0,3}")


@dataclass(frozen=True, slots=True)
class Settings:
    """What to look for. `select` and `ignore` are codes or their beginnings (`PD3`); ignoring wins.

    `levels` gives rules another severity; `severity` is the least one that findings must have for exit code 1.
    `year` and `scheme` hold where a document's own are not to be guessed. `slips` are more wrong words, each
    with the right one.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Severity = Severity.error
    levels: Mapping[str, Severity] = field(default_factory=dict)
    year: int | None = None
    scheme: str = ""
    slips: Mapping[str, str] = field(default_factory=dict)

    def wants(self, code: str) -> bool:
        """Whether a rule is to be run."""
        return (not self.select or code.startswith(self.select)) and not (self.ignore and code.startswith(self.ignore))

    def level(self, code: str) -> Severity:
        """The severity of a rule's findings."""
        return self.levels.get(code) or catalogue()[code].severity

    def changed(self, select: tuple[str, ...], ignore: tuple[str, ...], severity: str | None) -> Settings:
        """With what the command line says: `select` and `severity` replace, `ignore` adds."""
        return replace(
            self,
            select=codes(select, "--select") or self.select,
            ignore=(*self.ignore, *codes(ignore, "--ignore")),
            severity=Severity(severity) if severity else self.severity,
        )


def codes(given: tuple[str, ...], where: str, also: Collection[str] = ()) -> tuple[str, ...]:
    """Codes of rules (or of `also`) or their beginnings, one by one or with commas between.

    UsageError for what begins none.
    """
    found = tuple(code.strip().upper() for text in given for code in text.split(",") if code.strip())
    for code in found:
        if not _CODE.fullmatch(code) or not any(known.startswith(code) for known in (*catalogue(), *also)):
            raise UsageError(say("checks.no_code" if also else "checks.no_rule", where=where, code=code))
    return found


def settings_near(folder: FilePath | None = None) -> Settings:
    """The settings for specs in a folder (default: the current one). UsageError, naming the file, for nonsense."""
    given, file = given_near(folder, "check")
    return Settings() if given is None else made(given, file)


def made(given: object, file: str) -> Settings:
    """Settings from the mapping in a file; UsageError for keys and values that are none."""
    if given == "":
        return Settings()
    if not isinstance(given, dict):
        raise UsageError(say("checks.settings.group", file=file, keys=listed(KEYS)))
    for key in given:
        if key not in KEYS:
            near = difflib.get_close_matches(str(key), KEYS, 1)
            key_said = say("checks.settings.key", file=file, key=key)
            raise UsageError(key_said + (say("checks.settings.near", near=near[0]) if near else ""))
    lang, year, scheme = (str(given.get(key) or "") for key in ("lang", "year", "scheme"))
    for key, value, allowed in (("lang", lang, ("", "zh", "en")), ("scheme", scheme, ("", "2015", "2021"))):
        if value not in allowed:
            raise UsageError(
                say("checks.settings.value", file=file, key=key, value=repr(value), known=listed(allowed[1:]))
            )
    if year and not re.fullmatch(r"(?:19|20|21)\d\d", year):
        raise UsageError(say("checks.settings.year", file=file, year=repr(year)))
    levels = {code: _severity(text, file) for code, text in _group(given, "levels", file).items()}
    unknown = levels.keys() - catalogue().keys()
    if unknown:
        raise UsageError(say("checks.settings.level", file=file, code=min(unknown)))
    return Settings(
        codes(_list(given, "select", file), f"{file}: select"),
        codes(_list(given, "ignore", file), f"{file}: ignore"),
        _severity(str(given.get("severity") or Severity.error), file),
        levels,
        int(year) if year else None,
        scheme,
        {re.escape(wrong): right for wrong, right in _group(given, "slips", file).items()},
    )


def _severity(text: str, file: str) -> Severity:
    if text not in Severity.__members__:
        raise UsageError(say("checks.settings.severity", file=file, text=repr(text)))
    return Severity(text)


def _list(given: Mapping[str, object], key: str, file: str) -> tuple[str, ...]:
    value = given.get(key) or []
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise UsageError(say("checks.settings.list", file=file, key=key))
    return tuple(value)


def _group(given: Mapping[str, object], key: str, file: str) -> dict[str, str]:
    value = given.get(key) or {}
    if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
        raise UsageError(say("checks.settings.texts", file=file, key=key))
    return {str(name): text for name, text in value.items()}
