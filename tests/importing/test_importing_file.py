"""The whole work of one file as values: nothing is printed, and what a file is never raises."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_support import LISTING, tree, word

from perfdoc.errors import ConflictError, ContentLostError, NotRecognisedError, UnreadableError, UsageError
from perfdoc.importing.file import Imported, Importer
from perfdoc.importing.order import Ending, Job, Order
from perfdoc.storage.writing import Outcome

DOUBTFUL = """\
<html><meta charset=utf-8><table><tr><td>项目名称</td><td>甲项目</td></tr><tr><td>绩效目标</td><td>做好</td></tr>
<tr><td>一级指标</td><td>三级指标</td><td>指标值</td></tr>
<tr><td>产出指标</td><td>数量</td><td>≥1</td><td>没有标签的话</td></tr></table></html>
"""


def imported(file: Path | str, output: Path | None, *, data: bytes | None = None, **more: object) -> Imported:
    job = Job(str(file), "key", ".", named=bool(more.pop("named", True)), data=data)
    job = job._replace(known=more.pop("known", b""), gave_specs=True)  # type: ignore[arg-type]
    return Importer(Order(None if output is None else str(output))._replace(**more))(job)  # type: ignore[arg-type]


def test_a_file_becomes_specs(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file, out = word(tmp_path), tmp_path / "out"
    done = imported(file, out)
    assert (done.ending, done.kind, done.error, done.again, done.final) == (Ending.clean, "docx", None, False, True)
    assert done.reading is not None
    assert len(done.reading.document.projects) == 2
    assert done.written is not None
    assert set(done.written.outcomes.values()) == {Outcome.written}
    assert tree(out)["document.yaml"] == LISTING.encode()
    assert imported(file, out, known=done.hash).again
    (out / "document.yaml").unlink()
    assert not imported(file, out, known=done.hash).again, "its specs are gone"
    assert capfd.readouterr() == ("", "")


def test_nothing_is_written_where_nothing_is_to_be(tmp_path: Path) -> None:
    data = word(tmp_path).read_bytes()
    before = tree(tmp_path)
    for output, dry_run in ((None, False), (tmp_path / "out", True)):
        done = imported("<stdin>", output, data=data, dry_run=dry_run)
        assert (done.ending, done.written is None) == (Ending.clean, output is None)
    assert tree(tmp_path) == before


def test_what_goes_wrong_is_a_value(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(DOUBTFUL, encoding="utf-8")
    (tmp_path / "b.txt").write_text("会议纪要\n", encoding="utf-8")
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.7\n")
    out = tmp_path / "out"
    for name, more, ending, kind, final in (
        ("a.html", {"strict": True}, Ending.lost, ContentLostError, True),
        ("b.txt", {}, Ending.unrecognised, NotRecognisedError, True),
        ("c.pdf", {}, Ending.unreadable, UnreadableError, True),
        ("none.docx", {}, Ending.unreadable, UnreadableError, False),
        ("", {}, Ending.unwritten, UsageError, False),
    ):
        done = imported(tmp_path / name, out, **more)  # type: ignore[arg-type]
        assert (done.ending, type(done.error), done.final) == (ending, kind, final)
        assert done.reading is None
    skipped = imported(tmp_path / "c.pdf", out, named=False)
    assert (skipped.ending, skipped.error) == (Ending.skipped, None)
    assert skipped.foreign.startswith("not a file that can be read: a PDF")
    assert not out.exists()
    assert imported(tmp_path / "a.html", out).ending is Ending.doubts
    (out / "document.yaml").write_text("form: mine\n", encoding="utf-8")
    differs = imported(tmp_path / "a.html", out)
    assert (differs.ending, type(differs.error), differs.final) == (Ending.differs, ConflictError, False)
    assert differs.reading is not None, "it was read"
