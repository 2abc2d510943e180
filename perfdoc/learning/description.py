"""`form.yaml` of a form that is learnt: its title, scheme, heading, printed texts, fields and columns with labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from perfdoc.checks.schemes import usual_scheme
from perfdoc.extraction.vocabulary.keys import key
from perfdoc.layout import Paragraph
from perfdoc.learning.labels import fields, heading_of
from perfdoc.learning.margins import is_dated
from perfdoc.learning.template import Template
from perfdoc.rendering.word.jinja import environment
from perfdoc.rendering.word.one_tag import TAG, asked
from perfdoc.report import Role
from perfdoc.specs.scalar import scalar


def description(made: Template, name: str) -> str:
    """The text of `form.yaml` for a template."""
    texts = list(made.texts())
    language = environment()
    tags = {name for text in texts for tag in TAG.findall(text) for name in asked(language, tag).names}
    labels = _Printed(texts)
    titles = [text for text in _boilerplate(made) if made.words.meaning(text).is_title]
    lines = [f"title: {scalar(made.document.title or max(titles, key=len, default=name))}"]
    lines.append(f'scheme: "{usual_scheme(made.document)}"')
    if "project.heading" in tags:
        lines += ["heading:", *_heading(made)]
    if printed := list(_boilerplate(made)):
        lines += ["boilerplate:", *(f"- {scalar(text)}" for text in printed)]
    found = {**fields(made.found, made.words), **made.extras}
    shown = {path: label for path, label in found.items() if f"project.{path}" in tags}
    lines += ["fields:", *_entries(shown, labels)]
    columns = {path: label for path, label in made.columns.items() if f"indicator.{path}" in tags}
    if columns:
        lines += ["columns:", *_entries(columns, labels)]
    return "\n".join(lines) + "\n"


class _Printed:
    """The texts of a template as `form lint` looks for labels among them."""

    def __init__(self, texts: list[str]) -> None:
        plain = [key(TAG.sub("", text)) for text in texts]
        self.counts = Counter(plain)
        self.around = "\n".join(plain)

    def has(self, label: str) -> bool:
        """Whether a label is printed, and in one place only."""
        at = key(label)
        return bool(at) and (self.counts[at] == 1 or (not self.counts[at] and at in self.around))


def _entries(labels: Mapping[str, str], printed: _Printed) -> Iterator[str]:
    held: set[str] = set()
    for path, label in labels.items():
        text = " ".join(label.split())
        yield f"- path: {scalar(path)}"
        if text and printed.has(text) and key(text) not in held:
            held.add(key(text))
            yield f"  labels:\n  - {scalar(text)}"


def _boilerplate(made: Template) -> Iterator[str]:
    """The printed texts of the body that say nothing of a year and have no tag."""
    said: set[str] = set()
    whole = {TAG.sub("", text).strip() for text in made.texts()}
    for stand in made.found.values():
        text = stand.text.strip()
        if Role.boilerplate in stand.roles and not stand.part and text and text not in said:
            said.add(text)
            if not is_dated(text) and "\n" not in text and text in whole:
                yield text


def _heading(made: Template) -> Iterator[str]:
    stands = [s for s in made.found.values() if any(v.path[2:] == ("heading",) for v in s.values)]
    outline = next((s.block.outline for s in stands if isinstance(s.block, Paragraph) and s.block.outline), 1)
    yield f"  text: {scalar(heading_of(made.document.projects, [stand.text.strip() for stand in stands]))}"
    yield f"  outline: {outline}"
