"""Files written: whole or not at all, and never over one that says something else without `--force`.

A file's new content goes to a new file in the same folder, which then takes its place by a rename: whoever
looks, at whatever moment, sees the old file or the new one. The mode of a file that is replaced is kept.
"""

import os
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from perfdoc.errors import ConflictError, UsageError
from perfdoc.storage import store
from perfdoc.storage.unplaced import new_file, staged_file, unused_name
from perfdoc.texts import listed, reason, say

Name = TypeVar("Name", Path, str)
"""A file's path, or the URL of one in a store."""
_SHOWN = 3  # names that a message about many files lists


class Outcome(StrEnum):
    written = "written"
    unchanged = "unchanged"
    replaced = "replaced"


def plan(
    files: Mapping[Path, bytes],
    *,
    force: bool | Collection[Path] = False,
    same: Callable[[Path, bytes], bool] = lambda path, content: False,
) -> dict[Path, Outcome]:
    """What writing `files` would do to each of them: as `compared`. UsageError for what can't be written to."""
    new = {folder for folder in {path.parent for path in files} if not os.path.lexists(folder)}
    standing = {path: None if path.parent in new else _content(path) for path in files}
    return compared(files, standing, force, same)


def compared(
    files: Mapping[Name, bytes],
    standing: Mapping[Name, bytes | None],
    force: bool | Collection[Name],
    same: Callable[[Name, bytes], bool],
) -> dict[Name, Outcome]:
    """What writing `files` over what stands in their places (None: nothing) would do to each of them.

    `same` may say that a file whose bytes differ still says the same; it is then left as it is. Raises
    ConflictError for files that differ, without `force`, which may be for some of them alone.
    """
    outcomes: dict[Name, Outcome] = {}
    for path, content in files.items():
        if (old := standing[path]) is None:
            outcomes[path] = Outcome.written
        else:
            outcomes[path] = Outcome.unchanged if old == content or same(path, content) else Outcome.replaced
    forced = (files if force else ()) if isinstance(force, bool) else force
    differing = [path for path, outcome in outcomes.items() if outcome is Outcome.replaced and path not in forced]
    if differing:
        raise _conflict(differing)
    return outcomes


def _conflict(paths: Sequence[Path | str]) -> ConflictError:
    names = listed(paths[:_SHOWN]) + (" …" if len(paths) > _SHOWN else "")
    return ConflictError(say("storage.differs", paths=names, n=len(paths)))


def carry_out(
    outcomes: Mapping[Path, Outcome], files: Mapping[Path, bytes], staging: Path | None = None, *, force: bool = False
) -> None:
    """Write what `plan` found to be written or replaced: all files beside their places first, then the renames.

    `staging` is a folder for what is not yet in its place, which whoever made it clears away; with it, files that all
    go to one new folder come there together, by one rename. Raises UsageError where a file can't be written, and
    without `force` ConflictError where one came into being meanwhile that differs; what was new is then taken away.
    """
    if staging is not None and _placed_together(outcomes, files, staging):
        return
    staged: list[tuple[Path, Path, Path]] = []
    new: list[Path] = []
    try:
        for path, outcome in outcomes.items():
            if outcome is not Outcome.unchanged:
                with writable(path):
                    target = _followed(path)
                    if target.exists() and not target.is_file():
                        target.write_bytes(files[path])  # a device or a pipe: nothing to rename over
                    else:
                        staged.append((path, staged_file(target, (files[path],), staging), target))
        while staged:  # from the last to the first, so that document.yaml comes after what it lists
            path, temporary, target = staged[-1]
            with writable(path):
                if outcomes[path] is Outcome.replaced or force:
                    temporary.replace(target)
                elif _placed(temporary, target):
                    new.append(target)
                elif target.read_bytes() != files[path]:
                    raise _conflict([path])
                else:
                    temporary.unlink()
            staged.pop()
    except BaseException:
        for target in new:
            target.unlink(missing_ok=True)
        raise
    finally:
        for _, temporary, _ in staged:
            temporary.unlink(missing_ok=True)


