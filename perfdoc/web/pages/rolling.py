"""The year's turn: drafts for another year of documents that were chosen, and their marks as a list to tick off."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from perfdoc import rollover, specs
from perfdoc.accounts.html.texts import way as way_of
from perfdoc.accounts.words import path_words
from perfdoc.errors import ConflictError, PerfdocError, SpecError
from perfdoc.pulling import loaded
from perfdoc.specs.comments import MARK, Comments, is_mark
from perfdoc.specs.gathered import gather
from perfdoc.storage.writing import write
from perfdoc.texts import language, say
from perfdoc.web.answers import Pairs, house, item, none_there, page, posted
from perfdoc.web.house import House
from perfdoc.web.shelf import Item


class Mark(NamedTuple):
    """A mark in a project's file: the project's number, the value that it is about, and what it says."""

    project: int
    at: str
    where: str
    text: str


def chosen(request: Request, some: Sequence[Item]) -> Response:
    """The page that asks for the year of the drafts."""
    documents = [one for one in some if one.specs]
    years = [year for one in documents if (year := rollover.year_of(loaded(str(one.given)).reading.document))]
    title = say("web.rollover.title")
    return page(request, "rolling.html.j2", title=title, documents=documents, year=max(years, default=0) + 1)


def rolled(request: Request, pairs: Pairs) -> Response:
    """Make the drafts, below the folder of the year; a document that has one already, or no year, is told."""
    at, given = house(request), dict(pairs)
    year = given.get("year", "")
    if not (year.isdecimal() and 1990 <= int(year) <= 2100):
        raise PerfdocError(say("web.rollover.no_year"))
    since = int(given["since"]) if given.get("since", "").isdecimal() else None
    every = at.shelf.items()
    failed: list[str] = []
    for way in dict.fromkeys(text for name, text in pairs if name == "way" and text in every):
        try:
            _drafted(at, every[way], int(year), since)
        except PerfdocError as error:
            failed.append(f"{way}: {error}")
    at.shelf.forget()
    return _listed(request, year, failed)


def _drafted(at: House, one: Item, year: int, since: int | None) -> None:
    given = loaded(str(one.given))
    target = at.root / str(year) / (one.home or at.root.name)
    if target.exists():
        raise ConflictError(say("web.rollover.there", way=target.relative_to(at.root).as_posix()))
    draft = rollover.rollover(given.reading.document, year, since=since, names=given.names)
    texts = rollover.texts(draft, {specs.LISTING: "", **given.standing().texts}, language())
    write({target / name: text.encode() for name, text in texts.items()})


def show(request: Request) -> Response:
    return _listed(request, request.path_params["year"], ())


def _listed(request: Request, year: str, failed: Sequence[str]) -> Response:
    below = [one for one in house(request).shelf.items().values() if one.way.split("/")[0] == year and one.specs]
    drafts = [(one, _known(house(request), one)) for one in below]
    left = sum(len(marks) for _, marks in drafts)
    title = say("web.rollover.list", year=year)
    return page(request, "marks.html.j2", title=title, year=year, drafts=drafts, left=left, failed=failed)


def _known(at: House, one: Item) -> list[Mark]:
    """The marks of a document, looked for anew where its files have changed."""
    key = (one.way, language())
    known = at.marks.get(key)
    if known is None or known[0] != one.mine:
        known = at.marks[key] = (one.mine, [*_marks(one)])
    return known[1]


def _marks(one: Item) -> Iterator[Mark]:
    """The marks of a document, in the order of its files; of one that is no sound spec just now none."""
    try:
        given = loaded(str(one.given))
    except SpecError:
        return
    texts = given.standing().texts
    for number, name in enumerate(given.names):
        for path, lines in gather(texts[name]).lists() if MARK in texts[name] else ():
            where = path_words(("projects", number, *path))
            yield from (Mark(number, way_of(path), where, one.removeprefix(MARK)) for one in lines if is_mark(one))


def ticked(request: Request, pairs: Pairs) -> Response:
    """Take out a mark: what it is about was looked at."""
    at, wanted, sent = house(request), item(request, specs=True), dict(pairs)
    with at.writing(wanted):
        given = loaded(str(wanted.given))
        number = int(sent["project"]) if sent.get("project", "").isdecimal() else len(given.names)
        if number >= len(given.names):
            raise none_there()
        name, project = given.names[number], given.reading.document.projects[number]
        file = specs.inside(Path(wanted.folder), name)

        def without(found: Comments) -> None:
            for path, lines in found.lists():
                if way_of(path) == sent.get("at"):
                    lines[:] = [one for one in lines if not (is_mark(one) and one == MARK + sent.get("text", ""))]

        text = specs.rewritten(specs.read_text(file), name, project, without)
        write({Path(file): text.encode()}, force=True)
    return RedirectResponse(f"/marks/{quote(wanted.way.split('/')[0])}", 303)


ROUTES = [
    Route("/rollover", posted(rolled), methods=["POST"]),
    Route("/marks/{year}", show),
    Route("/tick/{way:path}", posted(ticked), methods=["POST"]),
]
