"""`form.docx` with the tag of one value in the place of another's, or in the empty cell that a label stands beside."""

import re
from collections.abc import Sequence

from perfdoc.extraction.vocabulary.keys import key
from perfdoc.form_definition import EXTRA
from perfdoc.labelling.description import COLUMNS
from perfdoc.layout import Cell, Grid, Layout, Paragraph
from perfdoc.learning.located import tag_of
from perfdoc.original import Written, write_texts
from perfdoc.reading import read
from perfdoc.rendering.word.one_tag import TAG
from perfdoc.report import Place


def tag(group: str, path: str) -> str:
    """What a tag asks for the value of an entry by; of an agency its name."""
    head, _, label = path.partition(".")
    steps = (head, label) if head == EXTRA else tuple(("agency.name" if path == "agency" else path).split("."))
    return tag_of(("projects", 0, *(("indicators", 0) if group == COLUMNS else ()), *steps))


class Printed:
    """A template's Word file."""

    def __init__(self, data: bytes, file: str) -> None:
        self._data, self._file = data, file
        self._layout: Layout = read(data, file)

    def has(self, group: str, path: str) -> bool:
        """Whether a tag asks for a value."""
        asked = _asked(group, path)
        return any(asked.search(found) for _, text in self._layout.texts() for found in TAG.findall(text))

    def retagged(self, group: str, old: str, new: str) -> Written:
        """The file with the tag of one value in the place of another's. Raises RefusedError."""
        asked, name = _asked(group, old), tag(group, new).partition(".")[2]
        texts = {}
        for place, text in self._layout.texts():
            made = TAG.sub(lambda found: asked.sub(rf"\g<1>.{name}", found[0]), text)
            if made != text:
                texts[place] = made
        return write_texts(self._data, texts, file=self._file)

    def tagged(self, group: str, label: str, path: str) -> Written | None:
        """The file with a tag in the empty place beside a label; None where there is none. Raises RefusedError."""
        new = f"{{{{ {tag(group, path)} }}}}"
        for block in self._layout.blocks:
            if isinstance(block, Paragraph):
                if key(block.text) == key(label) and block.story == "body":
                    return write_texts(self._data, {block.place: block.text + new}, file=self._file)
                continue
            cells = [cell for row in block.rows for cell in row.cells if key(cell.text) == key(label)]
            places = [block.place_of(one) for cell in cells for one in _beside(block, cell, group)]
            if places:
                return write_texts(self._data, dict.fromkeys(places, new), file=self._file)
        return None

    def place_of(self, label: str) -> Place | None:
        """Where a label is printed."""
        return next((place for place, text in self._layout.texts() if key(text) == key(label)), None)


def _asked(group: str, path: str) -> re.Pattern[str]:
    """How a tag asks for a value, whatever its loop calls the record."""
    head, _, label = path.partition(".")
    if head == EXTRA:
        one = re.escape(label)
        return re.compile(rf"(?<![\w.])(\w+)\.extra(?:\.{one}(?![\w.])|\[\s*[\"'“‘]{one}[\"'”’]\s*\])")
    return re.compile(rf"(?<![\w.])(\w+)\.{re.escape(tag(group, path).partition('.')[2])}(?![\w.])")


def _beside(grid: Grid, label: Cell, group: str) -> Sequence[Cell]:
    """The empty cells for the value of a label: the one to its right, or in the rows of a loop the ones below it."""
    if group == COLUMNS:
        rows = [row for row in grid.rows[label.row :] if any("indicator." in cell.text for cell in row.cells)]
        below = [cell for row in rows for cell in row.cells if cell.column == label.column and not cell.continues]
        return below if below and all(not cell.text.strip() for cell in below) else ()
    right = [cell for cell in grid.rows[label.row - 1].cells if cell.column == label.column + label.colspan]
    return [cell for cell in right if not cell.text.strip() and not cell.continues]
