"""A document rendered and read back: what it says, what its form shows of it, and what came back, as YAML."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from perfdoc.extraction import extract
from perfdoc.form_definition import Form
from perfdoc.model import Document
from perfdoc.reading import read
from perfdoc.rendering import render, variables
from perfdoc.rendering.faults import values
from perfdoc.report import Path
from perfdoc.specs import texts_of


class RoundTrip(NamedTuple):
    """Canonical texts by file: as the document says it, as its form shows it, as it was read back.

    A form shows a field of its own that has no value as an empty cell. `again` is whether what was read back gives
    the same file as `rendered`, to the byte.
    """

    said: dict[str, str]
    shown: dict[str, str]
    back: dict[str, str]
    rendered: bytes
    again: bool


def without(document: Document, paths: Iterable[Path], form: Form) -> Document:
    """The document without the values and rows at these paths, and without empty ones that the form has no cell for."""
    data: Any = document.model_dump(mode="json")
    shown = variables(form)
    blank = (path for path, name, text in values(document, empty=True) if not text and name not in shown)
    for *way, last in sorted({*paths, *blank}, reverse=True):  # from the last row up
        at: Any = data
        for step in way:
            at = at[step]
        if way[-1:] in (["extra"], ["indicators"]):
            del at[last]
        else:
            at[last] = None
    return Document.model_validate(data, strict=False)  # lists for tuples


def round_trip(
    document: Document,
    form: Form,
    names: Sequence[str],
    known: Mapping[str, Form],
    *,
    alone: bool = False,
    to: str | None = None,
    shown: str = "",
) -> RoundTrip:
    """Render a document and read it back, by the kind of file `to` (by default the form's own).

    `names` are its project files' names, `known` the forms that there are, `alone` leaves document.yaml out, `shown`
    is what messages call it. A document without projects comes back as it is: nothing in its file could be
    recognised. Raises ContentLostError where it can't be rendered (`rendering.faults` says so before).
    """
    rendered = render(document, form, to=to, anonymous=True)
    back = document
    if document.projects:
        back = extract(read(rendered, f"{shown} (rendered)"), known).document
    said, seen, got = (texts_of(one, tuple(names), alone) for one in (document, form.normal(document), back))
    return RoundTrip(said, seen, got, rendered, render(back, form, to=to, anonymous=True) == rendered)
