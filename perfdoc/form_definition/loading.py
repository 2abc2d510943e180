"""Forms found in their folders and loaded: `form.yaml` as a Form."""

import os
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from perfdoc.errors import FormError, UsageError
from perfdoc.form_definition.described import Form
from perfdoc.form_definition.invalid import faults
from perfdoc.repository.folders import TEMPLATES, folders_near
from perfdoc.texts import listed, reason, say
from perfdoc.yamltree import parse


def load_form(folder: Path) -> Form:
    """The form in a folder. Raises FormError, which names form.yaml and the place, where it is unsound."""
    file = folder / "form.yaml"
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise FormError(say("storage.cant_read", path=file, why=reason(error))) from error
    except UnicodeDecodeError as error:
        raise FormError(say("storage.cant_read", path=file, why=say("forms.not_utf8"))) from error
    tree = parse(text, str(file))
    if tree.diagnostics:
        raise FormError("", tree.diagnostics)
    if not isinstance(tree.value, dict):
        raise FormError(f"{file}: {say('forms.mapping')}")
    try:
        return Form.model_validate({**tree.value, "name": folder.name, "folder": folder})
    except ValidationError as error:
        path, said = next(faults(error))
        line = next((tree.marks[at][0] for at in _ways_up(path) if at in tree.marks), 1)
        raise FormError(f"{file}:{line}: {said}") from error


def _ways_up(path: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    return (path[:end] for end in range(len(path), -1, -1))


def forms(folders: tuple[Path, ...] = (), near: Path | None = None) -> dict[str, Form]:
    """Every form by its name, in the order of names, for specs in the folder `near` (default: the current one).

    Raises FormError for the first unsound one.
    """
    return _forms(template_folders(folders, near))


def forget() -> None:
    """Load forms anew when they are asked for next: their files have changed."""
    _forms.cache_clear()
    _found.cache_clear()
    _loaded.cache_clear()


def refreshed(near: Path | None = None) -> None:
    """Load forms anew where a file of one has changed since this was asked last, for who works on and on."""
    folders = template_folders((), near)
    now = tuple(
        (str(file), (about := file.stat()).st_mtime_ns, about.st_size)
        for folder in folders
        if folder != _packaged().resolve()
        for file in sorted(folder.glob("*/form.*"))
    )
    if _stamps.setdefault(folders, now) != now:
        forget()
        _stamps.clear()
        _stamps[folders] = now


_stamps: dict[tuple[Path, ...], tuple[tuple[str, int, int], ...]] = {}
"""What the files of forms were like when they were looked at last, by the folders in which forms are looked for."""


@cache
def _forms(folders: tuple[Path, ...]) -> dict[str, Form]:
    return {name: _loaded(folder) for name, folder in _found(folders).items()}


@cache
def _loaded(folder: Path) -> Form:
    return load_form(folder)


@cache
def _found(folders: tuple[Path, ...]) -> dict[str, Path]:
    return _in(folders)


def form(name: str | None, folders: tuple[Path, ...] = (), near: Path | None = None) -> Form:
    """The form of a name; None is the default form. No other is loaded.

    Raises UsageError where there is none of that name, FormError where it is unsound.
    """
    known = _found(template_folders(folders, near))
    if (name or DEFAULT_FORM) not in known:
        raise UsageError(say("forms.unknown", name=repr(name), known=listed(known) or say("forms.none")))
    return _loaded(known[name or DEFAULT_FORM])


DEFAULT_FORM = "tianjin"
SEARCH = "PERFDOC_TEMPLATES"
"""The environment variable that names further folders of forms, separated as in PATH."""


def template_folders(extra: Sequence[Path] = (), near: Path | None = None) -> tuple[Path, ...]:
    """Where forms are looked for, first found wins: `extra`, PERFDOC_TEMPLATES, the folders `templates` of the
    repository (`folders_near`), perfdoc's own. Those of the repository are left out where they are not there."""
    own = tuple(one / TEMPLATES for one in folders_near(near) if (one / TEMPLATES).is_dir())
    return _resolved(tuple(extra), os.environ.get(SEARCH, ""), own, Path.cwd())


@cache  # asked for with every file
def _resolved(extra: tuple[Path, ...], search: str, own: tuple[Path, ...], here: Path) -> tuple[Path, ...]:
    named = [here / one for one in search.split(os.pathsep) if one]
    folders = [*extra, *named, *own, _packaged()]
    return tuple(dict.fromkeys(folder.resolve() for folder in folders))


def _packaged() -> Path:
    """The folder of the forms that come with perfdoc: in the package, or beside it where it is not installed."""
    inside = Path(__file__).parents[1] / "templates"
    return inside if inside.is_dir() else Path(__file__).resolve().parents[2] / "templates"


def is_packaged(folder: Path) -> bool:
    """Whether a form's folder is one of those that come with perfdoc."""
    return folder.resolve().parent == _packaged().resolve()


def form_folders(extra: Sequence[Path] = ()) -> dict[str, Path]:
    """The folder of each form by its name, in the order of names; of two with one name the first that is found."""
    return _in(template_folders(extra))


def _in(folders: Sequence[Path]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for folder in folders:
        for file in folder.glob("*/form.yaml"):
            found.setdefault(file.parent.name, file.parent)
    return dict(sorted(found.items()))
