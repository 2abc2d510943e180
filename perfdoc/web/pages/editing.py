"""A project edited: what is found while it is typed, rows added, moved, removed and split, and saved without loss."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from perfdoc import specs
from perfdoc.errors import PerfdocError, UsageError
from perfdoc.merging import Labels, markers, merge
from perfdoc.model import Project
from perfdoc.report import Severity
from perfdoc.specs import LISTING
from perfdoc.specs.comments import move
from perfdoc.storage.writing import write
from perfdoc.texts import say
from perfdoc.web.answers import Pairs, house, item, number, page, posted
from perfdoc.web.clashes import clashes
from perfdoc.web.desk import PATIENCE
from perfdoc.web.fields import reshaped, typed
from perfdoc.web.house import House
from perfdoc.web.pages.opened import Draft, Opened, form_of, opened, values
from perfdoc.web.work.hand import looked, near
from perfdoc.web.work.results import Looked, Note, State

_SIZE = 25  # signs of a marker, more than any text of a form begins a line with
_SECONDS = 30.0


class Text(NamedTuple):
    """A spec as somebody wants it: what it was when they began (empty if that is not known), and what they made."""

    file: Path
    base: str
    ours: str


def edited(request: Request, pairs: Pairs) -> Response:
    """What was typed: what is found in it; with an action (`split:r3`) the form anew."""
    at, one = house(request), edited_now(request)
    action, _, row = dict(pairs).get("action", "").partition(":")
    base = _base(at, one, pairs)
    project, rows = reshaped(*typed(base, pairs), action, row)
    draft = Draft(dict(pairs).get("base", ""), project, rows)
    unsaved = project != base
    if unsaved:
        at.drafts[one.item.way, one.number] = draft
    else:
        at.drafts.pop((one.item.way, one.number), None)
    mine = _looked(at, one, draft)
    return page(
        request,
        "form.html.j2" if action else "edited.html.j2",
        **values(one._replace(mine=mine, draft=draft, unsaved=unsaved)),
    )


def _looked(at: House, one: Opened, draft: Draft) -> Looked:
    """The document with the project as it was typed."""
    name = one.own.names[one.number]
    try:
        text = _text(at.texts.get(draft.base) or one.own.texts[name], name, draft.project, draft.rows)
        given = one.item.given
        found = at.desk.do(looked, given, {name: text}, near=near(given)).result(_SECONDS)
    except (PerfdocError, TimeoutError) as error:
        found = error
    if isinstance(found, Looked) and found.document is not None:
        return found
    why = str(found.why if isinstance(found, Looked) else found) or say("web.edit.late")
    notes = [one for one in one.own.notes if one.kind == "comment"]
    wrong = Note("finding", Severity.error, "", why, "", ("projects", one.number))
    return one.own._replace(state=State.unreadable, notes=(wrong, *notes))


def edited_now(request: Request) -> Opened:
    """The document that is edited. 404 for one without specs, 409 for one that can't be read just now."""
    one = opened(house(request), item(request, specs=True), number(request, "project", 100_000), PATIENCE)
    if one is None or one.mine is None or not one.own.names:
        raise HTTPException(409, (one.mine.why if one and one.mine else "") or say("web.edit.late"))
    return one


def _base(at: House, one: Opened, pairs: Pairs) -> Project:
    """The project as it was when the form was filled; as it is now where that is not known any more."""
    text = at.texts.get(dict(pairs).get("base", ""))
    assert one.document is not None
    return specs.load_project(text, "").document.projects[0] if text else one.document.projects[one.number]


def saved(request: Request, pairs: Pairs) -> Response:
    """Write a project, or ask where somebody else changed the same."""
    at, one = house(request), edited_now(request)
    given, name = dict(pairs), one.own.names[one.number]
    if given.get("action") == "discard":
        at.drafts.pop((one.item.way, one.number), None)
        return _back(one, "")
    base = at.texts.get(given.get("base", ""))
    ours = _text(base or one.own.texts[name], name, *typed(_base(at, one, pairs), pairs))
    return settled(request, at, one, Text(specs.inside(Path(one.item.folder), name), base or "", ours))


def _text(base: str, name: str, project: Project, rows: Sequence[str]) -> str:
    """A project as its file, with the comments of the file that it began with, each at the row that it was at."""
    items = [int(row[1:]) if row[0] == "r" else None for row in rows]
    return specs.rewritten(base, name, project, lambda found: move(found, items))


def chosen(request: Request, pairs: Pairs) -> Response:
    """What both sides changed, as it was chosen."""
    at, one = house(request), edited_now(request)
    given = dict(pairs)
    base, ours, theirs = (at.texts.get(given.get(name, "")) for name in ("base", "ours", "theirs"))
    if base is None or ours is None or theirs is None:
        raise UsageError(say("web.edit.forgotten"))
    name = LISTING if given.get("file") == LISTING else one.own.names[one.number]
    merged = merge(base, ours, theirs, name, Labels(), size=_SIZE).text
    text = markers.chosen(merged, given, size=_SIZE)
    return settled(request, at, one, Text(specs.inside(Path(one.item.folder), name), theirs, text))


def settled(request: Request, at: House, one: Opened, text: Text) -> Response:
    """Write a text; where the file says something else by now, both are put together, or both are shown."""
    with at.writing(one.item):
        now = None
        while now != (now := specs.read_text(text.file)):  # until no editor has written it meanwhile
            made = text.ours
            if now != text.base:
                merged = merge(text.base, text.ours, now, text.file.name, Labels(), size=_SIZE)
                if merged.conflicts:
                    return _asked(request, at, one, text, now, merged.text)
                made = merged.text
            specs.format_text(made, text.file.name)  # SpecError before anything is written
        write({text.file: made.encode()}, force=True)
    if text.file.name != LISTING:
        at.drafts.pop((one.item.way, one.number), None)
    return _back(one, "merged" if made != text.ours else "saved")


def _asked(request: Request, at: House, one: Opened, text: Text, now: str, merged: str) -> Response:
    """The page that shows what both sides changed; what was typed stays there as long as it is open."""
    names = {"base": text.base, "ours": text.ours, "theirs": now}
    hashes = {name: at.texts.put(said) for name, said in names.items()}
    found = list(clashes(merged, form_of(one), _SIZE))
    shown = {"item": one.item, "one": one, "clashes": found, "file": text.file.name}
    return page(request, "conflict.html.j2", 409, title=say("web.edit.both"), hashes=hashes, **shown)


def _back(one: Opened, said: str) -> Response:
    query = f"?project={one.number}" + (f"&saved={said}" if said else "")
    return RedirectResponse(f"/document/{quote(one.item.way)}{query}", 303)


ROUTES = [
    Route("/edit/{way:path}", posted(edited), methods=["POST"]),
    Route("/save/{way:path}", posted(saved), methods=["POST"]),
    Route("/choose/{way:path}", posted(chosen), methods=["POST"]),
]
