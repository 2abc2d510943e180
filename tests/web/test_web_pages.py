"""The work list, a document beside its original, and what is taken away."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_support import PROJECT, SECOND, folder, word
from web_client import Browser, opened

import perfdoc


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A document of two projects, a received file of its own, one that is no form, one that is no file."""
    here = tmp_path_factory.mktemp("web")
    said = "# 审核 2024-03-02 15:04 财政局：to be asked\n# 审核 ✓ 财政局：settled\n# a note\n"
    folder(here / "court", {"02-司法救助资金.yaml": said + SECOND})
    word(here)
    shutil.rmtree(here / "received-specs")
    (here / "note.docx").write_bytes(b"PK\x03\x04 cut off")
    return here


@pytest.fixture(scope="module")
def browser(place: Path) -> Iterator[Browser]:
    with opened(place) as one:
        one.settled()
        yield one


def rows(text: str) -> dict[str, str]:
    """The text of each row of the list by the way of its document."""
    found = re.findall(r'<tr data-row>.*?value="([^"]*)".*?</tr>', text, re.DOTALL)
    whole = re.findall(r"<tr data-row>(.*?)</tr>", text, re.DOTALL)
    return dict(zip(found, (" ".join(re.sub(r"<[^>]*>", " ", one).split()) for one in whole), strict=True))


def test_the_list_has_what_is_to_be_known_of_each_document(browser: Browser) -> None:
    found = rows(browser.get("/").text)
    assert set(found) == {"court", "received.docx", "note.docx"}
    assert "and 1 more project" in found["court"]
    assert "tianjin" in found["court"]
    assert re.search(r"\b1 just now$", found["court"]), "one comment is open"
    assert "clean not read in yet" in found["received.docx"]
    assert "unreadable" in found["note.docx"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=nothing", set()),
        ("q=NOTE", {"note.docx"}),
        ("q=司法", set()),
        ("state=unreadable", {"note.docx"}),
        ("state=comments", {"court"}),
        ("state=unread", {"received.docx", "note.docx"}),
        ("state=nonsense", {"court", "received.docx", "note.docx"}),
    ],
)
def test_the_list_is_filtered(browser: Browser, query: str, expected: set[str]) -> None:
    assert set(rows(browser.get(f"/rows?{query}").text)) == expected


@pytest.mark.parametrize("column", ["name", "agency", "year", "form", "state", "findings", "comments", "changed"])
def test_the_list_is_sorted_by_each_column_either_way(browser: Browser, column: str) -> None:
    up, down = (list(rows(browser.get(f"/rows?sort={column}&down={way}").text)) for way in (0, 1))
    assert len(up) == 3
    assert up == down[::-1]


def test_a_state_is_the_heaviest_first(browser: Browser) -> None:
    assert next(iter(rows(browser.get("/rows?sort=state").text))) == "note.docx"


def test_an_empty_folder_says_what_to_do(tmp_path: Path) -> None:
    with opened(tmp_path) as one:
        assert "Drop Word or Excel files" in one.get("/").text


def test_a_document_has_its_fields_in_the_form_s_order_and_all_there_is_to_look_at(browser: Browser) -> None:
    page = browser.get("/document/court?project=1").text
    labels = re.findall(r'<label for="v-[^"]*">([^<]*)</label>', page)
    assert labels == [
        "预算单位代码",
        "预算单位名称",
        "单位",
        "项目名称",
        "资金用途",
        "预算数",
        "其中：财政资金",
        "其他资金",
        "绩效目标",
    ]
    assert browser.fields(page)["p.name"] == "司法救助资金"
    assert "to be asked" in page
    assert 'href="?project=0#v-projects/0' in browser.get("/document/court?project=1").text or "finding" not in page


def test_a_received_file_is_shown_and_cannot_be_edited_before_it_is_read_in(browser: Browser) -> None:
    page = browser.get("/document/received.docx").text
    assert "Read it in to edit it" in page
    assert "disabled" in page
    assert browser.post("/edit/received.docx", {"base": ""}).status_code == 404


def test_the_original_is_drawn_where_there_is_no_libreoffice(browser: Browser) -> None:
    answer = browser.get("/original/received.docx")
    assert answer.status_code == 286  # htmx asks no more
    assert "LibreOffice is not installed" in answer.text
    assert re.search(r'data-at="projects/0/name"[^>]*>法院办案业务费', answer.text)
    assert 'data-at="projects/1/name"' in browser.get("/original/court").text


def test_a_document_that_can_not_be_read_says_why(browser: Browser, place: Path) -> None:
    (place / "broken.docx").write_bytes(b"PK\x03\x04 cut off")
    (place / "wrong").mkdir()
    (place / "wrong" / "document.yaml").write_text("form: nothing\nprojects: x\n")
    browser.house.shelf.forget()
    for way, why in (("broken.docx", "broken.docx: "), ("wrong", "document.yaml:2")):
        for kind in ("document", "original"):
            answer = browser.get(f"/{kind}/{way}")
            assert answer.status_code in (200, 286)
            assert why in answer.text
    assert browser.get("/download/docx/wrong").status_code == 422
    (place / "broken.docx").unlink()
    shutil.rmtree(place / "wrong")
    browser.house.shelf.forget()


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_a_download_is_what_render_makes(browser: Browser, place: Path, kind: str) -> None:
    answer = browser.get(f"/download/{kind}/court")
    assert answer.headers["content-disposition"] == f"attachment; filename*=UTF-8''court.{kind}"
    document = perfdoc.load(place / "court").document
    assert answer.content == perfdoc.render(document, perfdoc.form("tianjin"), to=kind)


