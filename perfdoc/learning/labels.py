"""The label that names each value on the page, as `form.yaml` declares it, and the heading above each project."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from perfdoc.extraction.vocabulary.keys import key, named
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.layout import Cell, Grid
from perfdoc.learning.stands import Stand, Value
from perfdoc.model import Project
from perfdoc.reading.docx.namespaces import BOOKMARKSTART, ID, PPR, P, T, w
from perfdoc.rendering.word.preparation import STAND_INS
from perfdoc.report import Place, Role


def fields(found: Mapping[Place, Stand], words: Vocabulary) -> dict[str, str]:
    """Every value of a project that the file has, each once, with its label where one is printed for it alone."""
    entries: dict[str, str] = {}
    used: dict[str, str] = {}
    for place, stand in found.items():
        for value in stand.values:
            if value.path[:1] != ("projects",) or value.path[2] in ("indicators", "heading"):
                continue
            path = ".".join(map(str, value.path[2:]))
            label = next(_candidates(found, place, stand, value, words), "")
            if used.setdefault(key(label), path) != path:
                label = ""
            entries[path] = entries.get(path) or label
    return entries


def _candidates(
    found: Mapping[Place, Stand], place: Place, stand: Stand, value: Value, words: Vocabulary
) -> Iterator[str]:
    """The texts that may name a value: in its own text, left of it, above it; those that mean it."""
    path = ".".join(map(str, value.path[2:]))
    own = value.path[3] if path.startswith("extra.") else None
    if value.piece and value.piece != value.text:
        before = value.piece.rpartition(value.text)[0] if value.text else value.piece
        yield from (text for text in (before.strip().rstrip("：:").strip(),) if _names(text, path, own, words))
    if isinstance(stand.block, Grid) and stand.cell is not None:
        for cell in (*_left(stand.block, stand.cell), *_above(stand.block, stand.cell)):
            other = found.get(stand.block.place_of(cell))
            if other is not None and Role.label in other.roles and _names(cell.text, path, own, words):
                yield cell.text.strip()


def _names(text: str, path: str, own: str | int | None, words: Vocabulary) -> bool:
    if own is not None:
        return named(text) == own
    entry = words.meaning(text).label
    return entry is not None and (entry.path == path or (entry.path == "agency" and path == "agency.name"))


def _left(grid: Grid, cell: Cell) -> Sequence[Cell]:
    return [one for one in grid.rows[cell.row - 1].cells if one.column < cell.column][::-1]


def _above(grid: Grid, cell: Cell) -> Iterator[Cell]:
    for row in grid.rows[: cell.row - 1][::-1]:
        yield from (one for one in row.cells if one.column <= cell.column < one.column + one.colspan)


def heading_of(projects: Sequence[Project], texts: Sequence[str]) -> str:
    """The rule of the headings of all projects, with `{position}` and `{name}`; the first one's text where none is."""
    rules = []
    for position, (project, text) in enumerate(zip(projects, texts, strict=False), 1):
        rule = text.replace("{", "{{").replace("}", "}}")
        if project.name:
            rule = rule.replace(project.name, "{name}")
        number = str(position)
        rules.append("{position}" + rule.removeprefix(number) if rule.startswith(number) else rule)
    return rules[0] if rules and len(set(rules)) == 1 else (texts[0] if texts else "")


def mark(paragraph: etree._Element) -> None:
    """Put the two bookmarks that stand for a project's around the text of a paragraph."""
    at = 0 if paragraph.find(PPR) is None else 1
    ends = []
    for number, name in enumerate(STAND_INS):
        start = etree.Element(BOOKMARKSTART)
        start.set(ID, str(number))
        start.set(w("name"), name)
        paragraph.insert(at + number, start)
        end = etree.Element(w("bookmarkEnd"))
        end.set(ID, str(number))
        ends.append(end)
    paragraph.extend(reversed(ends))


def first_heading(body: etree._Element, tag: str) -> etree._Element | None:
    """The paragraph that prints the heading."""
    return next((one for one in body.iter(P) if tag in "".join(text.text or "" for text in one.iter(T))), None)
