"""The bytes of a web page: taken out of the file that bundles it with its parts, and decoded."""

import codecs
import email
import re
from email import policy

from perfdoc.texts import say

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED = re.compile(rb"""(?:<\?xml[^>]*encoding|<meta[^>]*charset)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_HEAD = 4096
_CHINESE = frozenset(("gb2312", "gb_2312-80", "gbk", "cp936", "x-gbk", "windows-936", "csgb2312", "hz-gb-2312"))
"""Names that pages use for GB 18030 or a part of it; GB 18030 reads them all."""
MAX_PARTS = 1000
_BUNDLE = re.compile(rb"\s*(mime-version|from|content-type|date|subject)\s*:", re.IGNORECASE)


def pages(data: bytes) -> list[tuple[bytes, str]]:
    """(bytes, declared encoding) of each web page in a MIME bundle (.mht, RFC 2557); the data itself if it is one.

    ValueError for a bundle that can't be taken apart.
    """
    if not _BUNDLE.match(data.removeprefix(b"\xef\xbb\xbf")):
        return [(data, "")]
    found: list[tuple[bytes, str]] = []
    try:
        message = email.message_from_bytes(data.removeprefix(b"\xef\xbb\xbf"), policy=policy.compat32)
        for number, part in enumerate(message.walk()):
            if number > MAX_PARTS:
                raise ValueError(say("html.many_parts", most=MAX_PARTS))
            if part.get_content_type() == "text/html":
                body = part.get_payload(decode=True)
                if isinstance(body, bytes):
                    found.append((body, str(part.get_content_charset() or "")))
    except RecursionError as error:
        raise ValueError(say("html.parts_nested")) from error
    except (LookupError, TypeError, AttributeError, UnicodeError) as error:
        raise ValueError(say("html.parts_damaged")) from error
    if not found:
        raise ValueError(say("html.no_page"))
    return found


def decode(data: bytes, declared: str = "") -> tuple[str, str]:
    """(text, what was doubtful about it): by the byte order mark, what the page or `declared` says, or a guess.

    Bytes that are not text become U+FFFD; `""` means that nothing was doubtful.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), ""
    match = _DECLARED.search(data[:_HEAD])
    name = (match[1].decode("ascii") if match else declared).lower()
    if name:
        return _named(data, name)
    text, encoding = _first(data, "utf-8", "gb18030")
    if not encoding:
        return text, say("html.no_encoding")
    return text, "" if encoding == "utf-8" else say("html.guessed")


def _first(data: bytes, *encodings: str) -> tuple[str, str]:
    """The text in the first encoding that fits, and which that is; "" where none does and characters are lost."""
    for encoding in encodings:
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            pass
    return data.decode(encodings[0], "replace"), ""


def _named(data: bytes, name: str) -> tuple[str, str]:
    encoding = "gb18030" if name in _CHINESE else name
    certain = _certainly_utf8(data)
    try:
        if not getattr(codecs.lookup(encoding), "_is_text_encoding", True) or encoding.startswith("utf-16"):
            encoding = "utf-8"  # a page that could be searched for its encoding is not in UTF-16
        b"\xff".decode(encoding, "replace")
    except (LookupError, ValueError):  # not a name of one, or one of domain names and the like, which has no U+FFFD
        text, known = (certain, "UTF-8") if certain else (data.decode("gb18030", "replace"), "GB18030")
        return text, say("html.unknown_encoding", name=name[:40], read=known)
    if encoding == "gb18030" and certain:
        return certain, say("html.other_encoding", name=name, read="UTF-8")
    text, fitting = _first(data, encoding, "utf-8" if encoding == "gb18030" else "gb18030")
    if not fitting:
        return text, say("html.bad_bytes", name=name)
    return text, "" if fitting == encoding else say("html.other_encoding", name=name, read=fitting.upper())


def _certainly_utf8(data: bytes) -> str:
    """The text of bytes that are UTF-8 of Chinese, else `""`.

    Text in GBK is hardly ever sound UTF-8, and where it is (`联通`) it gives letters below U+0800.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return text if not text.isascii() and all(char < "\x80" or char >= "\u0800" for char in text) else ""
