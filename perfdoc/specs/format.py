"""A spec's text written anew with every comment of the user's kept at its value: what `fmt` writes."""

import posixpath
from collections.abc import Callable

from perfdoc.errors import ContentLostError, SpecError
from perfdoc.model import Project
from perfdoc.report import Diagnostic, Place, Severity
from perfdoc.specs.commented import lines_of, with_comments
from perfdoc.specs.comments import Comments
from perfdoc.specs.emit import text_of
from perfdoc.specs.folder import listing_faults
from perfdoc.specs.gathered import comments, gather
from perfdoc.specs.keys import KEPT_IN_LISTING
from perfdoc.specs.listing import LISTING, Entry, Listing
from perfdoc.specs.validate import record
from perfdoc.texts import say
from perfdoc.yamltree import parse

Change = Callable[[Comments], None]
"""What changes the comments of a text before they are written back."""


def format_text(text: str, file: str, change: Change | None = None) -> str:
    """The canonical text of a project's file or a `document.yaml`, comments kept, or as `change` makes them.

    Which of the two it is, `file` says, or (for a text from elsewhere) its keys. SpecError with every
    fault where it is not a sound spec.
    """
    tree = parse(text, file)
    keys = tree.value if isinstance(tree.value, dict) else {}
    is_listing = posixpath.basename(file) == LISTING or ("projects" in keys and "indicators" not in keys)
    model: type[Listing] | type[Project] = Listing if is_listing else Project
    made, faults = record(model, tree, file)
    if isinstance(made, Listing):
        faults += listing_faults(made, tree, file)
    if made is None or faults:
        raise SpecError(diagnostics=faults)
    return rewritten(text, file, made, change)


def rewritten(text: str, file: str, made: Listing | Project, change: Change | None = None) -> str:
    """The canonical text of a record with the comments of `text`, which is a sound spec of the same kind.

    ContentLostError (PD018) rather than a text that would lose a comment.
    """
    if "#" not in text and change is None:
        return text_of(made)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    found = gather(text)
    lost = found.every() != sorted(comments(text))
    if change is not None:
        change(found)
    written = with_comments(lines_of(made), found)
    again = record(type(made), parse(written, file), file)[0]
    kept = made.model_copy(update=dict.fromkeys(KEPT_IN_LISTING)) if isinstance(made, Project) else made
    if lost or found.every() != sorted(comments(written)) or again != kept:
        fault = Diagnostic("PD018", Severity.error, say("specs.own_fault"), Place(file))
        raise ContentLostError(diagnostics=(fault,))
    return written


def parsed_listing(text: str) -> Listing:
    """What a document.yaml says. SpecError where it is not sound."""
    made, faults = record(Listing, parse(text, LISTING), LISTING)
    if made is None or faults:
        raise SpecError(diagnostics=faults)
    return made


def with_entry(text: str, name: str) -> str:
    """The text of a sound document.yaml with one project more, its comments where they were."""
    listing = parsed_listing(text)
    return rewritten(text, LISTING, listing.model_copy(update={"projects": (*listing.projects, Entry(spec=name))}))
