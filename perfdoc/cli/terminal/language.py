"""The language of messages: asked for, chosen by the repository, or the locale's."""

from __future__ import annotations

import locale
import os


def language(*given: str | None) -> str:
    """The first that is given, or what the locale says: Chinese for a Chinese one, else English."""
    chosen = next((each for each in given if each), "")
    if chosen:
        return chosen
    names = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    name = next((each for each in names if each), "") or (locale.getlocale()[0] or "")
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"
