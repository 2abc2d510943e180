"""Files to take away: a document as Word, Excel, PDF or its specs; several as one zip."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from perfdoc.errors import PerfdocError
from perfdoc.storage.naming import folder_name
from perfdoc.texts import say
from perfdoc.web.answers import house, item, none_there
from perfdoc.web.desk import PATIENCE
from perfdoc.web.house import House
from perfdoc.web.shelf import Item
from perfdoc.web.work.results import Filled

_KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "yaml": "application/zip",
}


def download(request: Request) -> Response:
    """One document in one kind. 404 for a kind that there is not, or a document without specs or old file."""
    to = request.path_params["kind"]
    wanted = item(request, specs=True, received=to == "old")
    if to == "old":
        return _old(house(request), wanted)
    if to not in _KINDS:
        raise none_there()
    name = folder_name(wanted.name)
    if to == "yaml":
        return _file(_zip(_specs(wanted, name)), f"{name}.zip", "yaml")
    return _file(house(request).desk.made(wanted, to), f"{name}.{to}", to)


def _old(at: House, wanted: Item) -> Response:
    found = at.desk.filled(wanted, patience=PATIENCE * 4)
    if not isinstance(found, Filled):
        raise found or PerfdocError(say("web.print.late"))
    file = Path(wanted.file)
    kind = file.suffix[1:].lower()
    return _file(found.data, file.name, kind if kind in _KINDS else "yaml")


def packed(at: House, chosen: Sequence[Item], to: str) -> Response:
    """Several documents as a zip; of those that have no such file it holds a text that says why."""
    chosen = [one for one in chosen if one.specs is not None]
    if not chosen:
        raise PerfdocError(say("web.download.none"))
    return _file(_zip(_members(at, chosen, to)), f"{at.root.name or 'perfdoc'}-{to}.zip", "yaml")


def _members(at: House, chosen: Sequence[Item], to: str) -> Iterator[tuple[str, bytes]]:
    failed: list[str] = []
    for one in chosen:
        name = one.way if one.way != "." else one.name
        if to == "yaml":
            yield from _specs(one, name)
            continue
        try:
            yield f"{name}.{to}", at.desk.made(one, to)
        except PerfdocError as error:
            failed.append(f"{name}: {error}")
    if failed:
        yield say("web.download.missing"), "\n".join(failed).encode()


def _specs(one: Item, name: str) -> Iterator[tuple[str, bytes]]:
    assert one.specs is not None
    for file in one.names:
        path = one.specs / file
        if path.is_file() and not path.is_symlink():
            yield f"{name}/{file}", path.read_bytes()


def _zip(members: Iterator[tuple[str, bytes]]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members:
            made.writestr(name, data)
    return stream.getvalue()


def _file(data: bytes, name: str, kind: str) -> Response:
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return Response(data, media_type=_KINDS[kind], headers=headers)


ROUTES = [Route("/download/{kind}/{way:path}", download)]
