"""What every page does: it fills its template, names the document that is asked for, and takes what was posted."""

from collections.abc import Awaitable, Callable
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from perfdoc.errors import PerfdocError
from perfdoc.page import rendered
from perfdoc.texts import say
from perfdoc.web.house import House
from perfdoc.web.shelf import Item

STOP_POLLING = 286
"""htmx: the answer is the last one."""
Pairs = list[tuple[str, str]]
"""The fields of a form that was sent, in their order."""


def house(request: Request) -> House:
    found: House = request.app.state.house
    return found


def page(request: Request, template: str, status: int = 200, /, **values: object) -> HTMLResponse:
    given = {"request": request, "root": house(request).root.name or "/", "url": quote, **values}
    return HTMLResponse("".join(rendered(f"web/pages/{template}", **given)), status)


def item(request: Request, *, specs: bool = False, received: bool = False) -> Item:
    """The document that the path names; 404 where there is none, or none with specs, or a received file."""
    found = house(request).shelf.find(request.path_params["way"])
    if found is None or (specs and not found.folder) or (received and not found.file):
        raise none_there()
    return found


def none_there() -> HTTPException:
    return HTTPException(404, say("web.none_there"))


def number(request: Request, name: str, most: int) -> int:
    """A number from the query, from 0 and below `most`."""
    given = request.query_params.get(name, "0")
    return min(int(given), max(most - 1, 0)) if given.isdecimal() else 0


def picture_of(request: Request, made: object) -> Response:
    """The picture, of those `made`, of the page that the path numbers from 0; 404 where it is not there yet."""
    number = request.path_params["number"]
    if not isinstance(made, tuple) or number >= len(made):
        raise none_there()
    return Response(made[number].picture, media_type="image/png")


async def sent(request: Request) -> Pairs:
    """The texts of a form that was sent, with the line ends that specs have."""
    form = await request.form(max_fields=100_000)
    return [(name, text.replace("\r\n", "\n")) for name, text in form.multi_items() if isinstance(text, str)]


def posted(work: Callable[[Request, Pairs], Response]) -> Callable[[Request], Awaitable[Response]]:
    """What answers a form that was sent: `work`, on a thread of its own, with its fields."""

    async def answer(request: Request) -> Response:
        return await run_in_threadpool(work, request, await sent(request))

    return answer


def failed(request: Request, error: Exception) -> HTMLResponse:
    status = error.status_code if isinstance(error, HTTPException) else 422
    why = str(error.detail if isinstance(error, HTTPException) else error)
    return page(request, "failed.html.j2", status, why=why, title=say("web.failed"), over=False)


FAILURES = {PerfdocError: failed, HTTPException: failed}
"""What is answered to an exception."""
