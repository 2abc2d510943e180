"""Every verb under a Chinese locale, with what is sound, and what is not or is asked for wrongly: no English sentence.

The same in English: no Chinese sentence but for values and names.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_support import PROJECT, Ran, folder, run, word
from languages import sentences

CHINESE = {"LANG": "zh_CN.UTF-8"}
ENGLISH = {"LANG": "en_GB.UTF-8"}
BAD: dict[str, str | bytes] = {
    "tab.yaml": "name:\tx\nbudget:\n\ttotal: 1\n",
    "twice.yaml": "name: a\nname: b\n",
    "colon.yaml": "name: a: b\n",
    "strange.yaml": "name: a\nnothing: b\nindicators: c\n",
    "quote.yaml": 'name: "a\n',
    "empty.yaml": "",
    "gbk.yaml": "name: 预算".encode("gbk"),
    "bell.yaml": 'name: "a\\x07b"\n',
}
FOREIGN = {
    "a.pdf": b"%PDF-1.4 x",
    "cut.docx": b"PK\x03\x04 cut off", "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "empty.xlsx": b"", "note.txt": "会议通知".encode(), "page.html": b"<p>x</p>", "picture.png": b"\x89PNG\r\n\x1a\n",
}  # fmt: skip
"""Files that no verb can read, each in another way."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with sound documents, broken specs and files that are none."""
    here = tmp_path_factory.mktemp("languages")
    folder(here / "specs")
    folder(here / "more", {"03-x.yaml": PROJECT})
    word(here)
    for name, content in {**BAD, **FOREIGN}.items():
        (here / name).write_bytes(content.encode() if isinstance(content, str) else content)
    for name in BAD:
        folder(here / "broken" / name, {"01-法院办案业务费.yaml": (here / name).read_bytes()})
    return here


SOUND: tuple[tuple[str, ...], ...] = (
    ("render", "specs", "-o", "{new}.docx", "--pages", "none"), ("render", "specs", "-o", "{new}.xlsx", "-n"),
    ("render", "specs", "--form", "central", "-o", "{new}.docx", "--pages", "none"),
    ("import", "received.docx", "-o", "{new}"), ("import", "received.docx", "-o", "{new}", "-n"),
    ("import", "received.docx", "-o", "{new}", "--report", "{new}.txt"), ("verify", "specs"),
    ("verify", "received.docx"), ("verify", "specs", "--to", "xlsx"), ("fmt", "specs", "--check"),
    ("fmt", "specs", "--diff"), ("check", "specs"), ("check", "received.docx"),
    ("check", "specs", "--format", "github"), ("check", "specs", "--diff"), ("explain", "PD404"), ("explain",),
    ("explain", "PD0"), ("explain", "PD1"), ("explain", "PD2"), ("explain", "PD3"), ("explain", "PD6"),
    ("score", "specs"), ("summary", "specs"), ("summary", "specs", "--format", "html"),
    ("new", "{new}", "--name", "培训费"), ("diff", "specs", "more"), ("diff", "specs", "more", "--stat"),
    ("diff", "specs", "received.docx", "--format", "html"), ("rollover", "specs", "--year", "2030", "-o", "{new}"),
    ("inspect", "note.txt"), ("import", ".", "-r", "-o", "{new}"), ("git", "status"), ("init", "-n"),
    ("check", "specs", "--statistics"), ("check", "specs", "--show", "error"),
    ("check", "specs", "--format", "html"), ("textconv", "received.docx"),
    ("textconv", "note.txt"), ("form", "list"), ("form", "show", "tianjin"), ("form", "lint", "tianjin"),
    ("inspect", "received.docx"), ("inspect", "received.docx", "--report", "{new}.html"),
    ("schema", "-o", "{new}.json"), ("inspect", "page.html"), ("render", ".", "-r", "-o", "{new}", "--pages", "none"),
)  # fmt: skip
WRONG: tuple[tuple[str, ...], ...] = (
    ("nothing",), (), ("render",), ("render", "none", "-o", "{new}.docx"), ("render", "specs", "-o", "{new}.odt"),
    ("render", "specs", "more", "-o", "{new}.docx"), ("render", "specs", "--form", "none", "-o", "{new}.docx"),
    ("render", "specs", "-o", "{new}.docx", "--out-dir", "x"),
    ("render", "specs", "-o", "specs/document.yaml/x.docx"), ("import", "received.docx"),
    ("import", "none.docx", "-o", "{new}"), ("import", "specs", "-o", "{new}"),
    ("import", "received.docx", "-o", "more"), ("import", ".", "-r", "-o", "-"),
    ("import", "-", ".", "-r", "-o", "{new}"), ("import", "received.docx", "-o", "{new}", "--report", "{new}.doc"),
    ("import", "x", "-o", "y", "-j", "0"), ("import", "received.docx", "-o", "{new}", "--executor", "nowhere"),
    ("verify", "none"), ("fmt", "none.yaml"), ("check", "none"), ("check", "specs", "--select", "XX"),
    ("check", "specs", "--annotate", "{new}.docx", "--fix"),
    ("check", "specs", "-o", "{new}"), ("summary", "specs", "--findings", "twice.yaml"),
    ("explain", "XX"), ("score", "none"),
    ("score", "specs", "--force"), ("summary", "none"), ("new", "specs/none.yaml"),
    ("new", "specs", "--name", "x", "--indicator", "y"), ("new", "received.docx", "--name", "x"), ("diff", "specs"),
    ("diff", "none", "specs"), ("diff", "HEAD:x", "specs"), ("diff", "-", "-"), ("rollover", "specs", "--year", "1"),
    ("rollover", "specs", "--year", "2030", "-o", "more"), ("rollover", "specs", "--year", "2030"),
    ("git", "install"), ("merge", "a", "b"), ("textconv", "none"), ("form", "show", "none"), ("form", "lint", "none"),
    ("inspect", "none"), ("schema", "other"), ("schema", "-o", "specs/document.yaml"),
    ("--templates", "none", "form", "list"), ("fmt", "--nope", "x"), ("summary", "specs", "--format", "xml"),
    ("textconv",),
)  # fmt: skip


