"""What is given to read: files, folders, and `-` for standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from perfdoc.errors import UnreadableError, UsageError
from perfdoc.jobs import store
from perfdoc.jobs.paths import is_url

STDIN = "-"
MAX_BYTES = 256 * 2**20
"""The largest file that is taken into memory (256 MiB); a document of 2,000 projects is some 2 MB."""
_PIECE = 2**20


def name_of(given: str) -> str:
    """What messages call it."""
    return "<stdin>" if given == STDIN else given


def bytes_of(given: str) -> bytes:
    """The bytes of a file, of what stands at a URL, or of standard input for `-`.

    Raises UnreadableError where there is none or it may not be read, UsageError for a folder.
    """
    if given == STDIN:
        return _capped(sys.stdin.buffer, name_of(given))
    try:
        if is_url(given):
            return _by_url(given)
        if os.path.isdir(given):  # noqa: PTH112 - a Path would drop what the user typed
            raise UsageError(f"{given}: is a folder; name the files in it")
        with open(given, "rb") as stream:  # noqa: PTH123
            return _capped(stream, given)
    except OSError as error:
        raise UnreadableError(f"{given}: {_reason(error)}") from error
    except ValueError as error:  # a NUL in the name
        raise UnreadableError(f"{given}: not a file name") from error


def _by_url(given: str) -> bytes:
    if not (data := store.read(given, MAX_BYTES)) and store.is_folder(given):
        raise UsageError(f"{given}: is a folder; name the files in it")
    if len(data) > MAX_BYTES:
        raise _too_large(given)
    return data


def is_spec_name(given: str) -> bool:
    """Whether the name is one of a spec: a folder, or a YAML file."""
    return given != STDIN and (given.lower().endswith((".yaml", ".yml")) or Path(given).is_dir())


def document_folders(folder: Path) -> Iterator[Path]:
    """`folder` and the folders below it that hold a `document.yaml`, in order of names; hidden ones left out."""
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if "document.yaml" in files:
            yield Path(root)


def distinct(names: Sequence[str]) -> list[str]:
    """The names, later ones numbered (`x`, `x-2`) where a file system that ignores case would take two for one."""
    taken: set[str] = set()
    found: list[str] = []
    for name in names:
        chosen, number = name, 1
        while chosen.casefold() in taken:
            number += 1
            chosen = f"{name}-{number}"
        taken.add(chosen.casefold())
        found.append(chosen)
    return found


def _capped(stream: IO[bytes], name: str) -> bytes:
    """All of a stream, piece by piece: it may be a pipe, and reading with a limit would take the limit's memory."""
    content = bytearray()
    while piece := stream.read(_PIECE):
        content += piece
        if len(content) > MAX_BYTES:
            raise _too_large(name)
    return bytes(content)


def _too_large(name: str) -> UnreadableError:
    return UnreadableError(f"{name}: larger than {MAX_BYTES >> 20} MiB")


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, PermissionError):
        return "may not be read (permission denied)"
    return error.strerror or str(error)
