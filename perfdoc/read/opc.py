"""A Word package made from parts, so that one reader serves every file that holds such parts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping


def package_of(parts: Mapping[str, bytes]) -> bytes:
    """The parts (name → bytes) as a zip, not compressed: it is read at once and thrown away."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
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