def ran(place: Path, args: tuple[str, ...], env: dict[str, str], where: Path, change: Callable[[Path], None]) -> Ran:
    change(place)
    filled = [arg.replace("{new}", str(where / "new")) for arg in args]
    return run(*filled, env={**env, "GIT_CEILING_DIRECTORIES": str(place.parent)}, stdin=b"")


def unread(text: str) -> list[str]:
    """The Chinese sentences in what is to be English: those with a full stop or a comma, out of quotes and values."""
    lines = [re.sub("“[^”]*”|「[^」]*」", "", line) for line in text.splitlines() if not line.startswith(" ")]
    return [line for line in lines if re.search("[一-鿿]{4,}[，。；][一-鿿]{2,}", line)]


@pytest.mark.parametrize("args", [*SOUND, *WRONG], ids=" ".join)
def test_every_verb_speaks_one_language(
    args: tuple[str, ...], place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "zh").mkdir()
    (tmp_path / "en").mkdir()
    chinese = ran(place, args, CHINESE, tmp_path / "zh", monkeypatch.chdir)
    assert sentences(re.sub(r"<style>.*?</style>", "", chinese.out + chinese.err, flags=re.S)) == []
    english = ran(place, args, ENGLISH, tmp_path / "en", monkeypatch.chdir)
    assert english.code == chinese.code
    if args[:1] not in (("summary",), ("textconv",), ("diff",)):
        assert unread(english.err) == []


@pytest.mark.parametrize("name", [*BAD, *FOREIGN])
def test_what_is_wrong_with_a_file_is_said_in_one_language(
    name: str, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = name in BAD
    verbs = (
        [["fmt"], ["check"]] if spec else [["inspect"], ["check"], ["textconv"], ["import", "-o", str(tmp_path / "x")]]
    )
    monkeypatch.chdir(place)
    for verb in verbs:
        chinese = run(*verb, name, env=CHINESE)
        assert sentences(chinese.out + chinese.err) == [], verb
    for verb in (["render", "-o", str(tmp_path / "x.docx"), "--pages", "none"], ["verify"], ["score"]) if spec else ():
        chinese = run(*verb, f"broken/{name}", env=CHINESE)
        assert sentences(chinese.out + chinese.err) == [], verb
