"""Who is let in: this machine's user, with the address that was printed, from the page itself.

Any site that the user visits may send requests to 127.0.0.1, and a name of its own may be made to lead there (DNS
rebinding). So each request names this server as its Host, one that a page sends names it as its Origin, and all but
the first carry a cookie that only that first one gives, for the token of the printed address.
"""

import secrets

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from perfdoc.storage.content import MAX_BYTES
from perfdoc.texts import Language, language, say, speaking

ENTER = "/enter/"
"""The path of the printed address; the token follows it."""
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_READING = ("GET", "HEAD")
_ROOM = 1 << 20  # bytes of a request beside those of a file
LANGUAGE = "perfdoc-language"
"""The cookie that says which language was chosen."""


class Safety:
    """An ASGI application that passes on what may come in, in the language that the browser asks for."""

    def __init__(self, app: ASGIApp, token: str, port: int) -> None:
        self._app, self._token = app, token
        self._hosts = (f"127.0.0.1:{port}", f"localhost:{port}")
        self._cookie = f"perfdoc-{port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return

        begun = False

        async def safe(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
            await send(message)

        headers = Headers(scope=scope)
        with speaking(_language(headers)):
            try:
                await (self._refused(scope, headers) or self._app)(scope, receive, safe)
            except Exception as error:
                if begun:
                    raise
                said = say("web.bug", said=f"{type(error).__name__}: {error}")
                await PlainTextResponse(said, 500)(scope, receive, safe)

    def _refused(self, scope: Scope, headers: Headers) -> Response | None:
        """The answer to what may not come in, or to the first request; None for what may."""
        host, origin = headers.get("host", ""), headers.get("origin")
        if host not in self._hosts:
            return PlainTextResponse(say("web.refused.host"), 421)
        reading = scope["method"] in _READING
        if (origin is None and not reading) or (origin is not None and origin != f"http://{host}"):
            return PlainTextResponse(say("web.refused.origin"), 403)
        length = headers.get("content-length", "0")
        if "transfer-encoding" in headers or not length.isdecimal() or int(length) > MAX_BYTES + _ROOM:
            return PlainTextResponse(say("web.drop.large", most=MAX_BYTES >> 20), 413)
        path: str = scope["path"]
        if reading and path.startswith(ENTER):
            return self._entered(path.removeprefix(ENTER))
        if not _same(_cookies(headers).get(self._cookie, ""), self._token):
            return PlainTextResponse(say("web.refused.token"), 403)
        return None

    def _entered(self, given: str) -> Response:
        if not _same(given, self._token):
            return PlainTextResponse(say("web.refused.token"), 403)
        answer = RedirectResponse("/", 303)
        answer.set_cookie(self._cookie, self._token, httponly=True, samesite="strict")
        return answer


def _same(given: str, token: str) -> bool:
    return secrets.compare_digest(given.encode("utf-8", "surrogatepass"), token.encode())


def _cookies(headers: Headers) -> dict[str, str]:
    return cookie_parser(";".join(headers.getlist("cookie")))


def _language(headers: Headers) -> Language:
    """The language that was chosen; else Chinese where the browser names it first of the two."""
    chosen = _cookies(headers).get(LANGUAGE)
    if chosen in ("zh", "en"):
        return "zh" if chosen == "zh" else "en"
    wanted: list[tuple[float, str]] = []
    for one in headers.get("accept-language", "").split(","):
        name, _, quality = one.strip().partition(";q=")
        try:
            wanted.append((-float(quality or 1), name.strip().lower()[:2]))
        except ValueError:
            continue
    best = next((name for _, name in sorted(wanted, key=lambda each: each[0]) if name in ("zh", "en")), language())
    return "zh" if best == "zh" else "en"
