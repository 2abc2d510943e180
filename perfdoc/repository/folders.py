"""The folders in which the forms and settings of specs are looked for.

They are found from the spec's folder, then from the current one, upwards to the root of the repository, which is the
folder with `.git` in it. What lies above is foreign and never read.
"""

from collections.abc import Iterator
from pathlib import Path

SETTINGS = "perfdoc.yaml"
IN_PYPROJECT = "pyproject.toml"
TEMPLATES = "templates"
"""The folder of forms beside a repository's settings."""


def root_of(folder: Path) -> Path | None:
    """The root of the repository that a folder is in: `.git` is a folder there, or a file (a worktree, a submodule)."""
    folder = folder.resolve()
    return next((one for one in (folder, *folder.parents) if (one / ".git").exists()), None)


def folders_near(folder: Path | None = None) -> tuple[Path, ...]:
    """The folders in which the forms and settings of a spec in `folder` are looked for; the first that has some wins.

    Without a repository the current folder is the root of what is in it, and any other folder stands for itself.
    """
    here = Path.cwd()
    return tuple(dict.fromkeys(one for start in (folder or here, here) for one in _upwards(start.resolve(), here)))


def _upwards(start: Path, here: Path) -> Iterator[Path]:
    root = root_of(start) or (here.resolve() if start.is_relative_to(here.resolve()) else start)
    for folder in (start, *start.parents):
        yield folder
        if folder == root:
            return


def home_near(folder: Path | None = None) -> Path:
    """The folder of a repository's own forms, there or not: `templates` beside the nearest settings or where it stands.

    Where neither is there it is at the repository's root, without one in the current folder.
    """
    near = folders_near(folder)
    found = next((one for one in near if (one / SETTINGS).is_file() or (one / TEMPLATES).is_dir()), None)
    return (found or root_of(folder or Path.cwd()) or Path.cwd()) / TEMPLATES
