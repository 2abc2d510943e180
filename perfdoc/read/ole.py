"""The names at the root of an OLE compound file ([MS-CFB]), to tell .doc, .wps, .xls and encrypted files."""

from __future__ import annotations

import struct

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST_SECTOR = 0xFFFFFFFA  # sector numbers from here on are marks, [MS-CFB] 2.1
_NO_STREAM = 0xFFFFFFFF
_ENTRY = 128  # bytes of a directory entry, [MS-CFB] 2.6.1
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


def _directory(data: bytes) -> bytes:
    shift = struct.unpack_from("<H", data, 30)[0]
    if shift not in (9, 12):
        raise ValueError("sector size")
    size = 1 << shift
    sector = struct.unpack_from("<I", data, 48)[0]
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
    """Walk the tree of siblings below entry 0 ([MS-CFB] 2.6.4), each entry once."""
    waiting = [struct.unpack_from("<I", directory, 76)[0]]
    seen: set[int] = set()
    names: list[str] = []
    while waiting:
        entry = waiting.pop()
        if entry == _NO_STREAM or entry in seen or (entry + 1) * _ENTRY > len(directory):
            continue
        seen.add(entry)
        raw = directory[entry * _ENTRY : (entry + 1) * _ENTRY]
        length = min(struct.unpack_from("<H", raw, 64)[0], 64)
        names.append(raw[: max(length - 2, 0)].decode("utf-16-le", "replace"))
        waiting.extend(struct.unpack_from("<2I", raw, 68))
    return names
