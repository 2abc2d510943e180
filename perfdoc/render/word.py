"""A Document under a Form as the bytes of a Word file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jinja2 import Template, TemplateError

from perfdoc.errors import ContentLostError, FormError, UsageError
from perfdoc.form import Form
from perfdoc.model import Document
from perfdoc.render.faults import faults, misnamed
from perfdoc.render.package import Packed, archive, encoded, moment_of_build, packed, stored
from perfdoc.render.part import Core
from perfdoc.render.template import template_of
from perfdoc.render.text import UNHOLDABLE, UnholdableError
from perfdoc.render.views import DocumentView, document_view
from perfdoc.report import Reading, Severity


def render(document: Document, form: Form, *, pages: Sequence[int] | None = None) -> bytes:
    """The .docx of a document, the same bytes for the same arguments (`SOURCE_DATE_EPOCH` dates them).

    `pages` says for every project on which page it begins, from 1. Without it the table of contents shows
    likely numbers and is marked as out of date, so that Word counts anew when it opens the file.

    Raises ContentLostError with a diagnostic for everything that a Word file can't hold (`faults` says it
    beforehand, and with places), FormError where the form's template is not sound, UsageError where `pages`
    are not as many as projects.
    """
    if pages is not None and len(pages) != len(document.projects):
        raise UsageError(f"{len(pages)} page numbers for {len(document.projects)} projects")
    template = template_of(form)
    bookmarks = form.bookmarks_of(document)
    if misnamed(bookmarks) or UNHOLDABLE.search(document.title or ""):
        raise _lost(document, form)
    moment = moment_of_build()
    view = document_view(document, form, bookmarks, pages, template.first_id)
    members: list[Packed] = []
    try:
        for member in template.members:
            if isinstance(member, Packed):
                members.append(member)
            elif isinstance(member, Core):
                members.append(stored(member.name, member.content(view.title, moment)))
            else:
                members.append(packed(member[0], encoded(_filled(member[1], view))))
    except UnholdableError:
        raise _lost(document, form) from None
    except TemplateError as error:
        raise FormError(f"{form.document}: {error.message}") from error
    return archive(members, moment)


def _filled(template: Template, view: DocumentView) -> Iterator[str]:
    return template.generate({"document": view})


def _lost(document: Document, form: Form) -> ContentLostError:
    found = faults(Reading(document), form)
    return ContentLostError(diagnostics=[one for one in found if one.severity is Severity.error])
