"""What a Word file of a form can't hold is said beforehand: all of it, each with its place."""

from __future__ import annotations

import pytest

from perfdoc.errors import ContentLostError
from perfdoc.form_definition import form
from perfdoc.model import Agency, Budget, Document, Indicator, Project
from perfdoc.rendering import faults, render
from perfdoc.report import Place, Reading, Severity

TIANJIN = form("tianjin")


def test_a_document_that_fits_has_no_faults() -> None:
    row = Indicator(level1="a", level2="b", level3="c", description="d", target="e\n\t f")
    project = Project(
        name="n",
        agency=Agency(code="1", name="2"),
        money_unit="万元",
        budget=Budget(total="1", fiscal="1", other=""),
        purpose="p",
        goals="g\nh",
        indicators=(row, Indicator(extra={"权重": ""})),
        heading="own",
        bookmarks=("_Toc_a", "_Toc_b"),
    )
    assert faults(Reading(Document(title="t", projects=(project,))), TIANJIN) == ()


def test_every_fault_is_found_in_the_documents_order_with_its_place_and_quote() -> None:
    document = Document(
        title="t\x00",
        projects=(
            Project(
                name="好\x0b好\x07\x0b",
                extra={"主管部门": "教育\f局"},
                indicators=(Indicator(target="\uffff", extra={"分值": "10"}),),
                bookmarks=("1st", "_Toc1"),
            ),
        ),
    )
    one = ("projects", 0)
    row = (*one, "indicators", 0)
    places = {
        (): Place("document.yaml"),
        (*one, "name"): Place("01.yaml", 1, 7),
        one: Place("01.yaml"),
        (*one, "extra", "主管部门"): Place("01.yaml", 9, 9),
        row: Place("01.yaml", 12, 3),
    }
    found = faults(Reading(document, places), TIANJIN)
    assert [(d.code, d.severity, d.place, d.path) for d in found] == [
        ("PD070", Severity.error, Place("document.yaml"), ("title",)),
        ("PD070", Severity.error, Place("01.yaml", 1, 7), (*one, "name")),
        ("PD070", Severity.error, Place("01.yaml", 9, 9), (*one, "extra", "主管部门")),
        ("PD071", Severity.warning, Place("01.yaml", 9, 9), (*one, "extra", "主管部门")),
        ("PD070", Severity.error, Place("01.yaml", 12, 3), (*row, "target")),
        ("PD071", Severity.warning, Place("01.yaml", 12, 3), (*row, "extra", "分值")),
        ("PD072", Severity.error, Place("01.yaml"), (*one, "bookmarks", 0)),
    ]
    assert found[1].quote == r"好\x0b好\x07\x0b"
    assert found[1].message == (
        "a Word file can't hold U+000B (vertical tab), U+0007 (bell); remove it from project.name"
    )
    assert found[3].message == "form tianjin has no place for 主管部门 (project.extra.主管部门); its text is left out"
    assert found[3].quote == r"教育\x0c局"
    assert found[6].message.startswith("the bookmark '1st' is not one that Word takes")


def test_a_document_without_places_is_still_judged() -> None:
    (found,) = faults(Reading(Document(title="\r")), TIANJIN)
    assert str(found) == (
        "document: error PD070: a Word file can't hold U+000D (carriage return); remove it from document.title"
    )


def test_word_does_not_tell_bookmarks_apart_by_case() -> None:
    pairs = [("_Toc_A", "_Toc1"), ("_toc_a", "_Toc2"), ("_Toc3", "_Toc1")]
    document = Document(projects=tuple(Project(bookmarks=pair) for pair in pairs))
    found = faults(Reading(document), TIANJIN)
    assert [(d.code, d.path) for d in found] == [
        ("PD072", ("projects", 1, "bookmarks", 0)),
        ("PD072", ("projects", 2, "bookmarks", 1)),
    ]
    assert "the same as '_Toc_A'" in found[0].message


def test_the_bookmark_of_the_cursor_is_words_own() -> None:
    """Word sets and deletes it, and no reader takes it for a project's: it would not come back."""
    document = Document(projects=(Project(bookmarks=("_GoBack", "_Toc_B")),))
    (found,) = faults(Reading(document), TIANJIN)
    assert (found.code, found.severity, found.path) == ("PD072", Severity.error, ("projects", 0, "bookmarks", 0))
    with pytest.raises(ContentLostError):
        render(document, TIANJIN)
