"""A filled-in Word file made into a template, step by step: values, rows of indicators, projects, what is around."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from lxml import etree

from perfdoc.errors import FormError
from perfdoc.extraction.vocabulary.keys import looks_like_label, named
from perfdoc.extraction.vocabulary.words import vocabulary
from perfdoc.layout import Cell, Grid, Layout, Paragraph
from perfdoc.learning.indicators.loop import Indicators
from perfdoc.learning.labels import contents, headed, mark
from perfdoc.learning.margins import ONCE, around
from perfdoc.learning.parts import MAIN, Parts
from perfdoc.learning.simplified import REVIEWED, and_above, is_in_tree, plain, remove, unmarked, without_picture
from perfdoc.learning.stands import Stand, Value, located, stands
from perfdoc.learning.stretch import repeat, stretches
from perfdoc.learning.written import Span, Writing, look_beside, paragraphs_of, said_once, tag_of
from perfdoc.reading.docx.namespaces import TC, P, w
from perfdoc.rendering.word.seals import is_seal, pictures
from perfdoc.report import Place, Reading, Role
from perfdoc.texts import say

HEADING = "{{ project.heading }}"
_LEVELS = ("level1", "level2")


class Template:
    """One file on its way to a template. `write` does it all; then `notes` and `questions` have what is to be said.

    `found` has what stands in the file, `extras` the labels beside cells that are empty in it, with their paths;
    `columns` the paths of the indicators' columns, with their heads; `implied` the paths of values that another value
    tells, as a department's name its code.
    """

    def __init__(self, data: bytes, layout: Layout, reading: Reading, answers: Mapping[str, str]) -> None:
        self.file, self.layout, self.answers = layout.file, layout, answers
        self.document, self.words = reading.document, vocabulary(())
        self.parts = Parts(data, layout.file)
        self.found = headed(stands(layout, reading, self.words.tables.period), reading.document.projects)
        self.notes: list[tuple[str, Place, str]] = []
        self.questions: list[tuple[Place, str]] = []
        self.extras: dict[str, str] = {}
        self.columns: dict[str, str] = {}
        self.implied: set[tuple[str, ...]] = set()
        self._cells: dict[str, dict[int, etree._Element]] = {}
        self._paragraphs: dict[str, dict[int, etree._Element]] = {}
        extra = [one for one in self.parts.trees[MAIN] if one is not self.parts.body and one.tag != w("background")]
        shown = "".join("".join(stand.text.split()) for stand in self.found.values())
        for part, tree in self.parts.trees.items():
            short = "" if part == MAIN else part.rpartition("/")[2].removesuffix(".xml")
            self._cells[short] = dict(enumerate(tree.iter(TC), 1))
            self._paragraphs[short] = dict(enumerate(tree.iter(P), 1))
            kinds = {kind: sum(1 for _ in tree.iter(*tags)) for kind, tags in REVIEWED.items()}
            self.notes += [(kind, Place(self.file, part=short), str(n)) for kind, n in kinds.items() if n]
            plain(tree, lambda text: "".join(text.split()) in shown)
        for one in extra:  # a second body, or text beside it
            remove(one)
        elements = {place: self._element(stand) for place, stand in self.found.items()}
        self._elements = {place: one for place, one in elements.items() if one is not None}
        self._blocks = {place: self._block(one) for place, one in self._elements.items()}

    def write(self, *, keep_seals: bool) -> None:
        """Make the parts those of a template. FormError where the file can't be one."""
        owners = self._owners()
        for place, stand in self.found.items():
            if place in self._elements:
                self._values(place, stand)
        for grid in self.layout.grids():
            self._empty_cells(grid)
        grids, filled = list(self.layout.grids()), any(project.indicators for project in self.document.projects)
        for number, project in enumerate(self.document.projects):
            rows = Indicators(number, project, self.found, self._cells[""], self.words)
            for loop in rows.loops(grids) if filled else rows.empty(grids[number:]):
                self.columns = {**loop.columns, **self.columns}
                self.notes += loop.notes
        listed = self._contents()
        copies = self._repeated(owners)
        body = self.parts.body if len(self.document.projects) > 1 else None
        self.notes += around(self.found, self._elements, self.document, body, copies)
        for part, tree in self.parts.trees.items():
            self._pictures(part, tree, keep_seals)
            unmarked(tree)
        headings = self._headings()
        if headings and (listed or any(project.bookmarks for project in self.document.projects)):
            mark(headings[-1])

    def texts(self) -> Iterator[str]:
        """The text of each paragraph that is in the template, with its tags."""
        for tree in self.parts.trees.values():
            yield from (Writing([one]).text for one in tree.iter(P))

    def _element(self, stand: Stand) -> etree._Element | None:
        """The cell or paragraph in the tree; None where it went with a tracked change, or there is none."""
        kind = self._cells if stand.cell is not None else self._paragraphs
        element = kind.get(stand.part, {}).get(stand.number)
        return element if element is not None and is_in_tree(element) else None

    def _block(self, element: etree._Element) -> etree._Element | None:
        """The block of the body in which something stands; None for what stands in another part."""
        return next((one for one in and_above(element) if one.getparent() is self.parts.body), None)

    def _values(self, place: Place, stand: Stand) -> None:
        """Tags in place of the values of a cell or paragraph; what no label names is asked for."""
        values = [value for value in stand.values if not _is_above(value, stand)]
        if stand.cell is not None and stand.cell.continues:
            return
        if Role.unclaimed in stand.roles and not values:
            values = self._answered(place, stand)
        if stand.part:
            values = [value for value in values if self._is_in_body(value)]
        element = self._elements[place]
        if not values or all(value.goes_on for value in values):
            if values and element.tag == P:
                remove(element)
            elif not values:
                said_once(element, stand.text)
            return
        paragraphs = paragraphs_of(element) if element.tag == TC else [element]
        writing = Writing(paragraphs)
        of_project = len(values) == 1 and not _is_of_row(values[0])
        if of_project and len(paragraphs) > 1 and writing.is_lines_of(values[0].text):
            writing.by_lines(tag_of(values[0].path))
            self.notes += [("looks", place, stand.text)] if writing.mixed else []
            return
        raw, shown = ("".join(text.split()) for text in (writing.text, stand.text))
        if raw != shown:
            writing.unlist()
        held = writing.text if values[0].text[:1].isspace() else writing.text.strip()
        whole = len(values) == 1 and bool(raw) and "".join(values[0].text.split()) == shown
        spans, missing, implied = located(writing.text, [values[0]._replace(text=held, piece="")] if whole else values)
        self.implied |= {tuple(map(str, value.path[2:])) for value in implied}
        if stand.part:
            spans = tuple(span._replace(tag=ONCE.format(span.tag)) for span in spans)
        writing.put(spans, look_beside(element))
        self.notes += [("looks", place, stand.text)] if writing.mixed and not _is_of_row(values[0]) else []
        if missing:
            first = missing[0]
            key = "learning.divided" if first.piece.strip() and first.piece in first.text else "learning.not_found"
            raise FormError(say(key, place=place, text=first.text))

    def _is_in_body(self, value: Value) -> bool:
        """Whether a value of a header stands in the body too: from there it is read."""
        return any(not one.part and value.path in (other.path for other in one.values) for one in self.found.values())

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
        of = [any(_is_of_row(value) for cell in row.cells for value in self._of(grid, cell)) for row in grid.rows]
        above = grid.rows[: of.index(True) - 1] if True in of else grid.rows
        paths = {value.path[2:] for stand in self.found.values() if stand.block is grid for value in stand.values}
        for label, cell in (pair for row in above for pair in pairwise(row.cells)):
            stand, element = self.found[grid.place_of(label)], self._elements.get(grid.place_of(cell))
            if Role.label not in stand.roles or label.continues or element is None:
                continue
            path = () if cell.text.strip() or cell.continues or self._of(grid, cell) else self._path(label)
            if path and path not in paths:
                tag = f"{{{{ {tag_of(('projects', 0, *path))} }}}}"
                Writing(paragraphs_of(element)).put([Span(0, 0, tag)], look_beside(element))
                self.extras.setdefault(".".join(path), label.text.strip())

    def _of(self, grid: Grid, cell: Cell) -> tuple[Value, ...]:
        return self.found[grid.place_of(cell)].values

    def _path(self, label: Cell) -> tuple[str, ...]:
        entry = self.words.meaning(label.text).label
        if entry is not None and (entry.path or entry.group):
            return tuple(("agency.name" if entry.path == "agency" else entry.path).split(".")) if entry.path else ()
        return ("extra", named(label.text)) if looks_like_label(label.text) else ()

    def _contents(self) -> bool:
        """Have a loop for the lines of a table of contents, or take them out: they name the old file's projects."""
        found = [(place, one) for place, one in self._elements.items() if _is_listed(self.found[place])]
        headed = (stand for stand in self.found.values() if any(one.path[2:] == ("heading",) for one in stand.values))
        texts = [stand.text.strip() for stand in headed]
        if not found or contents([line for _, line in found], texts, HEADING):
            return bool(found)
        for place, line in found:
            self.notes += [("contents", place, self.found[place].text)] if self.found[place].text else []
            remove(line)
        return False

    def _headings(self) -> list[etree._Element]:
        """The paragraphs that print the heading: the last is the project's own."""
        return [one for one in self.parts.body.iter(P) if HEADING in Writing([one]).text]

    def _owners(self) -> dict[etree._Element, set[int]]:
        """The projects that have a value in each block of the body. FormError where one has several."""
        owners: dict[etree._Element, set[int]] = {}
        for place, stand in self.found.items():
            block = self._blocks.get(place)
            numbers = {int(value.path[1]) for value in stand.values if value.path[0] == "projects"}
            if block is not None and numbers:
                owners.setdefault(block, set()).update(numbers)
        if any(len(numbers) > 1 for numbers in owners.values()):
            raise FormError(say("learning.projects_in_one", n=len(self.document.projects)))
        return owners

    def _repeated(self, owners: Mapping[etree._Element, set[int]]) -> list[etree._Element]:
        """Keep the stretch of one project where there are several: of the one that has most. What was doubled in it."""
        count = len(self.document.projects)
        if count < 2:
            return []
        kinds: dict[int, set[object]] = {number: set() for number in range(count)}
        own = [value for stand in self.found.values() for value in stand.values if value.path[0] == "projects"]
        for value in own:
            kinds[int(value.path[1])].add(value.path[4:] if _is_of_row(value) else value.path[2:])
        kept = max(range(count), key=lambda number: (len(kinds[number]), -number))
        for place, stand in self.found.items():
            for value in stand.values:
                if value.path[0] == "projects" and not _is_of_row(value) and value.path[2:] not in kinds[kept]:
                    self.notes.append(("lost", place, value.text))
        return repeat(stretches(self.parts.body, owners, count), kept)

    def _pictures(self, part: str, tree: etree._Element, keep_seals: bool) -> None:
        places = {element: place for place, element in self._elements.items()}
        for picture in list(pictures(tree)):
            at = next((places[one] for one in picture.iterancestors() if one in places), Place(self.file, part=part))
            seal = part == MAIN and not keep_seals and is_seal(picture)
            self.notes.append(("seal" if seal else "picture", at, ""))
            if seal:
                without_picture(picture)


def _is_listed(stand: Stand) -> bool:
    return isinstance(stand.block, Paragraph) and stand.block.contents


def _is_of_row(value: Value) -> bool:
    return value.path[2:3] == ("indicators",)


def _is_above(value: Value, stand: Stand) -> bool:
    """Whether a level was taken from the row above: its cell is empty."""
    return _is_of_row(value) and value.path[4] in _LEVELS and bool(value.text) and not stand.text.strip()
