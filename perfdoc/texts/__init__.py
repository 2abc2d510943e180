"""What perfdoc says to people, in English and in Chinese: texts by key, from the YAML files of this folder.

A key is the file's name and the way inside it: `rendering.lists.no_room` stands in `rendering.yaml`. A text is
filled as `str.format` fills it. Of a number, `{n:entry|entries}` is the word for one or for several, and `{n:|s}`
the ending. What is said is in the language of the moment in which it is said; what is written into specs never is.
"""

import errno
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pkgutil import get_data
from typing import Any, Literal, cast

Language = Literal["en", "zh"]
Both = tuple[str, str]
"""A text in Chinese and in English."""
LANGUAGES: tuple[Language, ...] = ("en", "zh")
_whole: list[Language] = ["en"]  # this process's language
_within: ContextVar[Language | None] = ContextVar("language", default=None)


class Number(int):
    """A number that a text can choose a word by."""

    def __format__(self, spec: str) -> str:
        one, bar, several = spec.partition("|")
        return (one if self == 1 else several) if bar else super().__format__(spec)


def say(key: str, /, **values: object) -> str:
    """The text of a key, its places filled with the values."""
    text = texts(key.partition(".")[0])[key][language()]
    if not values:
        return text
    return text.format_map({name: Number(one) if type(one) is int else one for name, one in values.items()})


def listed(found: Iterable[object]) -> str:
    """Names or texts one after the other, with the comma of the language."""
    return say("lists.comma").join(map(str, found))


def in_language(both: Both) -> str:
    """The one of two texts that is spoken now."""
    return both[0 if language() == "zh" else 1]


def language() -> Language:
    """The language of what is said now."""
    return _within.get() or _whole[0]


def speak(chosen: Language) -> None:
    """From now on, the whole process speaks this language."""
    _whole[0] = chosen


@contextmanager
def speaking(chosen: Language) -> Iterator[None]:
    """What this thread says inside of the block is in this language."""
    token = _within.set(chosen)
    try:
        yield
    finally:
        _within.reset(token)


def of_the_user() -> Language:
    """The language that the user's environment asks for: Chinese for any Chinese one, else English."""
    name = next((each for each in map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG")) if each), "")
    if not name and sys.platform == "win32":
        import ctypes
        import locale

        name = locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"


def reason(error: OSError) -> str:
    """What the operating system says is wrong."""
    key = f"system.{errno.errorcode.get(error.errno or 0, '')}"
    return say(key) if key in texts("system") else say("system.other", said=error.strerror or error)


@cache
def texts(domain: str) -> Mapping[str, Mapping[Language, str]]:
    """All texts of a file of this folder, by key."""
    import yaml  # which a run that says nothing does without

    data = get_data(__name__, f"{domain}.yaml")
    assert data is not None, domain
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # every value is a text: `no` is a word, `2` as well
    return dict(_leaves(domain, yaml.load(data, loader)))


def _leaves(key: str, node: dict[str, Any]) -> Iterator[tuple[str, Mapping[Language, str]]]:
    if node.keys() == set(LANGUAGES):
        yield key, cast(Mapping[Language, str], node)
        return
    for name, below in node.items():
        yield from _leaves(f"{key}.{name}", below)
