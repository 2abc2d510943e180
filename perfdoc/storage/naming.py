"""Folders for sources: a name that every system can hold, and never one name for two sources."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256

_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,7}")
_DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\..*)?", re.IGNORECASE)
_LOCK = "~$"  # so Office calls the file by which it knows that a document is open; nothing else should be called so

_MOST_BYTES = 120  # ext4 and zip allow 255; a folder before it and a sync tool's suffix must fit too
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')


def safe(name: str) -> str:
    """`name` without what Windows or a zip can't hold in one, of at most 120 bytes; `""` if nothing is left.

    What they can't hold becomes `-`, white space one space, what can't be seen goes, dots at the ends too.
    """
    text = _FORBIDDEN.sub("-", unicodedata.normalize("NFC", name))
    text = " ".join("".join(char for char in text if char.isprintable() or char.isspace()).split())
    return text.encode()[:_MOST_BYTES].decode(errors="ignore").strip(" .")


def folder_name(name: str) -> str:
    """`name` as Windows, Linux and a zip can hold it; never empty, hidden, or called as a device or an Office lock."""
    found = safe(name).lstrip(". ") or "unnamed"
    return f"_{found}" if _DEVICE.fullmatch(found) or found.startswith(_LOCK) else found


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
        found[key] = free(chosen, taken.__contains__)
        taken.add(key_of(found[key]))
    return found


def documents_for(
    names: Mapping[str, str], folders: Iterable[str] = (), owned: Callable[[str, str], bool] = lambda folder, key: False
) -> dict[str, str]:
    """key → name of the folder for a file, of key → its name; none is one of `folders`.

    It is the file's name without its suffix; with it, where several files or a folder would get the same.
    `owned(folder, key)` says that a folder (as `key_of` gives it) belongs to another file from an earlier run.
    """
    taken = {key_of(folder) for folder in folders}
    shorts = {key: folder_name(stem(name)) for key, name in names.items()}
    many_short = Counter(map(key_of, shorts.values()))
    many_whole: Counter[str] = Counter()  # counted once a name needs it, which is rare
    for key, short in shorts.items():

        def is_taken(folder: str, key: str = key) -> bool:
            return folder in taken or owned(folder, key)

        if many_short[key_of(short)] == 1 and not is_taken(key_of(short)):
            chosen = short
        else:
            many_whole = many_whole or Counter(key_of(folder_name(name)) for name in names.values())
            whole = folder_name(names[key])
            marked = f"{whole}-{_mark(key)}"
            unique = many_whole[key_of(whole)] == 1 and not is_taken(key_of(whole))
            chosen = free(whole if unique else marked, is_taken)
        shorts[key] = chosen  # its place in the dictionary stays, and so does the order of keys
        taken.add(key_of(chosen))
    return shorts


def free(name: str, is_taken: Callable[[str], bool]) -> str:
    """`name`, or with a number behind it the first that is not taken, as `key_of` gives it."""
    chosen, number = name, 1
    while is_taken(key_of(chosen)):
        number += 1
        chosen = f"{name}-{number}"
    return chosen


def _mark(key: str) -> str:
    return sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:6]
