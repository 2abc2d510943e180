"""`perfdoc check` of many documents: what is found is what each by itself would show."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_support import LISTING, PROJECT, folder, run, tree, without_progress, word
from clusters import cluster
from stores import Objects, known_here

from perfdoc.cli.verbs import check as command

pytestmark = pytest.mark.slow


def several(where: Path, number: int = 6) -> Path:
    """Documents: the second can't be loaded, the others have findings of their own."""
    for n in range(number):
        text = PROJECT.replace("total: 55.00", f"total: {n}.00")
        folder(where / f"d{n}", {"01-法院办案业务费.yaml": text, **({"document.yaml": "form: 1:\n"} if n == 1 else {})})
    return where


@pytest.mark.parametrize("format_", ["text", "json"])
def test_side_by_side_as_one_after_the_other(tmp_path: Path, format_: str) -> None:
    root = several(tmp_path / "specs")
    one = run("check", root, "--format", format_)
    two = run("check", root, "--format", format_, "-j", "2")
    assert (two.code, two.out) == (one.code, one.out)
    assert without_progress(two.err) == without_progress(one.err)
    assert one.out.count("d0/") > 0


def test_many_are_checked_by_processes_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that are named, and what is wrong with a path, in one run."""
    root = several(tmp_path / "specs", 3)
    want = run("check", root / "d0", root / "d2", tmp_path / "none.docx")
    monkeypatch.setattr(command, "_SEVERAL", 2)
    ran = run("check", root / "d0", root / "d2", tmp_path / "none.docx")
    assert (ran.code, ran.out) == (want.code, want.out) == (3, want.out)
    assert sorted(without_progress(ran.err).splitlines()) == sorted(without_progress(want.err).splitlines())


def test_fixes_are_made_side_by_side(tmp_path: Path) -> None:
    for name in ("one", "two"):
        folder(tmp_path / name, {"01-法院办案业务费.yaml": PROJECT.replace("信息化建设，", "信息化建设,  ")})
    one, two = (run("check", tmp_path / name, "--fix", *more) for name, more in (("one", ()), ("two", ("-j", "2"))))
    assert two.out.replace("/two/", "/one/") == one.out
    assert tree(tmp_path / "one") == tree(tmp_path / "two")
    assert "信息化建设，" in (tmp_path / "two" / "01-法院办案业务费.yaml").read_text(encoding="utf-8")


def test_by_url_and_on_a_cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    env = known_here(tmp_path, monkeypatch)
    objects = Objects()
    root = several(tmp_path / "specs")
    file = word(tmp_path)
    for name, content in tree(root).items():
        objects.pipe_file(f"bucket/specs/{name}", content)
    objects.pipe_file("bucket/in/a/x.docx", file.read_bytes())
    here = run("check", root)
    there = run("check", "s3://bucket/specs")
    assert there.code == here.code, there.err
    assert there.out.replace("s3://bucket/specs", str(root)) == here.out
    with cluster(tmp_path / "dask", 1, env) as workers:
        dask = ("--executor", f"dask:{workers.address}")
        ran = run("check", "s3://bucket/specs", "s3://bucket/in", "--format", "json", *dask)
        found = {one["file"] for one in json.loads(ran.out)}
        assert {"s3://bucket/specs/d0/01-法院办案业务费.yaml", "s3://bucket/in/a/x.docx"} <= found
        assert run("check", root, *dask).out == here.out
    received = run("check", "s3://bucket/in/a/x.docx")
    assert received.out.replace("s3://bucket/in/a/x.docx", str(file)) == run("check", file).out
    ran = run("check", "s3://bucket/specs/d0", "--fix")
    assert (ran.code, "--fix mends files of this machine" in ran.err) == (2, True)
    ran = run("check", "s3://bucket/none")
    assert (ran.code, "Traceback" in ran.err) == (3, False), ran.err
    assert LISTING.encode() in tree(root).values()
