"""`form.docx` → Skeleton: the template's own tags say what is a loop, what may be missing, and what is a value."""

import re
from collections.abc import Iterable, Sequence

from perfdoc.extraction.by_template.align import Step
from perfdoc.extraction.by_template.pattern import (
    TITLE,
    VALUES,
    Tag,
    TextPattern,
    bind,
    dotted,
    tags,
    text_pattern,
    without_tags,
)
from perfdoc.extraction.by_template.skeleton import GridPattern, RowPattern, SheetPattern, Skeleton
from perfdoc.form_definition import Form
from perfdoc.form_definition.blocks import Blocks, blocks_in
from perfdoc.layout import Grid, Layout, Paragraph, Row
from perfdoc.reading import read

_ROW_TAG = re.compile(r"\{%[-+]?tr\s")
_PROJECTS, _INDICATORS = "document.projects", "project.indicators"
_LEVELS = frozenset(("indicator.level1", "indicator.level2"))
_Piece = Step[TextPattern] | GridPattern
_PAGE = Step((TextPattern(),), optional=True)


def skeleton(form: Form) -> Skeleton | None:
    """The skeleton of a form, from its `form.docx`; None where it is a list, or has no table.

    Raises UnreadableError where that is no sound Word file.
    """
    if form.is_list:
        return None
    layout = read(form.document.read_bytes(), str(form.document))
    blocks = _Blocks()
    for block in layout.blocks:
        if isinstance(block, Grid):
            blocks.grid(block)
        elif block.story == "body":
            blocks.paragraph(block)
    front, body, back = blocks.parts()
    grids = tuple(piece for piece in body if isinstance(piece, GridPattern))
    if not grids or not all(grid.steps for grid in grids):
        return None
    gaps = _gaps(body)
    sheet = _sheet(front, body, back, grids)
    margins = tuple(text_pattern(p.text, {}) for p in _paragraphs(layout) if p.story != "body")
    title = next((p.style for p in _paragraphs(layout) if TITLE in text_pattern(p.text, {}).names), "")
    return Skeleton(form, _steps(front), gaps, grids, _steps(back), margins, title, sheet)


def _paragraphs(layout: Layout) -> list[Paragraph]:
    return [block for block in layout.blocks if isinstance(block, Paragraph)]


def _steps(pieces: Iterable[_Piece]) -> tuple[Step[TextPattern], ...]:
    return tuple(piece for piece in pieces if isinstance(piece, Step))


def _gaps(body: Sequence[_Piece]) -> tuple[tuple[Step[TextPattern], ...], ...]:
    gaps: list[list[Step[TextPattern]]] = [[]]
    for piece in body:
        if isinstance(piece, GridPattern):
            gaps.append([])
        else:
            gaps[-1].append(piece)
    return tuple(map(tuple, gaps))


def _sheet(
    front: Sequence[_Piece], body: Sequence[_Piece], back: Sequence[_Piece], grids: Sequence[GridPattern]
) -> SheetPattern:
    """The rows of a worksheet."""
    around = [
        [s for s in _steps(part) if any(n.startswith("document.") for n in s.patterns[0].names)]
        for part in (front, back)
    ]
    head = next((grid.head for grid in grids if grid.head), ())
    labels = sum(grid.labels for grid in grids)
    return SheetPattern(_rows(body), labels, head, _rows(around[0]), _rows(around[1]))


def _rows(pieces: Iterable[_Piece]) -> tuple[Step[RowPattern], ...]:
    rows: list[Step[RowPattern]] = []
    for piece in pieces:
        if isinstance(piece, GridPattern):
            rows += piece.steps
        else:
            pattern = RowPattern(piece.patterns, line=piece.repeats)
            rows.append(Step((pattern,), piece.optional, piece.repeats))
    return tuple(rows)


class _Blocks:
    """The blocks of a template while its tags open and close loops and conditions."""

    def __init__(self) -> None:
        self.aliases: dict[str, str] = {}
        self.open: list[str] = []
        """What is open: `if`, or what the loop goes over."""
        self.pieces: list[_Piece] = []
        self.starts: list[int] = []
        self.body: tuple[int, int] | None = None

    def parts(self) -> tuple[list[_Piece], list[_Piece], list[_Piece]]:
        """What stands before the projects, what a project has, what stands behind them.

        A template without a loop over the projects is all one project, and each but the first begins with a blank
        line at the top of a page.
        """
        if self.body is None:
            return [], [_PAGE, *self.pieces], []
        first, last = self.body
        return self.pieces[:first], self.pieces[first:last], self.pieces[last:]

    def paragraph(self, paragraph: Paragraph) -> None:
        text = paragraph.text
        if not without_tags(text).strip() and (found := list(tags(text))):
            for tag in found:
                self._tag(tag)
        elif not paragraph.contents:
            pattern = text_pattern(text, self.aliases, bookmarks=bool(paragraph.bookmarks))
            repeats = any(each not in ("if", _PROJECTS) for each in self.open)
            self.pieces.append(Step((pattern,), "if" in self.open, repeats))

    def grid(self, grid: Grid) -> None:
        self.pieces.append(_Table(self.aliases).pattern(grid)._replace(optional="if" in self.open))

    def _tag(self, tag: Tag) -> None:
        bind(tag, self.aliases)
        if tag.word in ("if", "for"):
            of = dotted(re.sub(r"^\w+\s+in\s+", "", tag.rest), self.aliases) if tag.word == "for" else "if"
            self.open.append(of)
            self.starts.append(len(self.pieces))
        elif tag.word in ("endif", "endfor") and self.open:
            ended, start = self.open.pop(), self.starts.pop()
            inside = self.pieces[start:]
            if ended == _PROJECTS and any(isinstance(piece, GridPattern) for piece in inside):
                self.body = start, len(self.pieces)
            elif ended == _PROJECTS:  # a list of the projects, as a table of contents is
                self.pieces[start:] = [
                    Step((_besides(one.patterns[0]),), optional=True, repeats=True) for one in _steps(inside)
                ]


