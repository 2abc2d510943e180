"""The pages put together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from perfdoc.web.answers import FAILURES
from perfdoc.web.house import House
from perfdoc.web.pages import (
    arranging,
    downloads,
    dropping,
    editing,
    labels,
    opened,
    printing,
    reviewing,
    rolling,
    session,
    worklist,
)
from perfdoc.web.safety import Safety

PAGES = (arranging, worklist, dropping, opened, editing, labels, reviewing, printing, rolling, downloads, session)
"""The files of `pages/`, each with its ROUTES."""


def application(house: House, token: str, port: int) -> Starlette:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        yield
        house.desk.close()

    static = Mount("/static", StaticFiles(directory=Path(__file__).parent / "static"))
    app = Starlette(
        routes=[*(route for one in PAGES for route in one.ROUTES), static],
        middleware=[Middleware(Safety, token=token, port=port)],
        exception_handlers=dict(FAILURES),
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False
    app.state.house = house
    return app
