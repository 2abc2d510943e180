"""`form.yaml` looked at as a whole: every fault with its line, and where each value is declared."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from pydantic import ValidationError

from perfdoc.extraction.keys import key
from perfdoc.form_definition import Column, Form, FormField
from perfdoc.form_lint.advice import fault
from perfdoc.model import Project
from perfdoc.report import Diagnostic, Place
from perfdoc.report import Path as Steps
from perfdoc.yamltree import Tree, parse

_WRONG = {"extra_forbidden": "unknown key", "missing": "is not there", "string_type": "a text belongs here"}
_NEEDED = "a form is a mapping of title, heading, fields and columns"


@dataclass
class Declared:
    """A form as its `form.yaml` declares it; None where it can't be used. `lines` has the place of every entry."""

    file: str
    form: Form | None
    faults: list[Diagnostic] = field(default_factory=list)
    tree: Tree | None = None

    def place(self, *steps: str | int) -> Place:
        """The line of an entry, `("fields", 2, "labels", 0)`, or of the nearest one around it."""
        for end in range(len(steps), -1, -1):
            mark = self.tree.marks.get(steps[:end]) if self.tree else None
            if mark is not None:
                return Place(self.file, *mark)
        return Place(self.file)


def declared(folder: Path) -> Declared:
    """The form in a folder, with every fault of its `form.yaml`."""
    file = folder / "form.yaml"
    ours = Declared(str(file), None)
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        ours.faults.append(fault("PD075", f"can't be read: {reason}", Place(str(file))))
        return ours
    ours.tree = tree = parse(text, str(file))
    if tree.diagnostics or not isinstance(tree.value, dict):
        ours.faults += tree.diagnostics or (fault("PD075", _NEEDED, Place(str(file))),)
        return ours
    try:
        ours.form = Form.model_validate({**tree.value, "name": folder.resolve().name, "folder": folder})
    except ValidationError as error:
        for one in error.errors():
            steps: Steps = tuple(one["loc"])
            where = ".".join(map(str, steps))
            said = f": {_said(one['type'], one['msg'])}"
            if one["type"] == "tuple_type":
                said = f" is a list: [{one['input']}]" if isinstance(one["input"], str) else " is a list"
            ours.faults.append(fault("PD075", f"{where}{said}", ours.place(*steps)))
    if ours.form is not None:
        ours.faults += [*_heading(ours, ours.form), *_twice(ours, ours.form)]
    return ours


def _said(kind: str, message: str) -> str:
    """What pydantic says of an entry, in our words; of a path that is none, the nearest one that is."""
    if kind in _WRONG:
        return _WRONG[kind]
    said, _, known = message.removeprefix("Value error, ").partition("; there are ")
    near = get_close_matches(said.split("'")[1], re.split(r", | and ", known), n=1) if known else []
    if near:
        return f"{said}; did you mean {near[0]}?"
    return f"{said}; docs/en/forms.md lists the paths" if known else said


def groups_of(form: Form) -> tuple[tuple[str, Sequence[FormField | Column]], ...]:
    """What a form declares: the key in form.yaml, and its entries."""
    return ("fields", form.fields), ("columns", form.columns)


def _heading(ours: Declared, form: Form) -> Iterator[Diagnostic]:
    """PD075: braces in the heading's text, or in its bookmark's name, that are not those that can be filled in."""
    tries: dict[str, tuple[Callable[[], str], str]] = {
        "text": (lambda: form.heading_of(Project(name="x"), 1), "{position} and {name} may stand in it"),
        "section": (lambda: form.section(1), "{sequence} may stand in it, also as {sequence:010d}"),
    }
    for name, (attempt, allowed) in tries.items() if form.heading else ():
        try:
            attempt()
        except (KeyError, IndexError, ValueError, AttributeError):
            yield fault("PD075", f"heading.{name} can't be filled in; {allowed}", ours.place("heading", name))


def _twice(ours: Declared, form: Form) -> Iterator[Diagnostic]:
    """PD075 a value that is declared twice, PD079 a label that stands for two."""
    for group, entries in groups_of(form):
        paths: dict[str, int] = {}
        labels: dict[str, str] = {}
        for at, one in enumerate(entries):
            if one.path in paths:
                yield fault("PD075", f"{one.path} is declared twice", ours.place(group, at, "path"), one.path)
            paths.setdefault(one.path, at)
            for which, label in enumerate(one.labels):
                held = labels.setdefault(key(label), one.path)
                place = ours.place(group, at, "labels", which)
                if not key(label):
                    yield fault("PD075", f"a label of {one.path} is empty", place)
                elif held != one.path:
                    do = "a label can name one value only: tell them apart, or leave one without labels"
                    yield fault("PD079", f"the label “{label}” stands for {held} and for {one.path}", place, label, do)
