"""What `form.yaml` declares against what `form.docx` prints: values both ways, and the labels."""

from collections import Counter
from collections.abc import Iterator, Sequence

from perfdoc.extraction.vocabulary.keys import key
from perfdoc.form_lint.advice import fault
from perfdoc.form_lint.declared import Declared, groups_of
from perfdoc.rendering.word.tags import Stretch, Tag
from perfdoc.rendering.word.variables import is_value
from perfdoc.report import Diagnostic, Severity

_DERIVED = (
    *("number", "heading", "page", "section", "section_id", "anchor", "anchor_id", "indicators"),
    *("starts_level1", "starts_level2"),
)
_RECORDS = {"fields": "project", "columns": "indicator"}


def pairs(ours: Declared, parts: Sequence[Stretch]) -> Iterator[Diagnostic]:
    """PD079–PD082 of a form whose `form.yaml` can be used."""
    assert ours.form is not None
    asked: dict[str, Tag] = {}
    for one in parts:
        for tag in one.tags:
            for name in tag.names:
                asked.setdefault(name, tag)
    for group, entries in groups_of(ours.form):
        record = _RECORDS[group]
        paths = [one.path for one in entries]
        for at, path in enumerate(paths):
            wanted = f"{record}.{path}"
            if not any(n == wanted or n.startswith(f"{wanted}.") for n in asked):
                place, file = ours.place(group, at, "path"), ours.form.document.name
                yield fault("PD080", "form_lint.not_printed", place, path, file=file, wanted=wanted)
        yield from _undeclared(record, paths, asked)
    yield from _labels(ours, parts)


def _undeclared(record: str, paths: Sequence[str], asked: dict[str, Tag]) -> Iterator[Diagnostic]:
    for name, tag in asked.items():
        root, _, path = name.partition(".")
        declared = path in paths or any(path.startswith(f"{one}.") for one in paths)
        derived = path.split(".")[0] in _DERIVED
        if root == record and path and not (derived or declared or tag.fault) and is_value(name):
            yield fault("PD081", "form_lint.not_declared", tag.place, tag.text, path=path)


def _labels(ours: Declared, parts: Sequence[Stretch]) -> Iterator[Diagnostic]:
    """PD082 a first label that is not printed, PD079 one that is printed in two places."""
    assert ours.form is not None
    plain = [(key(one.plain), one) for one in parts if one.plain.strip()]
    known = {key(label) for _, entries in groups_of(ours.form) for one in entries for label in one.labels}
    around = "\n".join(text for text, _ in plain if text not in known)
    printed = {text for text, _ in plain}
    heads = {key(label) for column in ours.form.columns for label in column.labels}
    for group, entries in groups_of(ours.form):
        for at, one in enumerate(entries):
            for label in one.labels[:1]:
                if key(label) not in printed and key(label) not in around:
                    place, file = ours.place(group, at, "labels", 0), ours.form.document.name
                    yield fault("PD082", "form_lint.label_not_printed", place, label, file=file, path=one.path)
    counts = Counter(text for text, _ in plain)
    for at, field in enumerate(ours.form.fields):
        label = key(field.labels[0]) if field.labels else ""
        if label and counts[label] > 1 and label not in heads:
            second = [one for text, one in plain if text == label][1]
            said = {"path": field.path, "place": ours.place("fields", at)}
            yield fault("PD079", "form_lint.label_twice", second.place, field.labels[0], Severity.warning, **said)
