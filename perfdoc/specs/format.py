"""A spec's canonical text with every comment of the user's kept at its value: what `fmt` writes.

Most texts that are looked at are canonical. That is seen without the models, whose making is what `fmt` of one
file would spend most of its time on; they are for texts that are to be changed, and for saying what is wrong.
"""

from __future__ import annotations

import posixpath

from perfdoc.errors import SpecError
from perfdoc.specs.keys import LISTING, Key, Kind, keys
from perfdoc.specs.lines import lines_of, text_of
from perfdoc.yamltree import Tree, Value, parse


def format_text(text: str, file: str) -> str:
    """The canonical text of a project's file or a `document.yaml`, comments kept.

    Which of the two it is, `file` says, or (for a text from elsewhere) its keys. SpecError with every
    fault where it is not a sound spec.
    """
    tree = parse(text, file)
    kind: Kind = "document" if _is_listing(tree, file) else "project"
    return text if kind == "project" and _is_canonical(text, tree) else _formatted(text, tree, kind, file)


def _is_canonical(text: str, tree: Tree) -> bool:
    """Whether a project's text is its canonical one. No for one that only a model can tell of."""
    known = keys("project")
    if tree.diagnostics or not _is_plain(tree.value, known):
        return False
    lines = lines_of(tree.value, "project")
    if "#" not in text:
        return text_of(lines) == text
    from perfdoc.specs.commented import with_comments
    from perfdoc.specs.comments import gather

    return "\r" not in text and with_comments(lines, gather(text)) == text


def _is_plain(value: Value, known: tuple[Key, ...]) -> bool:
    """Whether a record holds known keys only, each with what belongs there, so that a model would keep it as it is."""
    if type(value) is not dict:
        return False
    by_name = {key.name: key for key in known}
    for name, inner in value.items():
        key = by_name.get(name)
        if key is None:
            return False
        if key.many:
            fits = type(inner) is list and all(_is_plain(item, key.keys) for item in inner)
        elif key.keys:
            fits = _is_plain(inner, key.keys)
        elif key.labels:
            fits = type(inner) is dict and all(type(each) is str for each in inner.values())
        else:
            fits = type(inner) is str
        if not fits:
            return False
    # An indicator's description that repeats level3 is left out by the model.
    return "description" not in value or value["description"] != value.get("level3")


def _formatted(text: str, tree: Tree, kind: Kind, file: str) -> str:
    from perfdoc.model import Project
    from perfdoc.specs.folder import listing_faults
    from perfdoc.specs.listing import Listing
    from perfdoc.specs.rewrite import rewritten
    from perfdoc.specs.validate import record

    model: type[Listing] | type[Project] = Listing if kind == "document" else Project
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
