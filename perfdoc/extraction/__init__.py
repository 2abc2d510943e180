"""Layout → Reading: what each table and paragraph is, then its claims, then the Document that these give.

A table that is a form's own is known by position (`by_template`), any other by its labels (`by_labels`). Both find
what a text says (`result/claims.py`); which label has a field is settled when all are known (`result/settled.py`), and
the Document and its places are built from the claims (`result/build.py`). The form of the document is the one whose
tables were found, or none.
"""

from __future__ import annotations

from collections.abc import Mapping

from perfdoc.errors import NotRecognisedError
from perfdoc.extraction.document import Reader
from perfdoc.form_definition import Form
from perfdoc.form_definition import forms as known_forms
from perfdoc.layout import Layout
from perfdoc.report import Reading

__all__ = ["extract"]


def extract(layout: Layout, forms: Mapping[str, Form] | None = None) -> Reading:
    """Everything that a Layout says as a Document, with a place for every value and an account of every cell.

    `forms` are the forms to know (default: those that come with perfdoc). Raises NotRecognisedError where no
    performance-goal form is found; its diagnostics are those of reading.
    """
    reading = Reader(layout, known_forms() if forms is None else forms).reading()
    if not reading.document.projects:
        raise NotRecognisedError(
            f"{layout.file}: no performance-goal form (绩效目标表) found in it", reading.diagnostics
        )
    return reading
