"""Projects of a received Word file that are new or cut out: stretches of its body, copied or taken away as they stand.

A new project is a copy of the last one with what stands between it and the one before: page break, heading, section.
Of a file with one project it is the whole page, with what stands above and below the form.
"""

from collections.abc import Sequence
from typing import NamedTuple

from perfdoc.errors import RefusedError
from perfdoc.filling.values import Texts
from perfdoc.original import Edit, Original, refused
from perfdoc.original.copying.body import Body
from perfdoc.original.copying.copies import Copies

_PAGE = 12
"""Paragraphs at most above a form, or below it, that belong to its page."""


class Reach(NamedTuple):
    """The first and the last child of the body that something of a project stands in."""

    first: int
    last: int


def with_projects(original: Original, known: Texts, copies: Copies, more: int, gone: Sequence[int]) -> None:
    """Gather the edits that add `more` copies of the last project, and cut the projects with the numbers `gone` out.

    Raises RefusedError where projects share a table, or where a cut would take the headers of a section along.
    """
    body = Body(original, original.package.main_part())
    reaches = _reaches(known, body)
    edits: list[Edit] = []
    cuts: list[Reach] = []
    for number in gone:
        cut = _cut(body, reaches, number, known)
        cuts.append(Reach(cuts.pop().first, cut.last) if cuts and cut.first <= cuts[-1].last else cut)
        edits += _without_contents(body, known, number)
    edits += [body.cut(*cut, known.place(0)) for cut in cuts]
    if more:
        edits += _copied(body, reaches, known, copies, more)
    original.change(body.part, edits)


def _reaches(known: Texts, body: Body) -> list[Reach]:
    count = len(known.reading.document.projects)
    held: list[set[int]] = [set() for _ in range(count)]
    own = ((int(path[1]), at) for path, at in known.reading.places.items() if path[0] == "projects" and len(path) > 2)
    for number, place in (*own, *known.unclaimed_headings.items()):
        at = body.child(place) if place in known.at else None
        if at is not None:
            held[number].add(at)
    reaches = [Reach(min(each), max(each)) if each else Reach(-1, -1) for each in held]
    for before, after in zip((Reach(-1, -1), *reaches), reaches, strict=False):
        if after.first <= before.last:
            raise refused("shared", known.place(reaches.index(after)))
    return reaches


def _cut(body: Body, reaches: Sequence[Reach], number: int, known: Texts) -> Reach:
    """What goes: a project with the gap before it, or with the one behind it where that is what goes without loss."""
    own = reaches[number]
    ways = []
    if number:
        ways.append((reaches[number - 1].last + 1, own.last))
    if number + 1 < len(reaches):
        ways.append((_begin(body, reaches, number), reaches[number + 1].first - 1))
    for first, last in ways:
        try:
            body.cut(first, last, known.place(number))
            return Reach(first, last)
        except RefusedError:
            if (first, last) == ways[-1]:
                raise
    raise refused("shared", known.place(number))


def _begin(body: Body, reaches: Sequence[Reach], number: int) -> int:
    """Where a project begins that has as much above its first table as the next one; the rest is the document's."""

    def table(reach: Reach) -> int:
        return next((at for at in range(reach.first, reach.last + 1) if body.is_table(at)), reach.first)

    own, after = reaches[number], reaches[number + 1]
    return max(own.first, table(own) - (table(after) - after.first))


def _copied(body: Body, reaches: Sequence[Reach], known: Texts, copies: Copies, more: int) -> list[Edit]:
    first, last = (reaches[-2].last + 1 if len(reaches) > 1 else reaches[-1].first), reaches[-1].last
    apart = False
    if len(reaches) == 1:
        first, last = _page(body, reaches[0])
        apart = not body.begins_page(first)
    edits = []
    for _ in range(more):
        edit, names = body.copied(first, last, copies, apart=apart)
        edits.append(edit)
        edits += _contents(body, known, len(reaches) - 1, copies, names)
    return edits


def _page(body: Body, own: Reach) -> Reach:
    """A form with what stands above and below it, as far as that is not another table or a longer text."""
    first, last = own
    while first and own.first - first < _PAGE and not body.is_table(first - 1):
        first -= 1
    while last + 1 < len(body.children) and last - own.last < _PAGE and not body.is_table(last + 1):
        last += 1
    above = first if first == 0 or body.is_table(first - 1) else own.first
    below = last if last + 1 == len(body.children) or body.is_table(last + 1) else own.last
    return Reach(above, below)


def _contents(body: Body, known: Texts, project: int, copies: Copies, names: dict[bytes, bytes]) -> list[Edit]:
    """A line in the table of contents for the copy: that of the project, with the copy's bookmarks."""
    index = _line(body, known, project)
    if index is None or not _is_whole(data := body.spans.bytes_of(index)):
        return []
    data, end = copies.of(data, body.spans.tag(index, "")), body.spans.at(index).end
    for old, new in names.items():
        data = data.replace(old, new)
    return [Edit(end, end, data)]


def _without_contents(body: Body, known: Texts, project: int) -> list[Edit]:
    """The edits by which the table of contents does not name a project: of a line that begins or ends it the link."""
    index = _line(body, known, project)
    if index is None:
        return []
    gone = [index] if _is_whole(body.spans.bytes_of(index)) else body.spans.inside(index, "w:hyperlink")
    return [*map(body.spans.instead, gone)]


def _line(body: Body, known: Texts, project: int) -> int | None:
    """The paragraph of the table of contents that names a project."""
    return body.element(known.contents[project].place) if project in known.contents else None


def _is_whole(data: bytes) -> bool:
    """Whether each field in some bytes begins and ends there."""
    return data.count(b'fldCharType="begin"') == data.count(b'fldCharType="end"')
