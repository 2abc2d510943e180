"""What is given to read: files, folders, and `-` for standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from perfdoc.storage import content

STDIN = "-"
MAX_BYTES = content.MAX_BYTES


def name_of(given: str) -> str:
    """What messages call it."""
    return "<stdin>" if given == STDIN else given


def bytes_of(given: str) -> bytes:
    """The bytes of a file, of what stands at a URL, or of standard input for `-`.

    Raises UnreadableError where there is none or it may not be read, UsageError for a folder.
    """
    return content.capped(sys.stdin.buffer, name_of(given)) if given == STDIN else content.bytes_of(given)


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
