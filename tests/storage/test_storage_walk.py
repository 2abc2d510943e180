"""Which files a run meets, in which order, and where their results go."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from perfdoc.storage.walk import Found, Remembered, files_in


def make(root: Path, *names: str) -> Path:
    for name in names:
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name, encoding="utf-8")
    return root


def seen(*given: Path | str, **options: object) -> dict[str, str]:
    """key → folder."""
    return {one.key: one.folder for one in files_in([str(one) for one in given], **options)}  # type: ignore[arg-type]


def test_the_tree_is_mirrored(tmp_path: Path) -> None:
    root = make(tmp_path, "b.docx", "a.xlsx", "法院/2023/表.doc", "法院/b.docx", "法院/con/x.docx")
    assert list(seen(root).items()) == [
        ("a.xlsx", "a"),
        ("b.docx", "b"),
        ("法院/b.docx", "法院/b"),
        ("法院/2023/表.doc", "法院/2023/表"),
        ("法院/con/x.docx", "法院/_con/x"),
    ]
    (first, *_) = files_in([f"{root}/"])
    assert first == Found(f"{root}/a.xlsx", "a.xlsx", "a")


def test_hidden_files_lock_files_and_what_is_no_file_are_left_out(tmp_path: Path) -> None:
    root = make(tmp_path, "a.docx", ".hidden", "~$a.docx", ".~lock.a.docx#", ".git/x.docx", "out/a/document.yaml")
    os.mkfifo(root / "pipe.docx")
    (root / "loop").symlink_to(root)
    (root / "linked.docx").symlink_to(root / "a.docx")
    (root / "dangling.docx").symlink_to(root / "none")
    hidden: list[int] = []
    found = list(files_in([str(root)], without=str(root / "out"), left_out=hidden.append))
    assert {one.key: one.folder for one in found if not (one.fault or one.passed)} == {
        "a.docx": "a",
        "linked.docx": "linked",
    }
    assert {one.key: (bool(one.fault), bool(one.passed)) for one in found if one.fault or one.passed} == {
        "dangling.docx": (True, False),
        "loop": (False, True),
        "pipe.docx": (False, True),
    }
    assert sum(hidden) == 4
    assert "out/a/document.yaml" in seen(root, without=str(root / "elsewhere"))


def test_a_folder_and_a_file_of_one_name(tmp_path: Path) -> None:
    root = make(tmp_path, "a.docx", "a/b.docx", "B.docx", "b.xlsx")
    assert seen(root) == {"a.docx": "a.docx", "a/b.docx": "a/b", "B.docx": "B.docx", "b.xlsx": "b.xlsx"}


def test_several_folders_and_files_get_a_folder_each(tmp_path: Path) -> None:
    root = make(tmp_path, "x/in/a.docx", "y/in/a.docx", "b.docx")
    given = (root / "x" / "in", root / "y" / "in", root / "b.docx", root / "none.docx", root / "b.docx")
    places = seen(*given)
    assert list(places)[:2] == [f"{root}/b.docx", f"{root}/none.docx"], "a file that is not there is one to be said"
    assert places[f"{root}/b.docx"] == "b"
    one, two = places[f"{root}/x/in/a.docx"], places[f"{root}/y/in/a.docx"]
    assert one != two
    assert {one[:3], two[:3]} == {"in-"}
    assert [f.path for f in files_in([str(g) for g in given]) if f.named] == [f"{root}/b.docx", f"{root}/none.docx"]
    assert seen(root / "x" / "in", root / "b.docx")[f"{root}/x/in/a.docx"] == "in/a"


def test_a_folder_that_cannot_be_looked_into_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make(tmp_path, "a.docx", "shut/b.docx", "z/c.docx")
    scandir = os.scandir

    def refuse(path: str) -> object:
        if path.endswith("shut"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr("perfdoc.storage.folders.os.scandir", refuse)
    every = list(files_in([str(root)]))
    assert [one.key for one in every] == ["a.docx", "shut/", "z/c.docx"]
    assert every[1].fault == f"{root}/shut: can't be looked into (Permission denied)"


def test_what_was_given_before_stays(tmp_path: Path) -> None:
    root = make(tmp_path, "s/a.docx", "s/a.xlsx", "s/a.docx.doc")
    folders = {"s/a.docx": "s/a", "s/gone.doc": "s/a.xlsx"}
    owners = {folder: key for key, folder in folders.items()}
    places = seen(root, remembered=Remembered(folders.get, owners.get))
    assert places["s/a.docx"] == "s/a"
    assert places["s/a.docx.doc"] == "s/a.docx"
    assert places["s/a.xlsx"].startswith("s/a.xlsx-"), "not the folder of another file, gone or not"


def test_a_name_that_is_no_text_is_still_a_file(tmp_path: Path) -> None:
    make(tmp_path, "a.docx")
    os.rename(tmp_path / "a.docx", os.fsencode(tmp_path) + b"/\xe9\xff.docx")  # noqa: PTH104
    (one,) = files_in([str(tmp_path)])
    assert one.folder == "unnamed"
    assert Path(one.path).read_text(encoding="utf-8") == "a.docx"
