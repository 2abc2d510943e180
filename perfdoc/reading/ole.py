"""OLE compound files ([MS-CFB]), the container of .doc, .wps, .xls and encrypted files, by olefile.

Names of streams are compared without regard to case ([MS-CFB] 2.6.4).
"""

from __future__ import annotations

import io
import struct

import olefile

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def root_names(data: bytes) -> tuple[str, ...]:
    """Names of the streams and storages at the root, as written, or none where the bytes are not a compound file."""
    file = _opened(data)
    return tuple(entry.name for entry in file.root.kids) if file and file.root else ()


def stream(data: bytes, *names: str) -> bytes:
    """What the first stream of these names at the root holds; nothing where there is none, or it is damaged."""
    file = _opened(data)
    for name in names:
        try:
            if file and file.exists(name):
                content: bytes = file.openstream(name).read()
                return content
        except Exception:  # olefile meets damage with whatever Python raises there
            return b""
    return b""


def _opened(data: bytes) -> olefile.OleFileIO[bytes] | None:
    if not data.startswith(SIGNATURE) or not _is_possible(data):
        return None
    try:
        return olefile.OleFileIO(io.BytesIO(data))
    except Exception:  # olefile meets damage with whatever Python raises there
        return None


def _is_possible(data: bytes) -> bool:
    """Whether the allocation table has room in the file; olefile follows one in a circle for as long as it says."""
    if len(data) < 512:
        return False
    shift, tables = struct.unpack_from("<H", data, 30)[0], struct.unpack_from("<I", data, 44)[0]
    return shift in (9, 12) and bool(tables << shift <= len(data))
