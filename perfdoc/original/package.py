"""A zip whose entries stay as they are but for those that change (APPNOTE.TXT 4.3).

Records are copied as bytes: local headers, packed contents, and what stands before, between and behind them. A changed
entry is packed anew in its place, with its name, date, method and extra fields and without a data descriptor; a new one
stands behind the others. In the directory only sizes, sums and offsets differ.
"""

import io
import struct
import zipfile
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from zlib_ng import zlib_ng

from perfdoc.original.refusals import refused
from perfdoc.reading.package import BROKEN_ZIP, part_name
from perfdoc.report import Place

_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_HEADER = struct.Struct("<4s5H3L2H")
"""A local header: signature, version, flags, method, time, date, sum, packed size, size, lengths of name and extra."""
_ENTRY = struct.Struct("<4s6H3L5H2L")
"""An entry of the directory: signature, versions, flags, method, time, date, sum, packed size, size, lengths of name,
extra and comment, disk, attributes, offset."""
_TAIL = struct.Struct("<4s4H2LH")
"""What ends a zip: signature, disks, numbers of entries, size and offset of the directory, length of the comment."""
_DESCRIBED, _ENCRYPTED, _UTF8 = 0x8, 0x2041, 0x800
_STORED, _DEFLATED = 0, 8
_FIRST_DAY = 0x21  # 1980-01-01, the earliest date that a zip can hold
_LARGEST = 0xFFFFFFFF  # a size or an offset that stands in a zip64 field instead
_LEVEL, _RAW = 7, -15  # as `rendering.archive` packs


class _Entry(NamedTuple):
    """An entry: its name as a part, its record in the directory, and where its own begins and the next one begins."""

    key: str
    record: bytes
    begin: int
    end: int


def with_parts(data: bytes, file: str, contents: Mapping[str, bytes]) -> bytes:
    """The zip with other contents of some entries, or with new ones; the same bytes where `contents` is empty.

    Raises RefusedError for a zip that can't be changed so: one whose records overlap, an entry that is encrypted,
    packed in another way or there twice.
    """
    if not contents:
        return data
    wanted = {part_name(name): (name, new) for name, new in contents.items()}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [*_entries(data, archive, Place(file))]
            return _changed(data, entries, archive.start_dir, wanted, Place(file))
    except BROKEN_ZIP as error:  # struct.error where a number is too large for its field, too
        raise refused("zip", Place(file)) from error


def _entries(data: bytes, archive: zipfile.ZipFile, place: Place) -> Iterator[_Entry]:
    """The entries in the directory's order; each ends where the next one's record begins."""
    at, begins = archive.start_dir, sorted(info.header_offset for info in archive.infolist())
    ends = dict(reversed([*zip(begins, [*begins[1:], at], strict=True)]))
    for info in archive.infolist():
        fields, begin = _ENTRY.unpack_from(data, at), info.header_offset
        record = data[at : at + _ENTRY.size + sum(fields[10:13])]
        at += len(record)
        *_, name, extra = _HEADER.unpack_from(data, begin)
        whole = data.startswith(_LOCAL, begin) and _LARGEST not in (*fields[8:10], fields[16])
        if not whole or begin + _HEADER.size + name + extra + info.compress_size > ends[begin]:
            raise refused("zip", place)
        yield _Entry(part_name(info.filename), record, begin, ends[begin])


def _changed(
    data: bytes, entries: list[_Entry], directory: int, wanted: dict[str, tuple[str, bytes]], place: Place
) -> bytes:
    """The file with other contents by the keys of parts; `directory` is where that of the zip begins."""
    keys = [entry.key for entry in entries]
    if doubled := [key for key in wanted if keys.count(key) > 1]:
        raise refused("twice", place._replace(part=doubled[0]))
    pieces: list[bytes] = []
    records: dict[int, bytes] = {}
    at = moved = before = 0
    for entry in sorted(entries, key=lambda each: each.begin):
        fields = _ENTRY.unpack_from(entry.record)
        found = wanted.pop(entry.key, None)
        before = entry.begin - fields[16]  # bytes before the zip itself
        if found is None:
            records[entry.begin] = _ENTRY.pack(*fields[:16], fields[16] + moved) + entry.record[_ENTRY.size :]
            continue
        if fields[3] & _ENCRYPTED or fields[4] not in (_STORED, _DEFLATED):
            raise refused("packed", place._replace(part=entry.key))
        local, records[entry.begin] = _packed(data, entry, found[1], fields[16] + moved)
        pieces += (data[at : entry.begin], local)
        moved += len(local) - (entry.end - entry.begin)
        at = entry.end
    pieces.append(data[at:directory])
    listed = [records[entry.begin] for entry in entries]
    offset = directory - before + moved
    for name, content in wanted.values():
        local, record = _new(name, content, offset)
        pieces.append(local)
        listed.append(record)
        offset += len(local)
    return b"".join((*pieces, *listed, _tail(data, listed, offset)))


def _tail(data: bytes, listed: list[bytes], offset: int) -> bytes:
    """What ends the zip, for another directory at another offset; records of zip64 are not needed."""
    end = data.rfind(_END)
    signature, disk, first, *_, comment = _TAIL.unpack_from(data, end)
    count, size = len(listed), sum(map(len, listed))
    return _TAIL.pack(signature, disk, first, count, count, size, offset, comment) + data[end + _TAIL.size :]


def _packed(data: bytes, entry: _Entry, content: bytes, offset: int) -> tuple[bytes, bytes]:
    """An entry's own record and that in the directory, with another content."""
    _, made, version, flags, method, time, date, *_, length, more, comment, disk, internal, external, _ = (
        _ENTRY.unpack_from(entry.record)
    )
    packed = content if method == _STORED else _deflated(content)
    common = (version, flags & ~_DESCRIBED, method, time, date, zlib_ng.crc32(content), len(packed), len(content))
    rest = entry.record[_ENTRY.size :]
    extra = _without_zip64(rest[length : length + more])
    fields = (made, *common, length, len(extra), comment, disk, internal, external, offset)
    record = _ENTRY.pack(_CENTRAL, *fields) + rest[:length] + extra + rest[length + more :]
    at = entry.begin + _HEADER.size
    *_, length, more = _HEADER.unpack_from(data, entry.begin)
    name, extra = data[at : at + length], _without_zip64(data[at + length : at + length + more])
    return _HEADER.pack(_LOCAL, *common, length, len(extra)) + name + extra + packed, record


def _new(name: str, content: bytes, offset: int) -> tuple[bytes, bytes]:
    """The records of a new entry."""
    raw, packed = name.encode(), _deflated(content)
    flags = 0 if name.isascii() else _UTF8
    sizes = zlib_ng.crc32(content), len(packed), len(content)
    common = (20, flags, _DEFLATED, 0, _FIRST_DAY, *sizes, len(raw), 0)
    record = _ENTRY.pack(_CENTRAL, 20, *common, 0, 0, 0, 0, offset) + raw
    return _HEADER.pack(_LOCAL, *common) + raw + packed, record


def _deflated(content: bytes) -> bytes:
    squeeze = zlib_ng.compressobj(_LEVEL, zlib_ng.DEFLATED, _RAW)
    return squeeze.compress(content) + squeeze.flush()


def _without_zip64(extra: bytes) -> bytes:
    """Extra fields but that of sizes which need eight bytes (4.5.3)."""
    kept, at = b"", 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<2H", extra, at)
        kept += extra[at : at + 4 + size] if kind != 1 else b""
        at += 4 + size
    return kept + extra[at:]
