"""`perfdoc import DIR -r`: a tree of files to a tree of specs, one file's failure never another's."""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path
from random import Random
from typing import Any

import pytest
from cli_support import PROJECT, folder, run, tree, without_progress, word
from imported import BAD, CLEAN, DOUBTS, OTHER, WANT, Runs, assert_true, below, numbered, source, specs, wanted
from waiting import PATIENCE

from perfdoc.jobs.ledger import NAME

pytestmark = pytest.mark.slow

TEXT = "会议纪要\n一、时间\n".encode()


@pytest.fixture(scope="module")
def docx(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return word(tmp_path_factory.mktemp("word")).read_bytes()


def summary(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    found["files"] = {one["file"]: one for one in found["files"]}
    return found


def test_a_tree_of_files_becomes_a_tree_of_specs(tmp_path: Path, docx: bytes) -> None:
    root = source(
        tmp_path / "收到",
        {
            "a.docx": docx,
            "法院/2023?.txt": docx,
            "法院/con/con.docx": docx,
            "法院/notes.txt": TEXT,
            "法院/b.xlsx": docx[:2000],
            "~$a.docx": b"owner",
            ".hidden/c.docx": docx,
            "scan.pdf": b"%PDF-1.7\n",
        },
    )
    out = tmp_path / "specs"
    ran = run("import", root, "-r", "-o", out, "--summary", tmp_path / "s.json")
    assert specs(out) == below("a", "法院/2023-", "法院/_con/_con")
    assert ran.code == 3, "one file is damaged"
    assert ran.out == ""
    lines = without_progress(ran.err).splitlines()
    assert lines[0] == f"{root}/a.docx → {out}/a: 2 projects, 4 indicators, 0 doubts; files: 3 written"
    assert f"perfdoc: {root}/法院/b.xlsx: the file is damaged" in ran.err
    assert f"perfdoc: {root}/法院/notes.txt: no performance-goal form" in ran.err
    assert "scan.pdf" not in ran.err
    assert "left aside: 1 file (1 .pdf), 2 hidden or lock files" in lines
    assert [line.rsplit(None, 1) for line in lines[-8:]][1:-1] == [
        ["  read cleanly", "3"],
        ["  with doubts", "0"],
        ["  not recognised", "1"],
        ["  unreadable", "1"],
        ["  already done", "0"],
        ["  skipped: other files", "1"],
    ]
    assert lines[-1] == "  6 projects, 12 indicators"
    found = summary(tmp_path / "s.json")
    assert (found["version"], found["code"]) == (1, 3)
    assert found["counts"] == {CLEAN: 3, DOUBTS: 0, OTHER: 1, BAD: 1, "already done": 0, "skipped: other files": 1}
    assert found["files"]["法院/2023?.txt"]["kind"] == "docx"
    assert found["files"]["法院/2023?.txt"]["folder"] == "法院/2023-"
    assert found["files"]["scan.pdf"]["message"].startswith("not a file that can be read: a PDF")


@pytest.mark.parametrize("jobs", ["1", "2", "5"])
def test_however_many_at_a_time_the_result_is_the_same(tmp_path: Path, docx: bytes, jobs: str) -> None:
    root = source(tmp_path / "in", {f"{n % 3}/{n:02}.docx": docx if n % 4 else docx[: n * 50] for n in range(20)})
    ran = run("import", root, "-r", "-o", tmp_path / "out", "-j", jobs)
    files = [n for n in range(20) if n % 4]
    assert specs(tmp_path / "out") == below(*(f"{n % 3}/{n:02}" for n in files))
    said = [line.split(" →")[0] for line in ran.err.splitlines() if " → " in line]
    assert said == sorted(said), "said in the files' order"
    assert len(said) == len(files)


def test_what_was_said_with_one_process_is_said_with_two(tmp_path: Path, docx: bytes) -> None:
    root = source(tmp_path / "in", {f"{n}.docx": docx if n % 2 else docx[:99] for n in range(9)})
    one, two = (run("import", root, "-r", "-o", tmp_path / "out", "-n", "-j", str(n)) for n in (1, 2))
    said, same = (without_progress(ran.err).partition(" files in ")[0] for ran in (one, two))
    assert said == same
    assert not (tmp_path / "out").exists(), "a dry run writes nothing, no ledger either"


def test_exit_codes(tmp_path: Path, docx: bytes) -> None:
    other = source(tmp_path / "other", {"a.txt": TEXT, "b.pdf": b"%PDF-1.7\n", "c.zip": b"PK\5\6" + bytes(18)})
    assert run("import", other, "-r", "-o", tmp_path / "o1").code == 0, "found below a folder: no failure"
    assert specs(tmp_path / "o1") == {}
    assert run("import", other / "a.txt", "-r", "-o", tmp_path / "o2").code == 3, "named itself: not recognised"
    assert run("import", other / "b.pdf", "-r", "-o", tmp_path / "o2").code == 3
    assert run("import", tmp_path / "none", "-r", "-o", tmp_path / "o3").code == 3
    root = source(tmp_path / "in", {"a.docx": docx})
    assert run("import", root, "-r", "-o", tmp_path / "o4").code == 0
    changed = folder(tmp_path / "o4" / "a", {"01-法院办案业务费.yaml": PROJECT.replace("≥90%", "≥9%")})
    ran = run("import", root, "-r", "-o", tmp_path / "o4")
    assert ran.code == 1
    assert "exists and differs; left as it was (--force overwrites)" in ran.err
    assert "left alone: specs differ" in ran.err
    assert "≥9%" in (changed / "01-法院办案业务费.yaml").read_text(encoding="utf-8")
    assert run("import", root, "-r", "-o", tmp_path / "o4", "--force").code == 0
    assert specs(tmp_path / "o4") == below("a")
    empty = source(tmp_path / "empty", {"a.docx": b""})
    assert run("import", empty, "-r", "-o", tmp_path / "o5").code == 3, "an empty file is one that went wrong"


def test_what_can_not_be_asked_for(tmp_path: Path, docx: bytes) -> None:
    root = source(tmp_path / "in", {"a.docx": docx})
    for args, said in (
        ((root, "-r", "-o", "-"), "many files go to a folder"),
        (("-", "-r", "-o", tmp_path / "out"), "standard input can't be one of many"),
        ((root, "-r", "-o", root), "is to be read and written to"),
        ((root, "-o", tmp_path / "out"), "is a folder; -r imports"),
        ((root, "-r", "-o", root / "a.docx"), "can't be"),
        ((root, "-r", "-o", tmp_path / "out", "-j", "0"), "-j"),
        ((root, "-r", "-o", tmp_path / "out", "--time-limit", "0"), "--time-limit"),
    ):
        ran = run("import", *args)
        assert (ran.code, said in ran.err) == (2, True), ran.err
    assert tree(root) == {"a.docx": docx}


def test_the_output_may_lie_in_the_input(tmp_path: Path, docx: bytes) -> None:
    root = source(tmp_path / "in", {"a.docx": docx})
    for _ in range(2):
        assert run("import", root, "-r", "-o", root / "specs").code == 0
        assert specs(root / "specs") == below("a")


def test_names_that_clash_stay_from_run_to_run(tmp_path: Path, docx: bytes) -> None:
    root = source(tmp_path / "in", {"a.docx": docx})
    assert run("import", root, "-r", "-o", tmp_path / "out").code == 0
    assert specs(tmp_path / "out") == below("a")
    source(root, {"A.xlsx": docx, "a.doc": docx, "a/a.docx": docx})
    assert run("import", root, "-r", "-o", tmp_path / "out").code == 0
    want = below("a", "A.xlsx", "a.doc", "a/a") if os.name != "nt" else None
    assert specs(tmp_path / "out") == want
    before = tree(tmp_path / "out")
    (root / "A.xlsx").unlink()
    assert run("import", root, "-r", "-o", tmp_path / "out").code == 0
    assert specs(tmp_path / "out") == {k: v for k, v in before.items() if k != NAME}


def test_resume_does_what_changed(tmp_path: Path, docx: bytes) -> None:
    root = source(tmp_path / "in", {"a.docx": docx, "b.docx": docx, "c.txt": TEXT, "d.docx": docx[:900]})
    out = tmp_path / "out"
    first = run("import", root, "-r", "-o", out)
    assert first.code == 3
    again = run("import", root, "-r", "-o", out, "--resume", "--summary", tmp_path / "s.json")
    assert again.code == 3, "the worst of all files, those done already too"
    found = summary(tmp_path / "s.json")
    assert found["counts"] == {CLEAN: 0, DOUBTS: 0, OTHER: 0, BAD: 0, "already done": 4}
    assert found["files"]["d.docx"]["ending"] == BAD
    assert found["files"]["a.docx"]["indicators"] == 4
    assert len(without_progress(again.err).splitlines()) == 8, "the table, and d.docx, which the exit code is about"

    source(root, {"b.docx": numbered(docx, 1), "e.docx": docx})
    os.utime(root / "a.docx", (1, 1))
    (out / "a" / "notes.yaml").write_text("# mine", encoding="utf-8")
    ran = run("import", root, "-r", "-o", out, "--resume")
    assert [line.split()[0] for line in ran.err.splitlines() if " → " in line] == [
        f"{root}/b.docx",
        f"{root}/e.docx",
    ], "what has another date but the same content is done"
    assert "b: 2 projects, 4 indicators, 0 doubts; files: 3 unchanged" in ran.err
    assert "already done    3" in ran.err

    (out / "b" / "document.yaml").unlink()
    ran = run("import", root, "-r", "-o", out, "--resume")
    assert "b: 2 projects, 4 indicators, 0 doubts; files: 1 written, 2 unchanged" in ran.err
    ran = run("import", root, "-r", "-o", out, "--resume", "--track-changes", "reject")
    assert ran.err.count(" → ") == 3, "another option may give another result"
    assert run("import", root, "-r", "-o", out, "--resume", "-n").err.count(" → ") == 3
    assert run("import", root, "-r", "-o", out, "--resume", "--track-changes", "reject").err.count(" → ") == 0


def test_a_file_that_met_other_specs_is_tried_again(tmp_path: Path, docx: bytes) -> None:
    root = source(tmp_path / "in", {"a.docx": docx})
    folder(tmp_path / "out" / "a", {"01-法院办案业务费.yaml": PROJECT.replace("≥90%", "≥9%")})
    assert run("import", root, "-r", "-o", tmp_path / "out").code == 1
    assert run("import", root, "-r", "-o", tmp_path / "out", "--resume").code == 1
    assert run("import", root, "-r", "-o", tmp_path / "out", "--resume", "--force").code == 0
    assert specs(tmp_path / "out") == below("a")


def test_corrections_of_the_user_survive_a_resumed_run(tmp_path: Path, docx: bytes) -> None:
    root = source(tmp_path / "in", {"a.docx": docx, "b.docx": docx})
    run("import", root, "-r", "-o", tmp_path / "out")
    mine = tmp_path / "out" / "a" / "01-法院办案业务费.yaml"
    mine.write_text(PROJECT.replace("≥90%", "≥95%") + "# corrected\n", encoding="utf-8")
    before = specs(tmp_path / "out")
    assert run("import", root, "-r", "-o", tmp_path / "out", "--resume").code == 0
    assert specs(tmp_path / "out") == before


def scripted(where: Path, script: str) -> dict[str, str]:
    """An environment whose LibreOffice is a script."""
    program = where / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    return {"PERFDOC_SOFFICE": str(program)}


RTF = rb"{\rtf1 x}"
OURS = "us=$(ps -o ppid= -p $PPID)"
"""In a script that stands in for LibreOffice: the process that reads the file; what keeps the script is between."""


@pytest.mark.skipif(os.name == "nt", reason="the helper is a shell script")
@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("sleep 3600", "LibreOffice did not finish within 0.85 seconds"),
        (f"{OURS}; kill -SEGV $us; sleep 5", "crashed: its process was ended by SIGSEGV"),
        (f"{OURS}; kill -STOP $us; sleep 3600", "timed out: not read within 4 seconds"),
    ],
)
def test_a_file_that_makes_a_helper_or_us_hang_or_crash_fails_alone(
    tmp_path: Path, docx: bytes, monkeypatch: pytest.MonkeyPatch, script: str, said: str
) -> None:
    monkeypatch.setattr("perfdoc.jobs.limits.PATIENCE", 4.0)
    root = source(tmp_path / "in", {"a.docx": docx, "b.rtf": RTF, "c.docx": docx})
    args = ("import", root, "-r", "-o", tmp_path / "out", "--time-limit", "1", "-j", "1")
    ran = run(*args, env=scripted(tmp_path, script))
    assert ran.code == 3
    assert specs(tmp_path / "out") == below("a", "c")
    (line,) = [line for line in ran.err.splitlines() if line.startswith("perfdoc: ")]
    assert line.startswith(f"perfdoc: {root}/b.rtf: ")
    assert said in line
    ran = run(*args, "--resume", env=scripted(tmp_path, "exit 1"))
    assert "LibreOffice could not read this .rtf" in ran.err, "a helper may do better the next time: tried again"
    assert "already done    2" in ran.err
    ran = run(*args, "--resume", env=scripted(tmp_path, "exit 1"))
    assert "already done    3" in ran.err, "what it can't read it can't read the next time"
    assert f"{root}/b.rtf: LibreOffice could not read this .rtf" in ran.err, "it is what the exit code is about"


