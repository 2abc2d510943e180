"""Reader of web pages: saved from a site, by Word or Excel "as web page", single or bundled (.mht).

Comments are not displayed, conditional ones of Word included; what stands between `<![if …]>` marks is.
Scripts and styles are not run, nothing is fetched.
"""

import re

from lxml import etree

from perfdoc.errors import ContentLostError
from perfdoc.layout import Layout
from perfdoc.reading import codes
from perfdoc.reading.broken import brief, unreadable
from perfdoc.reading.html.page import Page
from perfdoc.reading.html.source import decode, pages
from perfdoc.reading.options import Options
from perfdoc.report import Diagnostic, Place, Severity
from perfdoc.texts import say

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
        raise unreadable(file, "html.long_page", most=2 * MAX_PAGE >> 20)
    try:
        found = pages(data)
    except ValueError as error:
        raise unreadable(file, "html.bundle", why=error) from error
    page = Page(file, "ins" if options.track_changes == "reject" else "del")
    said: list[Diagnostic] = []
    for content, declared in found:
        text, doubt = decode(content, declared)
        if doubt:
            said.append(Diagnostic(codes.ENCODING, Severity.warning, doubt, Place(file)))
        if _is_cut_off(text):
            said.append(Diagnostic(codes.DAMAGED, Severity.warning, say("html.cut_off"), Place(file)))
        try:
            if (root := _tree(text, file)) is not None:
                page.read(root)
        except RecursionError as error:
            raise unreadable(file, "html.nested") from error
    said += [*page.diagnostics, *_changes(page, file, options)]
    return Layout(file, "html", tuple(page.blocks), tuple(said))


def _is_cut_off(text: str) -> bool:
    """Whoever writes the beginning of a page writes its end, though HTML would let it be left out."""
    return re.search(r"<html[\s>]", text[:_HEAD], re.IGNORECASE) is not None and "</html" not in text.lower()


def _tree(text: str, file: str) -> etree._Element | None:
    raw = text.translate(_NOT_TEXT).encode("utf-8", "replace")
    if len(raw) > MAX_PAGE:
        raise unreadable(file, "html.long_page", most=MAX_PAGE >> 20)
    if any(len(_QUOTED.sub(b"", tag).split()) > MAX_ATTRIBUTES for tag in _LONG_TAG.findall(raw)):
        raise unreadable(file, "html.many_attributes", most=MAX_ATTRIBUTES)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(raw, parser) if raw.strip() else None
    except (etree.XMLSyntaxError, ValueError) as error:
        raise unreadable(file, "html.not_a_page", said=brief(error)) from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise unreadable(file, "html.limits")
    return root


def _changes(page: Page, file: str, options: Options) -> tuple[Diagnostic, ...]:
    count = len(page.changes)
    if options.track_changes == "fail":
        for places, refused, what in (
            (page.changes, "html.refused.changes", "reading.change"),
            (page.struck, "html.refused.struck", "html.struck"),
        ):
            if places:
                found = [Diagnostic(codes.TRACKED, Severity.error, say(what), place) for place in places[:50]]
                raise ContentLostError(f"{file}: {say(refused, n=len(places))}", found)
    if not count:
        return ()
    key = "html.changes.rejected" if options.track_changes == "reject" else "html.changes.accepted"
    message = say(key, n=count)
    return (Diagnostic(codes.TRACKED, Severity.info, message, page.changes[0]),)
