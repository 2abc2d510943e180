"""The texts of three versions made one, with conflict markers around the lines of the values in conflict.

Each marker stands on a line of its own between whole lines of canonical YAML: whichever side is kept, what is
left when the other side and the markers are deleted is a sound, canonical spec.
"""

import posixpath
from collections.abc import Sequence
from typing import Any

from perfdoc.errors import SpecError
from perfdoc.merging import records
from perfdoc.merging.draft import UNNAMED, Labels, MergedFile
from perfdoc.merging.markers import Merged
from perfdoc.model import Project
from perfdoc.report import Diagnostic, Place, Severity
from perfdoc.specs.listing import LISTING, Listing
from perfdoc.specs.validate import record
from perfdoc.texts import say
from perfdoc.yamltree import Tree, parse

_TELLING = frozenset({"indicators", "budget", "goals"})
"""Keys that a project's spec has and hardly any other YAML file."""


def merge(
    base: str, ours: str, theirs: str, file: str, labels: Labels = UNNAMED, *, size: int = 7, show_base: bool = False
) -> Merged:
    """The merge of two versions of a spec; `base` is empty where both have added the file.

    `size` is the markers' length; `show_base` adds what stood there before (git's conflict style diff3).
    Raises SpecError where one of the texts is no sound spec.
    """
    texts = [each.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n") for each in (base, ours, theirs)]
    trees = [parse(each, file) for each in texts]
    unfit = [fault for tree, text in zip(trees, texts, strict=True) if text.strip() for fault in tree.diagnostics]
    if unfit:
        raise SpecError(diagnostics=unfit)
    kind = _kind(trees[1:], file)
    was, mine, other = (_record(kind, text, tree, file) for text, tree in zip(texts, trees, strict=True))
    one = MergedFile(mine, "projects" if kind is Listing else "indicators", labels)
    step = records.listing if kind is Listing else records.project
    one.add(was, other, labels.theirs, 1, step, (texts[0], texts[2]))
    return one.draft(file, texts[1]).marked(size=size, show_base=show_base)


def _kind(trees: Sequence[Tree], file: str) -> type[Listing] | type[Project]:
    keys: set[str] = set()
    for tree in trees:
        keys |= tree.value.keys() if isinstance(tree.value, dict) else set()
    if posixpath.basename(file) == LISTING or ("projects" in keys and "indicators" not in keys):
        return Listing
    if not keys & _TELLING:
        raise SpecError(diagnostics=[Diagnostic("PD011", Severity.error, say("merging.no_project"), Place(file))])
    return Project


def _record(kind: type[Listing] | type[Project], text: str, tree: Tree, file: str) -> Any:
    if not text.strip():
        return kind()
    made, faults = record(kind, tree, file)
    if made is None or faults:
        raise SpecError(diagnostics=faults)
    return made
