"""A repository's choices for reading: `import:` of `perfdoc.yaml`, or `[tool.perfdoc.import]` of `pyproject.toml`."""

from __future__ import annotations

from pathlib import Path

from perfdoc.errors import UsageError
from perfdoc.repository.given import given_near
from perfdoc.texts import say


def boilerplate_near(folder: Path | None = None) -> tuple[str, ...]:
    """The texts around forms that are known to the repository of a spec in `folder` (`extract`).

    UsageError for settings that make no sense.
    """
    given, file = given_near(folder, "import")
    if given is None or given == "":
        return ()
    if not isinstance(given, dict) or given.keys() - {"boilerplate"}:
        raise UsageError(say("importing.settings.group", file=file))
    texts = given.get("boilerplate") or []
    if not isinstance(texts, list) or not all(isinstance(each, str) and each.strip() for each in texts):
        raise UsageError(say("importing.settings.texts", file=file))
    return tuple(texts)