def _placed(temporary: Path, target: Path) -> bool:
    """Move a file to a place where none stands; False, and nothing done, where one does.

    A second name can't be given where the name is taken, while a rename would take it: two runs may write to one
    folder at once. File systems without second names (FAT) are looked at just before the rename.
    """
    try:
        os.link(temporary, target)
    except FileExistsError:
        return False
    except OSError:
        if os.path.lexists(target):
            return False
        temporary.rename(target)
    else:
        temporary.unlink()
    return True


def _placed_together(outcomes: Mapping[Path, Outcome], files: Mapping[Path, bytes], staging: Path) -> bool:
    """Make the folder of all these files in `staging` and rename it, where it is not there yet.

    Linux does one rename between two folders at a time: with six a document, processes that work side by side wait
    for each other. False, and nothing done, where it can't be: the other way then says why, or succeeds.
    """
    folders = {path.parent for path in outcomes}
    if len(folders) != 1 or os.path.lexists(folder := folders.pop()):
        return False
    made = staging / unused_name()
    try:
        made.mkdir()
        whole = made / unused_name()
        for path in outcomes:
            new_file(whole, (files[path],))
            whole.rename(made / path.name)  # whoever looks even there sees whole files only
        if not folder.parent.is_dir():
            folder.parent.mkdir(parents=True, exist_ok=True)
        made.rename(folder)
    except BaseException as error:
        shutil.rmtree(made, ignore_errors=True)
        if isinstance(error, OSError | ValueError):
            return False
        raise
    return True


@contextmanager
def writable(path: Path | str) -> Iterator[None]:
    """An error of the system as a UsageError that names the file the user asked for."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UsageError(say("storage.cant_write", path=path, why=reason(error))) from error
    except ValueError as error:  # a NUL in the name
        raise UsageError(say("storage.no_name", path=path)) from error


def write(
    files: Mapping[Path, bytes],
    *,
    force: bool | Collection[Path] = False,
    dry_run: bool = False,
    same: Callable[[Path, bytes], bool] = lambda path, content: False,
    staging: Path | None = None,
) -> dict[Path, Outcome]:
    """`plan`, and unless `dry_run`, `carry_out`."""
    outcomes = plan(files, force=force, same=same)
    if not dry_run:
        carry_out(outcomes, files, staging, force=bool(force))
    return outcomes


def put(
    files: Mapping[str, bytes],
    staging: str,
    *,
    standing: Callable[[str], bytes | None] | None = None,
    force: bool | Collection[str] = False,
    dry_run: bool = False,
    same: Callable[[str, bytes], bool] = lambda url, content: False,
) -> dict[str, Outcome]:
    """`write` for a store: files by their URLs, the last one first; those that were put stay where a later one can't.

    `standing` gives what is at a URL (None: nothing), where that is known already. `staging` is a folder for what is
    being made. Raises ConflictError, and UsageError where the store can't be read or written.
    """
    with writable(next(iter(files))):
        there = {url: standing(url) if standing else _stored(url, len(data)) for url, data in files.items()}
        outcomes = compared(files, there, force, same)
        for url in reversed([*files]):
            if outcomes[url] is not Outcome.unchanged and not dry_run:
                store.put(url, files[url], staging)
    return outcomes


def _stored(url: str, most: int) -> bytes | None:
    return store.read(url, most) if store.exists(url) else None


def write_pieces(path: Path, pieces: Iterable[str]) -> None:
    """Write a text that may be too long to hold, whole or not at all, over what is there.

    Lone surrogates become escapes, as JSON writes them. Raises UsageError where it can't be written.
    """
    with writable(path):
        target = _followed(path)
        encoded = (piece.encode("utf-8", "backslashreplace") for piece in pieces)
        if target.exists() and not target.is_file():
            with target.open("wb") as stream:  # a device or a pipe: nothing to rename over
                stream.writelines(encoded)
            return
        temporary = staged_file(target, encoded)
        try:
            temporary.replace(target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


def _content(path: Path) -> bytes | None:
    """The bytes that stand there, None for nothing or for a device."""
    try:
        if path.is_dir():
            raise UsageError(say("storage.is_folder", path=path))
        return path.read_bytes() if path.is_file() else None
    except OSError as error:
        raise UsageError(say("storage.cant_read", path=path, why=reason(error))) from error


def _followed(path: Path) -> Path:
    """Where a symbolic link leads, so that the link stays one."""
    return path.resolve() if path.is_symlink() else path
