"""A form's files with another meaning of one of its labels, and what was changed in them."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from perfdoc.errors import FormError, UsageError
from perfdoc.extraction.vocabulary.keys import named
from perfdoc.form_definition import EXTRA, TARGET_PARTS, Column, FormField, load_form
from perfdoc.form_definition.invalid import faults as told
from perfdoc.form_lint import lint
from perfdoc.labelling.description import COLUMNS, FIELDS, Description, Entry
from perfdoc.labelling.printed import Printed, tag
from perfdoc.model import INDICATOR_PATHS, PROJECT_PATHS
from perfdoc.report import Severity
from perfdoc.texts import say

_RECORDS = {"project": FIELDS, "indicator": COLUMNS}
_WORD, _YAML = "form.docx", "form.yaml"


class Relabelled(NamedTuple):
    """The files of a form that change, by name, and a line for each change."""

    files: Mapping[str, bytes]
    said: tuple[str, ...]


def relabelled(folder: Path, label: str, path: str) -> Relabelled:
    """The form in a folder with a label that names the value at a path, `goals` or `extra.LABEL`.

    `project.` or `indicator.` may stand before a path that both have. Raises UsageError where there is no such path or
    the form can't be changed so, with what to do; FormError for an unsound form; RefusedError as `write_texts`.
    """
    return _Change(folder).to(label, path)


def unlabelled(folder: Path, label: str) -> Relabelled:
    """The form in a folder with a label that names nothing else: its value is kept under it again.

    A label that is one spelling of several is left out. Raises as `relabelled` does.
    """
    change = _Change(folder)
    entry = change.entry(label)
    own = f"{EXTRA}.{named(label)}"
    if entry is None or entry.path == own:
        raise UsageError(say("labelling.names_nothing", label=label, form=folder.name))
    if len(entry.labels) > 1:
        text = change.description.without_label(entry, label)
        return change.made(text, None, say("labelling.without", label=label, path=entry.path))
    record = next(record for record, group in _RECORDS.items() if group == entry.group)
    return change.to(label, f"{record}.{own}")


def meaning(folder: Path, label: str) -> str:
    """What a label of the form in a folder names, as `relabelled` takes it; "" for nothing."""
    entry = _Change(folder).entry(label)
    record = next((record for record, group in _RECORDS.items() if entry and group == entry.group), "")
    return f"{record}.{entry.path}" if entry else ""


def agreed(folder: Path) -> Relabelled:
    """The form in a folder whose `form.yaml` was edited by hand: the tags of `form.docx` follow it.

    A label that means a value which is printed nowhere has the tag of what was kept under it. Raises as `relabelled`.
    """
    return _Change(folder).agreed()


class _Change:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.form = load_form(folder)
        self.description = Description((folder / _YAML).read_text(encoding="utf-8"))
        word = folder / _WORD
        self.printed = Printed(word.read_bytes(), str(word)) if word.is_file() else None

    def entry(self, label: str) -> Entry | None:
        """The entry that a label names."""
        return next((one for one in self.description.entries() if one.has(label)), None)

    def to(self, label: str, path: str) -> Relabelled:
        """The form with a label that names the value at a path."""
        entry = self.entry(label)
        group, path = _sound(path, entry)
        if entry is not None and entry.path == path:
            found = self.agreed()
            return found if found.files else Relabelled({}, (say("labelling.same", label=label, path=path),))
        held = next((one for one in self.description.entries() if (one.group, one.path) == (group, path)), None)
        if entry is not None:
            if held is not None:
                other = held.labels[0] if held.labels else path
                raise UsageError(say("labelling.held", path=path, other=other, form=self.folder.name))
            return self._moved(entry, label, path)
        said = say("labelling.names", label=label, path=path)
        word = None
        if self.printed is not None and not self.printed.has(group, path):
            written = self.printed.tagged(group, label, path)
            if written is None:
                place = self.printed.place_of(label) or self.folder / _WORD
                raise UsageError(
                    say("labelling.no_place", place=place, label=label, tag=f"{{{{ {tag(group, path)} }}}}")
                )
            word = written.data
        if held is not None:
            printed = self.printed is None or self.printed.place_of(label) is not None
            further = [] if printed else [say("labelling.spelling", label=label)]
            return self.made(self.description.with_label(held, label), word, said, *further)
        return self.made(self.description.with_entry(group, path, label), word, said)

    def _moved(self, entry: Entry, label: str, path: str) -> Relabelled:
        """An entry means another value; a label that only its path names is written down."""
        text = self.description.with_path(entry, path)
        if not entry.labels:
            moved = Description(text)
            text = moved.with_label(entry._replace(path=path), label)
        said = say("labelling.moved", label=label, old=entry.path, new=path)
        if self.printed is None:
            raise UsageError(say("labelling.list", form=self.folder.name))
        written = self.printed.retagged(entry.group, entry.path, path)
        lines = [f"{one.place}: {one.before} → {one.after}" for one in written.changes]
        return self.made(text, written.data if written.changes else None, said, *lines)

    def agreed(self) -> Relabelled:
        """The form with the tags that its description asks for."""
        entries, word, said = [*self.description.entries()], None, []
        declared = {(one.group, one.path) for one in entries}
        for one in entries:
            kept = [f"{EXTRA}.{named(label)}" for label in one.labels]
            for old in kept:
                if self.printed is None or (one.group, old) in declared or self.printed.has(one.group, one.path):
                    continue
                written = self.printed.retagged(one.group, old, one.path)
                if written.changes:
                    word, self.printed = written.data, Printed(written.data, str(self.folder / _WORD))
                    said += [f"{each.place}: {each.before} → {each.after}" for each in written.changes]
        return self.made(self.description.text, word, *said) if word is not None else Relabelled({}, ())

    def made(self, text: str, word: bytes | None, *said: str) -> Relabelled:
        """The files that change, if `form lint` finds no fault that was not there. Raises UsageError else."""
        files = {_YAML: text.encode(), **({_WORD: word} if word is not None else {})}
        with tempfile.TemporaryDirectory(prefix="perfdoc-") as within:
            trial = Path(within, self.folder.name)
            trial.mkdir()
            for file in self.folder.glob("form.*"):
                (trial / file.name).write_bytes(files.get(file.name, file.read_bytes()))
            before = {(one.code, one.message) for one in lint(self.folder)}
            new = [
                one for one in lint(trial) if one.severity is Severity.error and (one.code, one.message) not in before
            ]
            if new:
                raise FormError(say("labelling.unsound", form=self.folder.name, why=new[0].message, code=new[0].code))
        return Relabelled(files, said)


def _sound(path: str, entry: Entry | None) -> tuple[str, str]:
    """The group that a path belongs to, and the path itself. Raises UsageError where there is no such value."""
    record, _, rest = path.partition(".")
    group = _RECORDS.get(record, "")
    if group:
        path = rest
    elif entry is not None:
        group = entry.group
    else:
        group = COLUMNS if path in {*INDICATOR_PATHS, *TARGET_PARTS} - {*PROJECT_PATHS} else FIELDS
    if entry is not None and entry.group != group:
        raise UsageError(say(f"labelling.other_group.{entry.group}", path=path))
    try:
        (Column if group == COLUMNS else FormField)(path=path)
    except ValidationError as error:
        raise UsageError(next(said for _, said in told(error))) from error
    return group, path
