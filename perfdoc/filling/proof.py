"""The proof of a file that was written: read back, it says what it was to say, and the rest what it said before."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from perfdoc.filling.plan import TableRows
from perfdoc.filling.values import Texts
from perfdoc.model import Document, Project, texts
from perfdoc.report import Path, Place, Reading, Role
from perfdoc.texts import say
from perfdoc.visible import shown

_LEFT = frozenset((Role.outside, Role.unclaimed))


def contradictions(
    before: Reading, after: Texts, wanted: Document, pairs: Mapping[int, int], homeless: Iterable[Path]
) -> Iterator[tuple[Path, Place, str]]:
    """What does not read back, each with its path, its place, and the words for it.

    `pairs` are projects of the file and of the document; `homeless` the paths (in the document) of values that the
    file has no place for. Projects of the file that are in no pair are to be as they were.
    """
    now, lost = after.reading.document, {*homeless}
    if len(now.projects) != len(before.document.projects):
        yield ("projects",), Place(""), say("filling.why.rest", text=str(len(now.projects)))
        return
    for here, project in enumerate(now.projects):
        there = pairs.get(here)
        asked = before.document.projects[here] if there is None else wanted.projects[there]
        described = any(
            after.shown(("projects", here, "indicators", n, "description")) for n in range(len(project.indicators))
        )
        want, got = (
            {p: t for p, t in _said(one, described) if ("projects", there, *p) not in lost} for one in (asked, project)
        )
        for path in dict.fromkeys((*want, *got)):
            if want.get(path, "") != got.get(path, ""):
                full = ("projects", here, *path)
                place = next(iter(after.shown(full)), Place(""))
                said = {"got": shown(got.get(path, "")), "want": shown(want.get(path, ""))}
                yield full, place, say("filling.why.contradicts", variable=".".join(map(str, path)), **said)


def _said(project: Project, described: bool) -> Iterator[tuple[Path, str]]:
    """Every text of a project that is not empty, but for its heading; of its indicators as its file shows them."""
    for path, text in texts(project):
        if text and path != ("heading",):
            yield path, text
    blank = len(project.indicators) == 1 and not any(text for _, text in texts(project.indicators[0]))
    yield ("indicators",), str(0 if blank else len(project.indicators))
    for number, one in enumerate(project.indicators):
        for path, text in texts(one):
            if text and path != ("description",):
                yield ("indicators", number, *path), text
        if described and one.described:
            yield ("indicators", number, "description"), one.described


def others(before: Reading, after: Reading, changed: Iterable[Place], tables: Sequence[TableRows]) -> Iterator[str]:
    """Texts outside of the forms that are not what they were, and labels that are not, where no row comes or goes.

    What a blank row prints is a label, and a value once the row shows an indicator.
    """
    places, roles = {*changed}, _LEFT if any(table.is_other for table in tables) else {*_LEFT, Role.label}
    filled = {table.grid.place._replace(row=row) for table in tables for row in table.blank}

    def said(reading: Reading) -> Counter[tuple[Role, str]]:
        return Counter(
            (claim.role, claim.text)
            for claim in reading.claims
            if claim.role in roles
            and claim.place not in places
            and not (claim.role is Role.label and claim.place._replace(column=0) in filled)
        )

    old, new = said(before), said(after)
    yield from (text for _, text in (old - new) + (new - old))
