"""The language, and the end."""

import asyncio

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from perfdoc.texts import say
from perfdoc.web.answers import house, page
from perfdoc.web.safety import LANGUAGE

_YEAR = 365 * 86400
_A_MOMENT = 0.5  # seconds


def speak(request: Request) -> Response:
    """Another language from now on, and back to the page."""
    back = request.query_params.get("back", "/")
    inside = back.startswith("/") and not back.startswith(("//", "/\\"))
    answer = RedirectResponse(back if inside else "/", 303)
    answer.set_cookie(LANGUAGE, request.path_params["language"], max_age=_YEAR, httponly=True, samesite="strict")
    return answer


def leave(request: Request) -> HTMLResponse:
    """End the server, once the browser has what the last page needs."""

    async def stopped() -> None:
        await asyncio.sleep(_A_MOMENT)
        house(request).stop()

    last = page(request, "failed.html.j2", why=say("web.ended.now"), title=say("web.ended.title"), over=True)
    last.background = BackgroundTask(stopped)
    return last


ROUTES = [Route("/language/{language}", speak), Route("/leave", leave, methods=["POST"])]
