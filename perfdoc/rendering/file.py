"""A Document under a Form as the bytes of a file: which kinds there are, and who makes which."""

from collections.abc import Sequence
from enum import StrEnum

from perfdoc.errors import ContentLostError, UsageError
from perfdoc.form_definition import Form
from perfdoc.layout import Trace
from perfdoc.model import Document
from perfdoc.rendering.archive import moment_of_build
from perfdoc.rendering.characters import UnholdableError
from perfdoc.rendering.faults import faults, misnamed
from perfdoc.rendering.lists import render_list
from perfdoc.rendering.word.word_template import render_word
from perfdoc.report import Reading, Severity
from perfdoc.specs import digest
from perfdoc.texts import say
from perfdoc.unholdable import UNHOLDABLE


class Kind(StrEnum):
    """The kinds of files that are made, by their suffix."""

    docx = "docx"
    xlsx = "xlsx"


def kinds(form: Form) -> tuple[Kind, ...]:
    """The kinds that a form can be rendered to, its own first: a Word form also as worksheets, a list as itself."""
    return (Kind.xlsx,) if form.is_list else (Kind.docx, Kind.xlsx)


def render(
    document: Document,
    form: Form,
    *,
    to: str | None = None,
    pages: Sequence[int] | None = None,
    anonymous: bool = False,
) -> bytes:
    """The file of a document, the same bytes for the same arguments (`SOURCE_DATE_EPOCH` dates them).

    `to` is `docx` or `xlsx`; without it the form's own kind. A workbook of a Word form has a sheet a project, with
    the look of the Word file; a list has one line an indicator. `pages` says for every project on which page of
    the Word file it begins, from 1. Without it the table of contents shows likely numbers and is marked as out of
    date, so that Word counts anew when it opens the file. The file names its form and the digest of its contents
    in a custom property (`Trace`), unless it is `anonymous`.

    Raises ContentLostError with a diagnostic for everything that such a file can't hold (`faults` says it
    beforehand, and with places), FormError where the form's template is not sound, UsageError for a kind that the
    form has not, and where `pages` are not as many as projects.
    """
    kind = kind_of(form, to)
    if pages is not None and len(pages) != len(document.projects):
        raise UsageError(say("rendering.pages", pages=len(pages), projects=len(document.projects)))
    bookmarks = form.bookmarks_of(document)
    if (misnamed(bookmarks) and not form.is_list) or UNHOLDABLE.search(document.title or ""):
        raise _lost(document, form, kind)
    moment = moment_of_build()
    try:
        trace = None if anonymous else Trace(form.name, digest(document))
    except ContentLostError:  # what YAML can't hold, no file can
        raise _lost(document, form, kind) from None
    try:
        if form.is_list:
            return render_list(document, form, moment, trace)
        if kind is Kind.xlsx:
            from perfdoc.rendering.sheets import render_sheets  # openpyxl, a quarter of a second

            return render_sheets(document, form, bookmarks, moment, trace)
        return render_word(document, form, bookmarks, pages, moment, trace)
    except UnholdableError:
        raise _lost(document, form, kind) from None


def kind_of(form: Form, to: str | None) -> Kind:
    """The kind that is asked for, or the form's own. UsageError where the form has no such kind."""
    possible = kinds(form)
    if to is None:
        return possible[0]
    if to not in possible:
        key = "rendering.kind.list" if form.is_list else "rendering.kind.word"
        raise UsageError(say(key, form=form.name, possible=say("lists.or").join(possible), to=to))
    return Kind(to)


def _lost(document: Document, form: Form, kind: Kind) -> ContentLostError:
    found = faults(Reading(document), form, to=kind)
    return ContentLostError(diagnostics=[one for one in found if one.severity is Severity.error])
