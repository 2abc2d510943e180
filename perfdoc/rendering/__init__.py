"""Document + Form → the bytes of a Word file or a workbook. The only door to docxtpl, Jinja and openpyxl.

- `word/`: `form.docx` compiled once, filled with a Document; comments put into a received file.
- `sheets/`: the same form as a workbook, a sheet a project, with the look of the Word file.
- `workbook/`: sheets of styled cells written by openpyxl; `perfdoc.summary` uses it too.
- `lists/`: a workbook that a user drew, `form.xlsx`, with a row an indicator; it stays XML and keeps what it has.

`file` chooses between them, `faults` says beforehand what a file can't hold, `archive` writes the zip. The same
Document and Form always give the same bytes. The page numbers of the table of contents come from a real layout, which
is LibreOffice's work: `paged` asks for it, `render` takes them as given. `portable` has it make a PDF of either file.
"""

from perfdoc.rendering.choice import Choice, chosen
from perfdoc.rendering.faults import faults, variables
from perfdoc.rendering.file import Kind, kind_of, kinds, render
from perfdoc.rendering.pagination import page_numbers, paged, unknown_pages
from perfdoc.rendering.portable import portable

__all__ = [
    "Choice",
    "Kind",
    "chosen",
    "faults",
    "kind_of",
    "kinds",
    "page_numbers",
    "paged",
    "portable",
    "render",
    "unknown_pages",
    "variables",
]
