"""A Document under a Word form as a workbook: one worksheet a project, with the look of the form's Word file.

A form stays one `form.docx` and one `form.yaml`. `sheet_template` turns that Word file once into a lean template
whose elements have the numbers of formats (`table_format`, `text_format`); rendered, it is read as a stream
(`rendered`), its tables are placed on one grid of columns (`placement`), and `workbook.book` writes the workbook.

What a sheet looks like, from row 1 on, each piece a row after the one before:

- on the first sheet the lines in front of the projects that print a value of the document (its title);
- the lines of the project above its tables (the heading), also a blank one: one cell over the whole width;
- the tables, a row a row, merges as in Word; a line between two tables, also a blank one, is a row;
- the print area (`_xlnm.Print_Area`) ends where the form ends, so that rows without any text are known to be there;
- the two bookmarks of a project are the defined names `section.<name>` and `contents.<name>`.
"""

from collections.abc import Sequence

from jinja2 import TemplateError

from perfdoc.errors import FormError
from perfdoc.form_definition import Form
from perfdoc.layout import Trace
from perfdoc.model import Document
from perfdoc.rendering.sheets.placement import Sheets
from perfdoc.rendering.sheets.rendered import Block, RenderedTable, projects
from perfdoc.rendering.sheets.sheet_template import sheet_template
from perfdoc.rendering.word.variables import document_view
from perfdoc.rendering.workbook.book import Book
from perfdoc.rendering.workbook.sheet import Sheet, sheet_names

__all__ = ["render_sheets"]


_MARKS = ("section", "contents")


def render_sheets(
    document: Document, form: Form, bookmarks: Sequence[tuple[str, str]], moment: int | None, trace: Trace | None = None
) -> bytes:
    """The .xlsx of a document, which carries the trace, a sheet a project.

    Raises FormError where the form's template is not sound.

    `bookmarks` are the names of all projects' bookmarks, which a workbook has too: what another program saves is
    known by them as made from a form, with real merges and blank cells that are blank. A document without projects
    is one blank sheet. What a workbook can't hold has to be refused before.
    """
    template = sheet_template(form)
    view = document_view(document, form, bookmarks, None, 0)
    sheets, book = Sheets(template), Book(view.title, form.name, trace)
    names = sheet_names(project.name for project in view.projects)
    try:
        rendered = projects(template.template.generate({"document": view}))
        for pair, name, blocks in zip(bookmarks, names, rendered, strict=True):
            laid = sheets.lay(blocks)
            marks = tuple((f"{kind}.{one}", _heading(blocks)) for kind, one in zip(_MARKS, pair, strict=True))
            book.add(Sheet(name, sheets.widths, laid.rows, laid.merges, template.page, marks))
        if not names:
            book.add(Sheet(sheet_names([form.title])[0], sheets.widths, [], [], template.page))
    except TemplateError as error:
        raise FormError(f"{form.document}: {error.message}") from error
    return book.finish(moment)


def _heading(blocks: Sequence[Block]) -> int:
    """The row right above a project's first table, where its heading stands; the first one where there is none."""
    return max(1, next((at for at, one in enumerate(blocks) if isinstance(one, RenderedTable)), 1))
