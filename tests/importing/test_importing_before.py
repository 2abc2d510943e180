"""What takes the place of specs that were written before: nobody edited them: replaced; somebody did: merged."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfdoc.errors import ConflictError
from perfdoc.importing.folder import packed, remade, unpacked, write_specs
from perfdoc.report import Reading
from perfdoc.specs import load

BEFORE = "name: 培训\nmoney_unit: 万元\nbudget:\n  total: 12.00\nextra:\n  主要任务: 培训三期。\n"
NOW = "name: 培训\nmoney_unit: 万元\nbudget:\n  total: 12.00\ngoals: 培训三期。\n"
NAME = "01-培训.yaml"


def made(standing: str, now: str = NOW) -> tuple[str | None, int]:
    found = remade({NAME: BEFORE}, {NAME: standing}, {NAME: now})
    return found.texts.get(NAME), found.conflicts.get(NAME, 0)


def test_packed_is_unpacked() -> None:
    assert unpacked(packed({NAME: BEFORE})) == {NAME: BEFORE}
    assert unpacked(b"") == {}


def test_what_nobody_has_edited_is_replaced() -> None:
    assert made(BEFORE) == (NOW, 0)


def test_what_is_read_as_before_stays_as_it_was_edited() -> None:
    edited = f"# 领导已阅\n{BEFORE}"
    assert made(edited, BEFORE) == (edited, 0)


def test_an_edited_spec_is_merged_and_keeps_its_comments() -> None:
    edited = f"# 领导已阅\n{BEFORE.replace('万元', '元')}"
    assert made(edited) == (f"# 领导已阅\n{NOW.replace('万元', '元')}", 0)


def test_conflicts_are_marked() -> None:
    text, conflicts = made(BEFORE.replace("三期", "四期"))
    assert conflicts == 1
    assert text is not None
    assert "<<<<<<< edited" in text
    assert ">>>>>>> read anew" in text


def test_what_is_no_sound_spec_is_left_alone() -> None:
    assert made("name: [") == (None, 0)
    assert remade({}, {NAME: BEFORE}, {NAME: NOW}).texts == {}, "nobody knows what was written"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / NAME).write_text(BEFORE, encoding="utf-8")
    (tmp_path / "document.yaml").write_text(f"projects:\n- spec: {NAME}\n", encoding="utf-8")
    return tmp_path


def reading(folder: Path) -> Reading:
    """The document of NOW."""
    spec = folder / "now.yaml"
    spec.write_text(NOW, encoding="utf-8")
    found = load(spec)
    spec.unlink()
    return found


def test_specs_are_written_over_what_was_written_before_only(folder: Path) -> None:
    now = reading(folder)
    with pytest.raises(ConflictError):
        write_specs(str(folder), now)
    written = write_specs(str(folder), now, before={NAME: BEFORE})
    assert (folder / NAME).read_text(encoding="utf-8") == NOW
    assert written.texts[NAME] == NOW
    (folder / NAME).write_text("name: [", encoding="utf-8")
    with pytest.raises(ConflictError):
        write_specs(str(folder), now, before={NAME: BEFORE})
    assert (folder / NAME).read_text(encoding="utf-8") == "name: ["
    write_specs(str(folder), now, before={NAME: BEFORE}, force=True)
    assert (folder / NAME).read_text(encoding="utf-8") == NOW


def test_the_name_of_a_file_is_kept_where_a_project_is_called_otherwise_now(folder: Path) -> None:
    now = reading(folder)
    (project,) = now.document.projects
    document = now.document.model_copy(update={"projects": (project.model_copy(update={"name": "培训费"}),)})
    write_specs(str(folder), Reading(document), before={NAME: BEFORE})
    assert sorted(file.name for file in folder.iterdir()) == [NAME, "document.yaml"]