def test_json_is_one_array(tmp_path: Path, docx: bytes) -> None:
    root = source(tmp_path / "in", {"a.docx": docx, "b.docx": b"PK\3\4", "c.txt": TEXT})
    found = run("import", root, "-r", "-o", tmp_path / "out", "--format", "json").found()
    assert [(Path(one["file"]).name, one["code"], one["severity"]) for one in found] == [
        ("b.docx", "unreadable", "error"),
        ("c.txt", "not-recognised", "info"),
    ]


def test_options_of_many_for_one_file(tmp_path: Path, docx: bytes) -> None:
    file = source(tmp_path, {"a.docx": docx}) / "a.docx"
    assert run("import", file, "-o", tmp_path / "out", "-j", "2").code == 0
    assert specs(tmp_path / "out") == WANT, "one file: its document's folder"
    assert run("import", file, "-o", tmp_path / "out", "--resume").err.count(" → ") == 0


def test_a_second_run_at_the_same_time_is_refused(tmp_path: Path, docx: bytes) -> None:
    from perfdoc.jobs.ledger import Ledger

    root = source(tmp_path / "in", {"a.docx": docx})
    with Ledger(tmp_path / "out"):
        ran = run("import", root, "-r", "-o", tmp_path / "out")
    assert (ran.code, "another run is writing to this output" in ran.err) == (2, True)


