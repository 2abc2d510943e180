"""What the page on forms asks a person to do in Word and in an editor for a bureau's own form.

`python bureau_form.py docs/en/forms.md FOLDER`: the tags of the chapter's table are typed into FOLDER/form.docx, and
its form.yaml is written beside it.
"""

from __future__ import annotations

import re
import sys
from copy import deepcopy
from pathlib import Path

from docx import Document
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

CHAPTER = re.compile(r"^## Your bureau's form by hand\n(.*?)(?=^## )", re.S | re.M)
ROW = re.compile(r"^ *\| (?!where|---)(.+?) \| (`.+`) \|$", re.M)


def steps(page: str) -> list[tuple[str, list[str]]]:
    """Where something is to be typed, and what, in the order of the chapter's table of tags."""
    chapter = CHAPTER.search(page)
    assert chapter is not None
    table = chapter[1].partition("```yaml")[0]
    return [(where, re.findall(r"`([^`]+)`", what)) for where, what in ROW.findall(table)]


def described(page: str) -> str:
    """The chapter's form.yaml."""
    chapter = CHAPTER.search(page)
    assert chapter is not None
    (text,) = re.findall(r"^```yaml\n(.*?)^```$", chapter[1], re.S | re.M)
    assert isinstance(text, str)
    return text


def type_tags(file: Path, todo: list[tuple[str, list[str]]]) -> None:
    """Carry out the steps in a Word file."""
    document = Document(str(file))
    (table,) = document.tables
    for where, (text, *more) in todo:
        beside = re.fullmatch(r"right of (\S+)", where)
        if beside:
            type_into(right_of(table, beside[1]), text)
        elif where == "a new line above the title":
            document.paragraphs[0].insert_paragraph_before(text)
        elif where == "a new line at the very end":
            document.add_paragraph(text)
        elif where.startswith("in the line below the title, before "):
            replace(paragraph_with(document.paragraphs, "年度"), "年度", f"{text}年度")
        elif where.startswith("in place of "):
            old = where.removeprefix("in place of ")
            replace(paragraph_with([one for cell in cells(table) for one in cell.paragraphs], old), old, text)
        elif where == "a new row above the empty one, first cell":
            type_into(new_row(table, -1).cells[0], text)
        elif where == "the empty row, cell by cell":
            for cell, tag in zip(table.rows[-1].cells, (text, *more), strict=True):
                type_into(cell, tag)
        elif where == "a new row below it, first cell":
            type_into(new_row(table, len(table.rows)).cells[0], text)
        else:
            raise AssertionError(f"nobody knows how to type {where!r}")
    document.save(str(file))


def cells(table: Table) -> list[_Cell]:
    return [_Cell(tc, table) for row in table.rows for tc in row._tr.tc_lst]


def right_of(table: Table, label: str) -> _Cell:
    found = cells(table)
    (at,) = [at for at, cell in enumerate(found) if re.sub(r"（.*", "", cell.text) == label]
    return found[at + 1]


def paragraph_with(paragraphs: list[Paragraph], text: str) -> Paragraph:
    (found,) = [one for one in paragraphs if text in one.text]
    return found


def replace(paragraph: Paragraph, old: str, new: str) -> None:
    (run,) = [one for one in paragraph.runs if old in one.text]
    run.text = run.text.replace(old, new)


def type_into(cell: _Cell, text: str) -> None:
    assert cell.text == "", cell.text
    cell.paragraphs[0].add_run(text)


def new_row(table: Table, at: int) -> _Row:
    """An empty row like the last one, before row `at` (counted as Python does), or below all."""
    last = table.rows[-1]._tr
    empty = deepcopy(last)
    for paragraph in empty.iter("{*}p"):
        for run in paragraph.findall("{*}r"):
            paragraph.remove(run)
    (last.addprevious if at < 0 else last.addnext)(empty)
    return _Row(empty, table)


if __name__ == "__main__":
    text, folder = Path(sys.argv[1]).read_text(encoding="utf-8"), Path(sys.argv[2])
    type_tags(folder / "form.docx", steps(text))
    (folder / "form.yaml").write_text(described(text), encoding="utf-8")
