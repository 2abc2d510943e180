"""Compound files: told apart by the names at their root."""

from __future__ import annotations

import pytest
from checkout import ROOT
from hypothesis import given
from hypothesis import strategies as st

from perfdoc import errors
from perfdoc.reading import kind_of, ole, read

RECEIVED = ROOT / "golden" / "received"
DOC = (RECEIVED / "libreoffice-7.4.7-document.doc").read_bytes()
XLS = (RECEIVED / "libreoffice-7.4.7-workbook.xls").read_bytes()


def renamed(data: bytes, old: str, new: str) -> bytes:
    """A compound file in which an entry of the directory has another name ([MS-CFB] 2.6.1)."""
    at = data.index(old.encode("utf-16-le"))
    name = new.encode("utf-16-le").ljust(64, b"\0") + (len(new) * 2 + 2).to_bytes(2, "little")
    return data[:at] + name + data[at + 66 :]


def test_kinds() -> None:
    assert "WordDocument" in ole.root_names(DOC)
    assert kind_of(DOC) == "doc"
    assert kind_of(XLS) == "xls"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (renamed(DOC, "WordDocument", "EncryptedPackage"), "encrypted"),
        (renamed(DOC, "WordDocument", "PowerPoint Document"), "a presentation"),
        (renamed(DOC, "WordDocument", "Catalog"), "neither Word nor Excel: 1Table, Catalog"),
        (DOC[:700], "cut off"),
        (ole.SIGNATURE, "cut off"),
        (DOC[:30] + b"\xff" * 4 + DOC[34:], "cut off"),
    ],
)
def test_compound_files_that_are_not_read(data: bytes, says: str) -> None:
    with pytest.raises(errors.UnreadableError, match=rf"^f\.doc: .*{says}"):
        read(data, "f.doc")


@given(st.lists(st.tuples(st.integers(0, 600), st.integers(0, 255)), max_size=8), st.integers(0, len(DOC)))
def test_damage_never_hangs(changes: list[tuple[int, int]], length: int) -> None:
    data = bytearray(DOC)
    for at, value in changes:
        data[at] = value
    assert isinstance(ole.root_names(bytes(data[:length])), tuple)
    assert isinstance(ole.root_names(bytes(data)), tuple)
