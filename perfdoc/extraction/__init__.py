"""Layout → Reading: what each table and paragraph is, then its claims, then the Document that these give.

A table that is a form's own is known by position (`by_template`), any other by its labels (`by_labels`). Both find
what a text says (`result/claims.py`); which label has a field is settled when all are known (`result/settled.py`), and
the Document and its places are built from the claims (`result/build.py`). The form of the document is the one whose
tables were found, the one that was learnt from a file of the same layout (`fingerprint.py`), or none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from perfdoc.errors import NotRecognisedError
from perfdoc.extraction.by_template.templates import words_of
from perfdoc.extraction.document import Reader
from perfdoc.extraction.fingerprint import fingerprint
from perfdoc.form_definition import Form
from perfdoc.form_definition import forms as known_forms
from perfdoc.layout import Layout
from perfdoc.report import Reading
from perfdoc.texts import say

__all__ = ["extract"]


def extract(layout: Layout, forms: Mapping[str, Form] | None = None, boilerplate: Sequence[str] = ()) -> Reading:
    """Everything that a Layout says as a Document, with a place for every value and an account of every cell.

    `forms` are the forms to know (default: those that come with perfdoc). `boilerplate` are texts around forms that
    are known and not told as left outside (white space makes no difference, `*` stands for any text). Raises
    NotRecognisedError where no performance-goal form is found; its diagnostics are those of reading.
    """
    forms = known_forms() if forms is None else forms
    reading = Reader(layout, forms, boilerplate).reading()
    if not reading.document.projects:
        raise NotRecognisedError(say("extraction.no_form", file=layout.file), reading.diagnostics)
    form = forms.get(reading.document.form or "")
    if form is not None:
        return replace(reading, layout=next(iter(form.layouts), ""), tracked=layout.tracked)
    found = fingerprint(layout, reading.claims, words_of(one for one in forms.values() if not one.layouts))
    learnt = next((one for one in forms.values() if found in one.layouts), None)
    if learnt is not None:
        reading = Reader(layout, forms, boilerplate, learnt).reading()
    return replace(reading, layout=found, tracked=layout.tracked)