def _besides(text: TextPattern) -> TextPattern:
    """A text whose values stand at their own places too, as in a list of contents."""
    return text._replace(names=("",) * len(text.names), styles=(), valued=False)


class _Table:
    """The rows of one of a template's tables, while its tags open and close."""

    def __init__(self, aliases: dict[str, str]) -> None:
        self.aliases = aliases
        self.open: list[str] = []
        self.steps: list[Step[RowPattern]] = []
        self.loop: list[tuple[RowPattern, bool]] = []
        """The rows of the loop over the indicators, and whether each stands under a condition."""
        self.blocks: Blocks | None = None

    def pattern(self, grid: Grid) -> GridPattern:
        """The pattern of a table; one without steps where its loop has several rows for one indicator."""
        for row in grid.rows:
            text = "\n".join(cell.text for cell in row.cells)
            if _ROW_TAG.search(text) and not without_tags(text.replace("{%tr", "{%")).strip():
                for tag in tags(text):
                    self._tag(tag)
            else:
                self._row(row)
        fixed = [c for step in self.steps for row in step.patterns for c in row.cells if c.label]
        head: tuple[str, ...] = ()
        for step in self.steps:
            if any(row.record for row in step.patterns):
                break
            if any(cell.label for cell in step.patterns[0].cells):
                head = tuple(cell.label for cell in step.patterns[0].cells)
        return GridPattern(tuple(self.steps), len(fixed), head)

    def _tag(self, tag: Tag) -> None:
        bind(tag, self.aliases)
        if tag.word == "for":
            self.open.append(dotted(re.sub(r"^\w+\s+in\s+", "", tag.rest), self.aliases))
            self.blocks = blocks_in(tag.rest)
        elif tag.word == "if":
            self.open.append("if")
        elif tag.word in ("endif", "endfor") and self.open and self.open.pop() == _INDICATORS:
            self._end_loop()

    def _row(self, row: Row) -> None:
        cells = tuple(text_pattern(c.text, self.aliases, runs=c.runs, continues=c.continues) for c in row.cells)
        if _INDICATORS in self.open:
            self.loop.append((RowPattern(cells), "if" in self.open))
            return
        repeats = any(each != "if" for each in self.open)
        self.steps.append(Step((RowPattern(cells, line=repeats),), "if" in self.open, repeats))

    def _end_loop(self) -> None:
        rows, self.loop = self.loop, []
        groups = [row for row, under in rows if under and _names(row) and _names(row) <= _LEVELS]
        records = [(row, under) for row, under in rows if not any(row is group for group in groups)]
        if not records:
            records, groups = rows, []
        widths = {len(row.cells) for row, _ in records}
        if len(widths) != 1 or sum(not under for _, under in records) > 1:
            self.steps = []
            return
        record = _record([row for row, _ in records])._replace(blocks=self.blocks)
        patterns = (*(group._replace(group=True) for group in groups), record)
        self.steps.append(Step(patterns, repeats=True))


def _names(row: RowPattern) -> set[str]:
    return {name for cell in row.cells for name in cell.names}


def _record(rows: Sequence[RowPattern]) -> RowPattern:
    """The rows that may be an indicator's as one: each cell as the row has it that writes most in it."""
    cells = tuple(
        max(cells, key=lambda cell: (len(cell.names), len(cell.label)))
        for cells in zip(*(row.cells for row in rows), strict=True)
    )
    columns = tuple(_column(cell) for cell in cells)
    fixed = tuple(n for n, c in enumerate(cells) if c.exact is not None or not c.names)
    return RowPattern(cells, record=True, columns=columns, fixed=fixed)


def _column(cell: TextPattern) -> str:
    """The name of the indicator's text that fills a cell."""
    alone = cell.exact is None and len(cell.names) == 1 and cell.names[0] in VALUES
    return cell.names[0].removeprefix("indicator.") if alone and cell.names[0].startswith("indicator.") else ""
