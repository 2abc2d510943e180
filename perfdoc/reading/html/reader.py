"""Reader of web pages: saved from a site, by Word or Excel "as web page", single or bundled (.mht).

Comments are not displayed, conditional ones of Word included; what stands between `<![if …]>` marks is.
Scripts and styles are not run, nothing is fetched.
"""

from __future__ import annotations

import re

from lxml import etree

from perfdoc.errors import ContentLostError, UnreadableError
from perfdoc.layout import Layout
from perfdoc.reading import codes
from perfdoc.reading.html.page import Page
from perfdoc.reading.html.source import decode, pages
from perfdoc.reading.options import Options
from perfdoc.report import Diagnostic, Place, Severity

_NOT_TEXT = dict.fromkeys((*range(9), 11, *range(14, 32), 127))
"""Control characters, which a page may not have and no browser shows; LibreOffice writes some for fields."""
_HEAD = 4096  # characters in which a page begins
MAX_PAGE = 32 * 2**20
"""Bytes of a page; its tree takes about ten times as much."""
MAX_ATTRIBUTES = 1000
"""Attributes of an element: libxml2 takes the square of their number in time."""
_LONG_TAG = re.compile(rb"<[A-Za-z][^<>]{%d,}+" % (2 * MAX_ATTRIBUTES))
_QUOTED = re.compile(rb"\"[^\"]*+\"|'[^']*+'")


def read(data: bytes, file: str, options: Options) -> Layout:
    """Paragraphs and tables of a page, or of all pages of a bundle.

    Raises UnreadableError (over a limit, nested deeper than 256, a bundle without a page), ContentLostError
    (policy `fail` and tracked changes).
    """
    if len(data) > 2 * MAX_PAGE:
        raise UnreadableError(f"{file}: a web page of more than {2 * MAX_PAGE >> 20} MB")
    try:
        found = pages(data)
    except ValueError as error:
        raise UnreadableError(f"{file}: a bundled web page that can't be read: {error}") from error
    page = Page(file, "ins" if options.track_changes == "reject" else "del")
    said: list[Diagnostic] = []
    for content, declared in found:
        text, doubt = decode(content, declared)
        if doubt:
            said.append(Diagnostic(codes.ENCODING, Severity.warning, doubt, Place(file)))
        if _is_cut_off(text):
            message = "the page begins with <html> and does not end with </html>: it may be cut off"
            said.append(Diagnostic(codes.DAMAGED, Severity.warning, message, Place(file)))
        try:
            if (root := _tree(text, file)) is not None:
                page.read(root)
        except RecursionError as error:
            raise UnreadableError(f"{file}: the page is nested too deep") from error
    said += [*page.diagnostics, *_changes(page, file, options)]
    return Layout(file, "html", tuple(page.blocks), tuple(said))


def _is_cut_off(text: str) -> bool:
    """Whoever writes the beginning of a page writes its end, though HTML would let it be left out."""
    return re.search(r"<html[\s>]", text[:_HEAD], re.IGNORECASE) is not None and "</html" not in text.lower()


def _tree(text: str, file: str) -> etree._Element | None:
    raw = text.translate(_NOT_TEXT).encode("utf-8", "replace")
    if len(raw) > MAX_PAGE:
        raise UnreadableError(f"{file}: a web page of more than {MAX_PAGE >> 20} MB")
    if any(len(_QUOTED.sub(b"", tag).split()) > MAX_ATTRIBUTES for tag in _LONG_TAG.findall(raw)):
        raise UnreadableError(f"{file}: an element of the page has more than {MAX_ATTRIBUTES} attributes")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(raw, parser) if raw.strip() else None
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(f"{file}: not a web page: {' '.join(str(error).split())}") from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise UnreadableError(f"{file}: the page is nested deeper than 256 elements, or a text in it is too long")
    return root


def _changes(page: Page, file: str, options: Options) -> tuple[Diagnostic, ...]:
    count = len(page.changes)
    if options.track_changes == "fail":
        for places, what, message in (
            (page.changes, f"{count} tracked changes (<ins>, <del>)", "a tracked change"),
            (page.struck, f"{len(page.struck)} struck-through texts", "struck-through text"),
        ):
            if places:
                found = [Diagnostic(codes.TRACKED, Severity.error, message, place) for place in places[:50]]
                raise ContentLostError(f"{file}: {what} and the policy is to fail on them", found)
    if not count:
        return ()
    verb = "rejected" if options.track_changes == "reject" else "accepted"
    message = f"{count} tracked changes (<ins>, <del>) were read as {verb}"
    return (Diagnostic(codes.TRACKED, Severity.info, message, page.changes[0]),)
