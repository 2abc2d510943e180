"""`form.yaml` looked at as a whole: every fault with its line, and where each value is declared."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from perfdoc.extraction.vocabulary.keys import key
from perfdoc.form_definition import Column, Form, FormField, faults
from perfdoc.form_lint.advice import fault
from perfdoc.model import Project
from perfdoc.report import Diagnostic, Place
from perfdoc.texts import reason, say
from perfdoc.yamltree import Tree, parse


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
        why = reason(error) if isinstance(error, OSError) else say("forms.not_utf8")
        ours.faults.append(fault("PD075", "specs.cannot_be_read", Place(str(file)), reason=why))
        return ours
    ours.tree = tree = parse(text, str(file))
    if tree.diagnostics or not isinstance(tree.value, dict):
        ours.faults += tree.diagnostics or (fault("PD075", "forms.mapping", Place(str(file))),)
        return ours
    try:
        ours.form = Form.model_validate({**tree.value, "name": folder.resolve().name, "folder": folder})
    except ValidationError as error:
        for steps, said in faults(error):
            ours.faults.append(fault("PD075", "form_lint.said", ours.place(*steps), said=said))
    if ours.form is not None:
        ours.faults += [*_heading(ours, ours.form), *_twice(ours, ours.form)]
    return ours


def groups_of(form: Form) -> tuple[tuple[str, Sequence[FormField | Column]], ...]:
    """What a form declares: the key in form.yaml, and its entries."""
    return ("fields", form.fields), ("columns", form.columns)


def _heading(ours: Declared, form: Form) -> Iterator[Diagnostic]:
    """PD075: braces in the heading's text, or in its bookmark's name, that are not those that can be filled in."""
    tries: dict[str, Callable[[], str]] = {
        "text": lambda: form.heading_of(Project(name="x"), 1),
        "section": lambda: form.section(1),
    }
    for name, attempt in tries.items() if form.heading else ():
        try:
            attempt()
        except (KeyError, IndexError, ValueError, AttributeError):
            yield fault("PD075", f"form_lint.heading.{name}", ours.place("heading", name))


def _twice(ours: Declared, form: Form) -> Iterator[Diagnostic]:
    """PD075 a value that is declared twice, PD079 a label that stands for two."""
    for group, entries in groups_of(form):
        paths: dict[str, int] = {}
        labels: dict[str, str] = {}
        for at, one in enumerate(entries):
            if one.path in paths:
                place = ours.place(group, at, "path")
                yield fault("PD075", "form_lint.declared_twice", place, one.path, path=one.path)
            paths.setdefault(one.path, at)
            for which, label in enumerate(one.labels):
                held = labels.setdefault(key(label), one.path)
                place = ours.place(group, at, "labels", which)
                if not key(label):
                    yield fault("PD075", "form_lint.label_empty", place, path=one.path)
                elif held != one.path:
                    yield fault("PD079", "form_lint.label_of_two", place, label, held=held, path=one.path)
