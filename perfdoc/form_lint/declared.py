"""`form.yaml` looked at as a whole: every fault with its line, and where each value is declared."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from pydantic import ValidationError

from perfdoc.extraction.vocabulary.keys import key
from perfdoc.form_definition import Column, Form, FormField
from perfdoc.form_lint.advice import fault
from perfdoc.model import Project
from perfdoc.report import Diagnostic, Place
from perfdoc.report import Path as Steps
from perfdoc.texts import listed, reason, say
from perfdoc.yamltree import Tree, parse

_WRONG = ("extra_forbidden", "missing", "string_type")
"""What of pydantic's types of error has words of ours."""


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
        why = reason(error) if isinstance(error, OSError) else say("form_lint.not_utf8")
        ours.faults.append(fault("PD075", say("form_lint.cant_read", why=why), Place(str(file))))
        return ours
    ours.tree = tree = parse(text, str(file))
    if tree.diagnostics or not isinstance(tree.value, dict):
        ours.faults += tree.diagnostics or (fault("PD075", say("form_lint.mapping"), Place(str(file))),)
        return ours
    try:
        ours.form = Form.model_validate({**tree.value, "name": folder.resolve().name, "folder": folder})
    except ValidationError as error:
        for one in error.errors():
            steps: Steps = tuple(one["loc"])
            where = ".".join(map(str, steps))
            said = f"{where}: {_said(one['type'], one['msg'])}"
            if one["type"] == "tuple_type":
                shown = f": [{one['input']}]" if isinstance(one["input"], str) else ""
                said = say("form_lint.a_list", where=where) + shown
            ours.faults.append(fault("PD075", said, ours.place(*steps)))
    if ours.form is not None:
        ours.faults += [*_heading(ours, ours.form), *_twice(ours, ours.form)]
    return ours


def _said(kind: str, message: str) -> str:
    """What pydantic says of an entry, in our words; of a path that is none, the nearest one that is."""
    if kind in _WRONG:
        return say(f"form_lint.wrong.{kind}")
    if kind != "value_error":
        return say("forms.invalid.other", said=message)
    said, semicolon, known = message.removeprefix("Value error, ").partition(say("lists.semicolon"))
    near = get_close_matches(said.split("'")[1], re.findall(r"[\w.]+", known), n=1) if known else []
    if near:
        return said + semicolon + say("form_lint.did_you_mean", near=near[0])
    return said + semicolon + say("form_lint.paths") if known else said


def groups_of(form: Form) -> tuple[tuple[str, Sequence[FormField | Column]], ...]:
    """What a form declares: the key in form.yaml, and its entries."""
    return ("fields", form.fields), ("columns", form.columns)


def _heading(ours: Declared, form: Form) -> Iterator[Diagnostic]:
    """PD075: braces in the heading's text, or in its bookmark's name, that are not those that can be filled in."""
    tries: dict[str, tuple[Callable[[], str], str]] = {
        "text": (lambda: form.heading_of(Project(name="x"), 1), "{position} {name}"),
        "section": (lambda: form.section(1), "{sequence} {sequence:010d}"),
    }
    for name, (attempt, allowed) in tries.items() if form.heading else ():
        try:
            attempt()
        except (KeyError, IndexError, ValueError, AttributeError):
            message = say("form_lint.heading", name=name, allowed=listed(allowed.split()))
            yield fault("PD075", message, ours.place("heading", name))


def _twice(ours: Declared, form: Form) -> Iterator[Diagnostic]:
    """PD075 a value that is declared twice, PD079 a label that stands for two."""
    for group, entries in groups_of(form):
        paths: dict[str, int] = {}
        labels: dict[str, str] = {}
        for at, one in enumerate(entries):
            if one.path in paths:
                yield fault("PD075", say("form_lint.twice", path=one.path), ours.place(group, at, "path"), one.path)
            paths.setdefault(one.path, at)
            for which, label in enumerate(one.labels):
                held = labels.setdefault(key(label), one.path)
                place = ours.place(group, at, "labels", which)
                if not key(label):
                    yield fault("PD075", say("form_lint.empty_label", path=one.path), place)
                elif held != one.path:
                    message = say("form_lint.two_values", label=label, one=held, other=one.path)
                    yield fault("PD079", message, place, label, say("form_lint.tell_apart"))
