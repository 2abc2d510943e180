"""The exceptions of perfdoc: each means "cannot go on"; content problems are Diagnostics.

PerfdocError
 ├─ UsageError        the call itself makes no sense: no such form, no output named
 ├─ InputError        what was given can't be used
 │   ├─ UnreadableError     not a file of a known kind, cut off, encrypted, over a limit
 │   ├─ NotRecognisedError  read, but there is no performance-goal form in it
 │   └─ SpecError           YAML that is not a spec; carries every fault found
 ├─ FormError         a form's own files (form.yaml, form.docx) are unsound
 ├─ ContentLostError  going on would lose or change content; carries what and where
 │   └─ RefusedError        a received file can't be written into so that it is right; carries where and why
 ├─ ConflictError     a file that exists differs from what would be written
 └─ ToolError         a helper program (LibreOffice) is missing, failed or took too long
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from perfdoc.report import Diagnostic


class PerfdocError(Exception):
    """Root of the tree. `str()` is one line for a person; `diagnostics` says what stands where."""

    def __init__(self, message: str = "", diagnostics: Iterable[Diagnostic] = ()) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__(message or "; ".join(str(d) for d in self.diagnostics))


class UsageError(PerfdocError):
    """The call makes no sense whatever the files hold."""


class InputError(PerfdocError):
    """A file that was given can't be used."""


class UnreadableError(InputError):
    """The bytes are not a sound file of a known kind, or pass a limit."""


class NotRecognisedError(InputError):
    """The file was read, and holds no performance-goal form."""


class SpecError(InputError):
    """YAML that is not a spec; `diagnostics` holds every fault of the run."""


class FormError(PerfdocError):
    """A form's folder under `templates/` is unsound."""


class ContentLostError(PerfdocError):
    """Going on would lose or change content; `diagnostics` quotes it with its place."""


class RefusedError(ContentLostError):
    """A text can't be written into a received file so that it is right: signed, protected, no text of its own.

    `reason` names the kind in one word; `diagnostics` says where and why. Nothing was written.
    """

    def __init__(self, message: str = "", diagnostics: Iterable[Diagnostic] = (), *, reason: str = "") -> None:
        super().__init__(message, diagnostics)
        self.reason = reason


class ConflictError(PerfdocError):
    """A file exists, differs from what would be written, and `--force` was not given."""


class ToolError(PerfdocError):
    """A helper program is missing, failed, or ran out of its time."""
