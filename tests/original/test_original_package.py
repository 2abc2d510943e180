"""The zip of a received file: what does not change is copied byte by byte, however odd the zip is."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

import pytest

from perfdoc.errors import RefusedError
from perfdoc.original.package import with_parts

CONTENTS = {"[Content_Types].xml": b"<Types/>" * 9, "word/document.xml": b"<doc/>" * 99, "word/media/a.png": b"\x89PNG"}


def made(**options: bool) -> bytes:
    """A zip as Python writes it; `streamed` has data descriptors, `wide` zip64 fields."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = b"a comment"
        for name, content in CONTENTS.items():
            info = zipfile.ZipInfo(name, (2021, 3, 4, 5, 6, 8))
            info.compress_type = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            info.comment, info.external_attr = b"remark", 0o600 << 16
            info.extra = struct.pack("<2H", 0x7075, 3) + b"abc"
            with archive.open(info, "w", force_zip64=options.get("wide", False)) as entry:
                entry.write(content)
    return stream.getvalue()


class Stream(io.RawIOBase):
    """A stream that can't be sought, for which a writer must put sizes behind each content."""

    def __init__(self) -> None:
        self.data = b""

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.data += bytes(data)
        return len(data)


def streamed() -> bytes:
    stream = Stream()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in CONTENTS.items():
            archive.writestr(name, content)
    return stream.data


def without_signatures() -> bytes:
    """Data descriptors may lack their signature (APPNOTE.TXT 4.3.9.3)."""
    with zipfile.ZipFile(io.BytesIO(streamed())) as archive:
        contents = {info: archive.read(info) for info in archive.infolist()}
    records = directory = b""
    for info, content in contents.items():
        packer = __import__("zlib").compressobj(9, 8, -15)
        data = packer.compress(content) + packer.flush()
        name, sizes = info.filename.encode(), struct.pack("<3L", info.CRC, len(data), len(content))
        common = struct.pack("<5H", 20, 8, 8, 0, 0x21)
        offset = len(records)
        records += b"PK\3\4" + common + bytes(12) + struct.pack("<2H", len(name), 0) + name + data + sizes
        directory += b"PK\1\2\x14\0" + common + sizes + struct.pack("<5H2L", len(name), 0, 0, 0, 0, 0, offset) + name
    count = len(contents)
    return records + directory + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(directory), len(records), 0)


ZIPS: dict[str, Callable[[], bytes]] = {
    "usual": made,
    "zip64": lambda: made(wide=True),
    "data descriptors": streamed,
    "without their signatures": without_signatures,
    "bytes before": lambda: b"#!/bin/sh\n" + made(),
    "bytes behind": lambda: made() + b"trailing",
}


def raw(data: bytes) -> dict[tuple[str, int], bytes]:
    """Each entry's own record but for what may follow its content, by name and turn."""
    found: dict[tuple[str, int], bytes] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            at = info.header_offset
            name, extra = struct.unpack_from("<2H", data, at + 26)
            turn = sum(known == info.filename for known, _ in found)
            found[info.filename, turn] = data[at : at + 30 + name + extra + info.compress_size]
    return found


@pytest.mark.parametrize("make", ZIPS.values(), ids=ZIPS.keys())
def test_one_part_changes_and_no_other_byte(make: Callable[[], bytes]) -> None:
    data = make()
    assert with_parts(data, "f", {}) is data
    new = with_parts(data, "f", {"WORD/document.xml": b"<new/>" * 1000})
    before, after = raw(data), raw(new)
    assert list(before) == list(after)
    changed = [name for name in before if before[name] != after[name]]
    assert changed == [("word/document.xml", 0)]
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(io.BytesIO(new)) as archive:
        assert archive.testzip() is None
        assert archive.comment == old.comment
        first = next(info for info in archive.infolist() if info.filename == "word/document.xml")
        assert archive.read(first) == b"<new/>" * 1000
        for one, other in zip(old.infolist(), archive.infolist(), strict=True):
            assert (one.date_time, one.comment, one.external_attr) == (
                other.date_time,
                other.comment,
                other.external_attr,
            )


def test_the_same_contents_give_the_same_bytes() -> None:
    assert with_parts(made(), "f", {"a.xml": b"a"}) == with_parts(made(), "f", {"a.xml": b"a"})


@pytest.mark.parametrize("make", [made, streamed, ZIPS["bytes before"]])
def test_a_new_part_stands_behind_the_others(make: Callable[[], bytes]) -> None:
    new = with_parts(make(), "f", {"word/注.xml": b"<x/>"})
    with zipfile.ZipFile(io.BytesIO(new)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [*CONTENTS, "word/注.xml"]
        assert archive.read("word/注.xml") == b"<x/>"


def test_a_stored_part_stays_stored() -> None:
    new = with_parts(made(), "f", {"word/media/a.png": b"\x89PNG2"})
    with zipfile.ZipFile(io.BytesIO(new)) as archive:
        assert archive.getinfo("word/media/a.png").compress_type == zipfile.ZIP_STORED
        assert archive.read("word/media/a.png") == b"\x89PNG2"


def test_a_zip64_directory_is_kept() -> None:
    """Records 4.3.14 and 4.3.15, as some writers add to any zip."""
    data = made()
    at = data.rindex(b"PK\5\6")
    *_, here, count, size, offset, _ = struct.unpack_from("<4s4H2LH", data, at)
    wide = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, here, count, size, offset)
    data = data[:at] + wide + struct.pack("<4sLQL", b"PK\6\7", 0, at, 1) + data[at:]
    new = with_parts(data, "f", {"word/document.xml": b"<new/>", "b.xml": b"b"})
    with zipfile.ZipFile(io.BytesIO(new)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [*CONTENTS, "b.xml"]


def encrypted(data: bytes) -> bytes:
    """The flag of the second entry says so in the directory."""
    at = data.index(b"PK\1\2", data.index(b"PK\1\2") + 4)
    return data[: at + 8] + bytes([data[at + 8] | 1]) + data[at + 9 :]


def overlapping(data: bytes) -> bytes:
    """Two entries of the directory name one record."""
    at = data.index(b"PK\1\2")
    then = data.index(b"PK\1\2", at + 4)
    return data[: then + 42] + data[at + 42 : at + 46] + data[then + 46 :]


def doubled(data: bytes) -> bytes:
    """A part is there twice: perfdoc reads the first, Python the last."""
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("word/document.xml", b"second")
    return stream.getvalue()


ODD = {
    "packed": encrypted,
    "twice": doubled,
    "zip": overlapping,
}


@pytest.mark.parametrize(("reason", "harm"), ODD.items())
def test_what_is_too_odd_is_refused(reason: str, harm: Callable[[bytes], bytes]) -> None:
    with pytest.raises(RefusedError) as refused:
        with_parts(harm(made()), "f.docx", {"word/document.xml": b""})
    assert refused.value.reason == reason
    assert str(refused.value).startswith("f.docx:")


@pytest.mark.parametrize("cut", [0, 10, 100, 300])
def test_what_is_cut_off_is_refused(cut: int) -> None:
    with pytest.raises(RefusedError):
        with_parts(made()[:cut], "f.docx", {"word/document.xml": b""})
