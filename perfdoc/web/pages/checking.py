"""What there is to look at in many documents, each with a way to its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from perfdoc.accounts.html.texts import way
from perfdoc.texts import say
from perfdoc.web.answers import house, page
from perfdoc.web.house import House
from perfdoc.web.shelf import Item
from perfdoc.web.work.results import Note

_PATIENCE = 1.0  # seconds for each document; all that stand in the list are known already, as a rule


class Checked(NamedTuple):
    """A document with what there is to look at; `why` it can't be read; `late` is one that is still being read."""

    item: Item
    name: str
    notes: Sequence[Note]
    late: bool
    why: str


def checked(request: Request, chosen: Sequence[Item]) -> Response:
    every = [_of(house(request), one) for one in chosen]
    return page(request, "checking.html.j2", title=say("web.check.title"), every=every, way=way)


def _of(at: House, one: Item) -> Checked:
    found = at.desk.looked(one, not one.folder, patience=_PATIENCE)
    document = found.document if found else None
    name = (document.projects[0].name if document and document.projects else "") or one.name
    notes = [note for note in found.notes if note.kind != "comment"] if found else []
    return Checked(one, name, notes, found is None, found.why if found else "")
