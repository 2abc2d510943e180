"""Findings as SARIF 2.1.0 (OASIS), which code hosts and editors show."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import perfdoc
from perfdoc.checks.catalogue import catalogue
from perfdoc.checks.report import Shown
from perfdoc.cli.terminal.printing import json_text
from perfdoc.report import Place
from perfdoc.texts import in_language

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def as_sarif(found: Sequence[Shown]) -> str:
    """One run: the rules that exist, and a result for each finding."""
    entries = list(catalogue().values())
    numbers = {entry.code: number for number, entry in enumerate(entries)}
    rules = [
        {
            "id": entry.code,
            "name": entry.family + entry.code.removeprefix("PD"),
            "shortDescription": {"text": in_language(entry.title)},
            "fullDescription": {"text": in_language(entry.why)},
            "help": {"text": "\n".join(map(in_language, (entry.why, *entry.basis)))},
            "defaultConfiguration": {"level": _LEVELS[entry.severity]},
        }
        for entry in entries
    ]
    driver = {"name": "perfdoc", "version": perfdoc.__version__, "semanticVersion": perfdoc.__version__, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(each, numbers) for each in found],
    }
    whole = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json_text(whole)


def _result(each: Shown, numbers: dict[str, int]) -> dict[str, Any]:
    one = each.finding
    region: dict[str, int] = {}
    if one.place.line:
        region = {"startLine": one.place.line, "startColumn": max(one.place.column, 1)}
        if each.at and (each.at.end_line, each.at.end_column) > (one.place.line, one.place.column):
            region |= {"endLine": each.at.end_line, "endColumn": each.at.end_column}
    result: dict[str, Any] = {
        "ruleId": one.code,
        "level": _LEVELS[one.severity],
        "message": {"text": one.message},
        "locations": [_location(one.place, region)],
    }
    if one.code in numbers:
        result["ruleIndex"] = numbers[one.code]
    if one.related:
        result["relatedLocations"] = [
            {"id": number, "message": {"text": text or str(place)}, **_location(place, _start(place))}
            for number, (_, place, text) in enumerate(one.related, 1)
        ]
    return result


def _start(place: Place) -> dict[str, int]:
    return {"startLine": place.line, "startColumn": max(place.column, 1)} if place.line else {}


def _location(place: Place, region: dict[str, int]) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(place.file)}}
    if region:
        physical["region"] = region
    location: dict[str, Any] = {"physicalLocation": physical}
    within = str(place).removeprefix(place.file).lstrip(": ")
    if within and not place.line:
        location["logicalLocations"] = [{"fullyQualifiedName": within}]
    return location


def _uri(file: str) -> str:
    """A file as a relative URI where it lies below the working directory, else an absolute one."""
    path = Path(os.path.normpath(file))
    if path.is_absolute():
        here = Path.cwd()
        return quote(path.relative_to(here).as_posix()) if path.is_relative_to(here) else path.as_uri()
    return quote(path.as_posix())
