"""The work list: every document of the folder, sorted, filtered, and what can be done with many at once."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from perfdoc.accounts.html.texts import way
from perfdoc.page import rendered
from perfdoc.texts import Language, say
from perfdoc.web.answers import Pairs, house, page, posted
from perfdoc.web.desk import UNKNOWN
from perfdoc.web.house import House
from perfdoc.web.pages import rolling
from perfdoc.web.pages.downloads import packed
from perfdoc.web.shelf import Item
from perfdoc.web.work.results import Note, State

_COLUMNS = ("name", "agency", "year", "form", "state", "findings", "comments", "changed")
_WEIGHT = {state: number for number, state in enumerate(State)}
_MOST = 500
"""Rows of the page; what is behind them is found by the filter."""


class Row(NamedTuple):
    """A document in the list: how it stands by its specs, else by its received file, as far as that is known by now.

    `counts` are doubts, errors, warnings, infos and open comments.
    """

    way: str
    file: str
    name: str
    more: int
    agency: str
    year: str
    form: str
    state: State
    counts: tuple[int, int, int, int, int]
    changed: float
    read: bool
    differs: bool

    @property
    def id(self) -> str:
        """A name for the row on the page: letters and digits."""
        return f"c{sha256(self.way.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"

    def key(self, column: str) -> tuple[object, ...]:
        keys: dict[str, tuple[object, ...]] = {
            "state": (_WEIGHT[self.state], -self.counts[0]),
            "findings": tuple(-one for one in self.counts[1:4]),
            "comments": (-self.counts[4],),
            "changed": (-self.changed,),
        }
        return keys[column] if column in keys else (getattr(self, column) == "", getattr(self, column))


def row(house: House, item: Item) -> Row:
    mine = house.desk.standing(item, received=False) if item.folder else None
    theirs = house.desk.standing(item, received=True) if item.file else None
    known = [one for one in (mine, theirs) if one is not None]
    waiting = len(known) < bool(item.folder) + bool(item.file)
    state = State.waiting if waiting else min((one.state for one in known), key=_WEIGHT.__getitem__)
    first = known[0] if known else UNKNOWN
    differs = bool(mine and theirs and mine.said != theirs.said)
    return Row(
        item.way, item.file[len(str(house.root)) + 1 :] or item.way,
        first.name or item.name, max(first.projects - 1, 0), first.agency, first.year, first.form, state,
        (theirs.counts[0] if theirs else 0, *first.counts[1:]),
        item.changed, bool(item.folder), differs,
    )  # fmt: skip


@lru_cache(4096)
def drawn(one: Row, ago: str, language: Language) -> str:
    """A row as HTML, in the language that is spoken; of a long list nearly all stay as they were."""
    return "".join(rendered("web/pages/row.html.j2", one=one, ago=ago, url=quote))


class Asked(NamedTuple):
    words: str
    state: str
    sort: str
    down: bool

    @classmethod
    def of(cls, request: Request) -> Asked:
        """What the query says; what makes no sense is left out."""
        query = request.query_params
        sort, state = query.get("sort", ""), query.get("state", "")
        return cls(
            query.get("q", "").strip()[:200],
            state if state in (*State, "unread", "differs", "findings", "comments") else "",
            sort if sort in _COLUMNS else "name",
            query.get("down") == "1",
        )

    def keeps(self, one: Row) -> bool:
        said = f"{one.name} {one.file} {one.agency} {one.year} {one.form}".casefold()
        return all(word in said for word in self.words.casefold().split()) and self.state in ("", *_states(one))


def _states(one: Row) -> Iterator[str]:
    yield one.state
    marks = {
        "unread": not one.read, "differs": one.differs,
        "findings": one.counts[1] + one.counts[2] > 0, "comments": one.counts[4] > 0,
    }  # fmt: skip
    yield from (name for name, holds in marks.items() if holds)


def shown(request: Request) -> Response:
    return _answer(request, "worklist.html.j2")


def rows(request: Request) -> Response:
    """The table alone, as it is asked for again and again while something goes on."""
    return _answer(request, "rows.html.j2")


def _answer(request: Request, template: str) -> HTMLResponse:
    asked, at = Asked.of(request), house(request)
    every = [row(at, one) for one in at.shelf.items().values()]
    wanted = sorted(
        (one for one in every if asked.keeps(one)), key=lambda one: (*one.key(asked.sort), one.way), reverse=asked.down
    )
    states = Counter(state for one in every for state in _states(one))
    busy = states[State.waiting] > 0 or at.reading.done < at.reading.total
    return page(
        request,
        template,
        title=say("web.list.title"),
        rows=wanted[:_MOST],
        more=max(len(wanted) - _MOST, 0),
        total=len(every),
        look=sum(one.state not in (State.clean, State.waiting) or one.counts[1] > 0 for one in every),
        states=states,
        asked=asked,
        columns=_COLUMNS,
        busy=busy,
        reading=at.reading,
        drawn=drawn,
        ago=ago,
    )


def ago(moment: float) -> str:
    """How long ago something was, in words; of what is more than a week ago the day."""
    passed = max(time.time() - moment, 0)
    for unit, seconds, most in (("minutes", 60, 60), ("hours", 3600, 24), ("days", 86400, 8)):
        if passed < seconds * most:
            return say(f"web.ago.{unit}", n=int(passed // seconds)) if passed >= 60 else say("web.ago.now")
    return time.strftime("%Y-%m-%d", time.localtime(moment))


def act(request: Request, pairs: Pairs) -> Response:
    """Something done with all documents that were chosen."""
    action = next((text for name, text in pairs if name == "action"), "")
    every = house(request).shelf.items()
    chosen: Sequence[Item] = [every[text] for name, text in pairs if name == "way" and text in every]
    if action in ("read", "again"):
        house(request).read(chosen, force=action == "again")
    elif action == "check":
        return checked(request, chosen)
    elif action == "rollover":
        return rolling.chosen(request, chosen)
    elif action in ("docx", "xlsx", "pdf", "yaml") and chosen:
        return packed(house(request), chosen, action)
    return RedirectResponse("/", 303)


ROUTES = [Route("/", shown), Route("/rows", rows), Route("/act", posted(act), methods=["POST"])]


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
