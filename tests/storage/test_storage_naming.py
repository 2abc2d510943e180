"""Folders for sources: names that every system can hold, and no two of one."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdoc.storage.naming import documents_for, folder_name, folders_for, key_of, stem

NAMES = st.one_of(
    st.text(max_size=40),
    st.text("aAbB.é\u0301 :?~ß", max_size=6),
    st.sampled_from(["con", "NUL.docx", "com1", "LPT².xls", "a.docx", "A.xlsx", "a", "a.docx.docx", "预算.doc"]),
    st.builds("{}.{}".format, st.text("ab预", max_size=3), st.sampled_from(["docx", "xls", "2023", "d o", ""])),
)
DEVICES = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}
DEVICES |= {f"{port}{number}" for port in ("COM", "LPT") for number in "0123456789¹²³"}


def windows_takes(name: str) -> bool:
    """Microsoft's "Naming Files, Paths, and Namespaces"."""
    return (
        bool(name)
        and not re.search(r'[<>:"/\\|?*\x00-\x1f]', name)
        and name[-1] not in " ."
        and name.partition(".")[0].rstrip().upper() not in DEVICES
        and len(name.encode("utf-16-le")) // 2 <= 255
    )


@given(st.text())
def test_a_folder_name_is_good_everywhere(name: str) -> None:
    found = folder_name(name)
    assert windows_takes(found)
    assert len(found.encode()) <= 121
    assert not found.startswith((".", " ", "~$"))
    assert folder_name(found) == found


@pytest.mark.parametrize(
    ("name", "want"),
    [
        ("预算 2023", "预算 2023"),
        ("a:b?c", "a-b-c"),
        ("con", "_con"),
        ("Aux.年报", "_Aux.年报"),
        ("com¹", "_com¹"),
        ("console", "console"),
        ("~$预算", "_~$预算"),
        ("...", "unnamed"),
        ("", "unnamed"),
        ("\udce4\x00", "unnamed"),
        ("x" * 300, "x" * 120),
    ],
)
def test_folder_names(name: str, want: str) -> None:
    assert folder_name(name) == want


@pytest.mark.parametrize(
    ("name", "want"),
    [
        ("a.docx", "a"),
        ("a.tar.gz", "a.tar"),
        ("绩效.2023", "绩效.2023"),
        ("绩效.2023.XLS", "绩效.2023"),
        (".docx", ".docx"),
        ("1.公用经费 表", "1.公用经费 表"),
        ("a", "a"),
        ("a.", "a."),
        ("a.verylongsuffix", "a.verylongsuffix"),
    ],
)
def test_a_suffix_looks_like_one(name: str, want: str) -> None:
    assert stem(name) == want


@given(st.lists(NAMES, unique=True, max_size=8), st.lists(NAMES, unique=True, max_size=4))
def test_no_two_sources_share_a_folder(files: list[str], folders: list[str]) -> None:
    inside = folders_for({name: name for name in folders})
    found = documents_for({name: name for name in files}, inside.values())
    taken = [key_of(name) for name in (*inside.values(), *found.values())]
    assert len(set(taken)) == len(taken) == len(files) + len(folders)
    assert all(windows_takes(name) for name in (*inside.values(), *found.values()))


@given(st.lists(NAMES, unique=True, min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_names_without_a_clash_do_not_depend_on_the_others(files: list[str], random: object) -> None:
    found = documents_for({name: name for name in files})
    for name in files:
        if sum(key_of(folder_name(stem(other))) == key_of(folder_name(stem(name))) for other in files) == 1:
            short = folder_name(stem(name))
            assert found[name] in (short, folder_name(name)) or found[name].startswith(short)


def test_a_clash_is_told_apart_by_the_suffix() -> None:
    assert documents_for({name: name for name in ("a.docx", "A.xlsx", "b.docx")}, ["B"]) == {
        "a.docx": "a.docx",
        "A.xlsx": "A.xlsx",
        "b.docx": "b.docx",
    }
    same = documents_for({name: name for name in ("a?.docx", "a*.docx")})
    assert sorted(name[:7] for name in same.values()) == ["a-.docx", "a-.docx"]
    assert len({*same.values()}) == 2
    assert same == documents_for({name: name for name in ("a*.docx", "a?.docx")}), "whichever comes first"


def test_a_folder_that_another_file_owns_is_not_given_again() -> None:
    owned = {"a": "a.docx", "a.xlsx": "gone.xlsx"}

    def is_owned(folder: str, key: str) -> bool:
        return owned.get(folder, key) != key

    found = documents_for({"a.xlsx": "a.xlsx"}, owned=is_owned)["a.xlsx"]
    assert found.startswith("a.xlsx-")
    assert documents_for({"a.docx": "a.docx"}, owned=is_owned) == {"a.docx": "a"}


def test_folders_of_one_name_are_told_apart() -> None:
    found = folders_for({"x/1": "预算", "y/1": "预算", "z": "其他"})
    assert found["z"] == "其他"
    assert len({*found.values()}) == 3
    assert all(name.startswith("预算-") for key, name in found.items() if key != "z")
