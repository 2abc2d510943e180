"""What is given to read: files, standard input, and what can be neither."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_support import folder, run
from hypothesis import given
from hypothesis import strategies as st

from perfdoc.cli.files import inputs
from perfdoc.errors import UnreadableError, UsageError
from perfdoc.storage import content


@given(st.lists(st.text("aAbß", max_size=2), max_size=8))
def test_names_become_distinct_for_a_file_system_that_ignores_case(names: list[str]) -> None:
    found = inputs.distinct(names)
    assert len({name.casefold() for name in found}) == len(names)
    assert all(new == old or new.startswith(f"{old}-") for old, new in zip(names, found, strict=True))
    assert inputs.distinct(found) == found


def test_what_cannot_be_read_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="is a folder"):
        inputs.bytes_of(str(tmp_path))
    with pytest.raises(UnreadableError, match=r"none: there is no such file"):
        inputs.bytes_of(str(tmp_path / "none"))
    with pytest.raises(UnreadableError, match="not a file name"):
        inputs.bytes_of("a\0b")
    file = tmp_path / "x"
    file.write_bytes(b"12345")
    with pytest.raises(UnreadableError, match="x/y: Not a directory"):
        inputs.bytes_of(str(file / "y"))
    monkeypatch.setattr(content, "MAX_BYTES", 4)
    with pytest.raises(UnreadableError, match="larger than 0 MiB"):
        inputs.bytes_of(str(file))

    def refuse(*args: object) -> None:
        raise PermissionError(13, "Permission denied", str(file))

    monkeypatch.setattr("builtins.open", refuse)
    with pytest.raises(UnreadableError, match="permission denied"):
        inputs.bytes_of(str(file))


def test_standard_input_has_a_limit_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "MAX_BYTES", 4)
    ran = run("inspect", "-", stdin=b"12345")
    assert (ran.code, ran.err) == (3, "perfdoc: <stdin>: larger than 0 MiB\n")


def test_folders_of_documents_are_found_in_order(tmp_path: Path) -> None:
    for name in ("b", "a/deep", ".git/x"):
        folder(tmp_path / name)
    assert [*inputs.folders_below(str(tmp_path))] == [(f"{tmp_path}/a/deep", "a/deep"), (f"{tmp_path}/b", "b")]


def test_specs_are_known_by_name(tmp_path: Path) -> None:
    assert inputs.is_spec_name("x.YML")
    assert inputs.is_spec_name(str(tmp_path))
    assert not inputs.is_spec_name("x.docx")
