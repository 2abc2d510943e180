"""Document + Form → the bytes of a Word file. The only door to docxtpl, whose template language `form.docx` speaks.

The same Document and Form always give the same bytes. The page numbers of the table of contents come from a
real layout, which is LibreOffice's work: `paged` asks for it, `render` takes them as given.
"""

from perfdoc.render.faults import faults, variables
from perfdoc.render.pages import page_numbers, paged
from perfdoc.render.word import render

__all__ = ["faults", "page_numbers", "paged", "render", "variables"]
