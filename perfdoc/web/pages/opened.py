"""One document: the original on the left, its values on the right, what to look at below."""

from collections.abc import Callable
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from perfdoc.accounts.html.texts import way
from perfdoc.accounts.words import path_words
from perfdoc.form_definition import Form, forms
from perfdoc.form_definition.loading import refreshed
from perfdoc.model import Document, Project
from perfdoc.office import find
from perfdoc.pairing import pair_indicators
from perfdoc.report import Role
from perfdoc.specs import LISTING
from perfdoc.texts import say
from perfdoc.web.answers import STOP_POLLING, house, item, number, page, picture_of
from perfdoc.web.desk import SHOWN
from perfdoc.web.fields import Sheet, rows_of, sheet
from perfdoc.web.house import House
from perfdoc.web.shelf import Item
from perfdoc.web.work.results import Looked, Note, Painted


class Draft(NamedTuple):
    """A project as it is being edited: the text that it began with (its hash), and the names of its rows."""

    base: str
    project: Project
    rows: list[str]


class Opened(NamedTuple):
    """A document as its page shows it: what was received, what its specs say, and the project that is looked at."""

    item: Item
    theirs: Looked | None
    mine: Looked | None
    number: int
    draft: Draft | None
    unsaved: bool

    @property
    def own(self) -> Looked:
        """What its specs say, of one that has some."""
        assert self.mine is not None
        return self.mine

    @property
    def document(self) -> Document | None:
        """What is shown on the right: the specs, or what was read where there are none yet."""
        shown = self.mine or self.theirs
        return shown.document if shown else None

    @property
    def notes(self) -> list[Note]:
        """All that is to be looked at: of the reading its doubts, of the specs the findings and comments."""
        doubts = [
            one for one in (self.theirs.notes if self.theirs else ()) if self.mine is None or one.kind != "finding"
        ]
        return [*doubts, *(self.mine.notes if self.mine else ())]


def opened(at: House, wanted: Item, index: int, patience: float) -> Opened | None:
    """A document with what is known of it; None while it is being read."""
    mine = at.desk.looked(wanted, received=False, patience=patience) if wanted.specs else None
    theirs = at.desk.looked(wanted, received=True, patience=patience) if wanted.received else None
    if (wanted.specs and mine is None) or (wanted.received and theirs is None):
        return None
    shown = mine or theirs
    document = shown.document if shown else None
    projects = document.projects if document else ()
    index = min(index, max(len(projects) - 1, 0))
    draft: Draft | None = at.drafts.get((wanted.way, index))
    unsaved = draft is not None
    if draft is None and projects:
        text = mine.texts[mine.names[index]] if mine and mine.names else ""
        draft = Draft(at.texts.put(text), projects[index], rows_of(projects[index]))
    return Opened(wanted, theirs, mine, index, draft, unsaved)


def sheet_of(one: Opened) -> Sheet | None:
    """The project that is looked at, as fields; None where there is none."""
    if one.draft is None or one.document is None:
        return None
    shown = one.mine or one.theirs
    return sheet(one.draft.project, one.number, form_of(one), one.draft.rows, (shown.year if shown else 0) or None)


def form_of(one: Opened) -> Form | None:
    near = one.item.specs or (one.item.received.parent if one.item.received else None)
    refreshed(near)
    return forms(near=near).get((one.document.form if one.document else "") or "")


def show(request: Request) -> Response:
    """The whole page; while the document is read, one that asks again."""
    at, wanted = house(request), item(request)
    one = opened(at, wanted, number(request, "project", 100_000), SHOWN)
    if one is None:
        return page(request, "waiting.html.j2", title=wanted.name, item=wanted)
    said = request.query_params.get("saved", "")
    return page(request, "opened.html.j2", title=wanted.name, **values(one), **_whole(at, one), saved=said)


def _whole(at: House, one: Opened) -> dict[str, object]:
    """What the document's own fields are filled with; `listing` is the hash of the document.yaml that they are from."""
    text = one.mine.texts.get(LISTING, "") if one.mine and one.mine.document and one.mine.names else ""
    return {"listing": at.texts.put(text) if text else "", "forms": sorted(forms(near=one.item.specs))}


def values(one: Opened) -> dict[str, object]:
    return {
        "item": one.item, "one": one, "sheet": sheet_of(one), "notes": one.notes, "twin": twins(one), "way": way,
        "ident": ident, "path_words": path_words, "hints": hints(one.notes),
    }  # fmt: skip


def ident(at: str) -> str:
    return "v-" + "_".join(at.split())


def hints(notes: list[Note]) -> dict[str, list[Note]]:
    """The findings at each value."""
    found: dict[str, list[Note]] = {}
    for one in notes:
        if one.kind == "finding":
            found.setdefault(way(one.path), []).append(one)
    return found


def twins(one: Opened) -> Callable[[str], str]:
    """Where a value of the specs stands in the file that they came from: the way to it there, for the way to it here.

    Without it, an indicator that was added would make each one behind it point at its neighbour's text.
    """
    theirs = one.theirs.document if one.theirs else None
    known: dict[str, int] = {}
    if theirs is not None and one.draft is not None and one.mine is not None and one.number < len(theirs.projects):
        pairs = pair_indicators(theirs.projects[one.number].indicators, one.draft.project.indicators)
        known = {str(mine): old for old, mine in pairs}
        known |= {str(at): -1 - at for at in range(len(one.draft.project.indicators)) if str(at) not in known}

    def twin(at: str) -> str:
        steps = at.split("/")
        if known and steps[1:3] == [str(one.number), "indicators"] and steps[3:] and steps[3] in known:
            steps[3] = str(known[steps[3]])
        return "/".join(steps)

    return twin


def original(request: Request) -> Response:
    """The original as it looks: the pages once they are there, until then the drawn tables."""
    wanted = item(request)
    seen, made = _pages(request, wanted)
    ready = seen is not None and made is not None
    claims = seen.claims if seen and ready else ()
    why = str(made) if isinstance(made, Exception) else seen.why if seen else ""
    return page(
        request,
        "pictured.html.j2",
        STOP_POLLING if ready else 200,
        item=wanted,
        drawn=seen.drawn if seen else "",
        why=why or ("" if find() else say("web.no_office")),
        texts=[(way(one.path) if one.role in (Role.value, Role.extra) else "", one) for one in claims],
        pages=made if isinstance(made, tuple) else (),
        ready=ready,
    )


def picture(request: Request) -> Response:
    return picture_of(request, _pages(request, item(request))[1])


def _pages(request: Request, wanted: Item) -> tuple[Looked | None, Painted | Exception | None]:
    """The received file, or what the specs are rendered to, as it was read, and its pages; None while they are made."""
    desk = house(request).desk
    seen = desk.looked(wanted, received=True) if wanted.received else desk.drawn(wanted)
    return seen, desk.painted(wanted, seen) if seen and seen.drawn and find() else ()


ROUTES = [
    Route("/document/{way:path}", show),
    Route("/original/{way:path}", original),
    Route("/picture/{number:int}/{way:path}", picture),
]
