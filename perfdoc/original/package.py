"""A zip whose entries stay as they are but for those that change (APPNOTE.TXT 4.3).

Records are found by their offsets and copied as bytes: local headers, packed contents, data descriptors, and what
stands before, between and behind them. A changed entry is packed anew in its place, with its name, date, method and
extra fields; a new one stands behind the others. In the directory only sizes, sums and offsets differ.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import NamedTuple

from zlib_ng import zlib_ng

from perfdoc.original.refusals import refused
from perfdoc.reading.package import part_name
from perfdoc.report import Place

_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_END64, _LOCATOR, _DESCRIPTOR = b"PK\x06\x06", b"PK\x06\x07", b"PK\x07\x08"
_HEADER = struct.Struct("<4s5H3L2H")
"""A local header: signature, version, flags, method, time, date, sum, packed size, size, lengths of name and extra."""
_ENTRY = struct.Struct("<4s6H3L5H2L")
"""An entry of the directory: signature, versions, flags, method, time, date, sum, packed size, size, lengths of name,
extra and comment, disk, attributes, offset."""
_TAIL = struct.Struct("<4s4H2LH")
_TAIL64 = struct.Struct("<4sQ2H2L4Q")
_LOCATED = struct.Struct("<4sLQL")
_DESCRIBED, _ENCRYPTED, _UTF8 = 0x8, 0x2041, 0x800
_STORED, _DEFLATED = 0, 8
_FIRST_DAY = 0x21  # 1980-01-01, the earliest date that a zip can hold
_LARGEST = 0xFFFFFFFF  # a size that stands in a zip64 field instead
_LEVEL, _RAW = 7, -15  # as `rendering.archive` packs


class _Entry(NamedTuple):
    """An entry: its fields in the directory, its record there, and where its own record begins and ends."""

    fields: tuple[int, ...]
    record: bytes
    begin: int
    end: int

    @property
    def key(self) -> str:
        """Its name as a part."""
        name = self.record[_ENTRY.size : _ENTRY.size + self.fields[10]]
        return part_name(name.decode("utf-8" if self.fields[3] & _UTF8 else "cp437", "replace"))


class _Tail(NamedTuple):
    """What ends a zip: where its directory begins and ends, and how many bytes stand before the zip."""

    begin: int
    stop: int
    end: int
    before: int


def with_parts(data: bytes, file: str, contents: Mapping[str, bytes]) -> bytes:
    """The zip with other contents of some entries, or with new ones; the same bytes where `contents` is empty.

    Of entries of one name the first changes, which is the one that is read. Raises RefusedError for a zip that can't
    be changed so: one whose records overlap, an entry that is encrypted or packed in another way.
    """
    if not contents:
        return data
    try:
        return _Zip(data, Place(file)).changed({part_name(name): (name, new) for name, new in contents.items()})
    except (struct.error, UnicodeError, OverflowError) as error:
        raise refused("zip", Place(file)) from error


class _Zip:
    def __init__(self, data: bytes, place: Place) -> None:
        self._data = data
        self._place = place
        self._tail = self._find_tail()
        self._entries = list(self._find_entries())

    def changed(self, wanted: dict[str, tuple[str, bytes]]) -> bytes:
        """The file with other contents by the keys of parts."""
        data, before = self._data, self._tail.before
        pieces: list[bytes] = []
        records: dict[int, bytes] = {}
        at = moved = 0
        for entry in sorted(self._entries, key=lambda each: each.begin):
            found = wanted.pop(entry.key, None)
            offset = entry.begin - before + moved
            if found is None:
                fields = (*entry.fields[1:16], offset)
                records[entry.begin] = _ENTRY.pack(_CENTRAL, *fields) + entry.record[_ENTRY.size :]
                continue
            local, records[entry.begin] = self._packed(entry, found[1], offset)
            pieces += (data[at : entry.begin], local)
            moved += len(local) - (entry.end - entry.begin)
            at = entry.end
        pieces.append(data[at : self._tail.begin])
        listed = [records[entry.begin] for entry in self._entries]
        offset = self._tail.begin - before + moved
        for name, content in wanted.values():
            local, record = _new(name, content, offset)
            pieces.append(local)
            listed.append(record)
            offset += len(local)
        return b"".join((*pieces, *listed, self._ended(len(wanted), sum(map(len, listed)), offset)))

    def _find_tail(self) -> _Tail:
        data = self._data
        end = stop = data.rfind(_END)
        *_, size, offset, _ = _TAIL.unpack_from(data, max(end, 0))
        if end >= _LOCATED.size and data.startswith(_LOCATOR, end - _LOCATED.size):
            stop = data.rfind(_END64, 0, end)
            size, offset = _TAIL64.unpack_from(data, max(stop, 0))[8:10]
        begin = stop - size
        if min(end, stop, begin, begin - offset) < 0:
            raise refused("zip", self._place)
        return _Tail(begin, stop, end, begin - offset)

    def _find_entries(self) -> list[_Entry]:
        """The entries in the directory's order."""
        entries, at = [], self._tail.begin
        while at < self._tail.stop and self._data.startswith(_CENTRAL, at):
            fields = _ENTRY.unpack_from(self._data, at)
            end = at + _ENTRY.size + sum(fields[10:13])
            begin = fields[16] + self._tail.before
            entries.append(_Entry(fields, self._data[at:end], begin, self._end_of(begin, fields)))
            at = end
        placed = sorted(entries, key=lambda each: each.begin)
        ends = [each.end for each in placed]
        followers = [*(each.begin for each in placed[1:]), self._tail.begin]
        if at != self._tail.stop or any(end > begin for end, begin in zip(ends, followers, strict=True)):
            raise refused("zip", self._place)
        return entries

    def _end_of(self, begin: int, fields: tuple[int, ...]) -> int:
        """Where the record of an entry ends, its data descriptor included (4.3.9)."""
        *_, name, extra = _HEADER.unpack_from(self._data, begin)
        crc, packed, size = fields[7:10]
        if not self._data.startswith(_LOCAL, begin) or _LARGEST in (packed, size):
            raise refused("zip", self._place)
        end: int = begin + _HEADER.size + name + extra + packed
        if not fields[3] & _DESCRIBED:
            return end
        for shape in ("<3L", "<L2Q"):
            described = struct.pack(shape, crc, packed, size)
            for descriptor in (_DESCRIPTOR + described, described):
                if self._data.startswith(descriptor, end):
                    return end + len(descriptor)
        return end

    def _packed(self, entry: _Entry, content: bytes, offset: int) -> tuple[bytes, bytes]:
        """An entry's own record and that in the directory, with another content."""
        _, made, version, flags, method, time, date, *_ = entry.fields
        if flags & _ENCRYPTED or method not in (_STORED, _DEFLATED):
            raise refused("packed", self._place._replace(part=entry.key))
        packed = content if method == _STORED else _deflated(content)
        sizes = zlib_ng.crc32(content), len(packed), len(content)
        common = (version, flags & ~_DESCRIBED, method, time, date, *sizes)
        at = entry.begin + _HEADER.size
        length, more = _HEADER.unpack_from(self._data, entry.begin)[9:11]
        name, extra = self._data[at : at + length], _without_zip64(self._data[at + length : at + length + more])
        local = _HEADER.pack(_LOCAL, *common, len(name), len(extra)) + name + extra + packed
        length, more, comment, disk, internal, external = entry.fields[10:16]
        rest = entry.record[_ENTRY.size :]
        extra = _without_zip64(rest[length : length + more])
        fields = (made, *common, length, len(extra), comment, disk, internal, external, offset)
        return local, _ENTRY.pack(_CENTRAL, *fields) + rest[:length] + extra + rest[length + more :]

    def _ended(self, more: int, size: int, offset: int) -> bytes:
        """The records that end the zip, for a directory of another size at another offset."""
        data, (_, stop, end, _) = self._data, self._tail
        signature, disk, first, here, count, _, _, comment = _TAIL.unpack_from(data, end)
        wide = b""
        if stop < end:
            *head, here64, count64, _, _ = _TAIL64.unpack_from(data, stop)
            located, number, _, disks = _LOCATED.unpack_from(data, end - _LOCATED.size)
            wide = _TAIL64.pack(*head, here64 + more, count64 + more, size, offset)
            wide += data[stop + _TAIL64.size : end - _LOCATED.size]
            wide += _LOCATED.pack(located, number, offset + size, disks)
            size, offset = (
                _LARGEST if each == _LARGEST else new
                for each, new in zip(_TAIL.unpack_from(data, end)[5:7], (size, offset), strict=True)
            )
        here, count = (each if each == 0xFFFF else each + more for each in (here, count))
        tail = _TAIL.pack(signature, disk, first, here, count, size, offset, comment)
        return wide + tail + data[end + _TAIL.size :]


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
