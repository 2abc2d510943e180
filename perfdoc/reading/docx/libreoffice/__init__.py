"""What LibreOffice 7 breaks when it saves a Word file, mended: nothing of it stands anywhere else.

It makes the text of a content control around a cell or a paragraph the text of a field, and writes it several times:
the text X; then, for each stretch of X in one script, that stretch and X again; then X once more. It takes into it
what is tracked as deleted or hidden. X is read once, what was deleted for sure is left out, and it is said.

`mends` come before other rewrites of a block, `after` when the whole file has been read. Another program may have
saved the file since, so only what could be someone else's intention is asked of files that LibreOffice saved last.
"""

from collections.abc import Sequence

from perfdoc.layout import Block
from perfdoc.reading.docx.context import Context, Rewrite
from perfdoc.reading.docx.libreoffice.controls import repeated_controls
from perfdoc.reading.docx.libreoffice.deleted_lines import lines_that_are_gone
from perfdoc.reading.docx.libreoffice.deleted_text import Deleted
from perfdoc.reading.docx.libreoffice.forms import repeated_forms
from perfdoc.reading.docx.namespaces import FLDCHAR, SDT, VANISH
from perfdoc.reading.docx.tracked import TRACKS

__all__ = ["LibreOffice"]


class LibreOffice:
    """The mends of one file."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._deleted = Deleted()
        self._is_last = context.program.startswith("LibreOffice")

    def mends(self) -> tuple[Rewrite, ...]:
        """Rewrites of a block, to come before changes are tidied."""
        mends: tuple[Rewrite, ...] = (
            Rewrite((SDT,), repeated_controls),
            Rewrite((FLDCHAR,), repeated_forms),
            Rewrite((*TRACKS, VANISH), self._deleted.look),
        )
        if self._is_last:
            mends += (Rewrite((*TRACKS, VANISH), lines_that_are_gone),)
        return mends

    def after(self, blocks: Sequence[Block]) -> tuple[Block, ...]:
        """The blocks of the whole file without what came back although it was deleted."""
        return self._deleted.settle(blocks, self._context, once=self._is_last)
