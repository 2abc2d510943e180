"""Review comments as a list of opinions, and the table 审核意见采纳情况表 in which a unit answers them."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from perfdoc.layout import Layout, Row
from perfdoc.model import Document, Indicator, title
from perfdoc.report import Path, Reading, Reply, Thread
from perfdoc.texts import say
from perfdoc.yamltree import packaged


class Opinion(NamedTuple):
    """A thread with what people call the place that it is about: the project's name, and the value in it.

    `unit` is who carries out the project, or the department that it belongs to; empty where neither is said.
    """

    thread: Thread
    project: str
    about: str
    unit: str = ""


class Answer(NamedTuple):
    """A row of a table that a unit has filled in: the opinion by its words, and the answer, which may be blank.

    `by` is who answers, as the row or else a line of the file says it; empty where nothing does.
    """

    project: str
    about: str
    author: str
    text: str
    said: str
    by: str = ""


def opinions(threads: Iterable[Thread], reading: Reading) -> list[Opinion]:
    """The threads of a document with the names of what they are about, and where that stands."""
    places = reading.places

    def place(path: Path) -> Path | None:
        return next((path[:end] for end in range(len(path), -1, -1) if path[:end] in places), None)

    made = []
    for one in threads:
        found = place(one.path) if not one.place.file else None
        placed = one if found is None else one._replace(place=places[found])
        made.append(Opinion(placed, *_named(one.path, reading.document), _unit(one.path, reading.document)))
    return made


def _unit(path: Path, document: Document) -> str:
    """Who answers for a value: the unit of its project; of a document the one that all projects have."""
    asked = document.projects[int(path[1])] if path[:1] == ("projects",) and len(path) > 1 else None
    units = {one.agency.name or one.department or "" for one in ((asked,) if asked else document.projects)}
    return units.pop() if len(units) == 1 else ""


def _named(path: Path, document: Document) -> tuple[str, str]:
    if path[:1] != ("projects",) or len(path) < 2:
        return document.title or "", title(tuple(map(str, path)), Document) if path else say("reviews.document")
    project = document.projects[int(path[1])]
    inner = path[2:]
    if inner[:1] == ("indicators",) and len(inner) > 1:
        row = project.indicators[int(inner[1])]
        what = title(tuple(map(str, inner[2:])), Indicator) if inner[2:] else say("reviews.row")
        return project.name or "", say("reviews.in_row", n=int(inner[1]) + 1, name=row.level3 or row.level2, what=what)
    return project.name or "", title(tuple(map(str, inner))) if inner else say("reviews.project")


@cache
def _words() -> dict[str, Any]:
    return packaged("perfdoc.reviews", "table.yaml")


def heads() -> tuple[str, ...]:
    return tuple(names[0] for names in _words()["columns"].values())


def rows(listed: Sequence[Opinion]) -> Iterator[tuple[int, str, str, str, str, str, str]]:
    """The table's rows; an opinion that has an answer stands with the last one."""
    for number, one in enumerate(listed, 1):
        thread = one.thread
        answer, note = next(filter(any, (_parts(each.text) for each in reversed(thread.replies))), ("", ""))
        if thread.replies and not answer:
            note = thread.replies[-1].text
        yield number, one.project, one.about, thread.author, thread.text, answer, note


def _parts(text: str) -> tuple[str, str]:
    """An answer and what is said of it: `部分采纳：已改为90%`."""
    answer = next((each for each in _words()["answers"] if text.startswith(each)), "")
    return (answer, text[len(answer) :].lstrip("：:，, ")) if answer else ("", "")


def answers(layout: Layout) -> tuple[Answer, ...]:
    """What is answered in a returned table; empty where the file has no such table."""
    found: list[Answer] = []
    for grid in layout.grids():
        head: dict[str, int] = {}
        for row in grid.rows:
            head = _head(row) or head
            texts = {cell.column: cell.text.strip() for cell in row.cells}
            said = {name: texts.get(column, "") for name, column in head.items()}
            if said.get("text") and not _head(row):
                parts = [each for each in (said.get("answer", ""), said.get("note", "")) if each]
                project, about, author, by = (said.get(name, "") for name in ("project", "about", "author", "by"))
                found.append(Answer(project, about, author, said["text"], "：".join(parts), by))
    everywhere = _signed(layout) if found else ""
    return tuple(one._replace(by=one.by or everywhere) for one in found)


def _signed(layout: Layout) -> str:
    """Who filled in a file, as it says (`填报单位：水务局`): the name stands behind the colon, or in the next cell."""
    texts = [text for _, text in layout.texts()]
    for text, after in zip(texts, [*texts[1:], ""], strict=True):
        word, colon, name = text.replace(":", "：").partition("：")
        if colon and "".join(word.split()) in _words()["signed"]:
            return (name.strip() or after.strip()).split("　")[0]
    return ""


def _head(row: Row) -> dict[str, int]:
    """The columns that a row names, where it is a table's head: opinions and answers are among them."""
    texts = {"".join(cell.text.split()): cell.column for cell in row.cells}
    columns: dict[str, list[str]] = {**_words()["columns"], "by": _words()["by"]}
    head = {name: texts[word] for name, words in columns.items() for word in reversed(words) if word in texts}
    return head if {"text", "answer"} <= head.keys() else {}


def answered(listed: Sequence[Opinion], given: Iterable[Answer], date: str = "") -> tuple[Thread, ...]:
    """The threads that are answered, each with its answer as one reply more; those that say it already are left out.

    An opinion is known by its words and author; of several alike each row takes one, of the same project and place
    first. The answer is by who the file says, else by the unit of the project.
    """
    left = list(listed)
    made = []
    for each in given:
        alike = [one for one in left if _plain(one.thread.text) == _plain(each.text)]
        alike = [one for one in alike if one.thread.author.strip() == each.author] or alike
        alike.sort(key=lambda one: (one.project.strip() != each.project, one.about != each.about))
        if not alike:
            continue
        left.remove(alike[0])
        thread = alike[0].thread
        if each.said and _plain(each.said) not in [_plain(reply.text) for reply in thread.replies]:
            reply = Reply(each.by or alike[0].unit, date, each.said)
            made.append(thread._replace(replies=(*thread.replies, reply)))
    return tuple(made)


def _plain(text: str) -> str:
    return "".join(text.split())
