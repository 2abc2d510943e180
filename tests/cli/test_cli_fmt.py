"""`perfdoc fmt` and `perfdoc schema`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_support import LISTING, PROJECT, SECOND, folder, run, tree

ONE = "01-法院办案业务费.yaml"
SLOPPY = "# mine\n" + PROJECT.replace("total: 55.00", "total:    '55.00' # checked").replace(
    "fiscal: 55.00\n  other:", "other:  ~\n  fiscal: 55.00"
)
TIDY = "# mine\n" + PROJECT.replace("total: 55.00", "total: 55.00  # checked")


def test_canonical_files_are_left_alone(tmp_path: Path) -> None:
    specs = folder(tmp_path / "a")
    before = {f: f.stat().st_mtime_ns for f in specs.iterdir()}
    for options in ((), ("--check",), ("--diff",), ("-n",)):
        ran = run("fmt", specs, *options)
        assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert {f: f.stat().st_mtime_ns for f in specs.iterdir()} == before


def test_files_are_written_canonically_and_keep_their_comments(tmp_path: Path) -> None:
    specs = folder(tmp_path / "a", {ONE: SLOPPY})
    ran = run("fmt", specs)
    assert (ran.code, ran.out, ran.err) == (0, "", f"{specs / ONE}: formatted\n")
    assert (specs / ONE).read_text(encoding="utf-8") == TIDY
    assert run("fmt", specs, "--check").code == 0


def test_check_lists_and_diff_shows_and_neither_writes(tmp_path: Path) -> None:
    specs = folder(tmp_path / "a", {ONE: SLOPPY})
    before = tree(specs)
    ran = run("fmt", "--check", specs)
    assert (ran.code, ran.out) == (1, f"{specs / ONE}\n")
    ran = run("fmt", "--diff", specs)
    assert ran.code == 1
    assert "-  total:    '55.00' # checked\n-  other:  ~\n+  total: 55.00  # checked\n" in ran.out
    ran = run("fmt", "-n", specs)
    assert (ran.code, ran.err) == (0, f"{specs / ONE}: would be formatted\n")
    assert tree(specs) == before


@pytest.mark.parametrize(
    "data", [PROJECT.replace("\n", "\r\n").encode(), b"\xef\xbb\xbf" + PROJECT.encode(), PROJECT.encode() + b"\n\n"]
)
def test_line_ends_and_marks_of_windows(tmp_path: Path, data: bytes) -> None:
    specs = folder(tmp_path / "a", {ONE: data})
    assert run("fmt", specs, "--check").code == 1
    assert run("fmt", specs, "--diff").out
    assert run("fmt", specs).code == 0
    assert (specs / ONE).read_bytes() == PROJECT.encode()


def test_standard_input(tmp_path: Path) -> None:
    ran = run("fmt", "-", stdin=SLOPPY)
    assert (ran.code, ran.out) == (0, TIDY)
    assert run("fmt", "-", stdin=TIDY).out == TIDY
    assert run("fmt", "-", "--check", stdin=SLOPPY).out == "<stdin>\n"
    assert run("fmt", "-", "--check", stdin=TIDY).code == 0
    assert run("fmt", "-", stdin=LISTING.replace("form: ", "form:  ")).out == LISTING
    ran = run("fmt", "-", stdin="name: [")
    assert (ran.code, ran.out) == (3, "")
    assert "<stdin>:1:" in ran.err


def test_folders_are_searched_and_other_files_not_touched(tmp_path: Path) -> None:
    for where in ("x/a", "x/b/c", "x/.hidden/d"):
        folder(tmp_path / where, {ONE: SLOPPY, "other.yaml": SLOPPY})
    ran = run("fmt", tmp_path / "x", "--check")
    assert ran.out == f"{tmp_path / 'x/a' / ONE}\n{tmp_path / 'x/b/c' / ONE}\n"
    assert run("fmt", tmp_path / "x").code == 0
    assert (tmp_path / "x/a/other.yaml").read_text(encoding="utf-8") == SLOPPY
    assert run("fmt", tmp_path / "x/a/other.yaml").code == 0
    assert (tmp_path / "x/a/other.yaml").read_text(encoding="utf-8") == TIDY


def test_one_that_fails_does_not_stop_the_others(tmp_path: Path) -> None:
    specs = folder(tmp_path / "a", {ONE: "name: [", "02-司法救助资金.yaml": "#\n" + SECOND.replace("name:", "name:  ")})
    ran = run("fmt", specs)
    assert ran.code == 3
    assert f"{ONE}:1:" in ran.err
    assert (specs / ONE).read_text(encoding="utf-8") == "name: ["
    assert (specs / "02-司法救助资金.yaml").read_text(encoding="utf-8") == "#\n" + SECOND


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text(SLOPPY, encoding="utf-8")
    specs = folder(tmp_path / "a")
    (specs / ONE).unlink()
    (specs / ONE).symlink_to(outside)
    ran = run("fmt", specs)
    assert ran.code == 3
    assert "PD014" in ran.err
    assert outside.read_text(encoding="utf-8") == SLOPPY


def test_schema_is_printed_or_written(tmp_path: Path) -> None:
    ran = run("schema")
    schema = json.loads(ran.out)
    assert schema["$schema"].startswith("http://json-schema.org/draft-07/")
    assert "indicators" in schema["properties"]
    assert "projects" in json.loads(run("schema", "document").out)["properties"]
    file = tmp_path / "schema.json"
    assert run("schema", "-o", file).err == f"{file}: written\n"
    assert file.read_text(encoding="utf-8") == ran.out
    assert run("schema", "document", "-o", file).code == 1
    assert file.read_text(encoding="utf-8") == ran.out
    assert run("schema", "nonsense").code == 2
