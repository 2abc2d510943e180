"""The bytes of a file, of this machine or of a store, up to a limit."""

import os
from typing import IO

from perfdoc.errors import UnreadableError, UsageError
from perfdoc.storage import store
from perfdoc.storage.paths import is_url, joined
from perfdoc.texts import reason, say

MAX_BYTES = 256 * 2**20
"""The largest file that is taken into memory (256 MiB); a document of 2,000 projects is some 2 MB."""
_PIECE = 2**20


def bytes_of(given: str) -> bytes:
    """The bytes of a file, or of what stands at a URL.

    Raises UnreadableError where there is none, it may not be read or it is too large; UsageError for a folder.
    """
    try:
        if is_url(given):
            return _by_url(given)
        if os.path.isdir(given):  # noqa: PTH112 - a Path would drop what the user typed
            raise UsageError(say("storage.folder", path=given))
        with open(given, "rb") as stream:  # noqa: PTH123
            return capped(stream, given)
    except OSError as error:
        raise UnreadableError(f"{given}: {_reason(error)}") from error
    except ValueError as error:  # a NUL in the name
        raise UnreadableError(say("storage.no_name", path=given)) from error


def all_of(folder: str, suffixes: tuple[str, ...], most: int) -> dict[str, bytes]:
    """The files in a folder of a store whose names end so, by name, `most` bytes of each and a few more.

    OSError where the store can't be reached; none where the folder is not there.
    """
    try:
        names = store.listed(folder).files
    except FileNotFoundError:
        return {}
    return {name: store.read(joined(folder, name), most) for name in names if name.endswith(suffixes)}


def capped(stream: IO[bytes], name: str) -> bytes:
    """All bytes of a stream. UnreadableError where they are more than MAX_BYTES.

    It is read piece by piece: it may be a pipe, and `read(limit)` would take the limit's memory at once.
    """
    content = bytearray()
    while piece := stream.read(_PIECE):
        content += piece
        if len(content) > MAX_BYTES:
            raise _too_large(name)
    return bytes(content)


def _by_url(given: str) -> bytes:
    if not (data := store.read(given, MAX_BYTES)) and store.is_folder(given):
        raise UsageError(say("storage.folder", path=given))
    if len(data) > MAX_BYTES:
        raise _too_large(given)
    return data


def _too_large(name: str) -> UnreadableError:
    return UnreadableError(say("storage.large", path=name, most=MAX_BYTES >> 20))


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return say("storage.not_there")
    if isinstance(error, PermissionError):
        return say("storage.denied")
    return reason(error)
