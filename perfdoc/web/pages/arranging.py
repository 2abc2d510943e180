"""A document as a whole: its form and title, a project's heading; projects added, empty or as a copy, and removed."""

from functools import partial
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from perfdoc import new_project, specs
from perfdoc.errors import ConflictError, UsageError
from perfdoc.form_definition import forms
from perfdoc.model import Project
from perfdoc.specs import LISTING
from perfdoc.specs.comments import move
from perfdoc.storage.writing import write
from perfdoc.texts import say
from perfdoc.web.answers import Pairs, house, none_there, posted
from perfdoc.web.house import House
from perfdoc.web.pages.editing import Text, edited_now, settled
from perfdoc.web.pages.opened import Opened


def arranged(request: Request, pairs: Pairs) -> Response:
    """What was asked of the document: its own texts saved, a project added or removed."""
    at, one, given = house(request), edited_now(request), dict(pairs)
    if one.item.loose:
        raise none_there()
    action = given.get("action", "")
    if action in ("copy", "empty"):
        return _added(at, one, given.get("name", "").strip(), copied=action == "copy")
    if action == "remove":
        return _removed(at, one, at.texts.get(given.get("spec", "")))
    base = at.texts.get(given.get("listing", ""))
    if base is None:
        raise UsageError(say("web.edit.forgotten"))
    listing, number = specs.parsed_listing(base), one.number
    entries = list(listing.projects)
    entries[number] = entries[number].model_copy(update={"heading": given.get("heading") or None})
    said = {"form": given.get("form") or None, "title": given.get("title") or None, "projects": tuple(entries)}
    ours = specs.rewritten(base, LISTING, listing.model_copy(update=said))
    return settled(request, at, one, Text(one.item.given / LISTING, base, ours))


def _added(at: House, one: Opened, name: str, *, copied: bool) -> Response:
    assert one.document is not None
    with at.writing(one.item):
        place = new_project.place(one.item.given, None)
        form = forms(near=one.item.given).get(place.form or "")
        if copied:
            old = one.document.projects[one.number]
            made = old.model_copy(update={"name": name or old.name, "heading": None, "bookmarks": None})
        elif form is not None:
            made = new_project.project(form, {**place.shared(form), "name": name}, "", ())
        else:
            made = Project(name=name)
        write(place.with_project(made), force=True)
    return _to(one, len(place.names))


def _removed(at: House, one: Opened, seen: str | None) -> Response:
    """A project less. ConflictError where its file says something else than what was `seen`."""
    folder, number, names = one.item.given, one.number, one.own.names
    if len(names) == 1:
        raise UsageError(say("web.arrange.last"))
    file = specs.inside(folder, names[number])
    with at.writing(one.item):
        text = specs.read_text(folder / LISTING)
        listing = specs.parsed_listing(text)
        if specs.read_text(file) != seen or [each.spec for each in listing.projects] != list(names):
            raise ConflictError(say("web.arrange.changed", file=names[number]))
        kept = [index for index in range(len(names)) if index != number]
        left = tuple(listing.projects[index] for index in kept)
        follow = partial(move, items=kept, name="projects")
        made = specs.rewritten(text, LISTING, listing.model_copy(update={"projects": left}), follow)
        write({folder / LISTING: made.encode()}, force=True)
        file.unlink()
        drafts = {key: at.drafts.pop(key) for key in [*at.drafts] if key[0] == one.item.way and key[1] >= number}
        at.drafts |= {(way, index - 1): draft for (way, index), draft in drafts.items() if index > number}
    return _to(one, max(number - 1, 0))


def _to(one: Opened, number: int) -> Response:
    return RedirectResponse(f"/document/{quote(one.item.way)}?project={number}", 303)


ROUTES = [Route("/arrange/{way:path}", posted(arranged), methods=["POST"])]
