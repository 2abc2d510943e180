"""Specs that are broken: a message with the place, exit code 3, no traceback, nothing written or changed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from cli_support import LISTING, PROJECT, folder, run, tree

ONE = "01-法院办案业务费.yaml"


def project(old: str, new: str) -> dict[str, str | bytes]:
    changed = PROJECT.replace(old, new, 1)
    assert changed != PROJECT
    return {ONE: changed}


BROKEN: dict[str, tuple[dict[str, str | bytes], str]] = {
    "a list where a group belongs": (
        project("  total: 55.00\n  fiscal: 55.00\n  other:\n", "- 55.00\n"),
        rf"{ONE}:\d+:\d+: error",
    ),
    "a group where a text belongs": (project("purpose: 数字档案扫描", "purpose:\n  a: b"), rf"{ONE}:\d+:\d+: error"),
    "a list where a text belongs": (project("level1: 产出指标", "level1: [产出指标]"), rf"{ONE}:15:\d+: error"),
    "a text where the indicators belong": (
        {ONE: PROJECT.partition("indicators:")[0] + "indicators: 无\n"},
        rf"{ONE}:14:\d+: error",
    ),
    "an unknown key": (project("purpose:", "purposes:"), rf"{ONE}:10:1: error .*purpose"),
    "an unknown key inside": (project("  fiscal:", "  fiscall:"), rf"{ONE}:8:3: error"),
    "a duplicate key": (project("purpose:", "name: 又一个\npurpose:"), rf"{ONE}:10:1: error .*line 1"),
    "bad indentation": (project("  code:", "    code:"), rf"{ONE}:\d+:\d+: error"),
    "a tab as indentation": (project("  code:", "\tcode:"), rf"{ONE}:\d+:\d+: error"),
    "a missing file": ({"document.yaml": LISTING.replace("02-", "03-")}, r"document\.yaml:4:\d+: error .*03-"),
    "an empty file": ({ONE: ""}, rf"{ONE}.* error"),
    "an empty document.yaml": ({"document.yaml": ""}, r"document\.yaml.* error"),
    "a binary file": ({ONE: b"PK\x03\x04\x14\x00\x00\x00" + bytes(range(256))}, rf"{ONE}.* error"),
    "bytes of no kind": ({ONE: bytes(range(256)) * 4}, rf"{ONE}.* error"),
    "GBK": ({ONE: PROJECT.encode("gbk")}, rf"{ONE}:1:7: error .*GBK"),
    "UTF-16": ({ONE: PROJECT.encode("utf-16")}, rf"{ONE}.* error .*UTF-16"),
    "a control character": (project("数字档案扫描", "数字\x01扫描"), rf"{ONE}:10:\d+: error"),
    "a NUL": (project("数字档案扫描", "数字\0扫描"), rf"{ONE}:10:\d+: error"),
    "a quote that is not closed": (project('"209101"', '"209101'), rf"{ONE}:\d+:\d+: error"),
    "an alias": (project("purpose: 数字档案扫描", "purpose: *name"), rf"{ONE}:10:\d+: error"),
    "a loop of anchors": (project("purpose: 数字档案扫描", "purpose: &a [*a]"), rf"{ONE}:10:\d+: error"),
    "a tag": (project("name:", "name: !!python/object:os.system"), rf"{ONE}:1:\d+: error"),
    "two documents": (project("purpose:", "---\npurpose:"), rf"{ONE}:\d+:\d+: error"),
    "nested too deeply": (project("purpose: 数字档案扫描", "purpose: " + "[" * 5000), rf"{ONE}:10:\d+: error"),
    "not a mapping": ({ONE: "只有一句话\n"}, rf"{ONE}.* error"),
    "a path out of the folder": (
        {"document.yaml": LISTING.replace("02-", "../02-")},
        r"document\.yaml:4:\d+: error",
    ),
    "one bookmark": (
        {"document.yaml": LISTING.replace("02-司法救助资金.yaml", "02-司法救助资金.yaml\n  bookmarks: [a]")},
        r"document\.yaml:5:\d+: error",
    ),
    "listed twice": ({"document.yaml": LISTING + f"- spec: {ONE}\n"}, r"document\.yaml:5:\d+: error"),
}


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("verb", ["render", "verify", "fmt", "score", "summary"])
def test_broken_spec(tmp_path: Path, verb: str, name: str) -> None:
    files, place = BROKEN[name]
    specs = folder(tmp_path / "specs", files)
    before = tree(tmp_path)
    out = ("-o", tmp_path / "out.docx", "--pages", "none") if verb == "render" else ()
    ran = run(verb, specs, *out)
    assert ran.code == 3, ran.err
    assert re.search(place, ran.err), ran.err
    assert len(ran.err.splitlines()) <= 12, "a beginner must find the fault"
    after = tree(tmp_path)
    good = {name for name in before if before[name] == after.get(name)}
    assert after.keys() == before.keys()
    assert good == before.keys()


def test_all_faults_of_all_files_in_one_run(tmp_path: Path) -> None:
    specs = folder(tmp_path / "a", {ONE: PROJECT.replace("purpose", "purposes"), "02-司法救助资金.yaml": ""})
    ran = run("render", specs, "-o", tmp_path / "x.docx", "--format", "json")
    assert ran.code == 3
    assert {Path(found["file"]).name for found in ran.found()} == {ONE, "02-司法救助资金.yaml"}
    assert next(f for f in ran.found() if f["file"].endswith(ONE))["line"] == 10


def test_a_folder_without_document_yaml(tmp_path: Path) -> None:
    (tmp_path / "specs").mkdir()
    for verb in ("render", "verify", "fmt"):
        ran = run(verb, tmp_path / "specs")
        assert ran.code == 3
        assert re.fullmatch(r".*specs: .*document\.yaml.*\n", ran.err), ran.err


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for verb in ("render", "verify", "fmt", "inspect"):
        ran = run(verb, tmp_path / "none.yaml")
        assert ran.code == 3
        assert re.fullmatch(r".*none\.yaml: .*no such file.*\n", ran.err), ran.err


def test_a_form_that_is_not_there(tmp_path: Path) -> None:
    specs = folder(tmp_path / "a", {"document.yaml": LISTING.replace("tianjin", "beijing")})
    ran = run("render", specs, "-o", tmp_path / "x.docx")
    assert ran.code == 2
    assert "beijing" in ran.err
    assert "tianjin" in ran.err
    assert not (tmp_path / "x.docx").exists()


def test_a_character_that_word_cannot_hold(tmp_path: Path) -> None:
    specs = folder(tmp_path / "a", {ONE: PROJECT.replace("purpose: 数字档案扫描", 'purpose: "数字\\x01扫描"')})
    for verb in (("render", specs, "-o", tmp_path / "x.docx"), ("verify", specs)):
        ran = run(*verb)
        assert ran.code == 4
        assert re.search(rf"{ONE}:10:10: error PD070", ran.err), ran.err
    assert not (tmp_path / "x.docx").exists()
