"""A package as bytes: a zip whose order and dates are fixed and whose unchanging members are packed only once."""

import os
import struct
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from zlib_ng import zlib_ng

from perfdoc.errors import UsageError
from perfdoc.texts import say

LEVEL = 7  # zlib-ng's name for what zlib does at 6: as small, in half the time
_RAW = -15  # deflate without zlib's own header and sum, as a zip holds it
_BATCH = 512  # pieces that are joined before they are encoded: larger texts are new pages of memory each time
_LARGEST = 0xFFFFFFFF  # where a plain zip ends and zip64 would begin
_DEFLATED, _STORED = 8, 0


class Packed(NamedTuple):
    """A member ready to be written. `size` and `crc` are those of the unpacked bytes."""

    name: str
    method: int
    crc: int
    size: int
    chunks: tuple[bytes, ...]
    length: int


def packed(name: str, pieces: Iterable[bytes]) -> Packed:
    """A member from its pieces, deflated as they come: the whole is never in memory."""
    squeeze = zlib_ng.compressobj(LEVEL, zlib_ng.DEFLATED, _RAW)
    chunks: list[bytes] = []
    crc = size = 0
    for piece in pieces:
        crc = zlib_ng.crc32(piece, crc)
        size += len(piece)
        chunks.append(squeeze.compress(piece))
    chunks.append(squeeze.flush())
    return Packed(name, _DEFLATED, crc, size, tuple(chunks), sum(map(len, chunks)))


def encoded(pieces: Iterable[str]) -> Iterator[bytes]:
    """Small pieces of text as larger ones of UTF-8."""
    stream = iter(pieces)
    while batch := "".join(islice(stream, _BATCH)).encode():
        yield batch


def stored(name: str, content: bytes) -> Packed:
    """A member that is too small to gain from packing."""
    return Packed(name, _STORED, zlib_ng.crc32(content), len(content), (content,), len(content))


def archive(members: Sequence[Packed], moment: int | None = None) -> bytes:
    """The zip (APPNOTE 4.3) of the members in their order, all dated `moment`, seconds since 1970 in UTC.

    Without a moment the date is the earliest that a zip can hold, 1980-01-01. UsageError where the file
    would be larger than 4 GB.
    """
    day, hour = _dos(moment)
    whole: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for name, method, crc, size, chunks, length in members:
        if size > _LARGEST or offset > _LARGEST:
            raise UsageError(say("rendering.too_large"))
        raw = name.encode()
        flags = 0 if name.isascii() else 0x800  # bit 11: the name is UTF-8
        common = struct.pack("<5H3L2H", 20, flags, method, hour, day, crc, length, size, len(raw), 0)
        whole += (b"PK\x03\x04", common, raw, *chunks)
        directory += (b"PK\x01\x02\x14\0", common, struct.pack("<3H2L", 0, 0, 0, 0, offset), raw)
        offset += 30 + len(raw) + length
    central = b"".join(directory)
    count = len(members)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(central), offset, 0)
    return b"".join((*whole, central, end))


def moment_of_build() -> int | None:
    """`SOURCE_DATE_EPOCH` (reproducible-builds.org): the date that files made by a build shall carry."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not given:
        return None
    if not given.isdigit() or int(given) > 253402300799:  # the year 9999
        raise UsageError(say("rendering.epoch", given=repr(given)))
    return int(given)


def _dos(moment: int | None) -> tuple[int, int]:
    """Date and time of day as a zip writes them; a zip knows the years 1980 to 2107."""
    when = time.gmtime(max(moment or 0, 315532800))
    if when.tm_year > 2107:
        raise UsageError(say("rendering.epoch_late"))
    return (
        (when.tm_year - 1980) << 9 | when.tm_mon << 5 | when.tm_mday,
        when.tm_hour << 11 | when.tm_min << 5 | when.tm_sec // 2,
    )
