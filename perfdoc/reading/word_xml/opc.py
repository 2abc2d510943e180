"""A Word package made from parts, so that one reader serves every file that holds such parts."""

import io
import zipfile
from collections.abc import Mapping

from perfdoc.reading.package import part_name

_LONGEST_NAME = 2**16 - 1  # bytes, APPNOTE.TXT 4.4.10


def package_of(parts: Mapping[str, bytes]) -> bytes:
    """The parts (name → bytes) as a zip, not compressed: it is read at once and thrown away.

    Of parts whose names differ in case or slashes alone the first is taken, as it is of a zip's entries; a part of
    a name that no entry can have is left out.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, content in {
            part_name(name): (name, content) for name, content in reversed([*parts.items()])
        }.values():
            if len(name.encode()) <= _LONGEST_NAME:
                archive.writestr(zipfile.ZipInfo(name.lstrip("/")), content)
    return made.getvalue()


def as_utf8(data: bytes) -> bytes:
    """XML in UTF-16 with its mark, or in UTF-8, as UTF-8 without a mark; its declaration must not name another."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data.decode("utf-16", "replace").encode("utf-8", "replace")
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if data.startswith(b"<?xml"):
        data = data.partition(b"?>")[2]
    return data
