"""Files and folders dropped on the page: copied to the inbox, and read behind what goes on."""

from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from perfdoc.errors import ConflictError
from perfdoc.storage.folders import hidden
from perfdoc.storage.naming import folder_name
from perfdoc.storage.writing import write
from perfdoc.texts import say
from perfdoc.web.answers import house
from perfdoc.web.shelf import INBOX

_MOST = 1000  # files of one request


async def drop(request: Request) -> Response:
    """Take the files of a request; those that are there already stay as they are."""
    at, ways = house(request), []
    async with request.form(max_files=_MOST, max_fields=_MOST) as form:
        names = [text for name, text in form.multi_items() if name == "name" and isinstance(text, str)]
        files = [one for name, one in form.multi_items() if name == "file" and isinstance(one, UploadFile)]
        for number, one in enumerate(files):
            name = names[number] if number < len(names) else one.filename or ""
            way = placed_as(name)
            if way is not None:
                ways.append(await run_in_threadpool(_kept, at.root, way, await one.read()))
    at.shelf.forget()
    items = at.shelf.items().values()
    at.read(
        [one for one in items if one.file and one.received and one.received.relative_to(at.root).as_posix() in ways]
    )
    if "text/html" in request.headers.get("accept", "") and request.headers.get("x-dropped") is None:
        return Response(status_code=303, headers={"Location": "/"})
    return PlainTextResponse(say("web.drop.kept", n=len(ways)))


def placed_as(name: str) -> str | None:
    """Where a file goes, seen from the folder that is served: no part of its name leads anywhere else.

    None for what is hidden, or a lock file of Word.
    """
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    if not parts or any(map(hidden, parts)):
        return None
    return "/".join((INBOX, *map(folder_name, parts[-8:])))


def _kept(root: Path, way: str, data: bytes) -> str:
    """Write a file, under another name where one stands that says something else; its way."""
    folder, _, name = way.rpartition("/")
    stem, dot, suffix = name.rpartition(".")
    for number in range(1, 1000):
        chosen = name if number == 1 else f"{stem or suffix}-{number}{dot if stem else ''}{suffix if stem else ''}"
        path = root / folder / chosen
        if any(one.is_symlink() for one in (path, *path.parents) if one.is_relative_to(root) and one != root):
            raise HTTPException(403, say("web.drop.link", way=folder))
        try:
            write({path: data})
        except ConflictError:
            continue
        return f"{folder}/{chosen}"
    raise HTTPException(409, say("web.drop.link", way=folder))


ROUTES = [Route("/drop", drop, methods=["POST"])]
