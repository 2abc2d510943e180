"""Page numbers: those of the contents are those of the pages, or are said to be unknown."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pypdf
import pytest
from word_text import W, body, text_of

from perfdoc import office
from perfdoc.errors import ContentLostError, ToolError
from perfdoc.form_definition import form
from perfdoc.model import Document, Indicator, Project
from perfdoc.rendering import page_numbers, paged, pagination, render, unknown_pages
from perfdoc.report import Severity

TIANJIN = form("tianjin")


def project(rows: int, name: str = "同名项目", heading: str | None = None) -> Project:
    row = Indicator(level1="产出指标", level2="数量指标", level3="数字档案扫描数量", target="≥83万页")
    return Project(name=name, heading=heading, indicators=(row,) * rows)


def lines(content: bytes) -> list[tuple[str, str]]:
    """Text and page number of every line of the contents."""
    found = []
    for paragraph in body(content).iter(f"{W}p"):
        if paragraph.find(f"{W}hyperlink") is not None:
            text, _, page = text_of(paragraph).rpartition("\t")
            found.append((text, page))
    return found


@pytest.mark.office
def test_contents_name_the_pages_on_which_a_reader_finds_the_projects() -> None:
    sizes = [0, 60, 3, 16, 60, 1, 30, 2]
    documents = [
        Document(title="题", projects=tuple(map(project, sizes))),
        Document(),
        Document(projects=(project(40), project(0, heading=""), project(0, name="很长的名称" * 30))),
    ]
    contents, unknown, seconds = paged(documents, TIANJIN)
    assert unknown == [None, None, None]
    assert seconds > 0
    assert lines(contents[1]) == []
    pdfs = office.convert([contents[0], contents[2]], "pdf")
    for content, pdf, count in zip((contents[0], contents[2]), pdfs, (8, 2), strict=True):
        sheets = ["".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
        shown = lines(content)
        assert len(shown) == count
        for text, page in shown:
            assert sheets[int(page) - 1].startswith("".join(text.split()))
    assert len({int(page) for _, page in lines(contents[0])}) == len(sizes)


@pytest.mark.office
def test_bookmarks_of_one_name_after_another_are_found_on_their_pages() -> None:
    pairs = (("a1", "b1"), ("a2", "b2"))
    one = Document(projects=tuple(project(50).model_copy(update={"bookmarks": pair}) for pair in pairs))
    first, second = page_numbers([render(one, TIANJIN), render(Document(projects=one.projects[:1]), TIANJIN)])
    assert isinstance(first, dict)
    assert first["a1"] == first["b1"] == 2
    assert first["a2"] == first["b2"] > 3
    assert second == {"a1": 2, "b1": 2}


def test_without_libreoffice_the_contents_are_marked_and_a_diagnostic_says_why(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PERFDOC_SOFFICE", "")
    document = Document(projects=(project(1), project(50)))
    (content,), (why,), seconds = paged([document], TIANJIN)
    assert content == render(document, TIANJIN)
    assert seconds == 0
    assert why is not None
    said = unknown_pages(why)
    assert (said.code, said.severity) == ("PD073", Severity.info)
    assert "LibreOffice is not on this machine; install LibreOffice" in said.message
    assert next(body(content).iter(f"{W}fldChar")).get(f"{W}dirty") == "true"


def test_no_projects_ask_for_no_layout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PERFDOC_SOFFICE", "")
    assert paged([], TIANJIN) == ([], [], 0)
    assert paged([Document()], TIANJIN) == ([render(Document(), TIANJIN, pages=[])], [None], 0)


Answer = dict[str, int] | ToolError


def pretend(monkeypatch: pytest.MonkeyPatch, answers: list[list[Answer]]) -> list[int]:
    """Stand in for LibreOffice; how many files each call was given."""
    calls: list[int] = []

    def numbers(files: Sequence[bytes], *, timeout: float) -> list[Answer]:
        calls.append(len(files))
        return answers.pop(0) if files else []

    monkeypatch.setattr(pagination, "page_numbers", numbers)
    return calls


def test_a_document_is_laid_out_again_only_where_a_number_got_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [Document(projects=(project(1),)), Document(projects=(project(1),))]
    calls = pretend(monkeypatch, [[{"project0": 9}, {"project0": 10}], [{"project0": 11}]])
    contents, unknown, _ = paged(documents, TIANJIN)
    assert unknown == [None, None]
    assert [number for number in calls if number] == [2, 1]
    assert [lines(content)[0][1] for content in contents] == ["9", "11"]


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ([[ToolError("it broke"), {"project0": 3}]], "it broke"),
        ([[{}, {"project0": 3}]], "does not name the bookmark project0"),
        ([[{"project0": 10}, {"project0": 3}], *([{"project0": 10**n}] for n in (2, 3, 4))], "does not come to rest"),
    ],
)
def test_a_layout_that_fails_leaves_a_sound_document_and_all_others(
    monkeypatch: pytest.MonkeyPatch, answers: list[list[Answer]], reason: str
) -> None:
    pretend(monkeypatch, answers)
    document = Document(projects=(project(1),))
    contents, (why, nothing), seconds = paged([document, document], TIANJIN)
    assert reason in str(why)
    assert nothing is None
    assert seconds > 0
    assert contents[0] == render(document, TIANJIN)
    assert lines(contents[1])[0][1] == "3"


def test_content_that_would_be_lost_is_not_laid_out() -> None:
    with pytest.raises(ContentLostError, match="PD070"):
        paged([Document(projects=(project(1, name="\x0b"),))], TIANJIN)