@pytest.mark.skipif(os.name == "nt", reason="sends signals")
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_is_stopped_in_the_middle_goes_on(tmp_path: Path, docx: bytes, end: signal.Signals) -> None:
    number = 250
    root = source(tmp_path / "in", {f"{n % 7}/{n:03}.docx": numbered(docx, n) for n in range(number)})
    out = tmp_path / "out"
    runs = Runs(root, out, "-j", "2")
    with runs.begun() as running:
        runs.until(40)
        running.send_signal(end)
        said = running.communicate(timeout=PATIENCE)[1]
    assert running.returncode == (-9 if end is signal.SIGKILL else 130), said
    if end is signal.SIGINT:
        assert "interrupted; --resume goes on from here" in said
        assert "Traceback" not in said
    known = assert_true(root, out, settled=False)
    assert 0 <= known < number

    ran = runs.whole("--resume")
    assert ran.returncode == 0, ran.stderr
    assert f"already done  {known:>5}" in ran.stderr
    assert ran.stderr.count(" → ") == number - known
    assert specs(out) == wanted(f"{n % 7}/{n:03}" for n in range(number))
    assert assert_true(root, out) == number


@pytest.mark.skipif(os.name == "nt", reason="kills groups of processes")
def test_a_run_that_is_killed_again_and_again_comes_to_its_end(tmp_path: Path, docx: bytes) -> None:
    """At any moment: before the ledger is there, in the middle of a file, between a result and its row."""
    number, moments = 160, Random(7)
    root = source(tmp_path / "in", {f"{n % 7}/{n:03}.docx": numbered(docx, n) for n in range(number)})
    out = tmp_path / "out"
    runs = Runs(root, out, "-j", "2", "--resume")
    known = 0
    for _ in range(4):
        with runs.begun() as running:
            time.sleep(moments.uniform(0.05, 1.2))
            os.killpg(running.pid, signal.SIGKILL)
            running.communicate(timeout=PATIENCE)
        if (out / NAME).exists():
            now = assert_true(root, out, settled=False)
            assert now >= known, "what was done stays done"
            known = now
    source(root, {"extra/new.docx": docx})
    ran = runs.whole()
    assert ran.returncode == 0, ran.stderr
    assert f"already done  {known:>5}" in ran.stderr
    assert specs(out) == wanted([*(f"{n % 7}/{n:03}" for n in range(number)), "extra/new"])
    assert assert_true(root, out) == number + 1
    assert {file.name for file in out.iterdir()} == {NAME, "extra", *map(str, range(7))}, "no temporary file"
    again = runs.whole()
    assert f"already done  {number + 1:>5}" in again.stderr
    assert " → " not in again.stderr


