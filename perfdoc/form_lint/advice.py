"""The codes of `perfdoc form lint`, and a diagnostic of one.

PD075  form.yaml is not as it should be: a key, a path, a label
PD076  a tag asks for what there is not, or does more than name a value
PD077  tags that Word has split over runs
PD078  a loop or a choice that is not closed, or closed otherwise than it was opened
PD079  a label stands for two values, or is printed twice
PD080  form.yaml declares a value that form.docx does not print
PD081  form.docx prints a value that form.yaml does not declare
PD082  form.docx does not print the first label of a value
PD083  a bookmark in a loop
PD084  there is no loop over the projects, or over the indicators, or it leaves some out
PD085  a vertical merge that is begun and not gone on with, or the other way round
PD086  a value does not come back from a document rendered under the form
PD087  not a sound template otherwise
PD088  text that would go with a tag's row or paragraph
PD089  a tag that is broken: a brace missing, full-width or with a space in it
"""

from perfdoc.report import Diagnostic, Place, Severity
from perfdoc.texts import say


def fault(
    code: str, key: str, place: Place, quote: str = "", severity: Severity = Severity.error, /, **values: object
) -> Diagnostic:
    """A diagnostic that says what is wrong and what to do; the text of its key has the quote as `text`."""
    return Diagnostic(code, severity, say(key, text=quote, **values), place, quote)
