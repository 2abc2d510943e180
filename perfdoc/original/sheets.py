"""A received workbook (.xlsx) written into: cells and rows by bytes, every other entry of the zip as it stands.

A text becomes an inline string (ECMA-376 part 1, 18.3.1.53), so that the shared strings stay; what was a number and can
be one is a number. Rows are added or left out only at the end of a sheet: nothing below may have to move.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from perfdoc.layout import Cell, Grid
from perfdoc.model import decimal
from perfdoc.original.edits import Edit
from perfdoc.original.parts import Parts
from perfdoc.original.refusals import refused
from perfdoc.original.rows import Merge, TargetRow
from perfdoc.original.spans import Spans
from perfdoc.original.text.runs import escaped
from perfdoc.reading.excel.book import read_book
from perfdoc.reading.excel.diagnostics import Diagnostics
from perfdoc.reading.excel.grid import Range, range_of
from perfdoc.report import Place, column_letters
from perfdoc.unholdable import UNHOLDABLE, names_of

_REFERENCE = re.compile(rb"""(\sr\s*=\s*["'][A-Z]*)\d+""")
_ROW_TAGS = re.compile(rb"<(?:[^\s<>/:]+:)?(?:row|c)(?=[\s/>])[^<>]*>")
_CELL = re.compile(r"([A-Z]+)(\d+)")


class Sheet:
    """A worksheet's bytes, its rows and cells by number, and the edits gathered; `grid` is what it reads as."""

    def __init__(self, spans: Spans, place: Place) -> None:
        self.spans, self.place = spans, place
        self.edits: list[Edit] = []
        self.last: tuple[int, int] | None = None
        """The last row as it was and as it is, where rows have come or gone."""
        if "sheetProtection" in spans.names:
            raise refused("protected", place)
        self.data = next(at for at, name in enumerate(spans.names) if name == "sheetData")
        self.rows: dict[int, int] = {}
        self.cells: dict[str, int] = {}
        for row in spans.children(self.data):
            self.rows[int(spans.value(row, "r") or 0)] = row
            self.cells.update((spans.value(cell, "r") or "", cell) for cell in spans.children(row))
        if 0 in self.rows or "" in self.cells:
            raise refused("unnumbered", place)

    def text_edit(self, row: int, column: int, text: str, old: str, *, numbers: bool) -> Edit:
        """The edit by which a cell says a text; `numbers` lets it be a number where it is one now."""
        place = self.place._replace(row=row, column=column)
        if UNHOLDABLE.search(text):
            raise refused("character", place, names=names_of(text))
        index = self.cells.get(f"{column_letters(column)}{row}")
        if index is None:
            return self._inserted(row, column, text)
        if self.spans.child(index, "f") is not None:
            raise refused("formula", place)
        number = self._number(index, text, old) if numbers else None
        return self.spans.instead(index, self._cell(row, column, text, self.spans.value(index, "s"), number))

    def _number(self, index: int, text: str, old: str) -> str | None:
        """The number that a cell holds to show a text, in the way in which it shows its own now."""
        raw = self.spans.child(index, "v")
        if raw is None or self.spans.value(index, "t") not in (None, "n"):
            return None
        held = Decimal(self.spans.text(raw))
        for sign, factor in (("", 1), ("%", 100)):
            before, after = decimal(old.removesuffix(sign)), decimal(text.removesuffix(sign))
            signed = text.endswith(sign) and old.endswith(sign)
            if signed and before is not None and after is not None and abs(held * factor - before) < Decimal("0.5"):
                return f"{(after / factor).normalize():f}"
        return None

    def _cell(self, row: int, column: int, text: str, style: str | None, number: str | None) -> bytes:
        tag = self.spans.tag(self.data, "").decode()
        head = f'<{tag}c r="{column_letters(column)}{row}"' + (f' s="{style}"' if style else "")
        if number is not None:
            return f"{head}><{tag}v>{number}</{tag}v></{tag}c>".encode()
        if not text:
            return f"{head}/>".encode()
        string = f' t="inlineStr"><{tag}is><{tag}t xml:space="preserve">'
        return (head + string).encode() + escaped(text) + f"</{tag}t></{tag}is></{tag}c>".encode()

    def _inserted(self, row: int, column: int, text: str) -> Edit:
        """A cell that the sheet does not have, in the style of the one above."""
        spans, index = self.spans, self.rows.get(row)
        if index is None or spans.at(index).is_empty:
            raise refused("nowhere", self.place._replace(row=row, column=column))
        above = (self.cells.get(f"{column_letters(column)}{n}") for n in range(row - 1, 0, -1))
        beside = next((each for each in above if each is not None), None)
        data = self._cell(row, column, text, spans.value(beside, "s"), None)
        at = spans.at(index).inner
        for cell in spans.children(index):
            found = _CELL.fullmatch(spans.value(cell, "r") or "")
            if found and (len(found[1]), found[1]) < (len(column_letters(column)), column_letters(column)):
                at = spans.at(cell).end
        return Edit(at, at, data)

    def put_rows(self, grid: Grid, replaced: Sequence[int], rows: Sequence[TargetRow], *, numbers: bool) -> None:
        """Put rows in the place of others. Raises RefusedError where what stands below would have to move."""
        first, last = replaced[0], replaced[-1]
        if len(rows) != len(replaced) and max(self.rows) > last:
            raise refused("below", self.place._replace(row=last + 1))
        self.last = last, last + len(rows) - len(replaced)
        numbers_to_be = [*replaced, *range(last + 1, last + 1 + len(rows))][: len(rows)]
        for number, row in zip(numbers_to_be, rows, strict=True):
            edits = [*self._row_edits(grid, row, numbers=numbers)]
            if number == row.source:
                self.edits += edits
                continue
            data, span = self._moved(row.source, number, edits), self.spans.at(self.rows[min(number, last)])
            self.edits.append(Edit(span.begin if number <= last else span.end, span.end, data))
        for number in replaced[len(rows) :]:
            self.edits.append(self.spans.instead(self.rows[number]))
        self._merge(grid, (first, last), [*zip(numbers_to_be, rows, strict=True)])

    def _row_edits(self, grid: Grid, row: TargetRow, *, numbers: bool) -> Iterator[Edit]:
        for cell in grid.rows[row.source - 1].cells:
            wish = row.cells.get(cell.column)
            text = cell.text if wish is None else wish.text if wish.text is not None else (wish.source or cell).text
            if text != cell.text:
                yield self.text_edit(cell.row, cell.column, text, cell.text, numbers=numbers)

    def _moved(self, source: int, number: int, edits: Iterable[Edit]) -> bytes:
        index = self.rows[source]
        if next(self.spans.inside(index, "f"), None) is not None:
            raise refused("formula", self.place._replace(row=source))
        data = self.spans.slice(self.spans.at(index), edits)
        return _ROW_TAGS.sub(lambda tag: _REFERENCE.sub(rb"\g<1>%d" % number, tag[0], count=1), data)

    def _merge(self, grid: Grid, old: tuple[int, int], rows: Sequence[tuple[int, TargetRow]]) -> None:
        """The merged ranges (18.3.1.55) of the rows, and those that reach over them from above."""
        spans = self.spans
        holder = next((at for at, name in enumerate(spans.names) if name == "mergeCells"), None)
        known = {spans.value(each, "ref") or "": each for each in spans.children(holder)} if holder is not None else {}
        ranges = {one: at for ref, at in known.items() if (one := range_of(ref))}
        within = {one for one in ranges if old[0] <= one.top and one.bottom <= old[1]}
        wanted = {*_ranges(grid, rows)}
        over = {one for one in ranges if one.top < old[0] <= one.bottom} if len(rows) != old[1] - old[0] + 1 else set()
        wanted |= {one._replace(bottom=one.bottom + len(rows) - (old[1] - old[0] + 1)) for one in over}
        gone, new = (within | over) - wanted, sorted(wanted - within - over)
        self.edits += [spans.instead(ranges[one]) for one in gone]
        tag = spans.tag(self.data, "").decode()
        added = "".join(f'<{tag}mergeCell ref="{_named(one)}"/>' for one in new).encode()
        if holder is None and added:
            end = spans.at(self.data).end
            self.edits.append(Edit(end, end, f"<{tag}mergeCells>".encode() + added + f"</{tag}mergeCells>".encode()))
        elif holder is not None and (gone or added):
            span, count = spans.at(holder), len(ranges) - len(gone) + len(new)
            start = re.sub(rb'count="\d+"', b'count="%d"' % count, spans.data[span.begin : span.inner])
            self.edits += [Edit(span.begin, span.inner, start), Edit(span.close, span.close, added)]


def _ranges(grid: Grid, rows: Sequence[tuple[int, TargetRow]]) -> Iterator[Range]:
    """The merged ranges of rows as they shall be."""
    open_: dict[int, Range] = {}
    for number, row in rows:
        for cell in grid.rows[row.source - 1].cells:
            right = cell.column + cell.colspan - 1
            if _goes_on(cell, row) and cell.column in open_:
                open_[cell.column] = open_[cell.column]._replace(bottom=number)
                continue
            if cell.column in open_:
                yield from _more(open_.pop(cell.column))
            if not _goes_on(cell, row):
                open_[cell.column] = Range(number, cell.column, number, right)
    for one in open_.values():
        yield from _more(one)


def _goes_on(cell: Cell, row: TargetRow) -> bool:
    wish = row.cells.get(cell.column)
    if wish is None or (wish.merge is None and wish.source is None):
        return cell.continues
    return wish.merge is Merge.goes_on or (wish.merge is None and wish.source is not None and wish.source.continues)


def _more(one: Range) -> Iterator[Range]:
    """A range of more than one cell."""
    if (one.top, one.left) != (one.bottom, one.right):
        yield one


def _named(one: Range) -> str:
    return f"{column_letters(one.left)}{one.top}:{column_letters(one.right)}{one.bottom}"


class Workbook(Parts):
    """A received workbook that is opened to be written into."""

    def __init__(self, data: bytes, file: str) -> None:
        super().__init__(data, file)
        book = read_book(self.package, Diagnostics(file), keep_struck=False)
        self._names = {one.name: one.part for one in book.sheets}
        self._sheets: dict[str, Sheet] = {}

    def sheet(self, name: str) -> Sheet:
        """A worksheet by its name."""
        if name not in self._sheets:
            self._sheets[name] = Sheet(self.part(self._names[name]), Place(self.file, sheet=name))
        return self._sheets[name]

    def changed(self) -> bytes:
        """The file with all that was gathered. Raises RefusedError for one that is signed."""
        main = self.package.main_part()
        for name, sheet in self._sheets.items():
            self.change(self._names[name], sheet.edits)
            if area := self._area(self.part(main), name, sheet.last):
                self.change(main, [area])
        return self.data()

    def _area(self, spans: Spans, name: str, last: tuple[int, int] | None) -> Edit | None:
        """The edit by which the area that is printed (18.2.5) ends with the last row, as it did."""
        position = str([*self._names].index(name))
        for index, kind in enumerate(spans.names):
            if kind == "definedName" and (spans.value(index, "name"), spans.value(index, "localSheetId")) == (
                "_xlnm.Print_Area",
                position,
            ):
                span = spans.at(index)
                end = re.search(rb"\d+$", spans.data[span.inner : span.close])
                if last is not None and end and int(end[0]) == last[0] != last[1]:
                    return Edit(span.inner + end.start(), span.close, b"%d" % last[1])
        return None
