"""The values of a document and its projects that shall be others in a received file, and the texts that hold them."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from perfdoc.filling.wording import Wanted, reworded, spread
from perfdoc.form_definition import DEFAULT_FORM, Form
from perfdoc.layout import Grid, Layout, Paragraph
from perfdoc.model import PROJECT_PATHS, Document, Project, texts
from perfdoc.report import Path, Place, Reading, Role

_SHOWN = frozenset((Role.value, Role.extra, Role.boilerplate))
_LOOSE = frozenset((Role.outside, Role.unclaimed))
_MORE = 12
"""Characters at most that a heading has beside the name: a number, 绩效目标表."""
_COUNT = re.compile(r"^\d+(?=[.．、])")
_PATHS = tuple(tuple(path.split(".")) for path in PROJECT_PATHS)


class Texts:
    """What a Layout holds by its place, and where a reading's values stand."""

    def __init__(self, layout: Layout, reading: Reading) -> None:
        self.reading, self.file = reading, layout.file
        self.at: dict[Place, str] = {}
        self._contents: list[Paragraph] = []
        self.grids: dict[Place, Grid] = {}
        for block in layout.blocks:
            if isinstance(block, Grid):
                self.grids.setdefault(block.place, block)
                for place, cell in block.placed():
                    self.at.setdefault(place, cell.text)
            else:
                self.at.setdefault(block.place, block.text)
                self._contents += [block] if block.contents else []
        self._claimed: dict[Path, list[Place]] = defaultdict(list)
        for role, place, _, path in reading.claims:
            if path and role in _SHOWN:
                self._claimed[path].append(place)
        self.unclaimed_headings: dict[int, Place] = {}
        """What names a project above its first table, where the form knows of no heading."""
        self._add_headings(layout)

    def _add_headings(self, layout: Layout) -> None:
        loose = {place for role, place, *_ in self.reading.claims if role in _LOOSE}
        owners = {at._replace(row=0, column=0): path[1] for path, at in self.reading.places.items() if path[2:]}
        above: list[Paragraph] = []
        for block in layout.blocks:
            if isinstance(block, Paragraph):
                above.append(block)
                continue
            number = int(owners.get(block.place, -1))
            name = (self.reading.document.projects[number].name or "") if number >= 0 else ""
            path = ("projects", number, "heading")
            for one in reversed(above) if name and path not in self._claimed else ():
                if name in one.text and len(one.text) <= len(name) + _MORE and one.place in loose:
                    self._claimed[path].append(one.place)
                    self.unclaimed_headings[number] = one.place
                    break
            above = []

    @cached_property
    def contents(self) -> Mapping[int, Paragraph]:
        """The line of the table of contents that names each project's heading; both are in the same order."""
        lines, found = [*self._contents], {}
        for number in range(len(self.reading.document.projects)):
            heading = self.heading(number)
            line = next((each for each in lines if heading and heading in each.text), None)
            if line is not None:
                lines.remove(line)
                found[number] = line
        return found

    def shown(self, path: Path) -> list[Place]:
        """Where a value is shown, in the file's order, or where it would stand; empty where the file has no place."""
        places = [*self._claimed.get(path, ())]
        own = self.reading.places.get(path)
        return list(dict.fromkeys(places if own is None or own in places else [own, *places]))

    def grids_of(self, project: int) -> list[Grid]:
        """The tables of a project, in the file's order: those with its values, and those behind them with none."""
        owners = {at._replace(row=0, column=0): path[1] for path, at in self.reading.places.items() if path[2:]}
        found, last = [], None
        for place, grid in self.grids.items():
            last = owners.get(place, last)
            found += [grid] if last == project else []
        return found

    def place(self, project: int) -> Place:
        """A place of a project: its name's, or the first of its values'."""
        own = (at for path, at in self.reading.places.items() if path[:2] == ("projects", project))
        return next(iter(self.shown(("projects", project, "name"))), None) or next(own, Place(self.file))

    def heading(self, number: int) -> str:
        """The text of a project's heading as it stands, "" where it has none."""
        places = self.shown(("projects", number, "heading"))
        return self.at.get(places[0], "") if places else ""


class Retold(NamedTuple):
    """Texts that become others by their place, the values in them, and what can't be written.

    `homeless` are values that the file has no place for; `open` those of which it does not show what part of a text
    they are, or which share one text.
    """

    texts: dict[Place, str]
    values: list[tuple[Wanted, tuple[Place, ...]]]
    homeless: list[Wanted]
    open: list[tuple[Wanted, Place]]


def retold(known: Texts, wanted: Sequence[Wanted]) -> Retold:
    """The texts that hold these values, as they shall be."""
    found = Retold({}, [], [], [])
    by_place: dict[Place, list[Wanted]] = defaultdict(list)
    for one in wanted:
        places = known.shown(one.path)
        if not places:
            found.homeless.append(one)
            continue
        found.values.append((one, tuple(places)))
        here = [place for place in places if one.old and one.old.strip() in known.at.get(place, "")]
        lines = None if here or len(places) < 2 else spread(one.old, one.new, [known.at[place] for place in places])
        if lines is not None:
            found.texts.update(zip(places, lines, strict=True))
            continue
        for place in here or places[:1]:
            by_place[place].append(one)
    for place, values in by_place.items():
        text = reworded(known.at.get(place, ""), values)
        if text is None:
            found.open.append((values[0], place))
        else:
            found.texts[place] = text
    return found


def document_values(
    known: Texts, new: Document, pairs: Mapping[int, int], forms: Mapping[str, Form], *, numbered: bool = False
) -> list[Wanted]:
    """Every value above the indicators that differs, by its path in the file; `pairs` are projects, old to new.

    A document without a title says nothing of the file's. `numbered` has headings count on that begin with a number.
    """
    old = known.reading.document
    found = []
    if new.title is not None and new.title != (old.title or ""):
        found.append(Wanted(("title",), old.title or "", new.title))
    form = forms.get(old.form or DEFAULT_FORM)
    for here, there in pairs.items():
        before, after = old.projects[here], new.projects[there]
        found += _project(here, before, after)
        shown = known.heading(here)
        heading = _heading(shown, before, after, here + 1, None if here in known.unclaimed_headings else form)
        first = _COUNT.match(known.heading(0))
        if numbered and first and heading == _heading(shown, before, after, here + 1, None):
            heading = _COUNT.sub(str(int(first[0]) + here), heading, count=1)
        if shown and heading != shown:
            found.append(Wanted(("projects", here, "heading"), shown, heading))
    return found


def contents_texts(known: Texts, wanted: Sequence[Wanted]) -> dict[Place, str]:
    """The lines of the table of contents that name a heading which is another now."""
    lines = ((known.contents.get(int(one.path[1])), one) for one in wanted if one.path[2:] == ("heading",))
    return {line.place: line.text.replace(one.old, one.new, 1) for line, one in lines if line is not None}


def _project(number: int, old: Project, new: Project) -> Iterator[Wanted]:
    before, after = dict(texts(old)), dict(texts(new))
    for path in (*_PATHS, *(("extra", label) for label in dict.fromkeys((*old.extra, *new.extra)))):
        ours, theirs = before.get(path) or "", after.get(path) or ""
        if ours != theirs:
            yield Wanted(("projects", number, *path), ours, theirs)


def _heading(shown: str, old: Project, new: Project, position: int, form: Form | None) -> str:
    """What a heading shall say: what the document says, what the form derives, or itself with the new name."""
    if new.heading is not None:
        return new.heading
    if old.heading is None and form is not None and form.heading is not None:
        return form.heading_of(new, position)
    return shown.replace(old.name, new.name or "") if old.name else shown
