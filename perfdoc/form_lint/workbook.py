"""The cells of a list's `form.xlsx` as those of a Word template, so that both are held against `form.yaml` alike."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from perfdoc.form_definition import dotted
from perfdoc.form_lint.advice import fault
from perfdoc.reading import read
from perfdoc.rendering.lists.list_values import is_listed
from perfdoc.rendering.template_file import parts_of
from perfdoc.rendering.word.tags import Stretch, Tag
from perfdoc.report import Diagnostic, Place
from perfdoc.texts import say

_TAG = re.compile(r"\{\{\s*([^{}]+?)\s*\}\}")


def cells(file: Path) -> list[Stretch]:
    """Every cell that holds text, with its tags. FormError or UnreadableError where the file is no sound workbook."""
    content = file.read_bytes()
    parts_of(content, str(file), "xl/workbook.xml")
    layout = read(content, str(file))
    found: list[Stretch] = []
    for grid in layout.grids():
        for row in grid.rows:
            for cell in row.cells:
                if cell.text.strip():
                    place = grid.place_of(cell)
                    found.append(Stretch(place, tuple(_tags(cell.text, place)), _TAG.sub("", cell.text), (), ()))
    return found


def unknown(parts: Sequence[Stretch]) -> Iterator[Diagnostic]:
    """PD076: tags that ask for what a list does not have."""
    for tag in (tag for one in parts for tag in one.tags if tag.fault):
        yield fault("PD076", "form_lint.said", tag.place, tag.text, said=tag.fault)


def _tags(text: str, place: Place) -> Iterator[Tag]:
    for found in _TAG.finditer(text):
        name = dotted(found[1])
        wrong = "" if is_listed(name) else say("form_lint.tag.of_list", name=name)
        yield Tag(found[0], place, "", "", (name,), "", 1, found[0] == text.strip(), wrong)
