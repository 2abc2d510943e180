"""`perfdoc check --annotate OUT/`: the findings of many documents, in the files that go back to the units."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest
from checkout import ROOT
from cli_support import PROJECT, folder, run, tree, word

import perfdoc
from perfdoc.reviews import threads_of

RECEIVED = ROOT / "golden" / "received"
LIST = RECEIVED / "openpyxl-3.1.5-list.xlsx"
GOOD = "name: 培训费\nindicators: []\n"


@pytest.fixture
def received(tmp_path: Path) -> Path:
    """A folder of received files: a Word file and a workbook with findings, one Word file without."""
    where = tmp_path / "in"
    (where / "局一").mkdir(parents=True)
    word(tmp_path).rename(where / "局一" / "a.docx")
    shutil.copy(LIST, where / "b.xlsx")
    return where


def threads(file: Path) -> list[tuple[str, str, str]]:
    return [(one.author, one.date, one.text) for one in perfdoc.read(file.read_bytes(), file.name).threads]


def test_the_tree_is_kept_and_each_file_says_all_of_its_findings(received: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    before = tree(received)
    ran = run("check", received, "--annotate", f"{out}/", "--lang", "zh", "--date", "2024-03-02")
    assert (ran.code, sorted(tree(out)), tree(received)) == (1, ["b.xlsx", "局一/a.docx"], before)
    found = json.loads(run("check", received, "--format", "json", "--lang", "zh").out)
    said = threads(out / "局一" / "a.docx")
    assert len(said) == sum(one["file"].endswith("a.docx") for one in found) > 0
    assert {(author, date) for author, date, _ in said} == {("perfdoc", "2024-03-02 00:00")}
    assert all(re.match(r"(错误|警告|提示) PD\d{3}：.*\n(建议改为：.*\n)?依据：", text) for _, _, text in said)
    notes = "\n".join(text for _, _, text in threads(out / "b.xlsx"))
    assert notes.count("PD") == sum(one["file"].endswith("b.xlsx") for one in found) > 0
    assert f"{out}/: 2个文件写入批注；0个没有问题，不写" in ran.err
    for one in ("局一/a.docx", "b.xlsx"):
        old, new = (perfdoc.extract(perfdoc.read((at / one).read_bytes(), one)) for at in (received, out))
        assert (new.document, threads_of(new)) == (old.document, threads_of(old))


def test_every_other_part_stays_as_it_is(received: Path, tmp_path: Path) -> None:
    assert run("check", received, "--annotate", tmp_path / "out", "-j", "2").code == 1
    for one, may in (("局一/a.docx", "word/document.xml"), ("b.xlsx", "xl/worksheets/sheet1.xml")):
        packages = [zipfile.ZipFile(at / one) for at in (received, tmp_path / "out")]
        old, new = ({name: each.read(name) for name in each.namelist()} for each in packages)
        changed = {name for name, content in old.items() if new[name] != content}
        assert changed <= {may, "[Content_Types].xml", may.replace("document.xml", "_rels/document.xml.rels")}
        assert may in changed


def test_what_has_no_finding_is_counted_and_not_written(received: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    ran = run("check", received, "--annotate", out, "--select", "PD404", "--lang", "en")
    assert (ran.code, f"{out}: 0 files with comments; 2 without a finding, not written" in ran.err) == (0, True)
    assert not out.exists()
    run("check", received, "--annotate", out, "--show", "error", "-q")
    errors = json.loads(run("check", received, "--show", "error", "--format", "json").out)
    assert sum(text.count(" PD") for file in out.rglob("*.*") for _, _, text in threads(file)) == len(errors)


def test_nothing_that_differs_is_written_over(received: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    would = run("check", received, "--annotate", out, "-n", "--lang", "en")
    assert ("2 files would have comments" in would.err, out.exists()) == (True, False)
    assert run("check", received, "--annotate", out).code == 1
    first = tree(out)
    assert "unchanged" in run("check", received, "--annotate", out).err
    (out / "b.xlsx").write_bytes(b"mine")
    kept = run("check", received, "--annotate", out)
    assert (kept.code, "b.xlsx: exists and differs" in kept.err, (out / "b.xlsx").read_bytes()) == (1, True, b"mine")
    run("check", received, "--annotate", out, "--force")
    assert tree(out) == first
    itself = run("check", received, "--annotate", received, "--force")
    assert (itself.code, "a received file is not written over" in itself.err) == (2, True)


def test_a_folder_within_the_one_that_is_checked_is_not_checked(received: Path) -> None:
    out = received / "out"
    first = run("check", received, "--annotate", out)
    files = tree(out)
    again = run("check", received, "--annotate", out)
    assert (again.code, again.out, tree(out)) == (first.code, first.out, files)


def test_folders_and_specs_and_files_that_can_have_no_comments(tmp_path: Path) -> None:
    one, other = folder(tmp_path / "x" / "specs"), folder(tmp_path / "y" / "specs", {"01-法院办案业务费.yaml": PROJECT})
    (tmp_path / "y" / "a.txt").write_text(GOOD, encoding="utf-8")
    ran = run("check", tmp_path / "x", tmp_path / "y", "--annotate", tmp_path / "out")
    assert (ran.code, sorted(tree(tmp_path / "out"))) == (1, ["x/specs.docx", "y/specs.docx"])
    assert run("check", one, "--annotate", f"{tmp_path / 'single'}/").code == 1
    assert sorted(tree(tmp_path / "single")) == ["specs.docx"]
    assert run("check", one, other, "--annotate", tmp_path / "x.docx").code == 2
    page = RECEIVED / "libreoffice-7.4.7-central.html"
    refused = run("check", page, "--annotate", tmp_path / "pages")
    assert (refused.code, "comments can be put into" in refused.err) == (2, True)
    (tmp_path / "empty.docx").touch()
    empty = run("check", tmp_path / "empty.docx", "--annotate", tmp_path / "pages")
    assert (empty.code, "the file is empty" in empty.err) == (3, True)
    assert run("check", LIST, "--annotate", tmp_path / "x.docx").code == 2
    assert run("check", LIST, "--annotate", tmp_path / "x.xlsx").code == 1
    assert run("check", LIST, "--date", "2024-03-02").code == 2
    assert run("check", LIST, "--annotate", "s3://bucket/out").code == 2


def test_the_date_is_that_of_the_build(tmp_path: Path) -> None:
    file = word(tmp_path)
    env = {"SOURCE_DATE_EPOCH": "1709391840"}
    assert run("check", file, "--annotate", tmp_path / "a.docx", env=env).code == 1
    assert {date for _, date, _ in threads(tmp_path / "a.docx")} == {"2024-03-02 15:04"}
    assert run("check", file, "--annotate", tmp_path / "b.docx").code == 1
    assert {date for _, date, _ in threads(tmp_path / "b.docx")} == {""}


@pytest.mark.office
def test_other_formats_are_saved_by_libreoffice_and_that_is_said(tmp_path: Path) -> None:
    where = tmp_path / "in"
    where.mkdir()
    for name in ("libreoffice-7.4.7-central.odt", "xlwt-1.3.0-levels-side-by-side.xls"):
        shutil.copy(RECEIVED / name, where)
    ran = run("check", where, "--annotate", tmp_path / "out", "--lang", "zh")
    names = ["libreoffice-7.4.7-central.odt.docx", "xlwt-1.3.0-levels-side-by-side.xls.xlsx"]
    written = sorted(tree(tmp_path / "out"))
    assert written
    assert set(written) <= set(names)
    for name in written:
        stem, kind = name.rpartition(".")[::2]
        assert f"{where / stem}: 批注写进由 LibreOffice 转换成的 .{kind}" in ran.err
        assert {author for author, _, _ in threads(tmp_path / "out" / name)} == {"perfdoc"}
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "out" / names[1]).read_bytes()))
    assert any(cell.comment for sheet in book for row in sheet.iter_rows() for cell in row)
