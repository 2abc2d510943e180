"""A file that came back, and what was changed in it since it was made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from perfdoc.comparison import Difference, attributed, diff, said
from perfdoc.errors import PerfdocError
from perfdoc.extraction import extract
from perfdoc.filling import into
from perfdoc.form_definition import DEFAULT_FORM, Form
from perfdoc.layout import Layout
from perfdoc.merging import Version, carried
from perfdoc.model import Document
from perfdoc.reading import read as read_bytes
from perfdoc.rendering import kinds, render
from perfdoc.report import Reading, Thread
from perfdoc.reviews import moved, threads_of

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
    form = one.form or one.known[DEFAULT_FORM]
    return carried(base, one.shows(base), one.reading.document, form.heading_of)


def changes_of(one: Returned, threads: Sequence[Thread], version: Version) -> Difference:
    """What a file changes, by whom, and what was said of it; `threads` are the review comments of its base."""
    found = attributed(diff(version.base, version.document), one.reading)
    comments = moved(threads_of(one.reading), one.reading.document, version.document)
    return replace(found, said=said(threads, comments, version.document))
