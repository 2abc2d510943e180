"""A received file, written into byte by byte: what is not asked to change stays as it stands.

- `package`: the zip; entries that do not change are copied as bytes.
- `spans`: where each element of a part stands in its bytes; `edits`: changes of them.
- `text`: a text for one cell or paragraph, as edits of those bytes; `bound`: texts that controls show of other parts.
- `parts`: the parts of a package, and what is gathered to change in them.
- `remarks`: what is said of a file, written into it: comments, notes of a workbook.
- `refusals`, `protection`: what may not be written, and why.
- `opened`: an opened file, and the edits gathered; `written`: texts at places, and the proof by reading back.
- `rows`: rows of a table kept, copied, moved and left out; `copying`: elements as copies, stretches of the body.
- `sheets`: worksheets, for values and rows that move nothing.
"""

from perfdoc.original.edits import Edit
from perfdoc.original.opened import Original
from perfdoc.original.refusals import REFUSED, refused
from perfdoc.original.written import Change, Written, write_texts

__all__ = ["REFUSED", "Change", "Edit", "Original", "Written", "refused", "write_texts"]
