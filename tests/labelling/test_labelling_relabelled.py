"""A label of a form means another value: `form.yaml` and `form.docx` agree afterwards, or nothing is changed."""

from __future__ import annotations

import shutil
from pathlib import Path

import docx
import pytest
from bureaus import UNKNOWN, bureau, filled

from perfdoc import extract, read
from perfdoc.errors import FormError, UsageError
from perfdoc.form_definition import load_form
from perfdoc.form_lint import lint
from perfdoc.labelling import Relabelled, relabelled, unlabelled
from perfdoc.learning import learn_form

BUREAU = bureau(3, unknown=True)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("forms") / "ours"
    folder.mkdir()
    learnt = learn_form(filled(BUREAU, 0), "received.docx", "ours")
    (folder / "form.docx").write_bytes(learnt.word)
    (folder / "form.yaml").write_text(f"# 我们的表\n{learnt.description}", encoding="utf-8")
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "ours"))


def put(folder: Path, found: Relabelled) -> None:
    for name, data in found.files.items():
        (folder / name).write_bytes(data)
    assert not [one for one in lint(folder) if one.severity == "error"]


def goals(folder: Path) -> tuple[str | None, bool]:
    """What another file of the bureau says, read with the form."""
    reading = extract(read(filled(BUREAU, 1), "received.docx"), {"ours": load_form(folder)})
    (project,) = reading.document.projects
    assert reading.document.form == "ours"
    return project.goals, UNKNOWN in project.extra


def test_a_label_means_another_value_in_every_file_and_is_taken_back(folder: Path) -> None:
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert goals(folder) == (None, True)
    found = relabelled(folder, UNKNOWN, "goals")
    assert {*found.files} == {"form.yaml", "form.docx"}
    assert "{{ project.extra.本年主要任务 }} → {{ project.goals }}" in "\n".join(found.said)
    put(folder, found)
    text, extra = goals(folder)
    assert text is not None
    assert text.startswith("1.完成")
    assert not extra
    assert (folder / "form.yaml").read_text(encoding="utf-8").startswith("# 我们的表\n")
    assert relabelled(folder, UNKNOWN, "goals").files == {}, "it names that already"
    put(folder, unlabelled(folder, UNKNOWN))
    assert goals(folder) == (None, True)
    assert (folder / "form.yaml").read_bytes() == before["form.yaml"]
    assert texts(folder) == texts_of(before["form.docx"])


def texts(folder: Path) -> list[str]:
    return texts_of((folder / "form.docx").read_bytes())


def texts_of(data: bytes) -> list[str]:
    return [cell.text for grid in read(data, "form.docx").grids() for row in grid.rows for cell in row.cells]


def test_a_column_means_another_value(folder: Path) -> None:
    put(folder, relabelled(folder, "评分标准", "weight"))
    assert "{{ indicator.weight }}" in texts(folder)
    reading = extract(read(filled(BUREAU, 1), "received.docx"), {"ours": load_form(folder)})
    assert reading.document.projects[0].indicators[0].weight


def test_a_spelling_more_and_less_changes_the_labels_only(folder: Path) -> None:
    found = relabelled(folder, "经费合计", "budget.total")
    assert {*found.files} == {"form.yaml"}
    put(folder, found)
    assert "经费合计" in str(load_form(folder).fields)
    put(folder, unlabelled(folder, "经费合计"))
    assert "经费合计" not in str(load_form(folder).fields)


@pytest.mark.parametrize(
    ("label", "path", "said"),
    [
        (UNKNOWN, "gaols", "did you mean goals"),
        (UNKNOWN, "name", "项目名称 --remove"),
        (UNKNOWN, "indicator.reason", "stands beside a project's value"),
        ("评分标准", "project.goals", "heads a column"),
        ("审核意见", "goals", "no empty cell stands beside 审核意见; type {{ project.goals }}"),
    ],
)
def test_what_can_not_be_is_refused(folder: Path, label: str, path: str, said: str) -> None:
    with pytest.raises(UsageError) as told:
        relabelled(folder, label, path)
    assert said in str(told.value)


def test_what_names_nothing_can_not_be_taken_back(folder: Path) -> None:
    for label in (UNKNOWN, "审核意见"):
        with pytest.raises(UsageError, match="no label of anything but its own text"):
            unlabelled(folder, label)


def test_a_label_with_another_name_is_taken_back_too(folder: Path) -> None:
    before = (folder / "form.yaml").read_bytes(), texts(folder)
    put(folder, relabelled(folder, UNKNOWN, "extra.主要任务"))
    assert texts(folder) != before[1]
    put(folder, unlabelled(folder, UNKNOWN))
    assert ((folder / "form.yaml").read_bytes(), texts(folder)) == before


def test_a_label_that_the_form_does_not_print_is_said_to_be_a_spelling(folder: Path) -> None:
    put(folder, relabelled(folder, UNKNOWN, "goals"))
    assert "prints no 年度任务" in relabelled(folder, "年度任务", "goals").said[-1]


def test_the_empty_cell_beside_a_printed_label_gets_the_tag(folder: Path) -> None:
    page = docx.Document(str(folder / "form.docx"))
    row = page.tables[0].add_row()  # type: ignore[no-untyped-call]
    row.cells[0].text = "审核意见"
    for cell in row.cells[1:]:
        cell.text = ""
    page.save(str(folder / "form.docx"))
    found = relabelled(folder, "审核意见", "purpose")
    put(folder, found)
    assert "{{ project.purpose }}" in texts(folder)
    assert "purpose" in load_form(folder).paths


def test_an_unsound_form_is_not_changed(folder: Path) -> None:
    (folder / "form.yaml").write_text("title: [", encoding="utf-8")
    with pytest.raises(FormError):
        relabelled(folder, UNKNOWN, "goals")
