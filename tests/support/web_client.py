"""A browser for tests of the page: it keeps cookies and says where its requests come from; no network is there."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from starlette.applications import Starlette

from perfdoc.web.application import application
from perfdoc.web.house import House

PORT = 8765
BASE = f"http://127.0.0.1:{PORT}"
TOKEN = "the-token"
ENGLISH = {"Accept-Language": "en", "Origin": BASE}


class Browser:
    """What a browser does that was given the address, or (`let_in=False`) was not."""

    def __init__(self, app: Starlette, house: House, *, let_in: bool = True) -> None:
        self.app, self.house = app, house
        self.cookies = httpx.Cookies()
        if let_in:
            self.cookies.update(self.ask("GET", f"/enter/{TOKEN}").cookies)

    def ask(self, method: str, path: str, headers: Mapping[str, str] = ENGLISH, **given: Any) -> httpx.Response:
        """One request, answered."""

        async def asked() -> httpx.Response:
            transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url=BASE, cookies=self.cookies) as client:
                return await client.request(method, path, headers=headers, **given)

        return asyncio.run(asked())

    def get(self, path: str, **given: Any) -> httpx.Response:
        """A page; one that says that the document is being read is asked for again, as it does itself."""
        for _ in range(8):
            answer = self.ask("GET", path, **given)
            if 'hx-get=""' not in answer.text:
                break
        return answer

    def post(self, path: str, data: Mapping[str, Any], **given: Any) -> httpx.Response:
        """A form sent."""
        return self.ask("POST", path, data=data, **given)

    def settled(self, path: str = "/rows") -> str:
        """The list once nothing goes on any more."""
        for _ in range(300):
            text = self.get(path).text
            if "hx-trigger" not in text:
                return text
            time.sleep(0.1)
        raise AssertionError(text)

    def fields(self, page: str) -> dict[str, str | list[str]]:
        """The names and texts of the form of a document's page, as a browser would send them."""
        import html

        found: dict[str, str | list[str]] = {"row": re.findall(r'name="row" value="(\w+)"', page)}
        for tag in re.findall(r"<input[^>]*>", page):
            name, value = (re.search(rf'\b{one}="([^"]*)"', tag) for one in ("name", "value"))
            if name and value and name[1] not in ("row", "way"):
                found[html.unescape(name[1])] = html.unescape(value[1])
        for name_, text in re.findall(r'<textarea[^>]* name="([^"]*)"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL):
            found[html.unescape(name_)] = html.unescape(text)
        return found


@contextmanager
def opened(root: Path, *, let_in: bool = True) -> Iterator[Browser]:
    """A browser on a folder; the processes that work for it end with the block."""
    house = House(root, lambda: None)
    try:
        yield Browser(application(house, TOKEN, PORT), house, let_in=let_in)
    finally:
        house.desk.close()
