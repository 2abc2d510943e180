"""A document as it will be printed: in its form, or in the file that it came from, with what has no place there."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from perfdoc.office import find
from perfdoc.texts import say
from perfdoc.web.answers import STOP_POLLING, house, item, page, picture_of
from perfdoc.web.house import House
from perfdoc.web.shelf import Item
from perfdoc.web.work.results import Filled, Painted


def show(request: Request) -> Response:
    """The whole page; the pictures follow."""
    wanted, old = _asked(request)
    return page(request, "printing.html.j2", title=say("web.print.title"), item=wanted, old=old)


def _asked(request: Request) -> tuple[Item, bool]:
    """The document, and whether its old file is asked for. 404 without specs, or without a file where that is."""
    old = request.query_params.get("old") == "1"
    return item(request, specs=True, received=old), old


def printed(request: Request) -> Response:
    """What was changed in the old file, what has no place in it, and the pages, once they are there."""
    wanted, old = _asked(request)
    filled = house(request).desk.filled(wanted) if old else None
    known = filled if isinstance(filled, Filled) else None
    made = _pages(house(request), wanted, filled, old)
    why = str(made) if isinstance(made, Exception) else "" if find() else say("web.no_office")
    shown = made if isinstance(made, tuple) else ()
    values = {"item": wanted, "old": old, "filled": known, "pages": shown, "why": why, "ready": made is not None}
    return page(request, "printed.html.j2", 200 if made is None else STOP_POLLING, **values)


def _pages(at: House, wanted: Item, filled: Filled | Exception | None, old: bool) -> Painted | Exception | None:
    if isinstance(filled, Exception) or (old and filled is None):
        return filled
    return at.desk.printed(wanted, filled) if find() else ()


def picture(request: Request) -> Response:
    wanted, old = _asked(request)
    made = _pages(house(request), wanted, house(request).desk.filled(wanted) if old else None, old)
    return picture_of(request, made)


ROUTES = [
    Route("/print/{way:path}", show),
    Route("/printed/{way:path}", printed),
    Route("/print-picture/{number:int}/{way:path}", picture),
]
