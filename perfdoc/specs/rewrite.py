"""A spec's text written anew from a record, with the comments of its old text."""

from __future__ import annotations

from perfdoc.errors import ContentLostError
from perfdoc.model import Project
from perfdoc.report import Diagnostic, Place, Severity
from perfdoc.specs.commented import with_comments
from perfdoc.specs.comments import comments, gather
from perfdoc.specs.emit import lines_of, text_of
from perfdoc.specs.keys import KEPT_IN_LISTING
from perfdoc.specs.listing import Listing
from perfdoc.specs.validate import record
from perfdoc.yamltree import parse


def rewritten(text: str, file: str, made: Listing | Project) -> str:
    """The canonical text of a record with the comments of `text`, which is a sound spec of the same kind.

    ContentLostError (PD018) rather than a text that would lose a comment.
    """
    lines = lines_of(made)
    if "#" not in text:
        return text_of(lines)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    written = with_comments(lines, gather(text))
    again = record(type(made), parse(written, file), file)[0]
    kept = made.model_copy(update=dict.fromkeys(KEPT_IN_LISTING)) if isinstance(made, Project) else made
    if sorted(comments(text)) != sorted(comments(written)) or again != kept:
        message = "formatting would have changed a comment or a value (a fault of perfdoc's own): nothing is changed"
        raise ContentLostError(diagnostics=(Diagnostic("PD018", Severity.error, message, Place(file)),))
    return written
