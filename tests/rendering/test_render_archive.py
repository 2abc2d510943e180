"""The zip writer, against Python's own reader of zips."""

from __future__ import annotations

import io
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdoc.errors import UsageError
from perfdoc.rendering.archive import archive, encoded, moment_of_build, packed, stored

MEMBERS = st.dictionaries(
    st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8),
    st.tuples(st.booleans(), st.binary(max_size=2000)),
)


@given(MEMBERS)
def test_what_is_written_is_read_again_in_its_order(members: dict[str, tuple[bool, bytes]]) -> None:
    parts = [
        packed(name, (content[:9], content[9:])) if deflated else stored(name, content)
        for name, (deflated, content) in members.items()
    ]
    written = archive(parts)
    with zipfile.ZipFile(io.BytesIO(written)) as read:
        assert read.testzip() is None
        assert read.namelist() == list(members)
        assert [read.read(name) for name in members] == [content for _, content in members.values()]
        assert {entry.date_time for entry in read.infolist()} <= {(1980, 1, 1, 0, 0, 0)}
    assert archive(parts) == written


@pytest.mark.parametrize(
    ("moment", "date"),
    [
        (0, (1980, 1, 1, 0, 0, 0)),
        (315532799, (1980, 1, 1, 0, 0, 0)),
        (1700000001, (2023, 11, 14, 22, 13, 20)),
        (4354819198, (2107, 12, 31, 23, 59, 58)),
    ],
)
def test_dates_are_in_utc_and_in_a_zips_range(moment: int, date: tuple[int, ...]) -> None:
    with zipfile.ZipFile(io.BytesIO(archive([stored("a", b"")], moment))) as read:
        assert read.infolist()[0].date_time == date


def test_a_date_that_a_zip_cannot_say_is_refused() -> None:
    with pytest.raises(UsageError, match="2107"):
        archive([], 4354819200)


@pytest.mark.parametrize("given_", ["-1", "soon", "1.5", "9" * 20])
def test_a_moment_that_is_none_is_refused(given_: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", given_)
    with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH"):
        moment_of_build()


def test_no_moment_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "")
    assert moment_of_build() is None
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "12")
    assert moment_of_build() == 12


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), max_size=50))
def test_pieces_of_text_are_joined_and_encoded(pieces: list[str]) -> None:
    member = packed("a", encoded(iter(pieces * 300)))
    whole = ("".join(pieces) * 300).encode()
    assert (member.size, member.crc) == (len(whole), zlib.crc32(whole))
    assert zlib.decompress(b"".join(member.chunks), -15) == whole
