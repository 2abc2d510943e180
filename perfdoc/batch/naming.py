"""Folders for sources: a name that every system can hold, and never one name for two sources."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256

from perfdoc.spec.names import safe

_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,7}")
_DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\..*)?", re.IGNORECASE)


def folder_name(name: str) -> str:
    """`name` as Windows, Linux and a zip can hold it; never empty, hidden, or the name of a device of Windows."""
    found = safe(name).lstrip(". ") or "unnamed"
    return f"_{found}" if _DEVICE.fullmatch(found) else found


def stem(name: str) -> str:
    """A file's name without its suffix (`预算.docx` → `预算`); `2023.1` has none."""
    head, dot, tail = name.rpartition(".")
    return head if head and _SUFFIX.fullmatch(dot + tail) else name


def key_of(name: str) -> str:
    """What is equal for two names that some file system takes for one."""
    return name.casefold()


def folders_for(names: Mapping[str, str]) -> dict[str, str]:
    """key → name of the folder for a folder, of key → its name; those that would get the same are told apart."""
    wanted = {key: folder_name(name) for key, name in names.items()}
    many = Counter(key_of(one) for one in wanted.values())
    taken: set[str] = set()
    found: dict[str, str] = {}
    for key, one in wanted.items():
        chosen = one if many[key_of(one)] == 1 else f"{one}-{_mark(key)}"
        found[key] = _free(chosen, taken.__contains__)
        taken.add(key_of(found[key]))
    return found


def documents_for(
    names: Mapping[str, str],
    folders: Iterable[str] = (),
    owned: Callable[[str, str], bool] = lambda folder, key: False,
) -> dict[str, str]:
    """key → name of the folder for a file, of key → its name; none is one of `folders`.

    It is the file's name without its suffix; with it, where several files or a folder would get the same.
    `owned(folder, key)` says that a folder (as `key_of` gives it) belongs to another file from an earlier run.
    """
    taken = {key_of(folder) for folder in folders}
    shorts = {key: folder_name(stem(name)) for key, name in names.items()}
    wholes = {key: folder_name(name) for key, name in names.items()}
    many_short, many_whole = Counter(map(key_of, shorts.values())), Counter(map(key_of, wholes.values()))
    found: dict[str, str] = {}
    for key, short in shorts.items():
        whole = wholes[key]
        candidates = [f"{whole}-{_mark(key)}"]
        if many_whole[key_of(whole)] == 1:
            candidates.insert(0, whole)
        if many_short[key_of(short)] == 1:
            candidates.insert(0, short)

        def is_taken(folder: str, key: str = key) -> bool:
            return folder in taken or owned(folder, key)

        chosen = next((one for one in candidates if not is_taken(key_of(one))), candidates[-1])
        found[key] = _free(chosen, is_taken)
        taken.add(key_of(found[key]))
    return found


def _free(name: str, is_taken: Callable[[str], bool]) -> str:
    chosen, number = name, 1
    while is_taken(key_of(chosen)):
        number += 1
        chosen = f"{name}-{number}"
    return chosen


def _mark(key: str) -> str:
    """Six characters that a key always gives."""
    return sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:6]
