"""A filled-in Word file made into a template, step by step: values, rows of indicators, projects, what is around."""

from collections.abc import Mapping
from itertools import pairwise

from perfdoc.errors import FormError
from perfdoc.extraction.vocabulary.keys import looks_like_label, named
from perfdoc.layout import Cell, Grid, Paragraph
from perfdoc.learning.cleaned import Told
from perfdoc.learning.contents import contents, mark
from perfdoc.learning.indicators.loop import Indicators
from perfdoc.learning.located import located, tag_of
from perfdoc.learning.margins import ONCE, around
from perfdoc.learning.stands import Stand, Value
from perfdoc.learning.stretch import repeat, stretches
from perfdoc.learning.tagged_page import Page
from perfdoc.report import Place, Role
from perfdoc.texts import say

HEADING = "{{ project.heading }}"
_LINES = "{{%p for line in {0}|lines %}}\n{{{{ line }}}}\n{{%p endfor %}}"
_LEVELS = ("level1", "level2")


class Template:
    """One cleaned file on its way to a template. `written` does it all; then `notes` and `questions` are to be said.

    `extras` has the labels beside cells that are empty in it, with their paths; `columns` the paths of the indicators'
    columns, with their heads; `implied` the paths of values that another value tells, as a department's name its code.
    """

    def __init__(self, page: Page, answers: Mapping[str, str]) -> None:
        self.page, self.answers, self.projects = page, answers, page.document.projects
        self.notes: list[Told] = []
        self.questions: list[tuple[Place, str]] = []
        self.extras: dict[str, str] = {}
        self.columns: dict[str, str] = {}
        self.implied: set[tuple[str, ...]] = set()
        self._mixed: set[Place] = set()
        """Where a text of several paragraphs has several looks."""

    def written(self) -> bytes:
        """The template. FormError where the file can't be one."""
        page = self.page
        ranges, kept = self._ranges()
        for place, stand in page.found.items():
            if page.is_here(place):
                self._values(place, stand)
        grids = [*page.layout.grids()]
        for grid in grids:
            self._empty_cells(grid)
        rows, filled = Indicators(kept, page), any(project.indicators for project in self.projects)
        for loop in rows.loops(grids) if filled else rows.empty(grids):
            self.columns = {**loop.columns, **self.columns}
            self.notes += loop.notes
        listed = self._contents()
        self.notes += around(page, ranges[kept] if ranges else None)
        if ranges:
            repeat(page, ranges, kept)
        headings = [place for place in page.blocks if HEADING in page.text(place) and page.is_here(place)]
        if headings and (listed or any(project.bookmarks for project in self.projects)):
            mark(page, headings[-1])
        word = page.written()
        mixed = self._mixed | page.original.mixed
        looks = [("looks", place, one.text) for place, one in page.found.items() if place in mixed and _of_project(one)]
        self.notes[:0] = looks
        return word

    def _values(self, place: Place, stand: Stand) -> None:
        """Tags in place of the values of a cell or paragraph; what no label names is asked for."""
        values = [value for value in stand.values if not _is_above(value, stand)]
        if stand.cell is not None and stand.cell.continues:
            return
        if Role.unclaimed in stand.roles and not values:
            values = self._answered(place, stand)
        if stand.part:
            values = [value for value in values if self._is_in_body(value)]
        if not values or all(value.goes_on for value in values):
            if values and stand.cell is None and place in self.page.blocks:
                self.page.cut(self.page.element(place), [place])
            return
        text = stand.text
        if len(values) == 1 and not _is_of_row(values[0]) and self._is_lines_of(place, values[0].text):
            self.page.tag(place, _LINES.format(tag_of(values[0].path)))
            return
        held = text if values[0].text[:1].isspace() else text.strip()
        whole = len(values) == 1 and "".join(values[0].text.split()) == "".join(text.split()) != ""
        spans, missing, implied = located(text, [values[0]._replace(text=held, piece="")] if whole else values)
        self.implied |= {tuple(map(str, value.path[2:])) for value in implied}
        if stand.part:
            spans = tuple(one._replace(new=ONCE.format(one.new)) for one in spans)
        self.page.tags[place] = [*spans]
        if missing:
            first = missing[0]
            key = "learning.divided" if first.piece.strip() and first.piece in first.text else "learning.not_found"
            raise FormError(say(key, place=place, text=first.text))

    def _is_lines_of(self, place: Place, value: str) -> bool:
        """Whether each line of a value is a paragraph of its cell, and there is nothing else."""
        (source,) = self.page.original.sources.of(place)
        numbers = [piece.paragraph for piece in source.pieces if piece.paragraph]
        ends = [piece for piece in source.pieces if piece.text == "\n"]
        ours, theirs = ([line.strip() for line in text.split("\n")] for text in (value, source.text))
        if place.part or len(ends) < 1 or any(piece.leaf for piece in ends) or ours != theirs:
            return False
        spans = self.page.spans
        if len({self.page.look_of(spans.numbered("w:p", number)) for number in numbers}) > 1:
            self._mixed.add(place)
        return True

    def _is_in_body(self, value: Value) -> bool:
        """Whether a value of a header stands in the body too: from there it is read."""
        found = self.page.found.values()
        return any(not one.part and value.path in (other.path for other in one.values) for one in found)

    def _answered(self, place: Place, stand: Stand) -> list[Value]:
        answer = self.answers.get(str(place), "").strip()
        if not answer:
            self.questions.append((place, stand.text))
            return []
        path = tuple(answer.split(".")) if answer.isascii() else ("extra", named(answer.removeprefix("extra.")))
        self.extras[".".join(path)] = ""
        return [Value(("projects", 0, *path), stand.text, "")]

    def _empty_cells(self, grid: Grid) -> None:
        """Tags for the empty cells right of labels, above the indicators."""
        page = self.page
        of = [any(_is_of_row(value) for cell in row.cells for value in self._of(grid, cell)) for row in grid.rows]
        above = grid.rows[: of.index(True) - 1] if True in of else grid.rows
        paths = {value.path[2:] for stand in page.found.values() if stand.block is grid for value in stand.values}
        for label, cell in (pair for row in above for pair in pairwise(row.cells)):
            stand, place = page.found[grid.place_of(label)], grid.place_of(cell)
            if Role.label not in stand.roles or label.continues or not page.is_here(place):
                continue
            path = () if cell.text.strip() or cell.continues or self._of(grid, cell) else self._path(label)
            if path and path not in paths:
                page.tag(place, f"{{{{ {tag_of(('projects', 0, *path))} }}}}")
                self.extras.setdefault(".".join(path), label.text.strip())

    def _of(self, grid: Grid, cell: Cell) -> tuple[Value, ...]:
        return self.page.found[grid.place_of(cell)].values

    def _path(self, label: Cell) -> tuple[str, ...]:
        entry = self.page.words.meaning(label.text).label
        if entry is not None and (entry.path or entry.group):
            return tuple(("agency.name" if entry.path == "agency" else entry.path).split(".")) if entry.path else ()
        return ("extra", named(label.text)) if looks_like_label(label.text) else ()

    def _contents(self) -> bool:
        """Have a loop for the lines of a table of contents, or take them out: they name the old file's projects."""
        page = self.page
        lines = [place for place, one in page.found.items() if _is_listed(one) and page.is_here(place)]
        headed = (one for one in page.found.values() if any(value.path[2:] == ("heading",) for value in one.values))
        texts = [stand.text.strip() for stand in headed]
        if not lines or contents(page, lines, texts, HEADING):
            return bool(lines)
        for place in lines:
            self.notes += [("contents", place, page.found[place].text)] if page.found[place].text else []
            page.cut(page.element(place), [place])
        return False

    def _ranges(self) -> tuple[list[range], int]:
        """Of several projects which children of the body each has, and which is kept: the one that has most."""
        page, count = self.page, len(self.projects)
        owners: dict[int, set[int]] = {}
        kinds: dict[int, set[object]] = {number: set() for number in range(count)}
        for place, stand in page.found.items():
            for value in stand.values:
                if value.path[0] == "projects":
                    number = int(value.path[1])
                    kinds[number].add(value.path[4:] if _is_of_row(value) else value.path[2:])
                    if place in page.blocks:
                        owners.setdefault(page.blocks[place], set()).add(number)
        if any(len(numbers) > 1 for numbers in owners.values()):
            raise FormError(say("learning.projects_in_one", n=count))
        kept = max(range(count), key=lambda number: (len(kinds[number]), -number))
        if count < 2:
            return [], kept
        ranges = stretches(page, owners, count)
        there = {*range(ranges[0].start, ranges[-1].stop)} - {*ranges[kept], *range(ranges[0].stop, ranges[1].start)}
        for place, stand in page.found.items():
            for value in stand.values:
                if value.path[0] == "projects" and not _is_of_row(value) and value.path[2:] not in kinds[kept]:
                    self.notes.append(("lost", place, value.text))
            page.gone.update([place] if page.blocks.get(place) in there else [])
        return ranges, kept


def _is_listed(stand: Stand) -> bool:
    return isinstance(stand.block, Paragraph) and stand.block.contents


def _is_of_row(value: Value) -> bool:
    return value.path[2:3] == ("indicators",)


def _of_project(stand: Stand) -> bool:
    return not any(map(_is_of_row, stand.values[:1]))


def _is_above(value: Value, stand: Stand) -> bool:
    """Whether a level was taken from the row above: its cell is empty."""
    return _is_of_row(value) and value.path[4] in _LEVELS and bool(value.text) and not stand.text.strip()
