"""Why something can't be read, written or done, said in Chinese by each part that refuses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from cli_support import run, word
from git_support import Repository
from languages import in_chinese, sentences

from perfdoc.errors import PerfdocError
from perfdoc.form_definition import form, load_form
from perfdoc.git import revisions
from perfdoc.git.command import git, merge_lines
from perfdoc.git.drivers import BEGIN, with_block
from perfdoc.importing.order import boilerplate_near
from perfdoc.jobs.ledger import NAME, Ledger
from perfdoc.jobs.pool import known
from perfdoc.new_project import place
from perfdoc.storage.content import bytes_of
from perfdoc.storage.writing import write

Attempt = Callable[[Path], object]
FILE = "form.yaml"


def put(where: Path, name: str, text: bytes | str) -> Path:
    file = where / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def described(text: bytes | str) -> Attempt:
    return lambda where: load_form(put(where, FILE, text).parent)


def asked(text: str) -> Attempt:
    def attempt(where: Path) -> None:
        (where / ".git").mkdir(exist_ok=True)
        boilerplate_near(put(where, "perfdoc.yaml", text).parent)

    return attempt


def locked(where: Path) -> None:
    with Ledger(where):
        Ledger(where)


REFUSED: dict[str, Attempt] = {
    "storage: none there": lambda where: bytes_of(str(where / "a.docx")),
    "storage: a folder": lambda where: bytes_of(str(where)),
    "storage: no name": lambda where: bytes_of("a\0"),
    "storage: no store": lambda where: bytes_of("nowhere://a/b.docx"),
    "storage: another content": lambda where: write({put(where, "a", "1"): b"2", put(where, "b", "1"): b"2"}),
    "storage: a folder to write to": lambda where: write({where: b""}),
    "storage: below a file": lambda where: write({put(where, "a", "") / "b": b""}),
    "form: none": lambda where: form("nowhere"),
    "form: no file": lambda where: load_form(where),
    "form: not UTF-8": described(b"\xff"),
    "form: no keys": described("- a"),
    "form: no title": described("fields: []"),
    "form: no such path": described("title: a\nfields:\n- path: nmae"),
    "git: a folder that is none": lambda where: revisions.from_top("/"),
    "git: no such revision": lambda where: revisions.asked_range(["a..b"]),
    "git: what git says": lambda where: git("show", "nothing"),
    "git: no files to merge": lambda where: merge_lines((where / "a", where / "b", where / "c"), ("", "", ""), 7),
    "git: half a block": lambda where: with_block(f"{BEGIN}\n"),
    "importing: no group": asked("import: x"),
    "importing: no texts": asked("import:\n  boilerplate: x"),
    "jobs: no executor": lambda where: known("spark"),
    "jobs: a ledger in use": locked,
    "jobs: no ledger": lambda where: Ledger(put(where, NAME, "no ledger" * 99).parent),
    "jobs: no folder for it": lambda where: Ledger(put(where, "file", "")),
    "new: a file": lambda where: place(put(where, "a", ""), None),
}


@pytest.mark.parametrize("attempt", REFUSED.values(), ids=REFUSED)
def test_a_refusal_is_in_chinese(attempt: Attempt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = Repository(tmp_path / "here").folder
    monkeypatch.chdir(repository)

    def said() -> list[str]:
        with pytest.raises(PerfdocError) as caught:
            attempt(repository)
        return [str(caught.value).replace(str(tmp_path), "")]

    assert in_chinese(said)


@pytest.mark.slow
@pytest.mark.parametrize("more", [("--jobs", "2"), ("--strict", "--report", "report.txt")], ids=" ".join)
def test_an_import_speaks_chinese_in_its_processes_too(
    more: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files that are read, doubtful, refused and broken: every line of the run, of its report and of its folder."""
    monkeypatch.chdir(tmp_path)
    given = word(tmp_path / "given").read_bytes()
    put(tmp_path, "given/cut.docx", given[:900])
    put(tmp_path, "given/empty.xlsx", b"")
    put(tmp_path, "given/letter.txt", "没有表格的一段话")
    rows = "<tr><td>项目名称</td><td>甲</td><td>没有标签的话</td></tr><tr><td>绩效目标</td><td>做好</td></tr>"
    put(tmp_path, "given/doubtful.html", f"<html><meta charset=utf-8><table>{rows}</table>另附说明</html>")
    ran = run("--lang", "zh", "import", "given", "-r", "-o", "out", *more)
    assert "没有标签的话" in ran.err
    assert sentences(f"{ran.out}\n{ran.err}") == []
    report = tmp_path / "report.txt"
    assert not report.exists() or sentences(report.read_text(encoding="utf-8")) == []
