"""The pages put together and served: one folder, on this machine alone, until it is told to stop."""

import contextlib
import os
import secrets
import socket
import webbrowser
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from perfdoc.errors import UsageError
from perfdoc.texts import reason, say
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
from perfdoc.web.safety import ENTER, Safety

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


def run(folder: Path, port: int, tell: Callable[[str], None], *, browser: bool = True) -> None:
    if not folder.is_dir():
        raise UsageError(say("web.no_folder", folder=folder))
    os.chdir(folder)  # forms and settings are found from the folder that is served, as by a command that is run in it
    folder = Path.cwd()
    token = secrets.token_urlsafe(24)
    with contextlib.closing(
        socket.socket(proto=socket.IPPROTO_TCP)
    ) as listening:  # else asyncio has packets wait 40 ms
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind(("127.0.0.1", port))
            listening.listen(128)  # whoever is told the address is heard, and answered a moment later
        except (OSError, OverflowError) as error:
            why = reason(error) if isinstance(error, OSError) else error
            raise UsageError(say("web.port", port=port, why=why)) from error
        port = listening.getsockname()[1]
        house = House(folder, lambda: setattr(server, "should_exit", True))
        app = application(house, token, port)
        # uvicorn's own words are for who runs a site; its date and name are of no use to the browser
        config = uvicorn.Config(
            app, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=2, lifespan="on"
        )
        server = uvicorn.Server(config)
        address = f"http://127.0.0.1:{port}{ENTER}{token}"
        tell(address)
        if browser:
            webbrowser.open(address)
        try:
            server.run(sockets=[listening])
        except KeyboardInterrupt:
            pass
        finally:
            house.desk.close()