def test_what_is_found_in_many_leads_to_its_place(browser: Browser) -> None:
    page = browser.post("/act", {"action": "check", "way": ["court", "note.docx"]}).text
    assert 'href="/document/court?project=1#v-projects/1/' in page
    assert "PD107" in page
    assert "note.docx: the file is damaged" in page
    assert "Nothing is in doubt" not in page
    assert "No document is chosen" in browser.post("/act", {"action": "check"}).text


def test_many_are_packed_and_what_can_not_be_made_is_named(browser: Browser, place: Path) -> None:
    data = browser.post("/act", {"action": "yaml", "way": ["court", "received.docx", "../x"]}).content
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        assert made.namelist() == ["court/01-法院办案业务费.yaml", "court/02-司法救助资金.yaml", "court/document.yaml"]
        assert made.read("court/01-法院办案业务费.yaml").decode() == PROJECT
    data = browser.post("/act", {"action": "pdf", "way": "court"}).content
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        assert made.namelist() == ["not-made.txt"]
        assert "LibreOffice" in made.read("not-made.txt").decode()
    assert browser.post("/act", {"action": "docx", "way": "note.docx"}).status_code == 422


@pytest.mark.parametrize(
    ("wanted", "chinese"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", True),
        ("en-GB,zh;q=0.5", False),
        ("de, zh;q=0.3, en;q=0.2", True),
        ("x;q=y", False),
        ("", False),
    ],
)
def test_the_language_is_the_browser_s(browser: Browser, wanted: str, chinese: bool) -> None:
    assert ("文件列表" in browser.get("/", headers={"Accept-Language": wanted}).text) is chinese


def test_a_language_that_is_chosen_stays(place: Path) -> None:
    with opened(place) as one:
        answer = one.get("/language/zh?back=/rows")
        assert answer.headers["location"] == "/rows"
        one.cookies.update(answer.cookies)
        assert "文件列表" in one.get("/").text


def test_a_file_that_specs_are_rendered_to_says_what_they_say(tmp_path: Path) -> None:
    folder(tmp_path / "a", {"01-法院办案业务费.yaml": PROJECT.replace("purpose: 数字档案扫描\n", "")})
    document = perfdoc.load(tmp_path / "a").document
    (tmp_path / "a.docx").write_bytes(perfdoc.render(document, perfdoc.form("tianjin")))
    with opened(tmp_path) as one:
        found = rows(one.settled())
        assert set(found) == {"a"}
        assert "differs" not in found["a"]


def test_a_folder_dropped_is_copied_and_read_in(tmp_path: Path, place: Path) -> None:
    data = (place / "received.docx").read_bytes()
    with opened(tmp_path) as one:
        files = [("file", ("a.docx", data)), ("file", ("a.docx", data)), ("file", ("a.docx", b"other"))]
        answer = one.ask("POST", "/drop", files=files, data={"name": ["2024/a.docx", "2024/a.docx", "2024/a.docx"]})
        assert answer.status_code == 200
        text = one.settled()
        assert "read cleanly 1" in text
        assert (tmp_path / "inbox/2024/a.docx").read_bytes() == data
        assert (tmp_path / "inbox/2024/a-2.docx").read_bytes() == b"other"
        expected = perfdoc.load(place / "court").document.projects[0]
        read = perfdoc.load(tmp_path / "2024/a").document.projects[0]
        assert (read.name, read.budget) == (expected.name, expected.budget)
        assert "differs" not in rows(text)["2024/a"]
        spec = next((tmp_path / "2024/a").glob("01*.yaml"))
        spec.write_text(spec.read_text(encoding="utf-8").replace("total:", "total: 9"), encoding="utf-8")
        one.house.shelf.forget()
        assert "differs from its Word file" in rows(one.settled())["2024/a"]
        one.post("/act", {"action": "read", "way": "2024/a"})
        assert "specs differ" in one.settled()
        assert "total: 9" in spec.read_text(encoding="utf-8")
        one.post("/act", {"action": "again", "way": "2024/a"})
        one.settled()
        assert "total: 9" not in spec.read_text(encoding="utf-8")


def test_a_project_s_file_by_itself_is_a_document(tmp_path: Path) -> None:
    file = tmp_path / "单个.yaml"
    file.write_text("# 审核 2024-03-02 财政局：请核对\n" + PROJECT, encoding="utf-8")
    (tmp_path / "perfdoc.yaml").write_text("check: {}\n")
    with opened(tmp_path) as one:
        found = rows(one.settled())
        assert list(found) == ["单个.yaml"]
        assert "法院办案业务费" in found["单个.yaml"]
        page = one.get("/document/单个.yaml").text
        assert "/arrange/" not in page
        sent = one.fields(page) | {"action": "save", "p.purpose": "另一用途"}
        assert one.post("/save/单个.yaml", sent).status_code == 303
        assert "# 审核" in file.read_text(encoding="utf-8")
        assert perfdoc.load(file).document.projects[0].purpose == "另一用途"
        assert one.post("/arrange/单个.yaml", {"action": "empty", "name": "x"}).status_code == 404
        assert one.get("/download/docx/单个.yaml").content[:2] == b"PK"
        assert "请核对" in one.get("/review/单个.yaml").text
        one.post("/rollover", {"year": "2031", "since": "2024", "way": "单个.yaml"})
        assert "财政局" in (tmp_path / "2031/单个/单个.yaml").read_text(encoding="utf-8")
    assert sorted(each.name for each in tmp_path.rglob("*.yaml")) == [
        "document.yaml",
        "perfdoc.yaml",
        "单个.yaml",
        "单个.yaml",
    ]
