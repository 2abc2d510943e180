"""Forms loaded from their folders: `form.yaml` as a Form."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from perfdoc.errors import FormError, UsageError
from perfdoc.form_definition.described import Form
from perfdoc.form_definition.folders import DEFAULT_FORM, form_folders, template_folders
from perfdoc.yamltree import parse


def load_form(folder: Path) -> Form:
    """The form in a folder. Raises FormError, which names form.yaml and the place, where it is unsound."""
    file = folder / "form.yaml"
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FormError(f"{file}: {error}") from error
    tree = parse(text, str(file))
    if tree.diagnostics:
        raise FormError("", tree.diagnostics)
    if not isinstance(tree.value, dict):
        raise FormError(f"{file}: a form is a mapping of title, heading, fields and columns")
    try:
        return Form.model_validate({**tree.value, "name": folder.name, "folder": folder})
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        line = next((tree.marks[at][0] for at in _ways_up(first["loc"]) if at in tree.marks), 1)
        raise FormError(f"{file}:{line}: {where}: {first['msg'].removeprefix('Value error, ')}") from error


def _ways_up(path: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    return (path[:end] for end in range(len(path), -1, -1))


def forms(folders: tuple[Path, ...] = ()) -> dict[str, Form]:
    """Every form by its name, in the order of names. Raises FormError for the first unsound one."""
    return _forms(template_folders(folders))


@cache
def _forms(folders: tuple[Path, ...]) -> dict[str, Form]:
    return {name: load_form(folder) for name, folder in form_folders(folders).items()}


def form(name: str | None, folders: tuple[Path, ...] = ()) -> Form:
    """The form of a name; None is the default form. Raises UsageError where there is none of that name."""
    known = forms(folders)
    if (name or DEFAULT_FORM) not in known:
        raise UsageError(f"no form {name!r}; there are: {', '.join(known) or 'none'}")
    return known[name or DEFAULT_FORM]
