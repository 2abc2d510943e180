"""Document + Form → the bytes of a Word file or a workbook. The only door to docxtpl, whose tags `form.docx` has.

The same Document and Form always give the same bytes. The page numbers of the table of contents come from a
real layout, which is LibreOffice's work: `paged` asks for it, `render` takes them as given.
"""

from perfdoc.rendering.faults import faults, roomiest, variables
from perfdoc.rendering.file import Kind, kind_of, kinds, render
from perfdoc.rendering.pagination import page_numbers, paged

__all__ = ["Kind", "faults", "kind_of", "kinds", "page_numbers", "paged", "render", "roomiest", "variables"]
