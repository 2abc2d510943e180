"""Files that other programs wrote (golden/received) say what the YAML beside them says, in whatever format.

`--update-golden` writes the YAML from the first file of each content, lists it, and fails the run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from checkout import ROOT
from saved_by_office import shared

from perfdoc.accounts import account
from perfdoc.extraction import extract
from perfdoc.office import Convert
from perfdoc.reading import read, read_by
from perfdoc.report import Reading, Role
from perfdoc.specs import files

RECEIVED = ROOT / "golden" / "received"
CONTENTS = {
    "central": "central.yaml",
    "central-with-changes": "central.yaml",
    "self-evaluation": "self-evaluation.yaml",
    "list": "list.yaml",
    "levels-side-by-side": "levels-side-by-side.yaml",
    "whole-department": "whole-department.yaml",
}
"""What the names of files end with → what all files of that name say."""
_BY_LIBREOFFICE = {".doc", ".rtf", ".odt", ".ods"}
_NAME = re.compile(r"[a-z-]+-[\d.]+-(.+)")


def content_of(file: Path) -> str:
    """The content that a file's name ends with; the name begins with the program and its version."""
    match = _NAME.fullmatch(file.stem)
    assert match is not None, file.name
    return match[1]


FILES = sorted(
    file for file in RECEIVED.iterdir() if file.suffix not in (".md", ".yaml") and content_of(file) in CONTENTS
)
CASES = [
    pytest.param(file, id=file.name, marks=[pytest.mark.office] if file.suffix in _BY_LIBREOFFICE else [])
    for file in FILES
]


def said(reading: Reading) -> str:
    """The specs of a document's projects, as one text."""
    return "".join(f"--- # {name}\n{text}" for name, text in files(reading.document).items() if name != "document.yaml")


@pytest.fixture(scope="module")
def convert() -> Iterator[Convert]:
    with shared(file.read_bytes() for file in FILES if file.suffix in _BY_LIBREOFFICE) as one:
        yield one


@pytest.mark.parametrize("file", CASES)
def test_a_file_says_what_all_of_its_content_say(file: Path, convert: Convert, update_golden: bool) -> None:
    layout = read_by(file.read_bytes(), file.name, "accept", convert)
    reading = extract(layout)
    expected = RECEIVED / CONTENTS[content_of(file)]
    if update_golden and file.suffix not in _BY_LIBREOFFICE and expected.read_text(encoding="utf-8") != said(reading):
        expected.write_text(said(reading), encoding="utf-8")
        pytest.fail(f"wrote {expected}")
    assert said(reading) == expected.read_text(encoding="utf-8")
    assert not account(layout, reading).differences
    assert [claim.text for claim in reading.claims if claim.role is Role.unclaimed] == []
    doubts = {each.code for each in reading.diagnostics if each.severity != "info"}
    assert doubts == ({"PD032"} if "changes" in file.name else set())


def test_every_content_is_there_as_word_files_and_as_others() -> None:
    suffixes = {content: {file.suffix for file in FILES if content_of(file) == content} for content in CONTENTS}
    assert suffixes["central"] >= {".docx", ".doc", ".odt", ".rtf", ".html", ".xlsx"}
    assert suffixes["central-with-changes"] >= {".docx", ".doc", ".odt", ".rtf"}
    assert suffixes["self-evaluation"] >= {".docx", ".doc", ".html", ".xls", ".xlsx", ".ods"}
    assert suffixes["list"] >= {".docx", ".xls", ".xlsx", ".ods"}
    assert suffixes["levels-side-by-side"] >= {".xls", ".xlsx", ".ods"}
    assert suffixes["whole-department"] >= {".xls", ".xlsx", ".ods"}


def test_rejected_changes_give_the_values_before_them() -> None:
    name = "libreoffice-7.4.7-central-with-changes.docx"
    project = extract(read((RECEIVED / name).read_bytes(), name, track_changes="reject")).document.projects[0]
    assert project.budget is not None
    assert project.budget.total == "1,300.00"
    by_name = {indicator.level3: indicator.target for indicator in project.indicators}
    assert (by_name["每平方米维修成本"], by_name["维修学校数"], by_name["家长满意度"]) == ("≤400元", "10所", "≥95%")
