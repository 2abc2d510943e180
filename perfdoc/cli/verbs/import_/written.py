"""What `perfdoc import` does with one file, said as values: no word is printed here, so that it may run anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from perfdoc.cli.files.documents import load_given, standing
from perfdoc.cli.files.output import Outcome, compared, write
from perfdoc.errors import UsageError
from perfdoc.jobs.paths import base, joined
from perfdoc.specs.listed import names_of, texts_of

if TYPE_CHECKING:
    from perfdoc.report import Diagnostic, Reading


class Written(NamedTuple):
    """What became (or would become) of each file of a document's folder, and the files that are left over in it."""

    outcomes: Mapping[Path, Outcome] | Mapping[str, Outcome]
    left_over: tuple[Diagnostic, ...]

    def said(self, dry_run: bool) -> str:
        """The number of files with each outcome: `3 written, 1 unchanged`."""
        every = list(self.outcomes.values())
        return ", ".join(f"{n} {_would(outcome, dry_run)}" for outcome in Outcome if (n := every.count(outcome)))


def write_specs(folder: Path, reading: Reading, *, force: bool, dry_run: bool, staging: Path | None = None) -> Written:
    """Write a document to its folder, all files or none; those that say the same already stay as they are.

    `staging` as for `output.write`. Raises ConflictError where a file differs, without `force`; UsageError where
    one can't be written.
    """
    from perfdoc import specs

    there, names = _there(folder, reading)
    texts = specs.files(reading.document, names)
    contents = {folder / name: text.encode() for name, text in texts.items()}
    says_the_same = {folder / name for name, text in texts.items() if there.get(name) == text}
    outcomes = write(
        contents, force=force, dry_run=dry_run, same=lambda path, _: path in says_the_same, staging=staging
    )
    return Written(outcomes, tuple(_left_over(folder, texts)))


def put_specs(folder: str, reading: Reading, *, force: bool, dry_run: bool, staging: str) -> Written:
    """`write_specs` to a folder in a store, given by its URL: document.yaml last, each file whole.

    Files that were put stay where a later one can't be.
    """
    from perfdoc import specs
    from perfdoc.jobs import store

    try:
        old = standing(folder)
        there, names = _said_there(old, folder, reading)
        texts = specs.files(reading.document, names)
        contents = {joined(folder, name): text.encode() for name, text in texts.items()}
        outcomes = compared(
            contents,
            {joined(folder, name): old.get(name) for name in texts},
            force=force,
            same=lambda url, _: there.get(base(url)) == contents[url].decode(),
        )
        for url in reversed(contents):
            if outcomes[url] is not Outcome.unchanged and not dry_run:
                store.put(url, contents[url], staging)
    except OSError as error:
        raise UsageError(f"{folder}: can't be written ({error.strerror or error})") from error
    return Written(outcomes, tuple(_left(joined(folder, name) for name in sorted(old.keys() - texts.keys()))))


def _said_there(
    old: Mapping[str, bytes], folder: str, reading: Reading
) -> tuple[Mapping[str, str], tuple[str, ...] | None]:
    """As `_there`, of files that were read already."""
    from perfdoc import specs
    from perfdoc.errors import SpecError
    from perfdoc.yamltree import decode

    if specs.LISTING not in old:
        return {}, None
    try:
        given = specs.load_files({name: decode(data, name) for name, data in old.items()}, folder)
    except SpecError:
        return {}, None
    names = names_of(given, Path(folder))
    same = [p.name for p in given.document.projects] == [p.name for p in reading.document.projects]
    return texts_of(given.document, names, False), names if same else None


def _there(folder: Path, reading: Reading) -> tuple[Mapping[str, str], tuple[str, ...] | None]:
    """What the folder says already (canonical texts by file), and its files' names if they name the same projects."""
    from perfdoc.errors import SpecError

    if not (folder / "document.yaml").is_file():
        return {}, None
    try:
        given = load_given(str(folder))
    except SpecError:
        return {}, None
    same = [p.name for p in given.reading.document.projects] == [p.name for p in reading.document.projects]
    return given.texts(), given.names if same else None


def _left_over(folder: Path, texts: Mapping[str, str]) -> list[Diagnostic]:
    return _left(file.as_posix() for file in sorted(folder.glob("*.yaml")) if file.name not in texts)


def _left(files: Iterable[str]) -> list[Diagnostic]:
    from perfdoc.report import Diagnostic, Place, Severity

    message = "not part of the document now; left as it is (perfdoc never deletes a file)"
    return [Diagnostic("PD016", Severity.warning, message, Place(file)) for file in files]


def _would(outcome: Outcome, dry_run: bool) -> str:
    return f"to be {outcome}" if dry_run and outcome is not Outcome.unchanged else str(outcome)
