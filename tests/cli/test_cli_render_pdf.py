"""`perfdoc render -o x.pdf`: the Word file or workbook as LibreOffice lays it out, without a moment in it."""

from __future__ import annotations

import io
from pathlib import Path

import pypdf
import pytest
from cli_support import folder, run, word

NO_PAGES = ("--pages", "none")


@pytest.mark.office
@pytest.mark.slow
def test_a_pdf_is_tagged_has_the_projects_as_outline_and_no_moment(tmp_path: Path) -> None:
    one, two = folder(tmp_path / "a"), folder(tmp_path / "b")
    ran = run("render", one, two, "-o", tmp_path / "out", "--to", "pdf", *NO_PAGES)
    assert ran.code == 0, ran.err
    data = (tmp_path / "out" / "a.pdf").read_bytes()
    assert data == (tmp_path / "out" / "b.pdf").read_bytes(), "the same content, the same bytes"
    assert run("render", one, "-o", "-", "--to", "pdf", *NO_PAGES).raw == data, "and at another moment"
    pdf = pypdf.PdfReader(io.BytesIO(data))
    assert [str(item["/Title"]) for item in pdf.outline if not isinstance(item, list)] == [
        "1.法院办案业务费绩效目标表", "2.司法救助资金绩效目标表",
    ]  # fmt: skip
    root: dict[str, object] = dict(pdf.root_object)
    assert root["/MarkInfo"] == {"/Marked": True}
    assert "/StructTreeRoot" in root
    assert (root["/Lang"], "/CreationDate" in dict(pdf.metadata or {})) == ("zh-CN", False)
    assert pdf.pdf_header == "%PDF-1.6"
    assert "数字档案扫描" in pdf.pages[-2].extract_text()


@pytest.mark.office
@pytest.mark.slow
def test_a_list_and_a_received_file_have_one_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    specs = folder(tmp_path / "a")
    assert run("render", specs, "-o", tmp_path / "list.pdf", "--form", "flat-xlsx").code == 0
    pdf = pypdf.PdfReader(tmp_path / "list.pdf")
    assert "档案扫描成果合格率" in pdf.pages[0].extract_text()
    made: dict[str, object] = dict(pdf.metadata or {})
    assert made["/CreationDate"] == "D:19700102000000Z"
    ran = run("render", specs, "--into", word(tmp_path), "-o", tmp_path / "old.pdf")
    assert ran.code == 0, ran.err
    assert len(pypdf.PdfReader(tmp_path / "old.pdf").outline) == 2


def test_without_libreoffice_one_line_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PERFDOC_SOFFICE", "")
    one, two = folder(tmp_path / "a"), folder(tmp_path / "b")
    ran = run("render", one, two, "-o", tmp_path / "out", "--to", "pdf")
    assert (ran.code, len(ran.err.splitlines())) == (3, 1)
    assert "LibreOffice is not on this machine" in ran.err
    assert not (tmp_path / "out").exists()
    assert run("render", one, "--into", word(tmp_path), "-o", tmp_path / "x.pdf").code == 3


def test_a_file_that_libreoffice_fails_on_is_said_by_its_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "soffice").write_text("#!/bin/sh\necho 'no such filter' >&2\n")
    (tmp_path / "soffice").chmod(0o755)
    monkeypatch.setenv("PERFDOC_SOFFICE", str(tmp_path / "soffice"))
    one, two = folder(tmp_path / "a"), folder(tmp_path / "b")
    ran = run("render", one, two, "-o", tmp_path / "out", "--to", "pdf", *NO_PAGES)
    assert ran.code == 3
    assert [name in ran.err for name in (f"{one}: ", f"{two}: ", "no such filter")] == [True, True, True]
    made = run("render", one, "-o", tmp_path / "x.pdf", "--comments", *NO_PAGES)
    assert made.code == 3, "and with comments, which only a Word file can have"
