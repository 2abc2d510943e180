"""What goes with the files that an import replaces: values and comments, and how to get them back."""

import hashlib
import shlex
from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from perfdoc.comparison import Difference, diff
from perfdoc.git.revisions import is_committed
from perfdoc.model import Document, Indicator, Project, texts
from perfdoc.report import Reading
from perfdoc.specs import names_of
from perfdoc.specs.gathered import gather
from perfdoc.storage.paths import is_url
from perfdoc.texts import listed, say
from perfdoc.yamltree import decode

_NAMED = 3  # copies that a line names


class Loss(NamedTuple):
    """How many values and comments of a document's folder are in no file of the new one; `back` brings them back.

    `kept` are copies of the files that are replaced, by their names, where git has them not: `NAME.1a2b3c4d~`, after
    their content.
    """

    values: int
    comments: int
    back: str
    kept: Mapping[str, bytes]


def loss(folder: str, old: Reading | None, new: Document, replaced: Mapping[str, bytes]) -> Loss | None:
    """What is lost where files of a folder are `replaced` (name → content so far); None where nothing is.

    `old` is what the folder says, None where it is no sound document.
    """
    if not replaced:
        return None
    comments = sum(len(gather(decode(content, "")).every()) for content in replaced.values()) if old is not None else 0
    values = _values(diff(old.document, new), names_of(old, Path(folder)), replaced) if old is not None else 0
    if old is not None and not (values or comments):
        return None
    if not is_url(folder) and is_committed(Path(folder), replaced):
        return Loss(values, comments, f"git restore -- {shlex.quote(folder)}", {})
    kept = {f"{name}.{hashlib.sha256(content).hexdigest()[:8]}~": content for name, content in replaced.items()}
    return Loss(values, comments, "", kept)


def told(lost: Loss, folder: str, dry_run: bool) -> str:
    counts = [say("counts.values", n=lost.values), say("counts.comments", n=lost.comments)]
    what = listed(counts) if lost.values or lost.comments else say("importing.loss.unsound")
    back = (
        say("importing.loss.git", command=lost.back)
        if lost.back
        else say(
            "importing.loss.kept", names=listed(list(lost.kept)[:_NAMED]) + (" …" if len(lost.kept) > _NAMED else "")
        )
    )
    return say("importing.loss.will" if dry_run else "importing.loss.was", folder=folder, what=what, back=back)


def _values(found: Difference, names: tuple[str, ...], replaced: Iterable[str]) -> int:
    """The values that only the old side has: changed, taken out, or of rows and projects that are no more."""
    count = sum(1 for value in found.values if value.old)
    for one in found.projects:
        gone = one.new is None and one.old is not None
        if gone and names[one.old_index or 0] not in replaced:
            continue  # its file stays
        records: list[Project | Indicator | None] = [one.old] if gone else []
        records += [row.old for row in one.indicators if row.new is None]
        count += sum(1 for record in records if record for _, text in texts(record) if text)
        changed = chain(one.values, *(row.values for row in one.indicators))
        count += sum(1 for value in changed if value.old)
    return count
