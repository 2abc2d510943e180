"""A file that came back from a reviewer: its changes one by one, its comments, and what is answered to them."""

import secrets
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from perfdoc.comparison import Change
from perfdoc.errors import PerfdocError
from perfdoc.form_definition import forms
from perfdoc.merging import markers
from perfdoc.pulling import Given, loaded
from perfdoc.report import Reply
from perfdoc.reviews import opinions, with_threads
from perfdoc.storage.writing import write
from perfdoc.texts import say
from perfdoc.web.answers import Pairs, house, item, page, posted
from perfdoc.web.clashes import clashes
from perfdoc.web.desk import answer
from perfdoc.web.house import House
from perfdoc.web.shelf import Item
from perfdoc.web.work.hand import reviewed
from perfdoc.web.work.results import Reviewed

_KEPT = 8  # files that came back and are looked at, or were left so


def show(request: Request) -> Response:
    """Where a file that came back is dropped, and the comments of the document as they stand."""
    return _page(request, item(request, specs=True))


def _page(request: Request, wanted: Item, status: int = 200, /, **values: object) -> Response:
    given = loaded(str(wanted.given))
    usual: dict[str, object] = {"found": None, "name": "", "token": "", "texts": {}, "keys": None}
    return page(
        request, "reviewing.html.j2", status, title=say("web.review.title"), item=wanted, Change=Change,
        said=request.query_params.get("said"), opinions=opinions(given.threads(), given.reading), clashes=clashes,
        form=forms(near=given.folder).get(given.reading.document.form or ""),
        **{**usual, **values},
    )  # fmt: skip


async def came(request: Request) -> Response:
    """A file that came back: what was changed in it."""
    wanted, at = item(request, specs=True), house(request)
    async with request.form(max_files=1) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise HTTPException(422, say("web.review.no_file"))
        data, name = await file.read(), (file.filename or "").replace("\\", "/").rpartition("/")[2]
    token = secrets.token_urlsafe(12)
    at.returned[token] = (wanted.way, name, data)
    while len(at.returned) > _KEPT:
        at.returned.popitem(last=False)
    found = await run_in_threadpool(_reviewed, at, wanted, token, None)
    return _page(request, wanted, found=found, name=name, token=token)


def _reviewed(at: House, wanted: Item, token: str, keys: frozenset[str] | None) -> Reviewed:
    """What a file that came back changes. Raises PerfdocError, also where it is not known any more."""
    way, name, data = at.returned.get(token, ("", "", b""))
    if way != wanted.way:
        raise PerfdocError(say("web.review.forgotten"))
    return answer(at.desk.do(reviewed, wanted.given, data, name, keys, near=Path(wanted.folder)))


def pulled(request: Request, pairs: Pairs) -> Response:
    """Write what is taken of a file that came back; where the specs were changed too, ask first."""
    given, keys = dict(pairs), frozenset(text for name, text in pairs if name == "key")
    at, wanted, token = house(request), item(request, specs=True), given.get("token", "")
    with at.writing(wanted):
        found = _reviewed(at, wanted, token, keys)
        seen = {name: at.texts.put(text) for name, text in found.conflicts.items()}
        if any(given.get(f"seen:{name}") != mark for name, mark in seen.items()):
            name = at.returned[token][1]
            values = {"found": found, "name": name, "token": token, "texts": found.conflicts, "seen": seen}
            return _page(request, wanted, 409, **values, keys=keys)
        texts = {
            name: markers.chosen(text, given, f"{name}:") if name in found.conflicts else text
            for name, text in found.texts.items()
        }
        _written(wanted, texts)
    at.returned.pop(token, None)
    return RedirectResponse(f"/review/{quote(wanted.way)}?said={'pulled' if texts else 'same'}", 303)


def answered(request: Request, pairs: Pairs) -> Response:
    at, wanted, given = house(request), item(request, specs=True), dict(pairs)
    with at.writing(wanted):
        document: Given = loaded(str(wanted.given))
        mark = given.get("thread", "")
        thread = next((one for one in document.threads() if f"{one.author} {one.date} {one.text}" == mark), None)
        text, author = given.get("text", "").strip(), given.get("author", "").strip()
        if thread is None or not text:
            raise PerfdocError(say("web.review.no_thread"))
        new = thread._replace(replies=(*thread.replies, Reply(author, "", text)))
        standing = document.standing()
        made = with_threads(standing.texts, standing.names, [new])
        _written(wanted, {name: one for name, one in made.items() if one != standing.texts[name]})
    return RedirectResponse(f"/review/{quote(wanted.way)}?said=answered", 303)


def _written(wanted: Item, texts: Mapping[str, str]) -> None:
    write({Path(wanted.folder, name): text.encode() for name, text in texts.items()}, force=True)


ROUTES = [
    Route("/review/{way:path}", show),
    Route("/review/{way:path}", came, methods=["POST"]),
    Route("/pull/{way:path}", posted(pulled), methods=["POST"]),
    Route("/answer/{way:path}", posted(answered), methods=["POST"]),
]
