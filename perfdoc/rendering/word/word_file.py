"""A Document under a Form as the bytes of a Word file."""

from __future__ import annotations

from collections.abc import Sequence

from jinja2 import TemplateError

from perfdoc.errors import FormError
from perfdoc.form_definition import Form
from perfdoc.model import Document
from perfdoc.rendering.archive import Packed, archive, encoded, packed, stored
from perfdoc.rendering.properties import Core
from perfdoc.rendering.word.variables import document_view
from perfdoc.rendering.word.word_template import template_of


def render_word(
    document: Document,
    form: Form,
    bookmarks: Sequence[tuple[str, str]],
    pages: Sequence[int] | None,
    moment: int | None,
) -> bytes:
    """The .docx of a document. Raises UnholdableError for a character that XML can't hold, FormError for the template.

    `bookmarks` are the names of every project's two; they have to be sound.
    """
    template = template_of(form)
    view = document_view(document, form, bookmarks, pages, template.first_id)
    members: list[Packed] = []
    try:
        for member in template.members:
            if isinstance(member, Packed):
                members.append(member)
            elif isinstance(member, Core):
                members.append(stored(member.name, member.content(view.title, moment)))
            else:
                members.append(packed(member[0], encoded(member[1].generate(document=view))))
    except TemplateError as error:
        raise FormError(f"{form.document}: {error.message}") from error
    return archive(members, moment)
