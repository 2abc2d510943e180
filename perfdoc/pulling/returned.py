"""A file that came back, and what was changed in it since it was made."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from perfdoc.comparison import Difference, attributed, diff, said
from perfdoc.errors import PerfdocError
from perfdoc.extraction import extract
from perfdoc.filling import into
from perfdoc.form_definition import DEFAULT_FORM, Form
from perfdoc.layout import Layout
from perfdoc.merging import Version, carried
from perfdoc.model import Document, Indicator, Project, texts
from perfdoc.reading import read as read_bytes
from perfdoc.rendering import kinds, render
from perfdoc.report import Reading, Thread
from perfdoc.reviews import moved, threads_of

_SAVED_OTHERWISE = re.compile(r"[\xad\t]|_x005F(?=_x[0-9A-Fa-f]{4}_)")
"""What LibreOffice drops: soft hyphens, tabs (.ods). `_x000D_` becomes `_x005F_x000D_` (.docx), or the reverse."""
Read = Callable[[bytes, str, str], Layout]
"""Bytes, their name and what is done with tracked changes → a Layout."""


class Returned:
    """A file that came back: what it says, and under which form it was made.

    `known` are the forms that there are. `form` is the one that the file names, or that it was read by; None for a
    file that no form has made. Raises what reading and extracting a file raises.
    """

    def __init__(self, data: bytes, name: str, known: Mapping[str, Form], read: Read) -> None:
        self.name = name
        self.known = known
        self._data = data
        self._read = read
        self._shown: tuple[Document, Document] | None = None
        self.layout = read(data, name, "accept")
        self.reading: Reading = extract(self.layout, known)
        trace = self.layout.trace
        self.digest = trace.digest if trace else ""
        named = (trace.form if trace else None, self.reading.document.form)
        self.form = next((known[one] for one in named if one and one in known), None)

    @cached_property
    def untouched(self) -> Document:
        """The document as the file says it without its tracked changes."""
        return extract(self._read(self._data, self.name, "reject"), self.known).document

    def shows(self, document: Document) -> Document:
        """What the file would say of a document that nobody has changed: rendered in the file's form, and read back.

        A file that no form has made is given the document's values in place of its own.
        """
        if self._shown is None or self._shown[0] is not document:
            self._shown = (document, self._rendered(document))
        return self._shown[1]

    def _rendered(self, document: Document) -> Document:
        if not document.projects:
            return document
        if self.form is None:
            return self._filled(document)
        kind = "xlsx" if self.layout.kind in ("xlsx", "xls", "ods", "xlsb") else "docx"
        to = kind if kind in kinds(self.form) else None
        try:
            data = render(document, self.form, to=to, anonymous=True)
            return extract(read_bytes(data, self.name), self.known).document
        except PerfdocError:  # what can't be rendered was not sent
            return document

    def _filled(self, document: Document) -> Document:
        try:
            data = into(self._data, document, file=self.name, known=self.known).data
            return extract(read_bytes(data, self.name), self.known).document
        except PerfdocError:  # such files can't be written into: then all that they lack is taken for changed
            return document


def version_of(one: Returned, base: Document) -> Version:
    """What a file makes of the document that it was made from: only what was changed in the file differs."""
    form, shown = one.form or one.known[DEFAULT_FORM], one.shows(base)
    return carried(base, shown, _as_sent(one.reading.document, shown), form.heading_of)


def _as_sent(received: Document, shown: Document) -> Document:
    """What was received, with the texts that another program has saved otherwise as they were sent."""
    records: list[Project | Indicator] = [*shown.projects, *(row for one in shown.projects for row in one.indicators)]
    sent = {text for one in records for _, text in texts(one)}
    usual = {_SAVED_OTHERWISE.sub("", one): one for one in sent if "_x" in one or _SAVED_OTHERWISE.search(one)}

    def restored(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: restored(one) for key, one in value.items()}
        if isinstance(value, tuple):
            return tuple(map(restored, value))
        plain = isinstance(value, str) and value not in sent
        return usual.get(_SAVED_OTHERWISE.sub("", value), value) if plain else value

    return Document.model_validate(restored(received.model_dump())) if usual else received


def changes_of(one: Returned, threads: Sequence[Thread], version: Version) -> Difference:
    """What a file changes, by whom, and what was said of it; `threads` are the review comments of its base."""
    found = attributed(diff(version.base, version.document), one.reading)
    comments = moved(threads_of(one.reading), one.reading.document, version.document)
    return replace(found, said=said(threads, comments, version.document))
