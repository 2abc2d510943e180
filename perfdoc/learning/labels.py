"""The label that names each value on the page, as `form.yaml` declares it, and the heading above each project."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from perfdoc.extraction.vocabulary.keys import key, named
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.layout import Cell, Grid, Paragraph
from perfdoc.learning.simplified import remove
from perfdoc.learning.stands import Stand, Value
from perfdoc.learning.written import Span, Writing, paragraph_of
from perfdoc.model import Project
from perfdoc.reading.docx.namespaces import BOOKMARKSTART, FLDCHAR, ID, INSTRTEXT, PPR, w
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


def heading_of(projects: Sequence[Project], texts: Sequence[str], default: str | None = None) -> str:
    """The rule of the headings of all projects, with `{position}` and `{name}`.

    Where there is none, `default`, by default the text of the first.
    """
    rules = []
    for position, (project, text) in enumerate(zip(projects, texts, strict=False), 1):
        rule = text.replace("{", "{{").replace("}", "}}")
        if project.name:
            rule = rule.replace(project.name, "{name}")
        number = str(position)
        rules.append("{position}" + rule.removeprefix(number) if rule.startswith(number) else rule)
    if rules and len(set(rules)) == 1:
        return rules[0]
    return next(iter(texts), "") if default is None else default


def headed(found: dict[Place, Stand], projects: Sequence[Project]) -> dict[Place, Stand]:
    """The same with the headings of several projects that a title parts from their tables: they were read as outside.

    Such a line has its project's name, and all of them follow one rule.
    """
    if len(projects) < 2:
        return found
    places, lines, before = list(found), [], -1
    for number, project in enumerate(projects):
        own = [n for n, one in enumerate(found.values()) if any(v.path[:2] == ("projects", number) for v in one.values)]
        above = places[before + 1 : min(own, default=0)]
        lines += [place for place in above if project.name and _may_head(found[place], project.name)][-1:]
        before = max(own, default=before)
    texts = [found[place].text.strip() for place in lines]
    if len(lines) < len(projects) or "{name}" not in heading_of(projects, texts, ""):
        return found
    values = {place: (Value(("projects", n, "heading"), found[place].text, ""),) for n, place in enumerate(lines)}
    return {place: one._replace(values=values.get(place, one.values)) for place, one in found.items()}


def _may_head(stand: Stand, name: str) -> bool:
    block = stand.block
    outside = isinstance(block, Paragraph) and not block.place.part and not block.contents and not stand.values
    return outside and name in stand.text


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


def contents(lines: Sequence[etree._Element], headings: Sequence[str], tag: str) -> bool:
    """Have a loop over the projects for the lines of a table of contents; False, and nothing done, where none can be.

    The first line begins its field (17.16.5.68) and the one below the last ends it: between them stand the projects'.
    """
    texts = [Writing([line]) for line in lines]
    entries = [n for n, one in enumerate(texts) if any(heading and heading in one.text for heading in headings)]
    alike = len(entries) == len(headings) > 1 and entries == list(range(entries[0], entries[0] + len(entries)))
    if not alike or any(_opened(lines[n]) for n in entries[1:]):
        return False
    first, second = (lines[entries[n]] for n in (0, 1))
    for number, heading in zip(entries[:2], headings[:2], strict=True):
        start, page = texts[number].text.find(heading), re.search(r"\d+\s*$", texts[number].text)
        spans = [Span(start, start + len(heading), tag)]
        if page is not None and page.start() >= start + len(heading):
            spans.append(Span(page.start(), page.end(), "{{ project.page }}"))
        texts[number].put(spans, fields=True)
        for link in lines[number].iter(w("hyperlink")):
            link.set(w("anchor"), list(STAND_INS)[1])
        for code in lines[number].iter(INSTRTEXT):
            code.text = re.sub(r"(PAGEREF\s+)\S+", rf"\g<1>{list(STAND_INS)[1]}", code.text or "")
    for number in entries[2:]:
        remove(lines[number])
    first.addprevious(paragraph_of("{%p for project in document.projects %}"))
    first.addprevious(paragraph_of("{%p if loop.first %}"))
    first.addnext(paragraph_of("{%p else %}"))
    for text in ("{%p endfor %}", "{%p endif %}"):
        second.addnext(paragraph_of(text))
    return True


def _opened(paragraph: etree._Element) -> int:
    """How many fields begin in a paragraph and do not end in it; below 0 where others end."""
    kinds = [mark.get(w("fldCharType")) for mark in paragraph.iter(FLDCHAR)]
    return kinds.count("begin") - kinds.count("end")
