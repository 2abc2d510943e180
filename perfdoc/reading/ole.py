"""The names at the root of an OLE compound file ([MS-CFB]), to tell .doc, .wps, .xls and encrypted files."""

from __future__ import annotations

import struct
from collections.abc import Iterator

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST_SECTOR = 0xFFFFFFFA  # sector numbers from here on are marks, [MS-CFB] 2.1
_NO_STREAM = 0xFFFFFFFF
_ENTRY = 128  # bytes of a directory entry, [MS-CFB] 2.6.1
_MAIN = frozenset(("worddocument", "workbook", "book"))
MAX_DIRECTORY = 4096
"""Directory sectors that are followed; a sound office file has some tens."""


def root_names(data: bytes) -> frozenset[str]:
    """Names of the streams and storages at the root, or none where the bytes are not a sound compound file."""
    if not data.startswith(SIGNATURE) or len(data) < 512:
        return frozenset()
    try:
        return frozenset(_children_of_root(_directory(data)))
    except (struct.error, IndexError, ValueError):
        return frozenset()


def leads_in_circles(data: bytes) -> bool:
    """Whether the directory, or the short sectors of Word's or Excel's stream, are a circle ([MS-CFB] 2.4, 2.6.4).

    xlrd trusts a file that they are not, and would follow one until the memory is full.
    """
    if not data.startswith(SIGNATURE):
        return False
    try:
        directory = _directory(data)
        short = _sectors(data, struct.unpack_from("<I", data, 60)[0])
        least = struct.unpack_from("<I", data, 56)[0]  # bytes of a stream from which on it is in sectors of its own
        met = [*_entries_of_root(directory)]
    except (struct.error, IndexError, ValueError):
        return False  # whoever reads it sees that it is damaged
    if len(met) > len(set(met)):
        return True
    after = struct.unpack(f"<{len(short) // 4}I", short[: len(short) // 4 * 4])
    for entry in met:
        raw = directory[entry * _ENTRY : (entry + 1) * _ENTRY]
        sector, size = struct.unpack_from("<2I", raw, 116)
        left = len(after) if size < least and _name(raw).lower() in _MAIN else -1
        while left >= 0 and sector < len(after):
            sector = after[sector]
            left -= 1
            if left < 0:
                return True
    return False


def _directory(data: bytes) -> bytes:
    return _sectors(data, struct.unpack_from("<I", data, 48)[0])


def _sectors(data: bytes, sector: int) -> bytes:
    """What a chain of sectors holds, from its first one on, up to a bound."""
    shift = struct.unpack_from("<H", data, 30)[0]
    if shift not in (9, 12):
        raise ValueError("sector size")
    size = 1 << shift
    fat = _fat_sectors(data, size)
    pieces: list[bytes] = []
    while sector < _LAST_SECTOR and len(pieces) < MAX_DIRECTORY:
        start = (sector + 1) * size
        pieces.append(data[start : start + size])
        holder = fat[sector // (size // 4)]
        sector = struct.unpack_from("<I", data, (holder + 1) * size + sector % (size // 4) * 4)[0]
    return b"".join(pieces)


def _fat_sectors(data: bytes, size: int) -> list[int]:
    """Numbers of the sectors that hold the allocation table: 109 in the header, the rest in a chain."""
    found = [number for number in struct.unpack_from("<109I", data, 76) if number < _LAST_SECTOR]
    chain = struct.unpack_from("<I", data, 68)[0]
    steps = 0
    while chain < _LAST_SECTOR and steps < MAX_DIRECTORY:
        numbers = struct.unpack_from(f"<{size // 4}I", data, (chain + 1) * size)
        found.extend(number for number in numbers[:-1] if number < _LAST_SECTOR)
        chain = numbers[-1]
        steps += 1
    return found


def _children_of_root(directory: bytes) -> list[str]:
    """Names of the entries at the root, each once."""
    names: list[str] = []
    for entry in dict.fromkeys(_entries_of_root(directory)):
        names.append(_name(directory[entry * _ENTRY : (entry + 1) * _ENTRY]))
    return names


def _name(entry: bytes) -> str:
    length = min(struct.unpack_from("<H", entry, 64)[0], 64)
    return entry[: max(length - 2, 0)].decode("utf-16-le", "replace")


def _entries_of_root(directory: bytes) -> Iterator[int]:
    """Walk the tree of siblings below entry 0 ([MS-CFB] 2.6.4); one that is met again is given again, and no more."""
    waiting = [struct.unpack_from("<I", directory, 76)[0]]
    seen: set[int] = set()
    while waiting:
        entry = waiting.pop()
        if entry == _NO_STREAM or (entry + 1) * _ENTRY > len(directory):
            continue
        yield entry
        if entry not in seen:
            seen.add(entry)
            waiting.extend(struct.unpack_from("<2I", directory, entry * _ENTRY + 68))
