"""What the labels of a document mean: shown as they were read, said anew for all files of its layout, taken back."""

from typing import NamedTuple
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from perfdoc.form_definition import EXTRA, TARGET_PARTS
from perfdoc.importing.meaning import PRINTED
from perfdoc.model import INDICATOR_PATHS, PROJECT_PATHS, Indicator, title
from perfdoc.report import Claim, Path, Place, Role
from perfdoc.texts import say
from perfdoc.web.answers import STOP_POLLING, Pairs, house, item, none_there, page, posted
from perfdoc.web.desk import SHOWN
from perfdoc.web.work.results import Looked

_LEFT_OUT = (Role.unclaimed, Role.outside)
_PROJECT, _INDICATOR = "project", "indicator"


class Label(NamedTuple):
    """A label of a received file, or a text that was left out, and what it was read as; `path` is as `form label`
    takes it, "" for nothing, and `sample` a value that it names."""

    text: str
    role: Role
    path: str
    sample: str


def labels(found: Looked) -> list[Label]:
    """The labels in the order of the file, each once; what means nothing that perfdoc knows comes first."""
    made: dict[str, Label] = {}
    heads = _Heads()
    for one in found.claims:
        if one.role in _LEFT_OUT and one.text.strip():
            made.setdefault(one.text, Label(one.text, one.role, "", ""))
        if one.role is Role.label:
            heads.add(one)
            made.setdefault(one.text, Label(one.text, one.role, "", ""))
        if one.role in (Role.value, Role.extra) and len(one.path) > 2:
            for name in heads.of(one):
                known = made.get(name)
                if known is not None and known.role is Role.label and _gives_way(known.path, one.path):
                    made[name] = known._replace(path=path_of(one.path), sample=one.text)
                    break
    return sorted(made.values(), key=lambda one: one.path != "" and f".{EXTRA}." not in one.path)


def _gives_way(path: str, to: Path) -> bool:
    """Whether a label may mean something else: 分值 is first of all a column of the indicators."""
    return not path or (to[2] == "indicators" and path.startswith("project.execution."))


class _Heads:
    """The labels so far: the last one of each row and of each column."""

    def __init__(self) -> None:
        self._left: dict[Place, str] = {}
        self._above: dict[Place, str] = {}

    def add(self, label: Claim) -> None:
        self._left[label.place._replace(column=0)] = label.text
        self._above[label.place._replace(row=0)] = label.text

    def of(self, value: Claim) -> tuple[str, ...]:
        """What may name a value: its own name where perfdoc has none for it; else the label before it, that above it.

        A head with the unit of its amounts, 合计（万元）, names no value of its own, and none beside it.
        """
        if EXTRA in value.path[2:-1]:
            return (str(value.path[-1]),)
        above = self._above.get(value.place._replace(row=0), "")
        if value.path[2] == "indicators":
            return (above,)
        if value.path[2] == "money_unit" and value.text.endswith(("）", ")")):
            self._above[value.place._replace(row=0)] = value.text
            return ()
        return self._left.get(value.place._replace(column=0), ""), above


def path_of(path: Path) -> str:
    """The path of a value as `form label` takes it."""
    steps = path[2:]
    if steps[:1] == ("indicators",):
        return ".".join(map(str, (_INDICATOR, *steps[2:])))
    return ".".join(map(str, (_PROJECT, *("agency" if one == "agency" else one for one in steps))))


def words(path: str) -> str:
    record, _, own = path.partition(".")
    if own.startswith(f"{EXTRA}."):
        return say("web.labels.own", label=own.removeprefix(f"{EXTRA}."))
    if own == "agency":
        return title(("agency", "name"))
    return title(tuple(own.split(".")), Indicator) if record == _INDICATOR else title(tuple(own.split(".")))


def choices() -> dict[str, list[tuple[str, str]]]:
    """What a label may mean, by what it is a value of: path and words."""
    own = ["agency" if one == "agency.name" else one for one in PROJECT_PATHS if one not in ("agency.code", "heading")]
    columns = [one for one in INDICATOR_PATHS if one not in TARGET_PARTS]
    groups = {_PROJECT: own, _INDICATOR: columns}
    return {group: [(f"{group}.{one}", words(f"{group}.{one}")) for one in some] for group, some in groups.items()}


def show(request: Request) -> Response:
    """The labels of a document, and one of them to choose a meaning for: `label`, or the one at a value (`at`)."""
    at, wanted = house(request), item(request, received=True)
    found = at.desk.looked(wanted, received=True, patience=SHOWN)
    if found is None:
        return page(request, "waiting.html.j2", title=wanted.name, item=wanted)
    every = labels(found)
    asked, way = request.query_params.get("label", ""), request.query_params.get("at", "")
    chosen = next((one for one in every if one.text == asked), None)
    if chosen is None and way.count("/") > 1:
        path = path_of(tuple(way.split("/")))
        chosen = next((one for one in every if one.path in (path, path.replace("agency.name", "agency"))), None)
    lesson = at.lessons.get(wanted.way)
    return page(
        request, "labels.html.j2", title=say("web.labels.title"), item=wanted, labels=every, chosen=chosen,
        words=words, choices=choices(), printed=PRINTED, alike=at.alike(wanted), lesson=lesson,
    )  # fmt: skip


def said(request: Request, pairs: Pairs) -> Response:
    """Say what a label means, or (`undo`) take back what was said last."""
    given, at, wanted = dict(pairs), house(request), item(request)
    label, path = given.get("label", ""), given.get("path", "")
    if path == EXTRA:
        path = f"{EXTRA}.{given.get('own', '').strip() or label}"
    at.teach(wanted, label, path)
    return RedirectResponse(f"/labels/{quote(wanted.way)}", 303)


def went(request: Request) -> Response:
    at, wanted = house(request), item(request)
    lesson = at.lessons.get(wanted.way)
    if lesson is None:
        raise none_there()
    status = STOP_POLLING if lesson.reading.done >= lesson.reading.total else 200
    return page(request, "lesson.html.j2", status, item=wanted, lesson=lesson, words=words, printed=PRINTED)


ROUTES = [
    Route("/labels/{way:path}", show),
    Route("/labels/{way:path}", posted(said), methods=["POST"]),
    Route("/lesson/{way:path}", went),
]
