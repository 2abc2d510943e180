"""The language of a run: `--lang`, or the repository's choice, or the user's."""

import gettext
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from perfdoc.errors import PerfdocError
from perfdoc.repository.folders import IN_PYPROJECT, SETTINGS, folders_near
from perfdoc.texts import LANGUAGES, Language, language, of_the_user, speak

_DOMAIN = "perfdoc"
_OWN = "rollover"
"""The verb whose `--lang` is about what it writes, and not about what it says."""
_SAID = re.compile(rb"\blang[\"']?\s*[:=]")


@contextmanager
def spoken(args: Sequence[str]) -> Iterator[None]:
    """Speak the language of a run with these arguments, and have click speak it, which asks gettext for its words."""
    before = language(), gettext.textdomain(), os.environ.get("LANGUAGE")
    speak(chosen(args))
    gettext.bindtextdomain(_DOMAIN, str(Path(__file__).parents[1] / "texts" / "locale"))
    gettext.textdomain(_DOMAIN)
    os.environ["LANGUAGE"] = language()
    try:
        yield
    finally:
        speak(before[0])
        gettext.textdomain(before[1])
        os.environ["LANGUAGE"] = before[2] or ""


def chosen(args: Sequence[str]) -> Language:
    """The language in which a run with these arguments speaks. It is known before anything can be wrong with them."""
    for name in _asked(args):
        if name in LANGUAGES:
            return name
    return of_the_user()


def _asked(args: Sequence[str]) -> Iterator[str]:
    given = list(args)
    for end in ("--", _OWN):
        del given[given.index(end) if end in given else len(given) :]
    for at, each in reversed(list(enumerate(given))):
        name, equals, value = each.partition("=")
        if name == "--lang":
            yield value if equals else "".join(given[at + 1 : at + 2])
    paths = (Path(one) for one in given[1:])
    first = next((one if one.is_dir() else one.parent for one in paths if one.exists()), Path())
    yield from _near(first)


def _near(folder: Path) -> Iterator[str]:
    """`lang:` of the settings for a folder, and `check: lang:`; verbs that read them say what is wrong."""
    try:
        named = [folder / name for folder in folders_near(folder) for name in (SETTINGS, IN_PYPROJECT)]
        if not any(_SAID.search(file.read_bytes()) for file in named if file.is_file()):
            return
        from perfdoc.repository.given import given_near  # with the reader of YAML, which most runs need not wait for

        yield str(given_near(folder, "lang")[0])
        own = given_near(folder, "check")[0]
    except (PerfdocError, OSError):
        return
    yield str(own.get("lang")) if isinstance(own, dict) else ""
