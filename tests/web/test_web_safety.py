"""Nobody is let in but who has the address, from the page itself; and nothing leads out of the folder."""

from __future__ import annotations

import io
import os
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from cli_support import PROJECT
from cli_support import folder as document_in
from web_client import ENGLISH, PORT, TOKEN, Browser, opened

from perfdoc.web.pages.dropping import placed_as

SPITEFUL = """<script>alert(1)</script>"'><img src=x onerror=alert(2)>{{ 7*7 }}"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """A document, one that is hostile in every field, and a secret beside the folder."""
    base = tmp_path_factory.mktemp("web")
    (base / "secret.yaml").write_text("name: geheim\n")
    here = base / "served"
    for name, project in (("good", PROJECT), ("bad", _spiteful())):
        (here / name).mkdir(parents=True)
        (here / name / "document.yaml").write_text("form: tianjin\nprojects:\n- spec: 01.yaml\n", encoding="utf-8")
        (here / name / "01.yaml").write_text(project, encoding="utf-8")
    (here / "linked").mkdir()
    (here / "linked" / "document.yaml").write_text("projects:\n- spec: 01.yaml\n")
    (here / "linked" / "01.yaml").symlink_to(base / "secret.yaml")
    (here / "link.docx").symlink_to(base / "secret.yaml")
    return here


def _spiteful() -> str:
    text = '"' + SPITEFUL.replace("\\", "\\\\").replace('"', '\\"') + '"'
    fields = "".join(f"{name}: {text}\n" for name in ("name", "year", "department", "money_unit", "purpose", "goals"))
    rows = "".join(f"  {name}: {text}\n" for name in ("level2", "level3", "target"))
    return (
        f"# {SPITEFUL}\n{fields}indicators:\n- level1: {text}\n{rows}"
        f"extra:\n  {text}: {text}\n"
    )  # fmt: skip


@pytest.fixture(scope="module")
def browser(folder: Path) -> Iterator[Browser]:
    with opened(folder) as one:
        yield one


PATHS = ("/", "/rows", "/document/good", "/original/good", "/download/yaml/good", "/static/web.css", "/nothing")


@pytest.mark.parametrize("path", PATHS)
def test_without_the_token_nothing_is_served(folder: Path, path: str) -> None:
    with opened(folder, let_in=False) as stranger:
        for cookie in ({}, {f"perfdoc-{PORT}": "guess"}, {"perfdoc-1": TOKEN}):
            stranger.cookies.clear()
            stranger.cookies.update(cookie)
            answer = stranger.get(path)
            assert answer.status_code == 403
            assert "good" not in answer.text
            assert "perfdoc printed" in answer.text
        assert stranger.get("/enter/guess").status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8765", "127.0.0.1", "127.0.0.1:80", "", "[::1]:8765"])
def test_another_host_is_refused(browser: Browser, host: str) -> None:
    """A name of a foreign site may be made to lead to 127.0.0.1: its pages then would be of our origin."""
    assert browser.get("/", headers={"Host": host}).status_code == 421
    assert browser.get(f"/enter/{TOKEN}", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "https://127.0.0.1:8765", "http://127.0.0.1:1", None]
)
def test_another_origin_changes_nothing(browser: Browser, origin: str | None) -> None:
    headers = {} if origin is None else {"Origin": origin}
    for path in ("/leave", "/act", "/drop", "/save/good", "/edit/good", "/choose/good"):
        assert browser.post(path, {"p.name": "x"}, headers=headers).status_code == 403
    if origin:
        assert browser.get("/", headers=headers).status_code == 403


def test_the_cookie_is_for_this_port_alone_and_no_script_s(folder: Path) -> None:
    with opened(folder, let_in=False) as one:
        (said,) = one.get(f"/enter/{TOKEN}").headers.get_list("set-cookie")
    assert said.startswith(f"perfdoc-{PORT}={TOKEN};")
    assert "HttpOnly" in said
    assert "SameSite=strict" in said


@pytest.mark.parametrize("path", [*PATHS, f"/enter/{TOKEN}", "/document/bad"])
def test_every_answer_forbids_what_comes_from_elsewhere(browser: Browser, path: str) -> None:
    headers = browser.get(path).headers
    assert headers["content-security-policy"].startswith("default-src 'self';")
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "way",
    [
        "../secret.yaml",
        "..%2Fsecret.yaml",
        "good/../../secret.yaml",
        "%2Fetc%2Fpasswd",
        "good%00",
        "link.docx",
        "%2e%2e",
    ],
)
def test_no_name_leads_out_of_the_folder(browser: Browser, way: str) -> None:
    for kind in ("document", "original", "download/yaml", "download/docx", "picture/0"):
        answer = browser.get(f"/{kind}/{way}")
        assert answer.status_code == 404
        assert "geheim" not in answer.text
    for path in ("edit", "save", "choose"):
        assert browser.post(f"/{path}/{way}", {"base": ""}).status_code == 404
    assert browser.get("/static/../server.py").status_code == 404
    assert browser.get("/static/%2e%2e/server.py").status_code == 404


def test_a_link_out_of_the_folder_is_not_followed(browser: Browser) -> None:
    assert "geheim" not in browser.get("/document/linked").text
    data = browser.get("/download/yaml/linked").content
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        assert made.namelist() == ["linked/document.yaml"]
    assert "link.docx" not in browser.get("/rows").text


def test_foreign_text_is_text(browser: Browser) -> None:
    browser.settled()
    pages = [
        "/",
        "/rows",
        "/document/bad",
        "/original/bad",
        f"/rows?q={quote(SPITEFUL)}",
        f"/rows?state={quote(SPITEFUL)}",
    ]
    for path in pages:
        text = browser.get(path).text
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "{{" not in text or "{{ 7*7 }}" in text
    answer = browser.post("/edit/bad", browser.fields(browser.get("/document/bad").text) | {"p.name": SPITEFUL})
    assert "<script>" not in answer.text
    assert browser.get(f"/language/zh?back={quote('//evil.example')}").headers["location"] == "/"


@pytest.mark.parametrize(
    ("name", "way"),
    [
        ("a.docx", "inbox/a.docx"),
        ("sub/a.docx", "inbox/sub/a.docx"),
        ("../../a.docx", "inbox/a.docx"),
        ("C:\\Users\\x\\a.docx", "inbox/C-/Users/x/a.docx"),
        ("/etc/passwd", "inbox/etc/passwd"),
        ("con.docx", "inbox/_con.docx"),
        ("a\0b\u202e.docx", "inbox/ab.docx"),
        (".ssh/config", None),
        ("~$a.docx", None),
        ("..", None),
        ("", None),
    ],
)
def test_what_is_dropped_goes_to_the_inbox(name: str, way: str | None) -> None:
    assert placed_as(name) == way


def test_a_zip_bomb_and_what_is_too_large_are_refused(tmp_path: Path) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr("word/document.xml", b"<w:document>" + b" " * (300 << 20))
    with opened(tmp_path) as one:
        answer = one.ask("POST", "/drop", files={"file": ("bomb.docx", bomb.getvalue())})
        assert answer.status_code == 200
        text = one.settled()
        assert "unreadable" in text
        assert sorted(path.name for path in tmp_path.rglob("*")) == ["bomb.docx", "inbox"]
        large = {**ENGLISH, "Content-Length": str(10 << 30)}
        assert one.ask("POST", "/drop", headers=large, content=b"").status_code == 413


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such lock")
def test_two_servers_on_one_folder_write_one_after_the_other(tmp_path: Path) -> None:
    import fcntl

    another = os.open(document_in(tmp_path / "court"), os.O_RDONLY)
    with opened(tmp_path) as one, one.house.writing(one.house.shelf.items()["court"]), pytest.raises(BlockingIOError):
        fcntl.flock(another, fcntl.LOCK_EX | fcntl.LOCK_NB)
    fcntl.flock(another, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(another)


@pytest.mark.slow
def test_a_document_that_hangs_keeps_no_other_waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "soffice").write_text("#!/bin/sh\nexec sleep 3600\n")
    (tmp_path / "soffice").chmod(0o755)
    monkeypatch.setenv("PERFDOC_SOFFICE", str(tmp_path / "soffice"))
    here = tmp_path / "in"
    document_in(here / "court")
    for number in range(5):  # more than work behind, and three of them in front
        (here / f"hangs{number}.rtf").write_text(f"{{\\rtf1 {number}}}")
    with opened(here) as one:
        for number in range(5):
            item = one.house.shelf.items()[f"hangs{number}.rtf"]
            assert one.house.desk.looked(item, received=True, patience=0.1) is None
        assert browser_fields(one)["p.name"] == "法院办案业务费"
        assert one.get("/").text.count("state-waiting") == 5
        assert "hangs0.rtf" in one.get("/document/hangs0.rtf").text


def browser_fields(one: Browser) -> dict[str, str | list[str]]:
    """The fields of the document that does not hang."""
    for _ in range(20):
        fields = one.fields(one.get("/document/court").text)
        if "p.name" in fields:
            return fields
    raise AssertionError("the page never came")
