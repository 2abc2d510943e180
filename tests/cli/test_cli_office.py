"""Files that go by way of LibreOffice: they share a start of it, and each has its own result, failure and limit."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import pytest
from cli_support import folder, run, without_progress, word

pytestmark = pytest.mark.slow

BEHAVES = """#!/bin/sh
while [ "$1" != --convert-to ]; do shift; done
to=${{2%%:*}}; out=$4; shift 4
echo $# >> "{here}/starts"
for file; do
  name=$(basename "$file"); made=$out/${{name%.*}}.$to
  case $(cat "$file") in
    *damaged*) echo 'Error: source file could not be loaded' >&2 ;;
    *crashes*) kill -SEGV $$ ;;
    *hangs*) sleep 3600 ;;
    *) echo "convert $file -> $made using filter : x"; cp "{here}/made.docx" "$made" ;;
  esac
done
"""


@pytest.fixture
def starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """LibreOffice does with a file what it says; here is written how many files each start was given."""
    here = tmp_path / "office"
    here.mkdir()
    shutil.copy(word(tmp_path), here / "made.docx")
    (here / "soffice").write_text(BEHAVES.format(here=here))
    (here / "soffice").chmod(0o755)
    monkeypatch.setenv("PERFDOC_SOFFICE", str(here / "soffice"))
    return here / "starts"


def given(where: Path, **more: str) -> Path:
    """A folder of six files that LibreOffice is needed for, among them those of `more`, with what they say."""
    names = {**{f"{n}-表": "sound" for n in range(6)}, **{f"{name[1:]}-表": does for name, does in more.items()}}
    where.mkdir()
    for name, does in names.items():
        (where / f"{name}.rtf").write_text(f"{{\\rtf1 {name} {does}}}", encoding="utf-8")
    return where


def counts(starts: Path) -> list[int]:
    return [int(line) for line in starts.read_text().split()]


@pytest.mark.parametrize("way", [(), ("-r", "-j", "1")])
def test_all_files_of_a_run_share_a_start(tmp_path: Path, starts: Path, way: tuple[str, ...]) -> None:
    root = given(tmp_path / "in")
    shutil.copy(starts.parent / "made.docx", root / "3-中.docx")
    (root / "below").mkdir()
    shutil.copy(root / "0-表.rtf", root / "below")
    files = [root] if way else [*sorted(root.glob("*.*")), root / "below" / "0-表.rtf"]
    assert run("import", *files, "-o", tmp_path / "out", *way).code == 0
    assert len(list((tmp_path / "out").rglob("document.yaml"))) == 8
    assert counts(starts) == [7]


@pytest.mark.parametrize("verb", ["check -q", "check -q -j 1", "summary", "score", "verify", "rollover --year 2030"])
def test_every_verb_shares_a_start(tmp_path: Path, starts: Path, verb: str) -> None:
    root = given(tmp_path / "in", _2="damaged")
    more = ("-o", tmp_path / "out") if verb.startswith("rollover") else ()
    ran = run(*verb.split(), root, *more)
    assert counts(starts) == [6]
    (line,) = [line for line in ran.err.splitlines() if "LibreOffice could not" in line]
    assert "/2-表.rtf: " in line


def test_both_sides_of_a_comparison_share_a_start(tmp_path: Path, starts: Path) -> None:
    root = given(tmp_path / "in")
    assert run("diff", root / "0-表.rtf", root / "1-表.rtf").code == 0
    assert counts(starts) == [2]


@pytest.mark.parametrize("way", [(), ("-r", "-j", "1")])
@pytest.mark.parametrize(
    ("does", "said", "number"),
    [
        ("damaged", "LibreOffice could not read this .rtf file; it may be damaged, or protected", [6]),
        ("crashes", "LibreOffice could not read this .rtf file; it may be damaged, or protected", [6, 4, 3]),
        ("hangs", "LibreOffice did not finish within 0.85 seconds", [6, 3]),
    ],
)
def test_one_that_fails_is_the_only_one(
    tmp_path: Path, starts: Path, does: str, said: str, number: list[int], way: tuple[str, ...]
) -> None:
    root = given(tmp_path / "in", _2=does)
    files = [root] if way else sorted(root.iterdir())
    ran = run("import", *files, "-o", tmp_path / "out", *way, "--time-limit", "1")
    assert ran.code == 3
    assert [
        line.partition(": ")[2].startswith(str(root / "2-表.rtf")) for line in ran.err.splitlines() if said in line
    ] == [True]
    assert ran.err.count("LibreOffice could not") + ran.err.count("did not finish") == 1
    assert sorted(file.name for file in (tmp_path / "out").glob("[0-9]*")) == [f"{n}-表" for n in (0, 1, 3, 4, 5)]
    assert counts(starts) == number


def test_what_is_done_already_is_not_converted_again(tmp_path: Path, starts: Path) -> None:
    root = given(tmp_path / "in")
    args = ("import", root, "-r", "-o", tmp_path / "out", "-j", "1")
    assert run(*args).code == 0
    (root / "4-表.rtf").write_text(r"{\rtf1 another}")
    (root / "6-表.rtf").write_text(r"{\rtf1 new}")
    assert run(*args, "--resume").code == 0
    assert counts(starts) == [6, 2]
    assert run(*args, "--resume", "-n").code == 0
    assert counts(starts) == [6, 2]


def test_workbooks_that_xlrd_cannot_read_share_a_start(tmp_path: Path, starts: Path) -> None:
    biff = b"\x09\x08\x10\x00\x00\x06\x05\x00" + b"\x01" * 600
    (tmp_path / "in").mkdir()
    for n in range(3):
        (tmp_path / "in" / f"{n}.xls").write_bytes(biff + bytes([n]))
    ran = run("import", *sorted((tmp_path / "in").iterdir()), "-o", tmp_path / "out")
    assert ran.code == 3, "a Word file is no workbook"
    assert ran.err.count("LibreOffice read it, perhaps not all of it") == 3
    assert counts(starts) == [3]


@pytest.mark.office
def test_page_numbers_of_many_documents_cost_one_start_and_it_is_said(tmp_path: Path) -> None:
    documents = [folder(tmp_path / name) for name in "abc"]
    ran = run("render", *documents, "-o", tmp_path / "out")
    assert ran.code == 0
    assert [line for line in ran.err.splitlines() if line.startswith("page numbers took ") and "--pages none" in line]
    without = run("render", *documents, "-o", tmp_path / "without", "--pages", "none")
    assert "page numbers" not in without.err


def test_documents_are_laid_out_by_one_start(tmp_path: Path, starts: Path) -> None:
    documents = [folder(tmp_path / name) for name in "abc"]
    ran = run("render", *documents, "-o", tmp_path / "out", "--pages", "office")
    assert ran.code == 3, "what it makes is no PDF"
    assert counts(starts) == [3]


@pytest.mark.office
def test_a_damaged_file_and_one_that_takes_for_ever_between_others(tmp_path: Path, root: Path) -> None:
    """By LibreOffice itself; also files of one name and names that are not ASCII."""
    received = root / "golden" / "received" / "libreoffice-7.4.7-central.doc"
    names = ("甲/表 一.doc", "甲/坏.doc", "乙/表 一.doc", "乙/久.doc", "乙/é.doc")
    files = [tmp_path / name for name in names]
    for file in files:
        file.parent.mkdir(exist_ok=True)
        shutil.copy(received, file)
    files[1].write_bytes(without_content((root / "golden/received/libreoffice-7.4.7-central.odt").read_bytes()))
    files[3].write_bytes(rb"{\rtf1\bin99999999 x")
    ran = run("import", *files, "-o", tmp_path / "out", "--time-limit", "5")
    assert ran.code == 3, ran.err
    damaged, slow = (line for line in without_progress(ran.err).splitlines() if line.startswith("perfdoc: "))
    assert damaged.startswith(f"perfdoc: {files[1]}: LibreOffice could not read this .odt file")
    assert slow.endswith(
        f"{files[3]}: a .rtf file is read by way of LibreOffice: LibreOffice did not finish within 4.25 seconds"
    )
    every = [file.read_bytes() for file in (tmp_path / "out").glob("*/0*.yaml")]
    assert len(every) == 3
    assert len(set(every)) == 1


def without_content(odt: bytes) -> bytes:
    """A text document whose main part breaks off."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(odt)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name)[: 200 if name == "content.xml" else None])
    return made.getvalue()
