"""A form for each layout: made once, by the name that its title gives it; and what it has no place for is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from bureaus import bureau, filled

from perfdoc import extract, read
from perfdoc.form_definition import Form, FormField, load_form
from perfdoc.importing.file import unplaced_values
from perfdoc.importing.lessons import Learner
from perfdoc.importing.order import Job, Lesson, Order, Taught, Teaching

BUREAU = bureau(7)
USUAL, ODD = 0, 18
"""Seeds of two files: in one an unknown label beside blank cells is read as the value of the label before it."""


def job(where: Path, seed: int) -> tuple[str, Job]:
    """A file of the bureau, and its fingerprint."""
    file = where / f"{seed}.docx"
    file.write_bytes(filled(BUREAU, seed))
    return extract(read(file.read_bytes(), str(file)), {}).layout, Job(str(file), file.name, file.stem)


@pytest.fixture
def learner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Learner:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "workshop").mkdir()
    return Learner(Teaching(Order("specs"), str(tmp_path / "workshop")))


def test_a_layout_that_a_form_serves_already_gets_no_other(learner: Learner, tmp_path: Path) -> None:
    (usual, first), (odd, second) = job(tmp_path, USUAL), job(tmp_path, ODD)
    assert usual != odd
    learnt = learner(Lesson(usual, (first,)))
    assert (learnt.form, learnt.source, learnt.why) == (BUREAU.title, first.path, "")
    assert learner(Lesson(odd, (second,))) == Taught(odd, BUREAU.title)
    form = load_form(tmp_path / "workshop" / BUREAU.title)
    assert form.layouts == (usual, odd)
    assert extract(read(Path(second.path).read_bytes(), "x.docx"), {form.name: form}).document.form == form.name


def test_the_next_file_is_tried_where_none_can_be_learnt_from_the_first(learner: Learner, tmp_path: Path) -> None:
    layout, sound = job(tmp_path, USUAL)
    bad = tmp_path / "bad.docx"
    bad.write_bytes(b"PK no file")
    found = learner(Lesson(layout, (Job(str(bad), "bad.docx", "bad"), sound)))
    assert found.source == sound.path
    none = learner(Lesson("0" * 16, (Job(str(bad), "bad.docx", "bad"),)))
    assert (none.form, none.source) == ("", "")
    assert none.why.startswith(str(bad))


def test_what_a_form_has_no_place_for_is_told_once_a_column() -> None:
    reading = extract(read(filled(bureau(4), 1), "x.docx"), {})
    project = reading.document.projects[0]
    assert project.indicators[0].weight
    fields = tuple(FormField(path=path) for path in ("name", "year", "department", "agency", "money_unit", "goals"))
    form = Form(name="ours", folder=Path(), title="ours", layouts=("0",), fields=fields)
    found = [*unplaced_values(reading, form)]
    assert {one.code for one in found} == {"PD071"}
    weights = [one for one in found if "indicator.weight" in one.message]
    assert [one.path[:4] for one in weights] == [("projects", 0, "indicators", 0)]
    assert weights[0].place == reading.places[weights[0].path]
    assert not [one for one in found if "project.name" in one.message]
