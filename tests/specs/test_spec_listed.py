"""A document's folder as its files: what document.yaml names, one project more in it, texts under given names."""

from __future__ import annotations

from pathlib import Path

from cli_support import LISTING, folder

from perfdoc.specs import files, listed_files, load, names_of, texts_of, with_entry

FIRST, SECOND = "01-法院办案业务费.yaml", "02-司法救助资金.yaml"


def test_what_document_yaml_names_is_known_though_the_files_are_broken(tmp_path: Path) -> None:
    where = folder(tmp_path / "a", {FIRST: "[", "document.yaml": LISTING + "- spec: none.yaml\n- spec: ../out.yaml\n"})
    listed = listed_files(where)
    assert listed is not None
    assert (listed.form, listed.names) == ("tianjin", (FIRST, SECOND))
    assert [(one.code, one.place.line) for one in listed.faults] == [("PD013", 5), ("PD014", 6)]
    assert listed_files(tmp_path) is None
    (where / "document.yaml").write_text("[", encoding="utf-8")
    assert listed_files(where) is None


def test_one_project_more_keeps_comments_and_line_ends_become_plain() -> None:
    text = "# ours\nform: tianjin  # the city's\nprojects:\n# the first\n- spec: a.yaml\n"
    more = text + "- spec: b.yaml\n"
    assert with_entry(text, "b.yaml") == more
    assert with_entry(text.replace("\n", "\r\n"), "b.yaml") == more


def test_texts_are_those_of_the_folder_under_its_own_names(tmp_path: Path) -> None:
    where = folder(tmp_path / "a")
    reading = load(where)
    names = names_of(reading, where)
    assert names == (FIRST, SECOND)
    texts = texts_of(reading.document, names, False)
    assert texts == files(reading.document, names)
    assert texts == {file.name: file.read_text(encoding="utf-8") for file in where.iterdir()}
    assert texts_of(reading.document, names, True).keys() == set(names)
