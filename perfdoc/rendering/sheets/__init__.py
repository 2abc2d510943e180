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

from perfdoc.rendering.sheets.sheet_file import render_sheets

__all__ = ["render_sheets"]
