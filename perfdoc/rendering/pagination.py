"""On which page each project begins: LibreOffice lays a document out, its PDF names the page of each bookmark."""

import io
import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from perfdoc import office
from perfdoc.errors import ToolError
from perfdoc.form_definition import Form
from perfdoc.model import Document
from perfdoc.rendering.faults import variables
from perfdoc.rendering.file import render
from perfdoc.rendering.word.variables import guess
from perfdoc.report import Diagnostic, Place, Severity
from perfdoc.texts import say

_TO = 'pdf:writer_pdf_Export:{"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"}}'
_ROUNDS = 4


class Paged(NamedTuple):
    """The .docx of every document, why its page numbers are not known (or None), and the seconds that they took."""

    files: list[bytes]
    unknown: list[ToolError | None]
    seconds: float = 0.0


def page_numbers(files: Sequence[bytes], *, timeout: float = 300) -> Iterator[dict[str, int] | ToolError]:
    """For each .docx: its bookmarks' names → the page that they begin on, from 1; or why that is not known.

    LibreOffice, started once, writes a character of a name that is no ASCII letter or digit as its number in
    hexadecimal. `timeout` in seconds holds for each file.
    """
    for pdf in office.each([office.Source(file, "docx") for file in files], _TO, timeout=timeout):
        try:
            yield pdf if isinstance(pdf, ToolError) else _destinations(pdf)
        except ToolError as error:
            yield error


def paged(documents: Sequence[Document], form: Form, *, timeout: float | None = None, anonymous: bool = False) -> Paged:
    """The .docx of every document, with the page numbers that its contents shall show.

    All documents share one start of LibreOffice; a second one follows only for those whose numbers turned
    out longer or shorter than was guessed, which can move a line. `timeout` in seconds holds for each document;
    by default it is two minutes and a quarter of a second a project. Where LibreOffice is missing or fails on a
    document, its table of contents is marked as out of date. `anonymous` and
    what is raised are as in `render`.
    """
    if "project.page" not in variables(form):
        return Paged([render(document, form, anonymous=anonymous) for document in documents], [None] * len(documents))
    began = time.monotonic()
    every = _pages(documents, form, timeout or 120 + max((len(one.projects) for one in documents), default=0) / 4)
    known = any(
        document.projects and not isinstance(found, ToolError) for document, found in zip(documents, every, strict=True)
    )
    seconds = time.monotonic() - began if known else 0.0
    files = [
        render(document, form, pages=None if isinstance(found, ToolError) else found, anonymous=anonymous)
        for document, found in zip(documents, every, strict=True)
    ]
    return Paged(files, [found if isinstance(found, ToolError) else None for found in every], seconds)


def unknown_pages(why: ToolError, file: str = "soffice") -> Diagnostic:
    """What is to be said where page numbers are not known."""
    return Diagnostic("PD073", Severity.info, say("rendering.unknown_pages", why=why), Place(file))


def _pages(documents: Sequence[Document], form: Form, timeout: float) -> list[list[int] | ToolError]:
    """For each document the page of each project, found by laying it out until no number changes its length."""
    pages = [guess(document) for document in documents]
    unknown: dict[int, ToolError] = {}
    waiting = [index for index, document in enumerate(documents) if document.projects]
    for _ in range(_ROUNDS):
        files = [render(_marked(documents[index]), form, pages=pages[index]) for index in waiting]
        moved = []
        for index, named in zip(waiting, page_numbers(files, timeout=timeout), strict=True):
            if isinstance(named, ToolError):
                unknown[index] = named
                continue
            found = [named.get(_mark(number), 0) for number in range(len(documents[index].projects))]
            if 0 in found:
                unknown[index] = ToolError(say("rendering.pdf_bookmark", name=_mark(found.index(0))))
            # Digits are equally wide: a line of the contents moves only where a number gets longer or shorter.
            elif [len(str(page)) for page in found] != [len(str(page)) for page in pages[index]]:
                moved.append(index)
            pages[index] = found
        waiting = moved
    unknown |= {index: ToolError(say("rendering.no_rest")) for index in waiting}
    return [unknown.get(index, found) for index, found in enumerate(pages)]


def _marked(document: Document) -> Document:
    """The document with bookmarks of one certain spelling; a layout does not depend on their names."""
    projects = [
        project.model_copy(update={"bookmarks": (f"section{number}", _mark(number))})
        for number, project in enumerate(document.projects)
    ]
    return document.model_copy(update={"projects": tuple(projects)})


def _mark(number: int) -> str:
    return f"project{number}"


def _destinations(pdf: bytes) -> dict[str, int]:
    import pypdf  # an eighth of a second, which only those pay who ask for page numbers
    from pypdf.errors import PyPdfError

    try:
        reader = pypdf.PdfReader(io.BytesIO(pdf))
        numbers = {
            page.indirect_reference.idnum: n for n, page in enumerate(reader.pages, 1) if page.indirect_reference
        }
        return {
            name.removeprefix("/"): numbers[target.raw_get("/Page").idnum]
            for name, target in reader.named_destinations.items()
        }
    except (PyPdfError, KeyError, AttributeError) as error:
        raise ToolError(say("rendering.pdf", why=error)) from error
