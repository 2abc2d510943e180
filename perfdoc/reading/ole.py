"""OLE compound files ([MS-CFB]), the container of .doc, .wps, .xls and encrypted files, by olefile.

Names of streams are compared without regard to case ([MS-CFB] 2.6.4).
"""

from __future__ import annotations

import io
import struct

import olefile

from perfdoc.layout import Trace

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def root_names(data: bytes) -> tuple[str, ...]:
    """Names of the streams and storages at the root, as written, or none where the bytes are not a compound file."""
    file = _opened(data)
    return tuple(path[0] for path in file.listdir(storages=True) if len(path) == 1) if file else ()


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


def trace(data: bytes) -> Trace | None:
    """What the file was rendered from, where a program that saved it has kept that property of ours.

    It is looked for in the stream of custom properties ([MS-OLEPS] 2.21) as a text of either kind, VT_LPSTR or
    VT_LPWSTR; the name of the form is as it is written where the code page is that of UTF-8.
    """
    properties = stream(data, "\x05DocumentSummaryInformation")
    texts = (properties.decode(encoding, "replace") for encoding in ("utf-8", "utf-16-le"))
    return next(filter(None, map(Trace.of, texts)), None)


def _opened(data: bytes) -> olefile.OleFileIO[str] | None:
    """The compound file, or None for what is none.

    Its allocation table must have room in it: olefile follows one in a circle for as long as the file says.
    """
    if not data.startswith(SIGNATURE) or len(data) < 512:
        return None
    shift, tables = struct.unpack_from("<H", data, 30)[0], struct.unpack_from("<I", data, 44)[0]
    if shift not in (9, 12) or tables << shift > len(data):
        return None
    try:
        return olefile.OleFileIO(io.BytesIO(data))
    except Exception:  # olefile meets damage with whatever Python raises there
        return None
