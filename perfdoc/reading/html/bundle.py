"""A page saved with its parts in one MIME file (.mht, RFC 2557)."""

from __future__ import annotations

import email
import re
from email import policy

MAX_PARTS = 1000
_HEAD = re.compile(rb"\s*(mime-version|from|content-type|date|subject)\s*:", re.IGNORECASE)


def pages(data: bytes) -> list[tuple[bytes, str]]:
    """(bytes, declared encoding) of each web page inside, in the file's order; the data itself if it is one.

    ValueError for a bundle that can't be taken apart.
    """
    if not _HEAD.match(data.removeprefix(b"\xef\xbb\xbf")):
        return [(data, "")]
    found: list[tuple[bytes, str]] = []
    try:
        message = email.message_from_bytes(data.removeprefix(b"\xef\xbb\xbf"), policy=policy.compat32)
        for number, part in enumerate(message.walk()):
            if number > MAX_PARTS:
                raise ValueError(f"more than {MAX_PARTS} parts")
            if part.get_content_type() == "text/html":
                body = part.get_payload(decode=True)
                if isinstance(body, bytes):
                    found.append((body, str(part.get_content_charset() or "")))
    except RecursionError as error:
        raise ValueError("its parts are nested too deep") from error
    except (LookupError, TypeError, AttributeError, UnicodeError) as error:
        raise ValueError("its parts are damaged") from error
    if not found:
        raise ValueError("no web page is in it")
    return found
