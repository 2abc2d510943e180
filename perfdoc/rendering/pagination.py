"""On which page each project begins: LibreOffice lays a document out, its PDF names the page of each bookmark."""

from __future__ import annotations

import io
from collections.abc import Sequence

from perfdoc import office
from perfdoc.errors import ToolError
from perfdoc.form_definition import Form
from perfdoc.model import Document
from perfdoc.rendering.faults import variables
from perfdoc.rendering.file import render
from perfdoc.rendering.word.variables import guess
from perfdoc.report import Diagnostic, Place, Severity

_TO = 'pdf:writer_pdf_Export:{"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"}}'
_ROUNDS = 4


def page_numbers(files: Sequence[bytes], *, timeout: float = 300) -> list[dict[str, int]]:
    """For each .docx: its bookmarks' names → the page that they begin on, from 1. One start of LibreOffice.

    LibreOffice writes a character of a name that is no ASCII letter or digit as its number in hexadecimal.
    Raises ToolError where there is no LibreOffice, where it fails, or takes longer than `timeout` seconds.
    """
    return [_destinations(pdf) for pdf in office.convert(files, _TO, timeout=timeout)]


def paged(
    documents: Sequence[Document], form: Form, *, timeout: float | None = None
) -> tuple[list[bytes], tuple[Diagnostic, ...]]:
    """The .docx of every document, with the page numbers that its contents shall show, and what is to be said.

    All documents share one start of LibreOffice; a second one follows only for those whose numbers turned
    out longer or shorter than was guessed, which can move a line. `timeout` in seconds holds for each start;
    by default it is two minutes and a quarter of a second a project. Where LibreOffice is missing or fails,
    PD073 (info) says so and the tables of contents are marked as out of date. Raises what `render` raises.
    """
    limit = timeout or 120 + sum(len(document.projects) for document in documents) / 4
    try:
        pages = _pages(documents, form, limit) if "project.page" in variables(form) else None
    except ToolError as error:
        message = (
            f"the page numbers of the table of contents are not known ({error}); "
            "it is marked as out of date, and Word brings it up to date when it opens the file"
        )
        found = Diagnostic("PD073", Severity.info, message, Place("soffice"))
        return [render(document, form) for document in documents], (found,)
    if pages is None:
        return [render(document, form) for document in documents], ()
    return [render(one, form, pages=numbers) for one, numbers in zip(documents, pages, strict=True)], ()


def _pages(documents: Sequence[Document], form: Form, timeout: float) -> list[list[int]]:
    """For each document the page of each project, found by laying it out until no number changes its length."""
    pages = [guess(document) for document in documents]
    waiting = [index for index, document in enumerate(documents) if document.projects]
    for _ in range(_ROUNDS):
        if not waiting:
            return pages
        files = [render(_marked(documents[index]), form, pages=pages[index]) for index in waiting]
        moved = []
        for index, named in zip(waiting, page_numbers(files, timeout=timeout), strict=True):
            try:
                found = [named[_mark(number)] for number in range(len(documents[index].projects))]
            except KeyError as error:
                raise ToolError(f"LibreOffice's PDF does not name the bookmark {error}") from error
            # Digits are equally wide: a line of the contents moves only where a number gets longer or shorter.
            if [len(str(page)) for page in found] != [len(str(page)) for page in pages[index]]:
                moved.append(index)
            pages[index] = found
        waiting = moved
    raise ToolError("the layout does not come to rest")


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
        raise ToolError(f"LibreOffice's PDF could not be read: {error}") from error
