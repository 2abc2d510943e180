"""A spec's canonical text with every comment of the user's kept at its value: what `fmt` writes."""

from __future__ import annotations

import posixpath

from perfdoc.errors import SpecError
from perfdoc.model import Project
from perfdoc.specs.folder import listing_faults
from perfdoc.specs.listing import LISTING, Listing
from perfdoc.specs.rewrite import rewritten
from perfdoc.specs.validate import record
from perfdoc.yamltree import Tree, parse


def format_text(text: str, file: str) -> str:
    """The canonical text of a project's file or a `document.yaml`, comments kept.

    Which of the two it is, `file` says, or (for a text from elsewhere) its keys. SpecError with every
    fault where it is not a sound spec.
    """
    tree = parse(text, file)
    model: type[Listing] | type[Project] = Listing if _is_listing(tree, file) else Project
    made, faults = record(model, tree, file)
    if isinstance(made, Listing):
        faults += listing_faults(made, tree, file)
    if made is None or faults:
        raise SpecError(diagnostics=faults)
    return rewritten(text, file, made)


def _is_listing(tree: Tree, file: str) -> bool:
    if posixpath.basename(file) == LISTING:
        return True
    return isinstance(tree.value, dict) and "projects" in tree.value and "indicators" not in tree.value
