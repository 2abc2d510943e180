"""Layout → Reading: the one extractor. It claims labels and values in order, once each, and accounts for the rest.

A table that fits a form's own template is claimed by position (`fitted`); any other form by its labels
(`labels`, `indicators`). The form of the document is the one whose tables were found, or none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from perfdoc.errors import NotRecognisedError
from perfdoc.extraction.document import Reader
from perfdoc.form_definition import Form
from perfdoc.form_definition import forms as known_forms
from perfdoc.layout import Layout
from perfdoc.report import Reading

__all__ = ["extract"]


def extract(layout: Layout, forms: Mapping[str, Form] | None = None, boilerplate: Sequence[str] = ()) -> Reading:
    """Everything that a Layout says as a Document, with a place for every value and an account of every cell.

    `forms` are the forms to know (default: those that come with perfdoc). `boilerplate` are texts around forms that
    are known and not told as left outside (white space makes no difference, `*` stands for any text). Raises
    NotRecognisedError where no performance-goal form is found; its diagnostics are those of reading.
    """
    reading = Reader(layout, known_forms() if forms is None else forms, boilerplate).reading()
    if not reading.document.projects:
        raise NotRecognisedError(
            f"{layout.file}: no performance-goal form (绩效目标表) found in it", reading.diagnostics
        )
    return reading