def test_a_folder_hides_nothing(tmp_path: Path) -> None:
    """What promises a document and has none in it fails by its name; links are said, all else is counted."""
    root = tmp_path / "收到"
    files = {
        "empty.docx": b"",
        "picture.docx": b"\x89PNG",
        "text.docx": "你好".encode(),
        "page.xlsx": b"<html><body>404</body></html>",
        "page.xls": b"<html><body>404</body></html>",
        "scan.pdf": b"%PDF-1.7",
    }
    source(root, files)
    (tmp_path / "elsewhere").mkdir()
    (root / "other").symlink_to(tmp_path / "elsewhere")
    (root / "gone").symlink_to(tmp_path / "none")
    (root / "circle").symlink_to(root / "circle")
    ran = run("import", root, "-r", "-o", tmp_path / "out")
    assert ran.code == 3
    failed = [line.split(": ")[1] for line in ran.err.splitlines() if line.startswith("perfdoc: ")]
    assert sorted(failed) == sorted(
        f"{root}/{name}" for name in (*files, "other", "gone", "circle") if name != "scan.pdf"
    )
    assert "left aside: 2 files (1 without suffix, 1 .pdf)" in ran.err
    assert ran.err.splitlines()[-4].split() == ["unreadable", "6"]
    others = run("summary", root)
    assert others.code == 3
    assert all(f"{root}/{name}" in others.err for name in ("other", "gone", "circle", "empty.docx", "text.docx"))
    assert "left aside: 1 file (1 .pdf)" in others.err


def test_documents_beside_office_files_say_that_those_are_left_aside(tmp_path: Path) -> None:
    specs_of_one = folder(tmp_path / "specs/x")
    (tmp_path / "specs/received.docx").write_bytes(b"PK")
    assert "specs: left aside: 1 file (1 .docx)\n" in run("check", tmp_path / "specs").err
    assert "left aside" not in run("check", specs_of_one).err
    (tmp_path / "specs/link").symlink_to(specs_of_one)
    for verb in (("fmt",), ("render", "-r", "-n", "--pages", "none"), ("verify",)):
        ran = run(*verb, tmp_path / "specs")
        assert f"{tmp_path}/specs/link: a link to a folder, which is not followed" in ran.err
