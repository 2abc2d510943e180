"""What people say of a received file, written into it: comments of a Word file, notes of a workbook.

- `comments`: threads as Word's comments, above `standing` (those that the file has) and `comment_parts`.
- `notes`: threads as notes at cells, above `note_cells` (which cell has which).
"""
