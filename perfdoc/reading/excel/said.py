"""Remarks and paragraphs that readers of workbooks make alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from perfdoc.layout import Cell, Paragraph
from perfdoc.reading import codes
from perfdoc.reading.excel.grid import Hidden, SheetRow
from perfdoc.reading.excel.remarks import Remarks, column_ranges, row_ranges, short
from perfdoc.report import Place, Severity


def say_hidden(sheet: str, hidden: bool, rows: list[SheetRow], columns: list[int], remarks: Remarks) -> None:
    """Say which parts of a sheet that hold text are not displayed; they are read all the same."""
    if hidden and rows:
        message = "the sheet is hidden; it is read all the same"
        remarks.say(codes.HIDDEN, Severity.info, message, remarks.at(sheet))
    hidden_rows = [row.number for row in rows if row.hidden]
    if hidden_rows:
        message = f"hidden rows {row_ranges(hidden_rows)}; they are read all the same"
        remarks.say(codes.HIDDEN, Severity.info, message, remarks.at(sheet, hidden_rows[0], 1))
    if columns:
        with_text = {cell.column for row in rows for cell in row.cells if cell.text}
        used = sorted(with_text.intersection(columns))
        if used:
            message = f"hidden columns {column_ranges(used)}; they are read all the same"
            remarks.say(codes.HIDDEN, Severity.info, message, remarks.at(sheet, 1, used[0]))


def hidden_by_merge(remarks: Remarks, sheet: str) -> Hidden:
    """What to do with a text that a merged range hides: say it."""

    def say(anchor: Cell, cell: Cell) -> None:
        message = f"a merged cell hides this text, which is not read: {short(cell.text)}"
        place = remarks.at(sheet, cell.row, cell.column)
        remarks.say(codes.MERGED, Severity.warning, message, place, cell.text)

    return say


def say_number(value: float, text: str, is_general: bool, place: Place, remarks: Remarks) -> None:
    """Say what the text of a number does not: that it is hidden, or a whole number that lost its last digits."""
    if not text:
        message = f"the cell's number format hides its value {value:.15g}"
        remarks.say(codes.HIDDEN, Severity.info, message, place, f"{value:.15g}")
    elif is_general and "E+" in text and abs(value) < 1e15 and value == int(value):
        message = f"shown as {text}; the cell holds {value:.0f}"
        remarks.say(codes.SHORTENED, Severity.warning, message, place, f"{value:.0f}")


def say_comment(place: Place, author: str, text: str, remarks: Remarks) -> None:
    """Say what a comment says; Excel itself begins the text with the author's name."""
    who = author.strip()
    by = f" by {short(who)}" if who and not text.startswith(who) else ""
    remarks.say(codes.COMMENT, Severity.info, f"comment{by}: {short(text)}", place, text)


def margins(texts: Iterable[tuple[str, str]], story: str, sheet: str, remarks: Remarks) -> Iterator[Paragraph]:
    """The texts of (story, text) that run in one story, each once, as paragraphs."""
    place = remarks.at(sheet)._replace(part=story)
    return (Paragraph(text, place, story=story) for text in dict.fromkeys(t for s, t in texts if s == story))
