"""What `perfdoc init` puts into a repository: settings, schemas for the editor, samples for pre-commit and CI."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from perfdoc.errors import UsageError
from perfdoc.git.command import text_of
from perfdoc.repository.folders import IN_PYPROJECT, SETTINGS
from perfdoc.samples.editor import with_schemas
from perfdoc.specs import schema_text
from perfdoc.texts import reason

CI = Literal["github", "gitlab", "none"]
Became = Literal["written", "replaced", "added_to", "unchanged", "left", "lacking", "outdated", "elsewhere", "unfit"]
_NAME = "perfdoc"
_CI = {"github": ".github/workflows/perfdoc.yml", "gitlab": ".gitlab-ci.yml"}


class Step(NamedTuple):
    """What becomes of a file. `text` is its new text, `add` what a person must add to it.

    A file that is there and differs is `left`; where it says nothing of perfdoc, it is `lacking`. A schema of another
    version is `outdated`. Settings that stand in pyproject.toml are `elsewhere`; what is no JSON is `unfit`.
    """

    path: Path
    became: Became
    text: str | None = None
    add: str = ""


def ci_of(root: Path) -> CI:
    """The CI of a repository by what is there: GitLab's file, GitHub's folder, where it was cloned from; or GitHub."""
    if (root / _CI["gitlab"]).exists():
        return "gitlab"
    if (root / ".github").is_dir() or not (root / ".git").exists():
        return "github"
    return "gitlab" if "gitlab" in text_of("config", "--get", "remote.origin.url", where=root) else "github"


def steps(root: Path, ci: CI, version: str, force: bool = False) -> Iterator[Step]:
    """What becomes of each file in a repository's root; nothing is written. With `force` samples are written anew."""
    if _in_pyproject(root):
        yield Step(root / SETTINGS, "elsewhere")
    else:
        yield _sample(root / SETTINGS, _text("settings.yaml"), force, telling=False)
    yield _sample(root / ".pre-commit-config.yaml", _text("pre-commit.yaml"), force)
    if ci != "none":
        yield _sample(root / _CI[ci], _text(f"{ci}.yml").replace("VERSION", version), force)
    yield from (_schema(root / f".vscode/{kind}.schema.json", schema_text(kind), force) for kind in _KINDS)
    yield _editor(root / ".vscode/settings.json")


_KINDS: tuple[Literal["project", "document"], ...] = ("project", "document")


def _text(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def _standing(file: Path) -> str | None:
    try:
        return file.read_bytes().decode("utf-8", "surrogateescape")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UsageError(f"{file}: {reason(error)}") from error


def _sample(file: Path, text: str, force: bool, telling: bool = True) -> Step:
    old = _standing(file)
    if old is not None and old.replace("\r\n", "\n") == text:  # as git may check it out on Windows
        return Step(file, "unchanged")
    if old is None or force:
        return Step(file, "written" if old is None else "replaced", text)
    return Step(file, "lacking", add=text) if telling and _NAME not in old else Step(file, "left")


def _schema(file: Path, text: str, force: bool) -> Step:
    made = _sample(file, text, force, telling=False)
    return made._replace(became="outdated") if made.became == "left" else made


def _editor(file: Path) -> Step:
    """The editor's settings are a person's own: only the schemas that are missing are added, the rest stays."""
    old, fresh = _standing(file), with_schemas("{}\n")
    try:
        new = with_schemas(old) if old is not None and old.strip() else fresh
    except ValueError:
        return Step(file, "unfit", add=fresh)
    if new == old:
        return Step(file, "unchanged")
    return Step(file, "written" if old is None else "added_to", new)


def _in_pyproject(root: Path) -> bool:
    """Whether the repository's settings stand in pyproject.toml; one that is none of TOML has none."""
    try:
        return "perfdoc" in tomllib.loads((root / IN_PYPROJECT).read_text(encoding="utf-8")).get("tool", {})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return False
