"""Why a place of a received file is not written: one error, its reason a key, its place named."""

from perfdoc.errors import RefusedError
from perfdoc.report import Diagnostic, Place, Severity
from perfdoc.texts import say

REFUSED = "PD090"
"""A text that can't be written into a received file so that it is right."""


def refused(reason: str, place: Place, /, **values: object) -> RefusedError:
    """The error for a place, or for a whole file. `reason` is a key under `original` in the texts."""
    diagnostic = Diagnostic(REFUSED, Severity.error, say(f"original.{reason}", **values), place)
    return RefusedError(diagnostics=(diagnostic,), reason=reason)
